"""What a batch is told and what it tells: options, counts, events, and the summary at the end.

Only data, so that the command, reports and tests can lean on it without the machinery.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from handouts.diagnostics import Diagnostic, ExitCode, Place
from handouts.model.batch import Clinic, Outcome, Task
from handouts.model.drawing import Drawing, Picture
from handouts.model.project import Project
from handouts.world import World


class Cause(StrEnum):
    """Why a file is written. Its value is what a person reads."""

    NEW = "never written"
    MISSING = "file is missing"
    INTERRUPTED = "interrupted last time"
    FAILED = "failed last time"
    UNKNOWN = "not in the manifest"
    FORCED = "changed by hand, replaced by force"
    PROGRAM = "program changed"
    OPTIONS = "options changed"
    CATALOGUE = "catalogue changed"
    STRINGS = "texts changed"
    LAYOUT = "layout changed"
    DRAWINGS = "drawings changed"
    BRAND = "brand changed"
    FONTS = "fonts changed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one file is written: ``brand changed: marisol``."""

    cause: Cause
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.cause}: {self.detail}" if self.detail else str(self.cause)


@dataclass(frozen=True, slots=True)
class Row:
    """What was read of one row of a spreadsheet.

    Without a clinic the row is left out, and `diagnostics` say why; with one they are warnings.
    """

    clinic: Clinic | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a batch is asked to make.

    `rows` is drawn once, to its end, before anything is planned. `tasks` is called once with the
    clinics that are good; it may go through them as often as it likes (they are kept on disk)
    and yields all tasks, those that share a template one after the other. A brand
    of a task that is not in the project is the id of a clinic. `logos` are the clinics' by path.
    `place` says where a clinic's row is, as far as that is known. `folder` is the project's, for
    places of strings in messages.
    """

    project: Project
    world: World
    tasks: Callable[[Iterable[Clinic]], Iterable[Task]]
    rows: Iterable[Row] = ()
    logos: Mapping[str, Drawing | Picture] = field(default_factory=dict)
    folder: Path | None = None
    place: Callable[[Clinic], Place | None] = lambda clinic: None


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is to go about it.

    `wait`: seconds to wait for another batch in the same place (0: refuse at once). `verify`:
    every so many documents one is made twice, in both ways (0: none). `dry`: only looks.
    """

    force: bool = False
    prune: bool = False
    fail_fast: bool = False
    dry: bool = False
    verify: int = 0
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What is to be done, and what is not, known before the first file is written."""

    total: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)
    """Files to write, by the value of their Cause."""
    unchanged: int = 0
    refused: int = 0
    """Files that are there and were changed by hand or made by others: left alone."""
    orphans: int = 0
    """Files of earlier batches that this one does not ask for."""
    changed_orphans: int = 0
    """Of those, the ones that were changed by hand: `prune` leaves them."""
    bad_rows: int = 0
    bad_causes: Mapping[str, int] = field(default_factory=dict)
    """Those rows by the code of what is wrong with them first."""

    @property
    def to_write(self) -> int:
        """Files to write."""
        return sum(self.causes.values())


@dataclass(frozen=True, slots=True)
class Finished:
    """A task is done, well or not."""

    task: Task
    reason: Reason
    outcome: Outcome
    overwrote: bool = False


@dataclass(frozen=True, slots=True)
class Pruned:
    """An orphan was removed."""

    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something to say that is about no one file."""

    diagnostic: Diagnostic


Event = Finished | Pruned | Told
Listen = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """An output as the manifest knows it, for lists and reports.

    `status`: written or failed in this batch, unchanged, refused (changed by hand), waiting (to
    be written, not reached or only planned), orphan (not asked for any more; left or, when
    pruned, gone and not listed).
    """

    path: str
    status: str
    layout: str
    language: str
    brand: str
    paper: str
    profile: str
    part: str
    reason: str = ""
    pages: int = 0
    size: int = 0
    sha256: str = ""
    seconds: float = 0.0
    stamped: bool = False
    claims: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class Summary:
    """What came of a batch. Grows while it runs; small whatever its size."""

    counts: Counts = field(default_factory=Counts)
    written: int = 0
    failed: int = 0
    pruned: int = 0
    kept_orphans: int = 0
    """Orphans that were changed by hand, or may not be removed: left by `prune`."""
    skipped: int = 0
    """Files that were to be written and were not reached: interrupted or stopped."""
    pages: int = 0
    size: int = 0
    stamped: int = 0
    seconds: float = 0.0
    by_cause: Counter[str] = field(default_factory=Counter)
    """Files written, by the value of their Cause."""
    failures: Counter[str] = field(default_factory=Counter)
    """Files that failed, by the code of their first error."""
    first: list[tuple[str, Diagnostic]] = field(default_factory=list)
    """The first failures with their paths; all are in the manifest."""
    interrupted: bool = False
    stopped: Diagnostic | None = None
    """What ended the batch before its time: a full disk, the first failure with fail_fast."""
    severest: ExitCode = ExitCode.OK

    @property
    def exit_code(self) -> ExitCode:
        """The command's: the most severe of all that happened."""
        return ExitCode.INTERRUPTED if self.interrupted else self.severest
