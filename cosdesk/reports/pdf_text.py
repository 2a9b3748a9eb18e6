"""Faces of the PDF: letters of an embedded font, and their codes in it."""

from functools import cache

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from cosdesk.paths import resources_folder
from cosdesk.reports.letters import Letters


class Face(Letters):
    """One font file."""

    def __init__(self, file_name: str) -> None:
        self.font = TTFont(file_name, str(resources_folder() / "fonts" / f"{file_name}.ttf"))
        widths = {chr(code): width for code, width in self.font.face.charWidths.items()}
        super().__init__(widths, self.font.face.defaultWidth)

    def codes(self, text: str, document: PDFDocument) -> list[tuple[str, str]]:
        """Resource name of the font's subset and hexadecimal codes, run by run."""
        return [
            (self.font.getSubsetInternalName(subset, document), codes.hex())
            for subset, codes in self.font.splitString(text, document)
        ]


@cache
def serif() -> Face:
    return Face("LiberationSerif-Regular")


@cache
def serif_bold() -> Face:
    return Face("LiberationSerif-Bold")
