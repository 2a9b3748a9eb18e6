"""Edits of a roadmap's head: title, goal, years, form, stamps, sections; a new roadmap."""

from collections.abc import Sequence

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import District
from cosdesk.domain.names import decline_district
from cosdesk.domain.roadmap import Roadmap, RoadmapContents, Section, Stamp
from cosdesk.forms.roadmap_form import RoadmapForm
from cosdesk.store import roadmaps
from cosdesk.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RoadmapHead:
    """Everything of a roadmap but its rows and indicators.  A part with the id 0 is a new one."""

    roadmap: Roadmap
    stamps: tuple[Stamp, ...]
    sections: tuple[Section, ...]


def head_of(contents: RoadmapContents) -> RoadmapHead:
    return RoadmapHead(contents.roadmap, contents.stamps, contents.sections)


def change_head(workspace: Workspace, contents: RoadmapContents, head: RoadmapHead) -> None:
    """All that differs, in one edit; sections that are gone take their rows along."""
    if head == head_of(contents):
        return
    with workspace.edit("Шапка дорожной карты") as edit:
        roadmaps.change_roadmap(edit, head.roadmap)
        kept = {stamp.id for stamp in head.stamps}
        for stamp in contents.stamps:
            if stamp.id not in kept:
                roadmaps.delete_stamp(edit, stamp.id)
        order = []
        for stamp in head.stamps:
            if stamp.id:
                roadmaps.change_stamp(edit, stamp)
            order.append(stamp.id or roadmaps.add_stamp(edit, head.roadmap.id, stamp))
        if order[: len(contents.stamps)] != [stamp.id for stamp in contents.stamps]:
            roadmaps.order_stamps(edit, order)
        kept = {section.id for section in head.sections}
        for section in contents.sections:
            if section.id not in kept:
                roadmaps.delete_section(edit, section.id)
        order = []
        for section in head.sections:
            if section.id:
                roadmaps.change_section(edit, section)
            order.append(section.id or roadmaps.add_section(edit, head.roadmap.id, section))
        if order[: len(contents.sections)] != [section.id for section in contents.sections]:
            roadmaps.order_sections(edit, order)


def add_roadmap(workspace: Workspace, form: RoadmapForm, project: str, years: tuple[int, int]) -> int:
    """An empty roadmap in that form, with the form's own title and stamps; its id."""
    roadmap = Roadmap(
        0,
        title_in(form, workspace.snapshot.district, project, years),
        form.id,
        first_year=years[0],
        last_year=years[1],
        project=project,
    )
    stamps = tuple(
        Stamp(number, stamp.kind, stamp.heading, side=stamp.side) for number, stamp in enumerate(form.stamps, 1)
    )
    sections: Sequence[Section] = ()
    if form.plan.sections:
        sections = (Section(1, "Направление 1", ""),)
    with workspace.edit("Новая дорожная карта") as edit:
        return roadmaps.add_roadmap(edit, RoadmapContents(roadmap, stamps, tuple(sections)))


def title_in(form: RoadmapForm, district: District, project: str, years: tuple[int, int]) -> str:
    """The form's usual title for that district, project and years."""
    genitive, locative = decline_district(district.name)
    return form.default_title.format(
        district=district.name,
        district_genitive=district.name_genitive or genitive or district.name,
        district_locative=district.name_locative or locative or district.name,
        region=district.region,
        project=project,
        years=str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}",
    )
