"""The manifest: what is known of every output, in one SQLite file beside them.

It is written by one process only, the coordinator that holds the place's lock, and read by it at
the start of the next batch. Why a rollback journal and not a write-ahead log: a log needs memory
shared between processes, which network disks do not have, and leaves two more files that must
move together with the first; one writer who commits twice a second gains nothing by it.

Before the first file is made all files that are to be written are marked `PENDING`, durably, in
one transaction. So a file that is unlike its row and is not pending was changed by hand. What
became of them is recorded a few times a second; what a crash makes the manifest forget is still
pending, and made again: same input, same bytes.

What sheets used (strings, fonts) is the same for most outputs of a template, so each distinct
list is kept once and outputs name it by number.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from handouts.batch.inputs import Used
from handouts.batch.said import unsaid
from handouts.diagnostics import ExitCode, problem
from handouts.model.project import Job

FILE = "manifest.sqlite"
VERSION = 1
"""Of the tables; an older program refuses a newer manifest."""

WRITTEN: Final = 0
PENDING: Final = 1
FAILED: Final = 2

_TABLES = """
CREATE TABLE batch(
  id INTEGER PRIMARY KEY, date TEXT NOT NULL, version TEXT NOT NULL, plan BLOB NOT NULL,
  total INTEGER NOT NULL, written INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE template(
  id INTEGER PRIMARY KEY, layout TEXT NOT NULL, language TEXT NOT NULL, paper TEXT NOT NULL,
  profile TEXT NOT NULL, part TEXT NOT NULL, options TEXT NOT NULL,
  UNIQUE(layout, language, paper, profile, part, options));
CREATE TABLE used(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE output(
  path TEXT PRIMARY KEY, template INTEGER NOT NULL, brand TEXT NOT NULL, state INTEGER NOT NULL,
  inputs BLOB, strings INTEGER, fonts INTEGER, sha256 BLOB, size INTEGER, mark TEXT,
  pages INTEGER NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
  stamped INTEGER NOT NULL DEFAULT 0, claims TEXT NOT NULL DEFAULT '', said TEXT,
  batch INTEGER NOT NULL) WITHOUT ROWID;
"""

_KNOWN = "SELECT state, inputs, strings, fonts, sha256, size, mark FROM output WHERE path = ?"
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest says of an output.

    `sha256`, `size` and `mark`: the file, if there is one from before; `strings` and `fonts`
    name lists of what its sheet used.
    """

    state: int
    inputs: bytes | None
    strings: int | None
    fonts: int | None
    sha256: bytes | None
    size: int | None
    mark: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """An earlier batch."""

    id: int
    date: str
    plan: bytes
    finished: bool


class Manifest:
    """An open manifest. `fresh`: there was none, so files that are there are unknown to it."""

    def __init__(self, connection: sqlite3.Connection, *, fresh: bool, damaged: str = "") -> None:
        self.db = connection
        self.fresh = fresh
        self.damaged = damaged
        """The name the damaged one was given that this one replaces, if there was one."""
        self.aside: tempfile.TemporaryDirectory[str] | None = None
        """Where this one is a copy of another."""
        self._numbers: dict[str, int] = {}

    def close(self) -> None:
        """Closes the file; what was not committed is forgotten."""
        self.db.close()
        if self.aside:
            self.aside.cleanup()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def known(self, path: str) -> Known | None:
        """What is known of an output."""
        row = self.db.execute(_KNOWN, (path,)).fetchone()
        return Known(*row) if row else None

    def last_batch(self) -> Batch | None:
        """The batch before this one."""
        row = self.db.execute(
            "SELECT id, date, plan, finished FROM batch ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return Batch(*row) if row else None

    def rate(self, total: int) -> float | None:
        """Documents per second of the last batch that wrote enough of them to tell.

        One of about as many tasks as `total`, and that wrote most of them: for how many brands
        share a template decides how long one takes.
        """
        row = self.db.execute(
            "SELECT written / seconds FROM batch WHERE written >= max(20, total / 2) "
            "AND total BETWEEN ? / 2 AND ? * 2 AND seconds > 0 ORDER BY id DESC LIMIT 1",
            (total, total),
        ).fetchone()
        return float(row[0]) if row else None

    def template(self, job: Job) -> int:
        """The number of a job's template; a new one is only added inside a transaction."""
        options = json.dumps(
            [job.include, job.exclude, job.allow_draft, job.allow_stale], separators=(",", ":")
        )
        key = (job.layout, job.language, job.paper, job.profile, job.part, options)
        self.db.execute(
            "INSERT OR IGNORE INTO template(layout, language, paper, profile, part, options) "
            "VALUES(?,?,?,?,?,?)",
            key,
        )
        row = self.db.execute(
            "SELECT id FROM template WHERE layout=? AND language=? AND paper=? AND profile=? "
            "AND part=? AND options=?",
            key,
        ).fetchone()
        return int(row[0])

    def used(self, values: Sequence[object]) -> int:
        """The number of a list of what a sheet used."""
        text = json.dumps(values, separators=(",", ":"))
        number = self._numbers.get(text)
        if number is None:
            self.db.execute("INSERT OR IGNORE INTO used(value) VALUES(?)", (text,))
            row = self.db.execute("SELECT id FROM used WHERE value = ?", (text,)).fetchone()
            if len(self._numbers) >= 1000:
                self._numbers.clear()
            number = self._numbers[text] = int(row[0])
        return number

    def strings(self, number: int) -> Used:
        """A list of strings by its number."""
        return tuple((tag, name) for tag, name in self._value(number))

    def fonts(self, number: int) -> tuple[str, ...]:
        """A list of fonts by its number."""
        return tuple(self._value(number))

    def _value(self, number: int) -> list[Any]:
        row = self.db.execute("SELECT value FROM used WHERE id = ?", (number,)).fetchone()
        return _list(row[0]) if row else []


def opened(home: Path, shown: str) -> Manifest:
    """The manifest of a place whose lock is held; a damaged one is put aside.

    Raises:
        HandoutsError: when a newer version of this program made it.
        sqlite3.Error: when the disk cannot be read or written.
    """
    path = home / FILE
    try:
        return _opened(path, shown)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    aside = _put_aside(path)
    fresh = _opened(path, shown)
    fresh.damaged = aside.name
    return fresh


def looked_at(home: Path, shown: str) -> Manifest:
    """The manifest of a place for a plan: nothing is written there, and nobody is kept out.

    Raises:
        HandoutsError: when a newer version of this program made it.
        sqlite3.Error: when the disk cannot be read.
    """
    path = home / FILE
    if not path.is_file():
        return nothing()
    try:
        return _read_only(path, shown)
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            none = nothing()
            none.damaged = path.name
            return none
    # A batch that was killed left a journal, which only who may write can undo.
    folder = tempfile.TemporaryDirectory()
    try:
        for name in (FILE, f"{FILE}-journal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(home / name, Path(folder.name, name))
        found = opened(Path(folder.name), shown)
    except BaseException:
        folder.cleanup()
        raise
    found.aside = folder
    return found


def nothing() -> Manifest:
    """The manifest of a place where nothing ever was."""
    connection = _connected("")
    connection.executescript(_TABLES)
    return Manifest(connection, fresh=True)


def _opened(path: Path, shown: str) -> Manifest:
    connection = _connected(str(path))
    try:
        connection.execute("PRAGMA journal_mode=TRUNCATE")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA fullfsync=ON")  # Of macOS, where fsync leaves it to the drive.
        made = _is_made(connection, shown)
        if not made:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return Manifest(connection, fresh=not made)


def _read_only(path: Path, shown: str) -> Manifest:
    connection = _connected(f"{path.absolute().as_uri()}?mode=ro")
    try:
        if _is_made(connection, shown):
            return Manifest(connection, fresh=False)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return nothing()


def _is_made(connection: sqlite3.Connection, shown: str) -> bool:
    """Whether the tables are there; False for an empty file."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > VERSION:
        raise problem(
            "newer-manifest",
            f"{shown} was last written by a newer version of handouts",
            "update this one, or choose another place with --output",
            exit_code=ExitCode.FILE,
        )
    if found == VERSION:
        _check(connection)
    return found == VERSION


def _connected(name: str) -> sqlite3.Connection:
    """A connection without transactions of its own making; temporary tables go to disk."""
    uri = name.startswith("file:")
    connection = sqlite3.connect(name, isolation_level=None, timeout=10.0, uri=uri)
    try:
        connection.execute("PRAGMA temp_store=FILE")
        connection.execute("PRAGMA cache_size=-8000")
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """The tables, all at once: a kill in between leaves an empty file, which is as good."""
    there = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if there:
        raise _Strange("tables of nobody we know")
    connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version={VERSION}; COMMIT;")


def _check(connection: sqlite3.Connection) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise _Strange(answer)
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(_TABLES)
        for (name,) in model.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            ours = [row[1] for row in model.execute(f"PRAGMA table_info({name})")]
            theirs = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            if ours != theirs:
                raise _Strange(f"table {name} is another")
            _check_values(connection, name, list(model.execute(f"PRAGMA table_info({name})")))


def _check_values(connection: sqlite3.Connection, table: str, columns: list[Any]) -> None:
    """Whether values are of the kinds we write; the pages of a file can be whole without that."""
    texts, wrong = ["''"], []
    for _, name, kind, needed, _, key in columns:
        kinds = [kind.lower()] + ([] if needed or key else ["null"])
        wrong.append(f"typeof({name}) NOT IN ({', '.join(map(repr, kinds))})")
        texts += [name] if kind == "TEXT" else []
    if connection.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
        raise _Strange(f"a value in {table} is of another kind")
    try:
        for _row in connection.execute(f"SELECT {', '.join(texts)} FROM {table}"):
            pass  # Fetching is what finds bytes that are no text.
        if table == "used":
            for (value,) in connection.execute("SELECT value FROM used"):
                _list(value)
        if table == "output":
            for (value,) in connection.execute("SELECT said FROM output WHERE said NOT NULL"):
                unsaid(value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _Strange(str(error)) from error
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) is None:  # Python's own: it is no UTF-8.
            raise _Strange(str(error)) from error
        raise


def _list(text: str) -> list[Any]:
    """A list of what sheets used: texts, or pairs of texts.

    Raises:
        ValueError: when it is anything else.
    """
    value = json.loads(text)
    parts = [one if isinstance(one, list) else [one] for one in value]
    if not all(len(one) <= 2 and all(isinstance(part, str) for part in one) for one in parts):
        raise ValueError(f"no list of texts: {text[:40]}")
    return list(value)


class _Strange(sqlite3.DatabaseError):
    """A database that can be read, but is not as we left it."""


def _is_damage(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return isinstance(error, _Strange) or code & 0xFF in _DAMAGE


def _put_aside(path: Path) -> Path:
    """Moves a damaged manifest out of the way, for whoever wants to look at it."""
    number = 1
    while (aside := path.with_name(f"manifest-damaged-{number}.sqlite")).exists():
        number += 1
    path.rename(aside)
    path.with_name(f"{FILE}-journal").unlink(missing_ok=True)
    return aside
