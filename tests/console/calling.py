"""How a test calls the command line, and what it gets back."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Cosdesk = Callable[..., Answer]


def item_of(data: dict[str, Any], item_id: int) -> dict[str, Any]:
    return next(item for item in data["roadmaps"][0]["items"] if item["id"] == item_id)


def assert_told(answer: Answer) -> None:
    """One line of Russian on standard error, no traceback, code 1."""
    assert answer.code == 1
    assert answer.err.count("\n") == 1 and re.match("[«А-ЯЁ]", answer.err), answer.err
    assert "Traceback" not in answer.err + answer.out
