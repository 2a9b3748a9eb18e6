"""How a sentence names a row of a plan: by its number, by number and section, by its title."""

from collections import Counter

from cosdesk.domain.roadmap import RoadmapContents, Section


def row_references(contents: RoadmapContents) -> dict[int, str]:
    """How a sentence names each row: «2.3»; «2 (раздел 3)» where numbers repeat; the quoted title without a number."""
    # Only rows with a term are named in sentences: a result repeated in two parts is no namesake.
    numbers = Counter(bare_number(item.number) for item in contents.items if item.term)
    sections = {section.id: section for section in contents.sections}
    references = {}
    for item in contents.items:
        number = bare_number(item.number)
        section = sections.get(item.section_id) if item.section_id is not None else None
        if not number:
            references[item.id] = quoted(item.title.rstrip(" .,;:")) if item.title.strip() else "без наименования"
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
