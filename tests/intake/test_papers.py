"""What a file's name and first page say of a document."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cosdesk.errors import UserError
from cosdesk.intake.papers import describe_name, describe_text, read_paper
from cosdesk.paths import resources_folder

HEAD = ["Администрация района", "ПРИКАЗ", "13.01.2021   № 16-п", "О внедрении целевой модели",
        "В соответствии с приказом от 11.11.2019 № 4 приказываю:"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "number", "on"),
    [
        ("Приказ №16 от 13.01.2020.pdf", "приказ", "16", date(2020, 1, 13)),
        ("Приказ 16 от 13-01-2020.pdf", "приказ", "16", date(2020, 1, 13)),
        ("приказ_№_45-од_от_3_марта_2021.pdf", "приказ", "45-од", date(2021, 3, 3)),
        ("2021-05-12_справка_о_скорости.pdf", "справка", "", date(2021, 5, 12)),
        ("Справка 12.05.2021.pdf", "справка", "", date(2021, 5, 12)),
        ("Протокол 5.docx", "протокол", "5", None),
        ("01-14_103 письмо школам 04.02.26.pdf", "письмо", "01-14/103", date(2026, 2, 4)),
        ("01-02-2026 акт.pdf", "акт", "", date(2026, 2, 1)),
        ("scan0012.pdf", "", "", None),
        ("IMG_20210512.jpg", "", "", None),
    ],
)
def test_names(name: str, kind: str, number: str, on: date | None) -> None:
    found = describe_name(name)
    assert (found.kind, found.number, found.on) == (kind, number, on)
    assert found.text


def test_a_text_speaks_of_itself_before_it_refers_to_others() -> None:
    found = describe_text("\n".join(HEAD))
    assert (found.kind, found.number, found.on, found.title) == (
        "приказ", "16-п", date(2021, 1, 13), "О внедрении целевой модели",
    )  # fmt: skip


def test_a_text_pdf(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Serif", next((resources_folder() / "fonts").glob("LiberationSerif-Regular.ttf"))))
    path = tmp_path / "scan0001.pdf"
    canvas = Canvas(str(path))
    for page in range(3):
        canvas.setFont("Serif", 12)
        for place, line in enumerate(HEAD if page == 0 else ["Приложение"]):
            canvas.drawString(60, 780 - 20 * place, line)
        canvas.showPage()
    canvas.save()
    paper = read_paper(path)
    found = paper.proposal
    assert (found.kind, found.number, found.on, found.pages) == ("приказ", "16-п", date(2021, 1, 13), 3)
    assert paper.content == path.read_bytes()


def test_a_word_file(tmp_path: Path) -> None:
    document = Document()
    for line in HEAD:
        document.add_paragraph(line)
    path = tmp_path / "документ.docx"
    document.save(path)
    found = read_paper(path).proposal
    assert (found.kind, found.number, found.on) == ("приказ", "16-п", date(2021, 1, 13))


def test_a_broken_pdf_keeps_what_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "Справка 3 от 02.12.2021.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing of the kind")
    paper = read_paper(path)
    assert (paper.proposal.kind, paper.proposal.number, paper.proposal.pages) == ("справка", "3", None)


@pytest.mark.parametrize("size", [0, 20 * 1024 * 1024 + 1])
def test_an_empty_or_huge_file_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "скан.pdf"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(UserError):
        read_paper(path)
