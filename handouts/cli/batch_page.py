"""``report.html`` of a batch: where it goes, what stands above it, and when it must not be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts import __version__
from handouts.cli.batch_book import may_replace, relative_url
from handouts.cli.output import explain
from handouts.cli.progress import Progress
from handouts.cli.report import counted
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode
from handouts.report.facts import Head

if TYPE_CHECKING:
    from handouts.batch.events import Summary
    from handouts.batch.store import Store
    from handouts.report.ledger import Ledger

NAME = "report.html"


@dataclass(frozen=True, slots=True)
class Page:
    """A report to write. `folder` is the output folder, None when that is a store elsewhere."""

    target: Path
    title: str
    folder: Path | None
    force: bool = False

    def write(
        self, session: Session, store: Store, ledger: Ledger, summary: Summary, *, dry: bool
    ) -> Diagnostic | None:
        """Writes it, or says why not."""
        from handouts.report import page

        if not may_replace(self.target, force=self.force):
            return _refused(self.target, force=self.force)
        progress = Progress(session.console)
        progress.show("Writing the report …")
        try:
            head = self._head(session, store, summary, dry=dry)
            page.write(
                self.target,
                head,
                ledger,
                store.read,
                step=lambda done: progress.show(f"Writing the report: {counted(done, 'picture')}"),
            )
        except OSError as error:
            return explain(error, self.target)
        finally:
            progress.clear()
        return None

    def _head(self, session: Session, store: Store, summary: Summary, *, dry: bool) -> Head:
        reasons = summary.counts.causes if dry else summary.by_cause
        base = relative_url(self.folder, self.target.parent) if self.folder else None
        return Head(
            title=self.title,
            folder=store.shown(),
            base=base,
            day=session.world.today.isoformat(),
            seconds=summary.seconds,
            version=__version__,
            skipped=summary.counts.bad_rows,
            rehearsed=dry,
            reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            notes=tuple(_notes(summary, dry=dry)),
        )


def _notes(summary: Summary, *, dry: bool) -> list[str]:
    """What to know first, and what to do about it."""
    counts, notes = summary.counts, []
    if summary.stopped:
        notes.append(f"The batch stopped before its end: {summary.stopped.message}.")
    if summary.interrupted:
        notes.append("The batch was interrupted. What was written is whole and stays.")
    if summary.skipped and not dry:
        files = _files(summary.skipped, "was not reached", "were not reached")
        notes.append(f"{files}. Start the same batch again: it goes on from here.")
    left = counts.orphans - summary.pruned
    if left > 0:
        asked = _files(left, "of an earlier batch is", "of earlier batches are")
        notes.append(f"{asked} no longer asked for.")
    if summary.pruned:
        notes.append(f"{_files(summary.pruned, 'that is', 'that are')} not asked for: removed.")
    return notes


def _files(number: int, one: str, many: str) -> str:
    """``1 file was …``, ``1,200 files were …``."""
    return f"1 file {one}" if number == 1 else f"{number:,} files {many}"


def _refused(target: Path, *, force: bool) -> Diagnostic:
    kind = "no page of HTML, so not even --force replaces it" if force else "no report of ours"
    hint = "choose another name with --report"
    return Diagnostic(
        "not-ours",
        f"the report was not written: {target} is there already and {kind}",
        hint if force else f"{hint}, or replace it with --force",
        exit_code=ExitCode.FILE,
    )
