"""``batch``: one verb for a hundred thousand files, of which only those that changed are made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

import click

from handouts.cli.batch_options import manner, matrix, place, shown
from handouts.cli.help import Command, called, write_examples
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError

if TYPE_CHECKING:
    from handouts.batch.events import Row, Summary
    from handouts.batch.run import Prepared
    from handouts.cli.batch_book import Book
    from handouts.cli.batch_order import Order

_EXAMPLES = (
    "batch jobs.yaml",
    "batch jobs.yaml --dry-run",
    "batch --clinics clinics.csv --layout benefits-flyer --language es --language ar",
    "batch --brand 'clinic-*' --language all --layout 'topic-*' --size A4 --size Letter",
    "batch jobs.yaml --output /srv/handouts --prune --processes 8",
    "batch jobs.yaml --engine dask --scheduler tcp://10.0.0.1:8786 --output s3://bucket/handouts",
    "batch jobs.yaml --jsonl > made.jsonl",
)
_EVERY = 1000
"""Rows and outputs between two states of the line that counts them."""
T = TypeVar("T")
_ASKING = ("jobs", "clinics", "brands", "languages", "layouts", "papers", "profiles", "parts")


@click.command(cls=Command, examples=_EXAMPLES, choices=True)
@matrix
@place
@manner
@shown
@click.pass_obj
@click.pass_context
def batch(ctx: click.Context, session: Session, /, **options: Any) -> int:
    """Make many PDFs: brands or clinics times languages, layouts and papers.

    What to make stands in a job file, in a spreadsheet of clinics, or in the options. A second
    run makes only what changed since and says why. A batch that was interrupted goes on where it
    was. A row or sheet that is wrong is reported; all others are made. At the end report.html
    beside the files shows what came out, with every warning and failure.
    """
    if not any(options[name] for name in _ASKING):
        return _short_help(ctx)
    from handouts.cli.batch_order import order

    with ExitStack() as stack:
        asked = stack.enter_context(order(session, options))
        return _Run(session, asked, stack).all()


def _short_help(ctx: click.Context) -> int:
    """Said instead of making everything there is in every language, which nobody meant."""
    formatter = ctx.make_formatter()
    write_examples(ctx, formatter, _EXAMPLES[:4])
    formatter.write(f"What to make is missing. All options: {called(ctx)} batch --help\n")
    click.echo(formatter.getvalue().rstrip("\n"), err=True, color=ctx.color)
    return int(ExitCode.USAGE)


class _Run:
    """One batch, from its rows to its report."""

    def __init__(self, session: Session, asked: Order, stack: ExitStack) -> None:
        self.session, self.asked, self.stack = session, asked, stack
        self._open_book()

    def all(self) -> int:
        """Prepares, makes, tells."""
        prepared = self._prepared()
        with prepared:
            self.book.add(prepared.diagnostics)
            dry = self.asked.options.dry
            summary = self._planned(prepared) if dry else self._executed(prepared)
            self.book.add([summary.stopped] if summary.stopped else [])
            try:
                self._copy(prepared)
            except sqlite3.Error as error:  # The disk of temporary files is full, for one.
                self._tell_less(prepared, summary, error)
            self.book.add(finding.diagnostic for finding in self.session.findings.all())
            report = self._report(summary, dry=dry)
            code = max(int(summary.exit_code), int(self.ledger.exit_code))
            self._tell(summary, prepared, report, code, dry=dry)
        return code

    def _open_book(self, *, memory: bool = False) -> None:
        from handouts.cli.batch_book import Book
        from handouts.report.ledger import Ledger

        self.ledger = self.stack.enter_context(Ledger(memory=memory))
        self.book: Book = Book(self.session, self.ledger)

    def _prepared(self) -> Prepared:
        """The plan; a line says how many rows are read and outputs compared meanwhile."""
        from dataclasses import replace

        from handouts.batch.run import prepare

        asked = self.asked.source
        self.book.call_brands(asked.project)
        source = replace(
            asked,
            rows=self._watched(asked.rows),
            tasks=lambda clinics: self._counted(asked.tasks(clinics), "outputs compared"),
        )
        options = self.asked.options
        if options.wait:
            try:
                return prepare(source, self.asked.store, replace(options, wait=0.0))
            except HandoutsError as error:
                (busy, *_) = error.diagnostics
                if busy.code != "batch-running":
                    raise
                self.session.console.say(f"waiting: {busy.message}")
        return prepare(source, self.asked.store, options)

    def _watched(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows as they are checked: what is wrong with any of them is for the book."""
        for row in self._counted(rows, "clinics checked"):
            if row.diagnostics:
                self.book.add(row.diagnostics)
            if row.clinic:
                self.book.call(row.clinic)
            yield row

    def _counted(self, items: Iterable[T], what: str) -> Iterator[T]:
        """The same items, with a line that counts them."""
        from handouts.cli.progress import Progress

        progress = Progress(self.session.console)
        try:
            for number, item in enumerate(items, 1):
                if number % _EVERY == 0:
                    progress.show(f"{number:,} {what}")
                yield item
        finally:
            progress.clear()

    def _planned(self, prepared: Prepared) -> Summary:
        from handouts.batch.events import Summary

        return Summary(counts=prepared.counts)

    def _executed(self, prepared: Prepared) -> Summary:
        from handouts.batch.run import execute
        from handouts.cli.batch_watch import Watcher
        from handouts.cli.progress import Meter

        counts, console = prepared.counts, self.session.console
        if prepared.resumed:
            console.say("going on with the batch that was interrupted")
        meter = Meter(console, counts.to_write)
        watcher = Watcher(self.session, self.book, meter, self.asked.prefix)
        try:
            return execute(prepared, self.asked.engine, watcher)
        finally:
            meter.clear()

    def _copy(self, prepared: Prepared) -> None:
        """The batch's account, for the report and for what is said at the end."""
        from handouts.cli.progress import Meter

        counts = prepared.counts
        meter = Meter(self.session.console, counts.total + counts.orphans, "looked at")
        try:
            self.book.copy(prepared.listed(), self.asked.prefix, meter.step)
            self.ledger.number_entries()
        finally:
            meter.clear()

    def _tell_less(self, prepared: Prepared, summary: Summary, error: sqlite3.Error) -> None:
        """What happened is told without a list of all files when there is no room for one."""
        from dataclasses import replace

        self._open_book(memory=True)
        self.asked = replace(self.asked, page=None)
        self.book.add(prepared.diagnostics)
        self.book.add([summary.stopped] if summary.stopped else [])
        for path, diagnostic in summary.first:
            self.book.add([diagnostic], path)
        self.book.add([_no_list(error)])

    def _report(self, summary: Summary, *, dry: bool) -> str | None:
        """Writes the report where one is wanted; its path, or None."""
        page = self.asked.page
        if page is None:
            return None
        trouble = page.write(self.session, self.asked.store, self.ledger, summary, dry=dry)
        if trouble:
            self.book.add([trouble])
            return None
        return str(page.target)

    def _tell(
        self, summary: Summary, prepared: Prepared, report: str | None, code: int, *, dry: bool
    ) -> None:
        from handouts.cli import batch_tell

        estimate = batch_tell.estimate(self.session, self.asked, prepared, self.ledger)
        telling = batch_tell.Telling(self.session, self.ledger, summary, report, estimate)
        telling.all(code, self.asked.prefix, dry=dry, prune=self.asked.options.prune)


def _no_list(error: sqlite3.Error) -> Diagnostic:
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    full = code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    hint = "free some space on the disk of temporary files; a" if full else "a"
    message = f"the files cannot be listed, and there is no report: {error}"
    hint = f"{hint} second run lists what is there"
    return Diagnostic("no-report", message, hint, exit_code=ExitCode.FILE)


__all__ = ["batch"]
