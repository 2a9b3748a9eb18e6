"""Charts of the PDF: the drawing laid down on a page."""

from typing import assert_never

from cosdesk.reports.chart_drawing import Box, Drawing, Lettering, Stroke, Words
from cosdesk.reports.pdf_page import PageWriter
from cosdesk.reports.pdf_text import serif, serif_bold


def paper_lettering() -> Lettering:
    """The letters of every printed document."""
    return Lettering(serif(), serif_bold())


def draw_on_page(page: PageWriter, drawing: Drawing) -> None:
    """From the page's present height down; the caller saw that it fits."""
    left, top = page.left, page.y
    for shape in drawing.shapes:
        match shape:
            case Words():
                face = serif_bold() if shape.bold else serif()
                page.text([shape.text], left + shape.x, top - shape.y, face, shape.size, 0)
            case Stroke():
                ends = (left + shape.x1, top - shape.y1, left + shape.x2, top - shape.y2)
                page.lines([ends], shape.width, shape.grey)
            case Box():
                foot = top - shape.y - shape.height
                page.box(left + shape.x, foot, shape.width, shape.height, shape.fill)
            case _:
                assert_never(shape)
    page.y = top - drawing.height
