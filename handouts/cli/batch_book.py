"""From the batch's own account to the book of the report: each output, each problem, once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, Place
from handouts.model.brand import localised
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.report.facts import Entry
from handouts.report.ledger import Ledger

if TYPE_CHECKING:
    from handouts.batch.events import Finished, Listed
    from handouts.model.batch import Clinic
    from handouts.model.project import Project

MARK = b'<meta name="generator" content="handouts batch">'
"""What tells that a page is a report of ours, which may be replaced."""
_HEAD_BYTES = 4096
_HTML = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!doctype html|<html)", re.I)


@dataclass(slots=True)
class Book:
    """The ledger, and where its problems stand in files."""

    session: Session
    ledger: Ledger
    _places: dict[tuple[str, str], Place | None] = field(default_factory=dict)

    def add(self, diagnostics: Iterable[Diagnostic], path: str = "") -> None:
        """Problems of an output, or of none in particular."""
        self.ledger.add((self._placed(one) for one in diagnostics), path)

    def call(self, clinic: Clinic) -> None:
        """Notes what a clinic is called."""
        for key, text in clinic.values:
            if key == "name" or key.startswith("name."):
                self.ledger.call(clinic.id, text)
                return

    def call_brands(self, project: Project) -> None:
        """Notes what the brands of the project are called."""
        for brand in project.brands.values():
            name = localised(brand.brand.name, brand.brand.language, SOURCE_LANGUAGE)
            if name:
                self.ledger.call(brand.id, name)

    def copy(self, listed: Iterable[Listed], prefix: str, step: Callable[[int], None]) -> None:
        """Enters all outputs; `step` is told how many there are so far."""
        from handouts.batch.trouble import refused_file

        for number, one in enumerate(listed, 1):
            self.ledger.enter(_entry(one))
            if one.status == "refused":
                self.add([refused_file(f"{prefix}{one.path}")], one.path)
            elif one.diagnostics:
                self.add(one.diagnostics, one.path)
            step(number)

    def _placed(self, diagnostic: Diagnostic) -> Diagnostic:
        """With file and line of the string it is about, which are looked for once a string."""
        string = diagnostic.string
        if diagnostic.place or not string:
            return diagnostic
        if string not in self._places:
            from handouts.cli.project import project_folder
            from handouts.load import located

            world, folder = self.session.world, project_folder(self.session)
            self._places[string] = located(world, folder, [diagnostic])[0].place
        return replace(diagnostic, place=self._places[string])


def finished_data(event: Finished, prefix: str) -> dict[str, Any]:
    """A file in JSON as it is finished: the keys of a listed one, and how it was made."""
    job, outcome = event.task.job, event.outcome
    status = "overwritten" if event.overwrote and outcome.status == "written" else outcome.status
    entry = Entry(
        event.task.path, "failed", job.layout, job.language, job.brand, job.paper, job.profile,
        job.part, str(event.reason), outcome.pages, outcome.size,
    )  # fmt: skip
    return entry.as_data(prefix) | {
        "status": status,
        "sha256": outcome.sha256 or None,
        "seconds": round(outcome.seconds, 4),
    }


def relative_url(folder: Path, start: Path) -> str | None:
    """The URL that leads from one folder to another, with a slash at its end unless empty."""
    try:
        path = Path(os.path.relpath(folder.resolve(), start.resolve())).as_posix()
    except ValueError:  # Windows: on another drive.
        return f"{folder.resolve().as_uri()}/"
    return "" if path == "." else f"{quote(path)}/"


def may_replace(target: Path, *, force: bool = False) -> bool:
    """Whether there is nothing at `target`, or a report of ours; by force, any page of HTML.

    Whatever else stands there (a job file, a spreadsheet, a handout) was named by mistake.
    """
    try:
        with target.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            return MARK in head or (force and bool(_HTML.match(head)))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return True  # Nothing is there, or writing it will say what is.
    except OSError:
        return False


def _entry(listed: Listed) -> Entry:
    return Entry(
        listed.path, listed.status, listed.layout, listed.language, listed.brand, listed.paper,  # type: ignore[arg-type]
        listed.profile, listed.part, listed.reason, listed.pages, listed.size,
    )  # fmt: skip


__all__ = ["MARK", "Book", "finished_data", "may_replace", "relative_url"]
