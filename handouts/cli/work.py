"""Making the files: one after another, the bad ones reported and the good ones written."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from handouts.cli.errors import bug, file
from handouts.cli.output import explain, write
from handouts.cli.progress import Progress
from handouts.cli.session import Session
from handouts.cli.targets import Target
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.pages import Pages
from handouts.model.project import Project

Status = Literal[
    "written", "overwritten", "would-write", "would-overwrite", "refused", "failed", "checked"
]
GOOD: frozenset[Status] = frozenset(
    ("written", "overwritten", "would-write", "would-overwrite", "checked")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a target. `pages` and `size` are None when it did not come so far."""

    target: Target
    status: Status
    pages: int | None = None
    size: int | None = None

    @property
    def good(self) -> bool:
        """Whether the file is there, or would be."""
        return self.status in GOOD

    def as_data(self) -> dict[str, Any]:
        """In JSON, with every key always there."""
        job = self.target.job
        return {
            "path": self.target.name,
            "layout": job.layout,
            "language": job.language,
            "brand": job.brand,
            "paper": job.paper,
            "profile": job.profile,
            "part": job.part,
            "pages": self.pages,
            "bytes": self.size,
            "status": self.status,
        }


def attempted(session: Session, target: Target, make: Callable[[], Entry]) -> Entry:
    """What became of a file. Its problems are the session's findings; they do not stop the next."""
    findings = session.findings
    if target.verdict.why:
        findings.add([target.verdict.why])
        return Entry(target, "refused")
    try:
        return make()
    except HandoutsError as error:
        findings.add(_located(session, error), target.name)
    except BrokenPipeError:
        raise
    except OSError as error:
        findings.add([explain(error, target.path) if target.path else file(error)])
    except Exception as error:
        findings.add([bug(error)], target.name)
        if session.debug:
            import traceback

            session.console.error(traceback.format_exc())
    return Entry(target, "failed")


def _located(session: Session, error: HandoutsError) -> Iterable[Diagnostic]:
    """With file and line of the strings that do not fit or cannot be set."""
    from handouts.cli.project import project_folder
    from handouts.load import located

    return located(session.world, project_folder(session), error.diagnostics)


@dataclass(slots=True)
class Run:
    """A batch on its way; `interrupted` says whether Ctrl-C ended it."""

    session: Session
    project: Project
    targets: Sequence[Target]
    mode: Literal["make", "rehearse", "check"] = "make"
    interrupted: bool = field(init=False, default=False)

    def all(self, ready: Callable[[Entry], None] = lambda entry: None) -> list[Entry]:
        """Makes one file after the other, says each as it is `ready`, and returns them."""
        progress = Progress(self.session.console, len(self.targets))
        entries: list[Entry] = []
        try:
            for number, target in enumerate(self.targets):
                progress.step(number, target.name)
                entries.append(attempted(self.session, target, partial(self._made, target)))
                progress.clear()
                ready(entries[-1])
                if not gc.isenabled():
                    gc.freeze()
                    gc.enable()
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            progress.clear()
        return entries

    def _made(self, target: Target) -> Entry:
        started = time.perf_counter()
        pages = self._placed(target)
        self._timed(target, "placed", started)
        if self.mode == "check":
            return Entry(target, "checked", len(pages.pages))
        over = target.verdict.action == "overwrite"
        if self.mode == "rehearse":
            return Entry(target, "would-overwrite" if over else "would-write", len(pages.pages))
        size = self._write(target, pages)
        return Entry(target, "overwritten" if over else "written", len(pages.pages), size)

    def _placed(self, target: Target) -> Pages:
        """The sheet's pages. Those of a run of one are kept; more would gain little by it."""

        def place() -> Pages:
            from handouts.pipeline import place

            return place(self.project, self.session.world, target.job)

        sheets = self.session.sheets
        if sheets is None or len(self.targets) != 1:
            return place()
        pages, keep = sheets.placed(self.project, target.job, place)
        self.session.later.append(keep)
        return pages

    def _write(self, target: Target, pages: Pages) -> int:
        from handouts.pipeline import render

        started = time.perf_counter()
        data = render(pages)
        self._timed(target, "drawn", started)
        if target.path is None:
            self.session.console.result_bytes(data)
        else:
            write(target.path, data)
        return len(data)

    def _timed(self, target: Target, what: str, started: float) -> None:
        self.session.console.detail(
            f"{target.name}: {what} in {(time.perf_counter() - started) * 1000:.0f} ms"
        )


def exit_code(session: Session, run: Run) -> int:
    """The most severe of what happened."""
    return int(ExitCode.INTERRUPTED if run.interrupted else session.findings.exit_code)
