"""What a preview is built from, and what came of it."""

from dataclasses import replace
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.errors import UserError
from cosdesk.reports.catalog import Report
from cosdesk.reports.document import Document
from cosdesk.reports.export import render
from cosdesk.reports.request import Request


@dataclass(frozen=True, eq=False)
class Order:
    """What a preview is built from; the same order gives the same pages."""

    path: Path
    report: Report
    snapshot: Snapshot
    request: Request

    def is_same_paper(self, other: "Order | None") -> bool:
        """Whether only the data differ: then the pages may be replaced where they stand."""
        return other is not None and self._paper == other._paper

    @property
    def _paper(self) -> tuple[Path, str, Request]:
        return self.path, self.report.id, replace(self.request, monitoring=None, texts=())


@dataclass(frozen=True, eq=False)
class Built:
    """A report with its pages, or the sentence why there are none."""

    order: Order
    document: Document | None = None
    pdf: bytes = b""
    refusal: str = ""


def build(order: Order) -> Built:
    """The report's document and PDF; a ``UserError`` becomes the refusal."""
    try:
        document = order.report.build(order.snapshot, order.request)
        return Built(order, document, render(document, "pdf"))
    except UserError as error:
        return Built(order, refusal=str(error))
