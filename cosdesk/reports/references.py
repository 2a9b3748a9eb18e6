"""How a sentence names a row of a plan: by its number, by number and section, by its title."""

import re
from collections import Counter

from cosdesk.domain.roadmap import RoadmapContents, Section

# A full stop that belongs to the word before it, not to the sentence.
_ABBREVIATED = re.compile(r"(?:^|[\s(«])(?:др|пр|проч|г|гг|т\.\s?д|т\.\s?п|т\.\s?ч|руб|чел|шт|экз)\.$")
_LONGEST_NAME = 60


def row_references(contents: RoadmapContents) -> dict[int, str]:
    """How a sentence names each row: «2.3»; «2 (раздел 3)» where numbers repeat; without a number the quoted title.

    A long title is shortened to its first words where that still tells the row from all others.
    """
    shortened = Counter(_shortened(one_line(item.title)) for item in contents.items if not bare_number(item.number))
    # Only rows with a term are named in sentences: a result repeated in two parts is no namesake.
    numbers = Counter(bare_number(item.number) for item in contents.items if item.term)
    sections = {section.id: section for section in contents.sections}
    references = {}
    for item in contents.items:
        number = bare_number(item.number)
        section = sections.get(item.section_id) if item.section_id is not None else None
        if not number:
            title = unstopped(item.title)
            short = _shortened(one_line(item.title))
            references[item.id] = quoted(short if shortened[short] == 1 else title) if title else "без наименования"
        elif numbers[number] > 1 and section and section.number:
            references[item.id] = f"{number} ({_section_reference(section)})"
        else:
            references[item.id] = number
    return references


def bare_number(number: str) -> str:
    """«2.3» of «2.3.»."""
    return one_line(number).rstrip(". ")


def _section_reference(section: Section) -> str:
    number = bare_number(section.number)
    if any(letter.islower() for letter in number):
        return number[:1].lower() + number[1:]
    return f"раздел {number}"


def _shortened(title: str) -> str:
    title = unstopped(title)
    if len(title) <= _LONGEST_NAME:
        return title
    words = title[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" .,;:–-«„(")
    return words + "…" if words.count("«") == words.count("»") else title


def unstopped(text: str) -> str:
    """The text in one line without the mark at its end; an abbreviation keeps its full stop: «… и др.»."""
    text = one_line(text).rstrip(" ,;:")
    return text if _ABBREVIATED.search(text) else text.rstrip(" .,;:")


def in_order(text: str) -> str:
    """Lines of a cell as one line, with a comma between those that tell each its own: «сентябрь, Март»."""
    lines = [line for part in text.splitlines() if (line := one_line(part))]
    joined = ""
    for line in lines:
        apart = joined and joined[-1] not in ",;:–-(" and (line[0].isupper() or (line[0].isdigit() and _told(joined)))
        joined = f"{joined}{',' if apart else ''} {line}".strip()
    return joined


def _told(line: str) -> bool:
    """Whether a line that a number follows is whole: «2020 – 15%» is, «до» is not."""
    return bool(re.search(r"(?:%|г\.|год[ау]?|\d{4})$", line))


def one_line(text: str) -> str:
    """The text with its line breaks and doubled blanks made single; no-break blanks stay."""
    return " ".join(part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part)


def quoted(text: str) -> str:
    """«…»; quotes within become „…“."""
    inner = one_line(text).replace("«", "„").replace("»", "“")
    opening = False
    while '"' in inner:
        opening = not opening
        inner = inner.replace('"', "„" if opening else "“", 1)
    return f"«{inner}»"
