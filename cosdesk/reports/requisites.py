"""Which of the district's own details a document still lacks: asked for when it is made, not before."""

from cosdesk.domain.district import Snapshot
from cosdesk.reports.document import Document, Executor, LetterheadBlock, Signature
from cosdesk.reports.request import Request

EVERY = ("office", "head_position", "head_name", "coordinator_name", "coordinator_phone")
"""What an official paper bears, as fields of the district."""


def lacking(snapshot: Snapshot, document: Document, request: Request) -> tuple[str, ...]:
    """Fields of the district that are empty and would stand in that document.

    A signature without a name asks for the head, unless the request names who signs; a head of a
    letter without a letterhead asks for the office; a signed paper without an executor for the coordinator.
    """
    signatures = [block for block in document.blocks if isinstance(block, Signature)]
    headed = any(isinstance(block, LetterheadBlock) for block in document.blocks)
    if not signatures and not headed:
        return ()
    wanted: list[str] = []
    if headed and not snapshot.letterhead.is_filled:
        wanted += ["office"]
    if request.signer is None and any(not block.name for block in signatures):
        wanted += ["head_position", "head_name"]
    if not any(isinstance(block, Executor) for block in document.blocks):
        wanted += ["coordinator_name", "coordinator_phone"]
    return empty_fields(snapshot, tuple(wanted))


def empty_fields(snapshot: Snapshot, wanted: tuple[str, ...] = EVERY) -> tuple[str, ...]:
    """Those of the fields that nothing is known of; a telephone is asked for only beside its name."""
    empty = [name for name in wanted if not str(getattr(snapshot.district, name)).strip()]
    return tuple(name for name in empty if name != "coordinator_phone" or "coordinator_name" in empty)
