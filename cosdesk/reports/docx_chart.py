"""A chart's drawing in a Word document: a metafile, which python-docx itself takes for no picture."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.shape import CT_Inline
from docx.shared import Pt
from docx.text.run import Run

from cosdesk.reports.chart_drawing import Drawing, Lettering
from cosdesk.reports.emf import chart_metafile


def add_drawing(run: Run, drawing: Drawing, lettering: Lettering, told: str) -> None:
    """At the end of the run; ``told`` is what a screen reader says of it."""
    story = run.part
    package = story.package
    assert package is not None
    # Numbered through the whole file: body and foot count their pictures each from 1.
    name = package.next_partname("/word/media/drawing%d.emf")
    part = Part(name, "image/x-emf", chart_metafile(drawing, lettering), package)
    relation = story.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(story.next_id, relation, name.filename, Pt(drawing.width), Pt(drawing.height))
    for side in "TBLR":  # else a gap, and the picture stands out into the margin
        inline.set(f"dist{side}", "0")
    inline.docPr.set("descr", told)
    run._r.add_drawing(inline)
