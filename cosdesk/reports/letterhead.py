"""The letterhead as blocks: the head of a letter, the head of a paper that stays in the office, a sample to look at."""

from cosdesk.domain.district import District
from cosdesk.domain.letterhead import Arrangement, Letterhead
from cosdesk.reports.document import Document, Heading, LetterheadBlock, Paragraph, Signature
from cosdesk.reports.typography import NBSP, signature_name

REFERENCES = (f"______________ №{NBSP}__________", f"на №{NBSP}__________ от ___________")
"""A letter's date and number and those of the one it answers, to fill by hand."""


def letter_head(letterhead: Letterhead, addressee: tuple[str, ...]) -> LetterheadBlock:
    return LetterheadBlock(
        letterhead.name_lines,
        letterhead.detail_lines,
        REFERENCES,
        addressee,
        letterhead.picture,
        letterhead.arrangement is Arrangement.CORNER,
    )


def office_head(letterhead: Letterhead) -> LetterheadBlock:
    """Emblem and names alone: orders, minutes and notes bear no address."""
    return LetterheadBlock(letterhead.name_lines, picture=letterhead.picture, corner=False)


def sample_letter(district: District, letterhead: Letterhead) -> Document:
    """A letter that says only that it is a sample."""
    sentence = "Так письмо будет выглядеть на бланке учреждения. Этот текст – только образец, его никуда не отправляют."
    blocks = (
        letter_head(letterhead, ("Руководителям", "общеобразовательных организаций")),
        Heading("О бланке учреждения", 2),
        Paragraph(sentence),
        Signature(district.head_position or "Руководитель", signature_name(district.head_name)),
    )
    return Document("Образец письма", "Образец письма", blocks, standard=letterhead.standard)
