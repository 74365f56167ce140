"""What is to be done with each task of a batch: made, left alone, or refused, and why.

The plan lives in temporary tables beside the manifest, on disk: memory does not grow with it.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from handouts.batch.events import Cause, Reason
from handouts.batch.inputs import BrandInputs, Inputs
from handouts.batch.judge import REFUSED, WRITE, Judge
from handouts.batch.manifest import Manifest
from handouts.batch.store import Stamp
from handouts.diagnostics import ExitCode, HandoutsError, problem
from handouts.model.batch import Clinic, Task
from handouts.model.project import Job

MADE: Final = 3
BROKEN: Final = 4

_TABLES = """
CREATE TEMP TABLE clinic(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, base TEXT NOT NULL, inputs BLOB NOT NULL,
  value BLOB NOT NULL);
CREATE TEMP TABLE plan(
  n INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, template INTEGER NOT NULL,
  brand TEXT NOT NULL, base TEXT NOT NULL, inputs BLOB NOT NULL, action INTEGER NOT NULL,
  cause TEXT NOT NULL, detail TEXT NOT NULL, size INTEGER, mark TEXT, again INTEGER NOT NULL);
"""
_ADD = "INSERT INTO plan VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Step:
    """A planned task with all that is needed to make it and to keep account of it."""

    number: int
    task: Task
    template: int
    brand: BrandInputs
    reason: Reason
    stamp: Stamp | None


class Plan:
    """The tasks of a batch, their clinics, and what was decided about each."""

    def __init__(self, manifest: Manifest, inputs: Inputs) -> None:
        self._db, self._inputs = manifest.db, inputs
        self._db.executescript(_TABLES)
        self._templates: list[Job] = []
        self._sum = 0
        self.total = 0
        self.causes: Counter[str] = Counter()
        self.actions: Counter[int] = Counter()

    @property
    def digest(self) -> bytes:
        """What an interrupted batch is known by: the tasks and their inputs, not their order."""
        return self._sum.to_bytes(16, "big")

    @property
    def templates(self) -> list[Job]:
        """The jobs of all templates, without their brands."""
        return self._templates

    def keep(self, clinics: Iterable[Clinic]) -> None:
        """Takes the clinics in.

        Raises:
            HandoutsError: ``same-clinic`` for an id that is there twice.
        """
        project_brands = self._inputs.brands
        for clinic in clinics:
            brand = self._inputs.of_clinic(clinic)
            row = (clinic.id, brand.base, brand.digest, _packed(clinic))
            try:
                if clinic.id in project_brands:
                    raise sqlite3.IntegrityError
                self._db.execute("INSERT INTO clinic VALUES(NULL,?,?,?,?)", row)
            except sqlite3.IntegrityError:
                message = f"row {clinic.row}: there is another clinic or brand '{clinic.id}'"
                hint = "give one of them an id of its own"
                raise problem("same-clinic", message, hint) from None

    def clinics(self) -> Iterator[Clinic]:
        """All clinics, in the order of their rows."""
        last = 0
        while True:
            rows = self._db.execute(
                "SELECT n, value FROM clinic WHERE n > ? ORDER BY n LIMIT ?", (last, _PAGE)
            ).fetchall()
            if not rows:
                return
            yield from (_unpacked(value) for _, value in rows)
            last = rows[-1][0]

    def add(self, tasks: Iterable[Task], judge: Judge) -> None:
        """Decides about tasks, one after the other.

        Raises:
            HandoutsError: ``same-file`` when two of them have one path.
        """
        rows: list[tuple[object, ...]] = []
        for task in tasks:
            rows.append(self._row(task, judge))
            if len(rows) >= _PAGE:
                self._insert(rows)
        self._insert(rows)

    def _row(self, task: Task, judge: Judge) -> tuple[object, ...]:
        brand = self._brand(task.job.brand)
        template = self._inputs.template(task.job)
        if template.number == len(self._templates):
            self._templates.append(template.job)
        verdict = judge.verdict(task, template, brand)
        self.total += 1
        self.actions[verdict.action] += 1
        reason, stamp = verdict.reason, verdict.stamp
        if reason:
            self.causes[reason.cause] += 1
        self._note(task.path.encode() + b"\0" + template.plan(brand))
        return (
            self.total,
            task.path,
            template.number,
            task.job.brand,
            brand.base,
            brand.digest,
            verdict.action,
            reason.cause if reason else "",
            reason.detail if reason else "",
            stamp.size if stamp else None,
            stamp.mark if stamp else None,
            verdict.again,
        )

    def _note(self, content: bytes) -> None:
        one = hashlib.blake2b(content, digest_size=16).digest()
        self._sum ^= int.from_bytes(one, "big")

    def _insert(self, rows: list[tuple[object, ...]]) -> None:
        try:
            self._db.executemany(_ADD, rows)
        except sqlite3.IntegrityError:
            raise self._twice(rows) from None
        rows.clear()

    def _twice(self, rows: list[tuple[object, ...]]) -> HandoutsError:
        paths = Counter(str(row[1]) for row in rows)
        path = next(
            (one for one, count in paths.items() if count > 1 or self._there(one)), "one file"
        )
        return problem(
            "same-file",
            f"two handouts would both be {path}",
            "put what they differ in into the file-name template",
            exit_code=ExitCode.FILE,
        )

    def _there(self, path: str) -> bool:
        row = self._db.execute("SELECT n FROM plan WHERE path = ?", (path,)).fetchone()
        return row is not None

    def _brand(self, name: str) -> BrandInputs:
        if name in self._inputs.brands:
            return self._inputs.of_brand(name)
        row = self._db.execute("SELECT inputs, base FROM clinic WHERE id = ?", (name,)).fetchone()
        return BrandInputs(*row)

    def steps(self) -> Iterator[Step]:
        """What is to be made, in the order of tasks; those of a template stand together."""
        last = 0
        while True:
            rows = self._db.execute(
                "SELECT n, path, template, brand, base, inputs, cause, detail, size, mark "
                "FROM plan WHERE n > ? AND action = ? ORDER BY n LIMIT ?",
                (last, WRITE, _PAGE),
            ).fetchall()
            if not rows:
                return
            for last, path, template, brand, base, inputs, cause, detail, size, mark in rows:
                yield Step(
                    number=last,
                    task=Task(path, replace(self._templates[template], brand=brand)),
                    template=template,
                    brand=BrandInputs(inputs, base),
                    reason=Reason(Cause(cause), detail),
                    stamp=None if mark is None else Stamp(size, mark),
                )

    def refused(self) -> Iterator[str]:
        """Paths of files that are left alone."""
        rows = self._db.execute("SELECT path FROM plan WHERE action = ? ORDER BY n", (REFUSED,))
        yield from (str(path) for (path,) in rows)

    def clinic(self, name: str) -> Clinic | None:
        """A clinic by its id; None for a brand of the project."""
        row = self._db.execute("SELECT value FROM clinic WHERE id = ?", (name,)).fetchone()
        return _unpacked(row[0]) if row else None

    def settle(self, number: int, action: int) -> None:
        """Notes what became of a step."""
        self._db.execute("UPDATE plan SET action = ? WHERE n = ?", (action, number))


def _packed(clinic: Clinic) -> bytes:
    """As a plain tuple: four times as quick to read back as the object."""
    return pickle.dumps(
        (clinic.id, clinic.row, clinic.values, clinic.base, clinic.languages),
        pickle.HIGHEST_PROTOCOL,
    )


def _unpacked(value: bytes) -> Clinic:
    return Clinic(*pickle.loads(value))
