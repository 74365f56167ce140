"""What a batch is made of: clinics of a spreadsheet, tasks, chunks, and what became of them.

Everything here can be pickled and is small: it travels to worker processes and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handouts.diagnostics import Diagnostic
from handouts.model.project import Job


@dataclass(frozen=True, slots=True)
class Clinic:
    """A row of a spreadsheet: what it lays over a brand.

    `id` names the clinic in file names; `row` counts from 1, the header included; `values` are
    dotted keys of the brand's model with the text of their cell (``contact.web``); `base` is the
    id of the brand underneath; `languages` are its own, or empty for those of the batch.
    """

    id: str
    row: int
    values: tuple[tuple[str, str], ...]
    base: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One output: its place under the output folder (``/`` between parts), and what to make.

    `job.brand` is the id of a brand of the project, or of a clinic of the chunk. `verify`: it is
    made in both ways, and they are compared.
    """

    path: str
    job: Job
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks that share a template: everything of their jobs but the brand."""

    number: int
    tasks: tuple[Task, ...]
    clinics: tuple[Clinic, ...] = ()


OutcomeStatus = Literal["written", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    `sha256` is of the file's bytes; `strings` are (language, id) of all strings the sheet used,
    `fonts` digests of the font files in it; `stamped` tells whether it was made from a template.
    Of a failed task only `diagnostics` say something.
    """

    path: str
    status: OutcomeStatus
    pages: int = 0
    size: int = 0
    sha256: str = ""
    strings: tuple[tuple[str, str], ...] = ()
    fonts: tuple[str, ...] = ()
    stamped: bool = False
    seconds: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()
