"""A batch from end to end: what is asked for, what of it is needed, making it, keeping account.

``prepare`` checks every row and compares every output with the manifest, and writes no output;
``execute`` has an engine make what is needed. Between the two a person may be shown the counts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from handouts.batch.engines import Engine
from handouts.batch.events import Counts, Event, Listed, Listen, Options, Row, Source, Summary
from handouts.batch.inputs import Inputs
from handouts.batch.judge import REFUSED, UNCHANGED, Judge
from handouts.batch.listing import listed, note_astray, orphan_counts
from handouts.batch.lock import Lock, acquire
from handouts.batch.manifest import Manifest, looked_at, opened
from handouts.batch.plan import Plan
from handouts.batch.store import Store
from handouts.batch.trouble import (
    file_trouble,
    manifest_damaged,
    plan_trouble,
    refused_file,
)
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Severity
from handouts.model.batch import Clinic
from handouts.world import World

SHOWN = 1000
"""Diagnostics of one code that are kept to be shown; all of them are counted."""


class Prepared:
    """A batch that is planned. Holds the lock of its place until it is closed."""

    def __init__(
        self, source: Source, store: Store, options: Options, manifest: Manifest, lock: Lock | None
    ) -> None:
        self.source, self.store, self.options = source, store, options
        self.manifest, self.lock = manifest, lock
        self.inputs = Inputs(source.project, source.world, source.logos)
        self.plan = Plan(manifest, self.inputs)
        self.notes = Notes()
        self.counts = Counts()
        self.resumed = False
        """Whether it goes on with a batch that was interrupted."""
        self.world = source.world
        """The world with the batch's date: today's, or that of the batch it goes on with."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Of rows, of files changed by hand; not more than `SHOWN` of each code."""
        return tuple(self.notes.kept)

    def listed(self) -> Iterator[Listed]:
        """Every output asked for, in the order of tasks, then the orphans. Before and after."""
        return listed(self.manifest, self.plan)

    def rate(self) -> float | None:
        """Documents per second of the last batch like this one, or None."""
        return self.manifest.rate(self.plan.total)

    def close(self) -> None:
        """Lets go of lock and manifest."""
        self.manifest.close()
        if self.lock:
            self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Notes:
    """Diagnostics that are collected: all counted, a bounded number of each code kept."""

    def __init__(self) -> None:
        self.kept: list[Diagnostic] = []
        self.codes: Counter[str] = Counter()
        self.severest = ExitCode.OK

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Takes some in."""
        for one in diagnostics:
            self.codes[one.code] += 1
            if self.codes[one.code] <= SHOWN:
                self.kept.append(one)
            if one.severity is Severity.ERROR:
                self.severest = max(self.severest, one.exit_code)


def prepare(source: Source, store: Store, options: Options) -> Prepared:
    """Checks all rows and finds out what is to be written, and why. Writes no output.

    Raises:
        HandoutsError: when another batch is at work here, the place cannot be written, the
            manifest is of a newer version, two tasks have one path, or (fail_fast) a row is bad
            or a file was changed by hand. Of a batch that is `dry` nothing is written at all, so
            another one may be at work.
    """
    store.check()
    lock: Lock | None = None
    try:
        if not options.dry:
            lock = acquire(store.home, store.shown(), options.wait)
        prepared = _planned(source, store, options, lock)
    except BaseException as error:
        if lock:
            lock.release()
        if isinstance(error, OSError):
            raise HandoutsError([file_trouble(error, store.shown(), everywhere=True)]) from error
        raise
    return prepared


def _planned(source: Source, store: Store, options: Options, lock: Lock | None) -> Prepared:
    manifest: Manifest | None = None
    try:
        manifest = (opened if lock else looked_at)(store.home, store.shown())
        prepared = Prepared(source, store, options, manifest, lock)
        if manifest.damaged:
            prepared.notes.add([manifest_damaged(store.shown(), manifest.damaged)])
        with manifest.transaction():
            _fill(prepared)
    except BaseException as error:
        if manifest:
            manifest.close()
        if isinstance(error, sqlite3.Error):
            raise HandoutsError([plan_trouble(error, store.shown())]) from error
        raise
    return prepared


def _fill(prepared: Prepared) -> None:
    """Rows, then tasks, then what they come to."""
    source, plan, options = prepared.source, prepared.plan, prepared.options
    bad: Counter[str] = Counter()

    def good(rows: Iterable[Row]) -> Iterator[Clinic]:
        for row in rows:
            prepared.notes.add(row.diagnostics)
            if row.clinic is not None:
                yield row.clinic
                continue
            errors = (one for one in row.diagnostics if one.severity is Severity.ERROR)
            bad[next((one.code for one in errors), "")] += 1
            if options.fail_fast:
                raise HandoutsError(row.diagnostics)

    plan.keep(good(source.rows))
    prepared.store.survey()
    judge = Judge(prepared.manifest, prepared.store, prepared.inputs, force=options.force)
    plan.add(source.tasks(_Again(plan)), judge)
    _note_refused(prepared)
    note_astray(prepared.manifest, prepared.store)
    orphans, changed = orphan_counts(prepared.manifest)
    prepared.counts = Counts(
        total=plan.total,
        causes=dict(plan.causes),
        unchanged=plan.actions[UNCHANGED],
        refused=plan.actions[REFUSED],
        orphans=orphans,
        changed_orphans=changed,
        bad_rows=bad.total(),
        bad_causes=bad,
    )
    _date(prepared)


class _Again(Iterable[Clinic]):
    """The clinics of a plan, as often as one likes."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __iter__(self) -> Iterator[Clinic]:
        return self._plan.clinics()


def _note_refused(prepared: Prepared) -> None:
    """A word about files that are left alone."""
    if not prepared.plan.actions[REFUSED]:
        return
    for path in prepared.plan.refused():
        one = refused_file(prepared.store.shown(path))
        prepared.notes.add([one])
        if prepared.options.fail_fast:
            raise HandoutsError([one])


def _date(prepared: Prepared) -> None:
    """A batch that goes on with an interrupted one has its date; a date that was set, stands."""
    last = prepared.manifest.last_batch()
    world = prepared.source.world
    same = last is not None and not last.finished and last.plan == prepared.plan.digest
    prepared.resumed = same
    date = last.date if last and same and "SOURCE_DATE_EPOCH" not in world.env else world.date
    prepared.world = dated(world, date)


def dated(world: World, date: str) -> World:
    """The world with one fixed moment, and nothing of the environment: workers get this one."""
    moment = datetime.fromisoformat(date)
    env = {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    return replace(world, today=moment.date(), env=env)


def execute(prepared: Prepared, engine: Engine, listen: Listen = lambda event: None) -> Summary:
    """Writes what is needed, prunes if asked; Ctrl-C ends it in good order.

    A failure does not raise: the summary has it. Of a batch that was prepared `dry` it makes
    nothing and gives the summary of that.
    """
    from handouts.batch.coordinate import Coordinator

    return Coordinator(prepared, engine, listen).run()


__all__ = ["Event", "Options", "Prepared", "Source", "Summary", "dated", "execute", "prepare"]
