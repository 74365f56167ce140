"""What a report tells: outputs, problems, and what stands above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from handouts.diagnostics import Diagnostic

Status = Literal["written", "unchanged", "failed", "refused", "waiting", "orphan"]
"""What became of an output.

`refused`: changed by hand, so left alone; `waiting`: not reached, or only planned; `orphan`:
there, but not asked for any more.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An output. `path` is that under the output folder, with ``/``; `why` says why it was made.

    `pages` and `size` are 0 when it did not come so far.
    """

    path: str
    status: Status
    layout: str = ""
    language: str = ""
    brand: str = ""
    paper: str = ""
    profile: str = ""
    part: str = ""
    why: str = ""
    pages: int = 0
    size: int = 0

    def as_data(self, prefix: str = "") -> dict[str, Any]:
        """In JSON, with every key always there; the same keys as in a build, and `why`."""
        return {
            "path": f"{prefix}{self.path}",
            "layout": self.layout,
            "language": self.language,
            "brand": self.brand,
            "paper": self.paper,
            "profile": self.profile,
            "part": self.part,
            "pages": self.pages or None,
            "bytes": self.size or None,
            "status": self.status,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem, how many outputs it concerns and the first of them."""

    number: int
    diagnostic: Diagnostic
    count: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the outputs.

    `folder` is the output folder as a person would type it; `base` leads from the report to it,
    as a relative URL that ends in ``/`` or is empty, or is None when no link can; `day` is ISO.
    `skipped` counts rows of spreadsheets that were left out; `reasons` say why how many files
    were written; `notes` are sentences on what to know or do next.
    """

    title: str
    folder: str
    base: str | None
    day: str
    seconds: float
    version: str
    skipped: int = 0
    rehearsed: bool = False
    reasons: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
