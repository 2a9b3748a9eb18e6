"""The help: links that lead somewhere, words that are found, the manual as a PDF."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from cosdesk.help_pages import ORDER, HelpPage, find, help_page, help_pages, plain_text
from cosdesk.manual import write_manual
from cosdesk.paths import resources_folder

PAGES = help_pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_link_and_picture_of_a_page_is_there(page: HelpPage) -> None:
    addresses = re.findall(r"\]\(([^)]+)\)", page.text)
    assert [name for name in addresses if not (resources_folder() / "help" / name).is_file()] == []
    assert page.text.startswith(f"# {page.title}\n")


def test_the_first_hour_comes_first_and_an_unknown_page_leads_to_it() -> None:
    assert [page.id for page in PAGES] == [name for name in ORDER if name in {page.id for page in PAGES}]
    assert PAGES[0].id == "first-hour" == help_page("no such page").id


@pytest.mark.parametrize(
    ("text", "expected"),
    [("клавиши", "keys"), ("ПОКАЗАТЕЛИ", "indicators"), ("доля числителем", "indicators"), ("отчеты", "reports")],
)
def test_a_page_is_found_by_all_its_words(text: str, expected: str) -> None:
    found = find(text)
    assert expected in [entry.page.id for entry in found]
    words = text.casefold().replace("ё", "е").split()
    assert all(word in entry.page.plain.casefold().replace("ё", "е") for entry in found for word in words)


@pytest.mark.parametrize("text", ["", "  ", "такогословавсправкенет"])
def test_nothing_is_found_by_nothing(text: str) -> None:
    assert find(text) == []


def test_the_marks_of_markdown_are_not_read() -> None:
    assert plain_text("## Да\n![x](y.png)\n**F1** и [сюда](a.md), `код`") == "Да\nF1 и сюда, код"


def test_the_manual_holds_every_page_and_no_marks(tmp_path: Path) -> None:
    assert list(write_manual(tmp_path / "Руководство.pdf")) != []
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "Руководство.pdf").pages).split())
    assert [page.title for page in PAGES if page.title not in text] == []
    assert "**" not in text and "](" not in text and "##" not in text
