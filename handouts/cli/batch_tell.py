"""What is printed when a batch is over: for a person, or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.cli import batch_estimate, batch_summary
from handouts.cli.batch_watch import line
from handouts.cli.report import Finding, as_data, clean
from handouts.cli.session import SCHEMA, Session

if TYPE_CHECKING:
    from handouts.batch.events import Summary
    from handouts.batch.run import Prepared
    from handouts.cli.batch_order import Order
    from handouts.report.facts import Entry, Issue
    from handouts.report.ledger import Ledger

_ORPHANS_NAMED = 5


def estimate(session: Session, asked: Order, prepared: Prepared, ledger: Ledger) -> str:
    """How long a planned batch will take, in words; empty when it was no plan."""
    files = prepared.counts.to_write
    if not asked.options.dry or not files:
        return ""
    rate = prepared.rate()
    if rate:
        return batch_estimate.from_rate(files, rate)
    entries = ledger.first_of_each(batch_estimate.TEMPLATES, "waiting")
    sample = batch_estimate.take(asked.source.project, session.world, entries)
    if sample is None:
        return ""
    kinds = ledger.templates("waiting")
    return batch_estimate.from_sample(files, kinds, sample, asked.processes)


@dataclass(frozen=True, slots=True)
class Telling:
    """All there is to tell at the end."""

    session: Session
    ledger: Ledger
    summary: Summary
    report: str | None
    estimate: str

    def all(self, code: int, prefix: str, *, dry: bool, prune: bool) -> None:
        """Problems and counts for a person; the rest of the JSON for a program."""
        if self.session.verbose and not self.session.machine:
            self._list(prefix, dry=dry)
        batch_summary.problems(self.session, self.ledger, self.report or "")
        if self.session.form == "json":
            self._document(code, prefix, dry=dry)
        elif self.session.form == "jsonl":
            self._records(code, prefix, dry=dry)
        self._table(dry=dry, prune=prune)

    def _table(self, *, dry: bool, prune: bool) -> None:
        say, summary = self.session.console.say, self.summary
        if summary.interrupted:
            self.session.console.error("interrupted: what was written is whole and stays")
        for row in batch_summary.table(summary, dry=dry, prune=prune):
            say(row)
        if dry:
            self._orphans()
        took = self.estimate if dry else batch_summary.took(summary)
        say(" · ".join(filter(None, (took, batch_summary.total(self.ledger)))))
        if self.report:
            say(f"report: {clean(self.report)}")

    def _orphans(self) -> None:
        """Files that ``--prune`` would remove are named before anybody types it."""
        orphans = self.ledger.entries("orphan")
        for number, entry in enumerate(orphans):
            if number == _ORPHANS_NAMED:
                self.session.console.say("  …  (-v names all)")
                return
            why = f"  {entry.why}" if entry.why else ""
            self.session.console.say(f"  {clean(entry.path)}{why}")

    def _list(self, prefix: str, *, dry: bool) -> None:
        """With ``-v``: what was not said file by file before."""
        statuses = () if dry else ("unchanged", "refused", "waiting", "orphan")
        for entry in self.ledger.entries(*statuses):
            status = "would-write" if dry and entry.status == "waiting" else entry.status
            line(self.session, status, f"{prefix}{entry.path}", entry.why)

    def _files(self, prefix: str, *, dry: bool) -> Iterator[dict[str, Any]]:
        """Every output in JSON; those of a plan are not written yet."""
        for entry in self.ledger.entries():
            yield _data(entry, prefix, dry=dry)

    def _document(self, code: int, prefix: str, *, dry: bool) -> None:
        """The one JSON document, printed piece by piece: it may have a hundred thousand files."""
        out = self.session.console.result
        summary = json.dumps(self._summary(code))
        out(f'{{"schema": {SCHEMA},\n"summary": {summary},\n"files": [')
        _lines(out, self._files(prefix, dry=dry))
        out('],\n"diagnostics": [')
        _lines(out, (_problem(issue, prefix) for issue in self.ledger.issues()))
        out("]}")

    def _records(self, code: int, prefix: str, *, dry: bool) -> None:
        """The end of ``--jsonl``: what was not made, the problems, the summary."""
        wanted = ["waiting", "refused", "orphan"] if dry else ["refused"]
        if self.session.verbose:
            wanted.append("unchanged")
        for entry in self.ledger.entries(*wanted):
            self.session.record(type="file", **_data(entry, prefix, dry=dry))
        for issue in self.ledger.issues():
            self.session.record(type="diagnostic", **_problem(issue, prefix))
        self.session.record(type="summary", **self._summary(code))

    def _summary(self, code: int) -> dict[str, Any]:
        return batch_summary.as_data(self.summary, self.ledger, self.report, code)


def _problem(issue: Issue, prefix: str) -> dict[str, Any]:
    """A problem in JSON: as everywhere, but it names its first files only and counts them all.

    Files are called as their records call them.
    """
    data = as_data(Finding(issue.diagnostic, tuple(f"{prefix}{file}" for file in issue.files)))
    if data["path"] in issue.files:
        data["path"] = f"{prefix}{data['path']}"
    return data | {"outputs": issue.count}


def _data(entry: Entry, prefix: str, *, dry: bool) -> dict[str, Any]:
    data = entry.as_data(prefix)
    return data | {"status": "would-write"} if dry and entry.status == "waiting" else data


def _lines(out: Callable[[str], None], items: Iterable[dict[str, Any]]) -> None:
    """Items of a JSON list, a line each."""
    before = ""
    for item in items:
        if before:
            out(f"{before},")
        before = json.dumps(item)
    if before:
        out(before)
