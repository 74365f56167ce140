"""Where each job's file goes, decided and judged before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli.output import Verdict, judge
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem

if TYPE_CHECKING:
    from handouts.model.project import Job

STREAM = "-"
"""The name that means standard output."""


@dataclass(frozen=True, slots=True)
class Target:
    """A job, the file it makes (None: standard output) and what would happen to that file."""

    job: Job
    path: Path | None
    verdict: Verdict

    @property
    def name(self) -> str:
        """The file as messages call it."""
        return str(self.path) if self.path else STREAM


def in_folder(jobs: Sequence[Job], folder: Path, *, force: bool) -> tuple[Target, ...]:
    """A file for every job: ``<folder>/<brand>/<file name>``.

    Raises:
        HandoutsError: ``same-file`` when two jobs would write one file, whatever its case,
            since not every disk tells them apart.
    """
    from handouts.pipeline import file_name

    paths = {job: folder / job.brand / file_name(job) for job in jobs}
    first: dict[str, Job] = {}
    clashes = []
    for job, path in paths.items():
        other = first.setdefault(str(path).casefold(), job)
        if other != job:
            clashes.append(_clash(paths[other], other, job))
    if clashes:
        raise HandoutsError(clashes)
    return tuple(Target(job, path, judge(path, force=force)) for job, path in paths.items())


def single(jobs: Sequence[Job], file: str, *, force: bool) -> tuple[Target, ...]:
    """The one file named with ``-o``.

    Raises:
        HandoutsError: when there is more than one job, or none.
    """
    if len(jobs) != 1:
        raise problem(
            "one-file",
            f"-o takes one file, but this makes {len(jobs)}",
            f"choose one with {_narrower(jobs)}" if jobs else "choose fewer restrictions",
            exit_code=ExitCode.USAGE,
        )
    if file == STREAM:
        return (Target(jobs[0], None, Verdict("write")),)
    return (Target(jobs[0], Path(file), judge(Path(file), force=force)),)


def _clash(path: Path, one: Job, other: Job) -> Diagnostic:
    which = " and ".join(f"{j.layout}/{j.brand}/{j.language}/{j.paper}" for j in (one, other))
    return Diagnostic(
        "same-file",
        f"two handouts would both be {path}: {which}",
        "rename one layout or brand, or make them one after the other with --output",
        exit_code=ExitCode.FILE,
    )


def _narrower(jobs: Sequence[Job]) -> str:
    """The options that still leave a choice."""
    values = {
        "--layout": {job.layout for job in jobs},
        "--language": {job.language for job in jobs},
        "--brand": {job.brand for job in jobs},
        "--size": {job.paper for job in jobs},
        "--week or --group": {job.part for job in jobs},
    }
    return ", ".join(option for option, choices in values.items() if len(choices) > 1)
