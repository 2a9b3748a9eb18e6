"""How sheets are laid out, by the edition of ГОСТ Р 7.0.97: all that differs between the two stands here.

Most rules are the same in both: A4, margins of 30 mm at the binding (kept over ten years), 10, 20 and 20,
pages numbered from the second in the middle of the top margin at least 10 mm from the edge.
"""

from cosdesk.dataclass import dataclass
from cosdesk.domain.letterhead import Standard

_BINDING, _OUTER, _SIDE = 30.0, 10.0, 20.0


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Millimetres.  ``corner``: the longest line of a requisite at a corner, ``centred``: of one in the middle.

    ``has_code``: the edition knows the QR code as a requisite, at the right of the first sheet's foot.
    """

    corner: float
    centred: float
    has_code: bool
    number_from_edge: float = 10.0

    def margins(self, landscape: bool) -> tuple[float, float, float, float]:
        """Left, right, top, bottom; a landscape sheet is a portrait one turned, so that its binding edge is on top."""
        return (_SIDE, _SIDE, _BINDING, _OUTER) if landscape else (_BINDING, _OUTER, _SIDE, _SIDE)


_STYLES = {
    Standard.EDITION_2025: PageStyle(corner=80, centred=120, has_code=True),
    Standard.EDITION_2016: PageStyle(corner=75, centred=120, has_code=False),
}


def page_style(standard: Standard) -> PageStyle:
    return _STYLES[standard]
