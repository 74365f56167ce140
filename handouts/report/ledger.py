"""The book of a batch: every output and every problem, taken in as they come.

A hundred thousand outputs must not live in memory, so they go to a private database on the
disk that vanishes with the process (SQLite's nameless one). It tells them in an order that does
not depend on when things happened: workers finish as they like.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Self

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity
from handouts.report.facts import Entry, Issue

_FIELDS = tuple(field.name for field in fields(Entry))
_VALUES = attrgetter(*_FIELDS)
_ISSUE = (
    "severity", "code", "message", "hint", "path", "line", "col", "source", "exit", "language",
    "string",
)  # fmt: skip
_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entries ({", ".join(_FIELDS)}, PRIMARY KEY (path)) WITHOUT ROWID;
CREATE TABLE issues (id INTEGER PRIMARY KEY, {", ".join(_ISSUE)}, UNIQUE ({", ".join(_ISSUE)}));
CREATE TABLE concerns (issue INTEGER, path, PRIMARY KEY (issue, path)) WITHOUT ROWID;
CREATE TABLE names (brand, name, PRIMARY KEY (brand)) WITHOUT ROWID;
CREATE TABLE numbered (path, number INTEGER, PRIMARY KEY (path)) WITHOUT ROWID;
"""
_BY_PLACE = "severity, path, line, col, code, message"
_TEMPLATE = "layout, language, paper, profile, part"
"""What outputs of one template share: all but the brand."""
_TOGETHER = 500
"""Entries that go to the database at once."""
_KEPT = 1000
"""Problems whose number is kept at hand: the same one often comes with every file."""
_SOME = 5
"""Files that are named with a problem."""


class Ledger:
    """Outputs and problems of one batch. Use it in a ``with``: then its file is gone for sure.

    In `memory` it needs no disk: for what has to be told when that is full.
    """

    def __init__(self, *, memory: bool = False) -> None:
        self._data = sqlite3.connect(":memory:" if memory else "", isolation_level=None)
        self._data.executescript(_SCHEMA)
        self._data.execute("BEGIN")
        self._waiting: list[tuple[object, ...]] = []
        self._known: dict[Diagnostic, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._data.close()

    def enter(self, entry: Entry) -> None:
        """An output; of two words on the same one, the later counts."""
        self._waiting.append(_VALUES(entry))
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def add(self, diagnostics: Iterable[Diagnostic], path: str = "") -> None:
        """Problems of an output, or of none in particular."""
        for diagnostic in diagnostics:
            issue = self._number(diagnostic)
            if path:
                self._data.execute("INSERT OR IGNORE INTO concerns VALUES (?, ?)", (issue, path))

    def call(self, brand: str, name: str) -> None:
        """What a brand is called: its id may be no more than the number of a row."""
        self._data.execute("INSERT OR REPLACE INTO names VALUES (?, ?)", (brand, _storable(name)))

    def name_of(self, brand: str) -> str:
        """What a brand is called, or nothing when nobody said."""
        row = self._data.execute("SELECT name FROM names WHERE brand = ?", (brand,)).fetchone()
        return str(row[0]) if row else ""

    def entries(self, *statuses: str) -> Iterator[Entry]:
        """Outputs by path: all, or those in some states."""
        self._flush()
        chosen = f"WHERE status IN ({_marks(statuses)})" if statuses else ""
        yield from self._entries(f"{chosen} ORDER BY path", statuses)

    def first_of_each(self, limit: int, *statuses: str) -> list[Entry]:
        """One output of every template among those in some states, at most `limit`.

        Layout by layout in turn, so that a limit leaves something of each; written before
        unchanged.
        """
        self._flush()
        rows = self._data.execute(
            f"SELECT {', '.join(_FIELDS)} FROM (SELECT *, row_number() OVER "
            f"(PARTITION BY layout ORDER BY {_TEMPLATE}) AS turn FROM (SELECT *, row_number() "
            f"OVER (PARTITION BY {_TEMPLATE} ORDER BY status DESC, path) AS nth FROM entries "
            f"WHERE status IN ({_marks(statuses)})) WHERE nth = 1) ORDER BY turn, layout LIMIT ?",
            (*statuses, limit),
        )
        return [Entry(*row) for row in rows]

    def troubled(self, limit: int, *statuses: str) -> list[Entry]:
        """Outputs with problems among those in some states, at most `limit`."""
        self._flush()
        chosen = f"WHERE status IN ({_marks(statuses)}) AND path IN (SELECT path FROM concerns)"
        return list(self._entries(f"{chosen} ORDER BY path LIMIT ?", (*statuses, limit)))

    def templates(self, *statuses: str) -> int:
        """How many templates there are among outputs in some states."""
        self._flush()
        rows = self._data.execute(
            f"SELECT count(*) FROM (SELECT DISTINCT {_TEMPLATE} FROM entries "
            f"WHERE status IN ({_marks(statuses)}))",
            statuses,
        )
        return int(rows.fetchone()[0])

    def issues(self, *, first: int = -1, severity: Severity | None = None) -> Iterator[Issue]:
        """Problems, errors before warnings and then by place; the `first` so many."""
        chosen = f"WHERE severity = '{severity.value}'" if severity else ""
        rows = self._data.execute(
            f"SELECT * FROM issues {chosen} ORDER BY {_BY_PLACE} LIMIT ?", (first,)
        )
        for number, *values in rows:
            yield Issue(number, _diagnostic(values), *self._concerned(number))

    def number_entries(self) -> None:
        """Fixes the place of each output among `entries()`, which `runs` tells from then on."""
        self._flush()
        self._data.execute("DELETE FROM numbered")
        self._data.execute(
            "INSERT INTO numbered SELECT * FROM "
            "(SELECT path, row_number() OVER (ORDER BY path) - 1 FROM entries) "
            "WHERE path IN (SELECT path FROM concerns)"
        )

    def runs(self, issue: Issue) -> list[int]:
        """Numbers of the outputs a problem concerns: ``[first, how many, first, how many, …]``."""
        rows = self._data.execute(
            "SELECT number FROM concerns JOIN numbered USING (path) WHERE issue = ? ORDER BY path",
            (issue.number,),
        )
        return _runs(number for (number,) in rows)

    def statuses(self) -> dict[str, int]:
        """How many outputs there are in each state."""
        self._flush()
        return dict(self._data.execute("SELECT status, count(*) FROM entries GROUP BY status"))

    def count(self, severity: Severity) -> int:
        """How many problems weigh so much."""
        rows = self._data.execute(
            "SELECT count(*) FROM issues WHERE severity = ?", (severity.value,)
        )
        return int(rows.fetchone()[0])

    @property
    def exit_code(self) -> ExitCode:
        """The most severe code of the errors."""
        row = self._data.execute("SELECT max(exit) FROM issues WHERE severity = 'error'").fetchone()
        return ExitCode(row[0] or 0)

    def _entries(self, rest: str, values: Sequence[object] = ()) -> Iterator[Entry]:
        for row in self._data.execute(f"SELECT {', '.join(_FIELDS)} FROM entries {rest}", values):
            yield Entry(*row)

    def _flush(self) -> None:
        if self._waiting:
            self._data.executemany(
                f"INSERT OR REPLACE INTO entries VALUES ({_marks(_FIELDS)})", self._waiting
            )
            self._waiting.clear()

    def _number(self, diagnostic: Diagnostic) -> int:
        """The number of a problem, which it gets when it comes for the first time."""
        if diagnostic not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            values = tuple(map(_storable, _row(diagnostic)))
            self._data.execute(
                f"INSERT OR IGNORE INTO issues ({', '.join(_ISSUE)}) VALUES ({_marks(_ISSUE)})",
                values,
            )
            where = " AND ".join(f"{name} = ?" for name in _ISSUE)
            found = self._data.execute(f"SELECT id FROM issues WHERE {where}", values)
            self._known[diagnostic] = found.fetchone()[0]
        return self._known[diagnostic]

    def _concerned(self, issue: int) -> tuple[int, tuple[str, ...]]:
        total = self._data.execute("SELECT count(*) FROM concerns WHERE issue = ?", (issue,))
        some = self._data.execute(
            "SELECT path FROM concerns WHERE issue = ? ORDER BY path LIMIT ?", (issue, _SOME)
        )
        return total.fetchone()[0], tuple(path for (path,) in some)


def _row(diagnostic: Diagnostic) -> tuple[object, ...]:
    place = diagnostic.place or Place("")
    language, string = diagnostic.string or ("", "")
    return (
        diagnostic.severity.value, diagnostic.code, diagnostic.message, diagnostic.hint,
        place.path, place.line, place.column, place.source, int(diagnostic.exit_code),
        language, string,
    )  # fmt: skip


def _storable(value: object) -> object:
    """Text the database takes: bytes of a file name that are no text are made visible."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _diagnostic(values: Sequence[object]) -> Diagnostic:
    severity, code, message, hint, path, line, column, source, code_out, language, string = values
    place = Place(str(path), int(str(line)), int(str(column)), str(source)) if path else None
    return Diagnostic(
        str(code), str(message), str(hint), place, Severity(str(severity)),
        ExitCode(int(str(code_out))), (str(language), str(string)) if string else None,
    )  # fmt: skip


def _runs(numbers: Iterable[int]) -> list[int]:
    found: list[int] = []
    for number in numbers:
        if found and found[-2] + found[-1] == number:
            found[-1] += 1
        else:
            found += [number, 1]
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
