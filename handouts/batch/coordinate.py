"""The coordinator: hands planned tasks to an engine in chunks, and keeps account of them.

The only one who writes the manifest. Durable is first of all what is *going* to be written
(`begin`), then, a few times a second, what was; see `handouts.batch.manifest`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace

import handouts
from handouts.batch.account import Account
from handouts.batch.engines import Engine, Report
from handouts.batch.events import Event, Finished, Listen, Pruned, Summary, Told
from handouts.batch.intact import vouched
from handouts.batch.judge import REFUSED, WRITE
from handouts.batch.listing import forget_gone
from handouts.batch.manifest import PENDING, WRITTEN
from handouts.batch.plan import Step
from handouts.batch.prune import pruned
from handouts.batch.run import Prepared
from handouts.batch.store import Store, Superseded
from handouts.batch.trouble import (
    file_trouble,
    manifest_trouble,
    not_pruned,
    not_removed,
    orphan_changed,
    refused_file,
    stop_among,
    superseded,
)
from handouts.batch.worker import Payload, portable
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, Severity
from handouts.model.batch import Chunk, Clinic, Outcome, Task

_FIRST = 20
"""Failures a summary keeps."""
_PAUSE = 0.5
"""Seconds between two commits: what a crash can make the manifest forget."""

_BEGIN = f"""
INSERT INTO output(path, template, brand, state, batch)
SELECT p.path, t.id, p.brand, {PENDING}, ? FROM plan p JOIN numbered t ON t.n = p.template
WHERE p.action = {WRITE}
ON CONFLICT(path) DO UPDATE SET state = {PENDING}, batch = excluded.batch,
  template = excluded.template, brand = excluded.brand
"""
_AGAIN = """
UPDATE output SET mark = (SELECT p.mark FROM plan p WHERE p.path = output.path)
WHERE path IN (SELECT path FROM plan WHERE again)
"""


class Coordinator:
    """One run of a prepared batch."""

    def __init__(self, prepared: Prepared, engine: Engine, listen: Listen) -> None:
        self._prepared, self._engine, self._listen = prepared, engine, listen
        self._manifest, self._plan = prepared.manifest, prepared.plan
        self._db = prepared.manifest.db
        self._summary = Summary(counts=prepared.counts, severest=prepared.notes.severest)
        self._flying: dict[str, Step] = {}
        """Tasks that were given out, and of which nothing is known yet."""
        self._doubtful: dict[str, Step] = {}
        """Tasks of which nothing will be known: the batch ended while they were being placed."""
        self._abandoned: list[str] = []
        self._given = 0
        """How many tasks were given out."""
        self._halted = False
        """Whether nothing more can be done; else what was given out is still waited for."""
        self._late = 0
        """How many files were changed by somebody between the plan and their turn."""
        self._batch = 0
        self._committed = 0.0
        self._started = time.perf_counter()
        self._account = Account(self._manifest, self._plan, prepared.inputs, prepared.store)

    def run(self) -> Summary:
        """All of it; the manifest is in order whatever happens."""
        if self._prepared.options.dry:
            return self._summary
        try:
            self._work()
        except _Unheard as unheard:
            self._summary.interrupted = True
            raise unheard.error from None
        finally:
            self._end()
        return self._summary

    def _work(self) -> None:
        """What is to be done; what stops it is told."""
        try:
            self._begin()
            self._make()
        except KeyboardInterrupt:
            self._summary.interrupted = True
        except sqlite3.Error as error:
            self._stop(manifest_trouble(error, self._prepared.store.shown()))
        except OSError as error:
            self._stop(file_trouble(error, self._prepared.store.shown(), everywhere=True))
        except HandoutsError as error:
            self._stop(*error.diagnostics)
        except Superseded:
            self._stop(superseded())

    def _begin(self) -> None:
        """Removes what was left lying, and marks what is going to be written."""
        store, manifest = self._prepared.store, self._manifest
        last = manifest.last_batch()
        if manifest.fresh:
            store.sweep(self._sorted("SELECT path FROM plan ORDER BY path"))
        elif last is not None and not last.finished:
            pending = f"SELECT path FROM output WHERE state = {PENDING} ORDER BY path"
            store.sweep(self._sorted(pending))
        with manifest.transaction():
            self._batch = self._new_batch()
            self._db.execute("CREATE TEMP TABLE numbered(n INTEGER PRIMARY KEY, id INTEGER)")
            for number, job in enumerate(self._plan.templates):
                row = (number, manifest.template(job))
                self._db.execute("INSERT INTO numbered VALUES(?,?)", row)
            self._db.execute(_BEGIN, (self._batch,))
            self._db.execute(_AGAIN)
            forget_gone(self._manifest)

    def _sorted(self, query: str) -> Iterator[str]:
        yield from (str(path) for (path,) in self._db.execute(query))

    def _new_batch(self) -> int:
        cursor = self._db.execute(
            "INSERT INTO batch(date, version, plan, total) VALUES(?,?,?,?)",
            (
                self._prepared.world.date,
                handouts.__version__,
                self._plan.digest,
                self._plan.total,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _make(self) -> None:
        """Has everything made. The engine is closed before anything else is done."""
        counts = self._prepared.counts
        prunes = self._prepared.options.prune and counts.orphans > 0
        if not (counts.to_write or prunes or self._prepared.store.left_locked):
            return
        lock = self._prepared.lock
        # From here on nobody else changes anything there, on whatever machine.
        store = self._prepared.store.owned(lock.token if lock else "")
        if counts.to_write:
            with closing(self._engine.run(self._payload(store), self._chunks())) as reports:
                for report in reports:
                    self._take(report)
                    if self._halted:
                        break
        self._flush()
        if prunes and not self._summary.stopped:
            with store.turn():
                self._prune()

    def _payload(self, store: Store) -> Payload:
        prepared = self._prepared
        return Payload(
            project=portable(prepared.source.project, prepared.world),
            world=prepared.world,
            store=store,
            logos=prepared.source.logos,
            version=handouts.__version__,
        )

    def _chunks(self) -> Iterator[Chunk]:
        """Tasks in chunks of one template each, drawn by the engine when it has room."""
        size = self._engine.chunk_size(self._prepared.counts.to_write)
        number = 0
        steps: list[Step] = []
        for step in self._plan.steps():
            if self._summary.stopped:
                return  # What was given out before is still taken in.
            if steps and (step.template != steps[0].template or len(steps) >= size):
                yield self._chunk(number, steps)
                number, steps = number + 1, []
            if self._untouched(step):
                steps.append(step)
        if steps:
            yield self._chunk(number, steps)

    def _chunk(self, number: int, steps: list[Step]) -> Chunk:
        names = dict.fromkeys(step.task.job.brand for step in steps)
        clinics = tuple(one for name in names if (one := self._plan.clinic(name)))
        self._flying.update((step.task.path, step) for step in steps)
        return Chunk(number, tuple(map(self._given_out, steps)), clinics)

    def _given_out(self, step: Step) -> Task:
        """The task, to be verified if its turn has come: counted over all workers."""
        every = self._prepared.options.verify
        self._given += 1
        return replace(step.task, verify=True) if every and self._given % every == 0 else step.task

    def _untouched(self, step: Step) -> bool:
        """Whether the file is still as it was when the batch was planned: hours may have passed.

        Of a place behind a URL only what was listed then is known.
        """
        store, path = self._prepared.store, step.task.path
        if self._prepared.options.force or store.look(path) == step.stamp:
            return True
        self._plan.settle(step.number, REFUSED)
        self._late += 1
        # It is no longer one of those that were going to be written.
        self._db.execute(
            f"UPDATE output SET state = {WRITTEN} WHERE path = ? AND sha256 IS NOT NULL", (path,)
        )
        self._db.execute("DELETE FROM output WHERE path = ? AND sha256 IS NULL", (path,))
        self._tell(refused_file(store.shown(path)))
        return False

    def _take(self, report: Report) -> None:
        """Keeps account of what came back together."""
        self._abandoned += report.abandoned
        for outcome in report.outcomes:
            step = self._flying.pop(outcome.path)
            stop = stop_among(outcome.diagnostics)
            if stop:
                self._doubtful[outcome.path] = step
                self._stop(stop)
                continue
            if outcome.diagnostics:
                outcome = replace(outcome, diagnostics=self._placed(step, outcome))
            if not self._db.in_transaction:
                self._db.execute("BEGIN")
            self._account.record(step, outcome)
            self._count(step, outcome)
            self._say(Finished(step.task, step.reason, outcome, overwrote=step.stamp is not None))
        if time.perf_counter() - self._committed > _PAUSE:
            self._flush()

    def _placed(self, step: Step, outcome: Outcome) -> tuple[Diagnostic, ...]:
        """Diagnostics with the row that is to blame, or with the strings they are about."""
        source, told = self._prepared.source, outcome.diagnostics
        if all(one.place for one in told):
            return told
        clinic = self._plan.clinic(step.task.job.brand)
        if clinic:
            told = tuple([_of_row(one, clinic, source.place(clinic)) for one in told])
        if not any(one.string and one.place is None for one in told):
            return told
        from handouts.load import located

        return located(source.world, source.folder, told)

    def _count(self, step: Step, outcome: Outcome) -> None:
        summary = self._summary
        summary.severest = max(summary.severest, _exit_code(outcome.diagnostics))
        if outcome.status == "written":
            summary.written += 1
            summary.by_cause[step.reason.cause] += 1
            summary.pages += outcome.pages
            summary.size += outcome.size
            summary.stamped += outcome.stamped
            return
        summary.failed += 1
        first = next(iter(outcome.diagnostics), None)
        if first is None:
            return
        summary.failures[first.code] += 1
        if len(summary.first) < _FIRST:
            summary.first.append((outcome.path, first))
        if self._prepared.options.fail_fast and not summary.stopped:
            summary.stopped = first

    def _flush(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._committed = time.perf_counter()

    def _stop(self, *why: Diagnostic) -> None:
        """Ends the batch; said once."""
        self._halted = True
        if not self._summary.stopped:
            self._summary.stopped = why[0]
            for one in why:
                self._tell(one)

    def _tell(self, diagnostic: Diagnostic) -> None:
        self._summary.severest = max(self._summary.severest, _exit_code((diagnostic,)))
        self._say(Told(diagnostic))

    def _say(self, event: Event) -> None:
        try:
            self._listen(event)
        except OSError as error:  # Of its own output, which is none of the store's.
            raise _Unheard(error) from None

    def _prune(self) -> None:
        """Removes what is not asked for any more and is as we left it."""
        prepared = self._prepared
        if prepared.counts.bad_rows:
            self._tell(not_pruned(prepared.store.shown()))
            return
        summary = self._summary
        for path, fate in pruned(self._manifest, prepared.store):
            if fate == "removed":
                summary.pruned += 1
                self._say(Pruned(path))
            elif fate == "changed":
                summary.kept_orphans += 1
                self._tell(orphan_changed(prepared.store.shown(path)))
            elif isinstance(fate, PermissionError):
                summary.kept_orphans += 1
                self._tell(not_removed(fate, prepared.store.shown(path)))
            else:
                summary.counts = replace(summary.counts, orphans=summary.counts.orphans - 1)

    def _end(self) -> None:
        """Last entries. On a disk that is full there may be no room for them: never mind."""
        summary = self._summary
        summary.seconds = time.perf_counter() - self._started
        settled = self._settled()
        counts = summary.counts
        summary.counts = replace(counts, refused=counts.refused + self._late)
        summary.skipped = counts.to_write - summary.written - summary.failed - self._late
        finished = not (summary.interrupted or summary.stopped)
        with suppress(sqlite3.Error, OSError):
            self._prepared.store.sweep(sorted((*self._abandoned, *self._flying)))
        try:
            self._flush()
            if self._batch:
                with self._manifest.transaction():
                    self._db.execute(
                        "UPDATE batch SET written = ?, failed = ?, seconds = ?, finished = ? "
                        "WHERE id = ?",
                        (summary.written, summary.failed, summary.seconds, finished, self._batch),
                    )
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            self._stop(manifest_trouble(error, self._prepared.store.shown()))
        with suppress(_Unheard, KeyboardInterrupt):
            for event in settled:
                self._say(event)

    def _settled(self) -> list[Finished]:
        """Files that got their place although nobody said so are there for a person, too.

        The next batch makes them again, since the manifest does not know what they depended on.
        """
        store, found = self._prepared.store, []
        # A store that does not answer about one of them will not about the others.
        with suppress(OSError):
            for path, step in (self._flying | self._doubtful).items():
                if store.look_now(path) in (None, step.stamp):
                    continue
                outcome = vouched(path, store.read(path))
                if outcome is None:
                    continue
                self._count(step, outcome)
                overwrote = step.stamp is not None
                found.append(Finished(step.task, step.reason, outcome, overwrote))
                with suppress(sqlite3.Error):
                    self._account.settle(step, outcome)
        return found


def _of_row(one: Diagnostic, clinic: Clinic, place: Place | None) -> Diagnostic:
    """With the row where it is to blame: for its own words, or for their length."""
    own = one.string is not None and one.string[1].startswith("$")
    if one.place is None and (own or one.exit_code is ExitCode.FIT):
        return replace(one, message=f"row {clinic.row}: {one.message}", place=place)
    return one


class _Unheard(Exception):
    """Whoever listens could not write what it was told."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _exit_code(diagnostics: tuple[Diagnostic, ...]) -> ExitCode:
    errors = (one.exit_code for one in diagnostics if one.severity is Severity.ERROR)
    return max(errors, default=ExitCode.OK)


__all__ = ["Coordinator"]
