"""A QR code as black boxes: for the foot of a PDF's sheet and of a Word document's."""

from cosdesk.reports.chart_drawing import Box

_BLACK = (0.0, 0.0, 0.0)


def code_boxes(text: str, side: float) -> tuple[Box, ...]:
    """The code's dark runs, row by row, on a square of that side in points."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    grid = QrCodeWidget(text, barLevel="M").qr  # type: ignore[attr-defined]
    grid.make()
    count = grid.getModuleCount()
    unit = side / count
    boxes = []
    for row in range(count):
        begin = 0
        while begin < count:
            end = begin
            while end < count and grid.isDark(row, end):
                end += 1
            if end > begin:
                boxes.append(Box(begin * unit, row * unit, (end - begin) * unit, unit, _BLACK))
            begin = end + 1
    return tuple(boxes)
