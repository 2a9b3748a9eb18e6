"""An Office package (docx, xlsx): its parts by their relations, parsed without entities, network or huge trees."""

import posixpath
import zipfile
from pathlib import Path
from types import TracebackType

from lxml import etree

from cosdesk.errors import UserError
from cosdesk.intake.guard import damage_told

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# «Strict» files of Word name the same things in another namespace.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


class Package:
    """Open for reading; the main part is ``main`` («word/document.xml»)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with damage_told(path):
            self._zip = zipfile.ZipFile(path)
        self._names = set(self._zip.namelist())
        self.main = next(iter(self.related("", "officeDocument")), "")

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def is_word(self) -> bool:
        return self.main.startswith("word/")

    @property
    def is_excel(self) -> bool:
        return self.main.startswith("xl/")

    def related(self, part: str, relation: str) -> tuple[str, ...]:
        """Names of the parts that ``part`` relates to as «footnotes», «header»…, in the file's order."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return ()
        targets = (
            posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")
            for relationship in root.iter(_RELATIONS)
            if relationship.get("Type", "").endswith(f"/{relation}") and relationship.get("TargetMode") != "External"
        )
        return tuple(target for target in targets if target in self._names)

    def related_trees(self, relation: str) -> "tuple[etree._Element, ...]":
        """The parsed parts that the main part relates to so."""
        trees = (self.tree(name) for name in self.related(self.main, relation))
        return tuple(tree for tree in trees if tree is not None)

    def tree(self, name: str) -> "etree._Element | None":
        """A part parsed; None where the package has none of that name."""
        if name not in self._names:
            return None
        with damage_told(self.path):
            content = self._zip.read(name)
        if _STRICT in content:
            for strict, transitional in _TRANSITIONAL.items():
                content = content.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UserError(
                f"Файл «{self.path.name}» повреждён: часть «{name}» не читается. "
                "Откройте его в Word или Excel, сохраните заново и повторите."
            ) from error
