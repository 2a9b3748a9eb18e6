"""The help: pages of ``resources/help`` in the order of the manual, and the search in them."""

import re
from functools import cache

from cosdesk.dataclass import dataclass
from cosdesk.paths import resources_folder

ORDER = (
    "first-hour",
    "today",
    "roadmap",
    "import",
    "indicators",
    "monitoring",
    "schools",
    "documents",
    "reports",
    "check",
    "people",
    "files",
    "copies",
    "settings",
    "keys",
    "command-line",
)
"""Pages by the names of their files; what is not named here comes after, what is not there is left out."""

_EXCERPT = 90  # letters of an excerpt around what was found


@dataclass(frozen=True, slots=True)
class HelpPage:
    """``text`` is Markdown, its first line the title."""

    id: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The text as it is read, without the marks of Markdown."""
        return plain_text(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that holds the words searched for, with the words around the first of them."""

    page: HelpPage
    excerpt: str


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Every page in the order of the manual."""
    folder = resources_folder() / "help"
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    order = [*(name for name in ORDER if name in texts), *(name for name in texts if name not in ORDER)]
    return tuple(HelpPage(name, texts[name].partition("\n")[0].lstrip("# ").strip(), texts[name]) for name in order)


def help_page(page_id: str) -> HelpPage:
    """The page of that name; the first one where there is none."""
    pages = help_pages()
    return next((page for page in pages if page.id == page_id), pages[0])


def find(text: str) -> list[Found]:
    """Pages that hold all the words, those with a word in the title first."""
    words = text.casefold().replace("ё", "е").split()
    if not words:
        return []
    found = []
    for place, page in enumerate(help_pages()):
        plain = page.plain
        folded = plain.casefold().replace("ё", "е")
        if all(word in folded for word in words):
            title = page.title.casefold().replace("ё", "е")
            found.append((not any(word in title for word in words), place, Found(page, _excerpt(plain, folded, words))))
    return [entry for _, _, entry in sorted(found, key=lambda triple: triple[:2])]


def _excerpt(plain: str, folded: str, words: list[str]) -> str:
    # Past the title, which stands above the excerpt anyway.
    body = folded.find("\n") + 1
    spots = [spot for word in words if (spot := folded.find(word, body)) >= 0]
    middle = min(spots, default=body)
    start = max(body, middle - _EXCERPT // 3)
    if start > body:
        start = plain.find(" ", start) + 1
    cut = " ".join(plain[start : start + _EXCERPT].split())
    return f"{'…' if start > body else ''}{cut}…"


def plain_text(markdown: str) -> str:
    """Markdown as it is read: no pictures, no marks, the words of a link without its address."""
    text = re.sub(r"^!\[[^\]]*\]\([^)]*\)\n?", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^#+ +|^\|[-| :]+\|\n", "", text, flags=re.MULTILINE)
    return re.sub(r"\*\*|`", "", text)
