"""Outputs in object storage, or wherever else fsspec can write: ``s3://bucket/prefix``.

The other kind of `Store`; `handouts.batch.folder` is the first. What holds here:

- A file appears whole or not at all. In object storage a write is one request and that is how it
  works anyway: nothing is staged there, a killed worker leaves nothing behind. On other services
  (SFTP, SMB …) the bytes go to a hidden name first and are then renamed.
- Whether a file was touched is told by its ETag, as the service gave it when it was written. One
  listing answers for all files. If the ETag is another (a bucket copied to a new home), the
  service is asked for its own SHA-256 of the bytes before the file itself is.
- Options and keys of the service come from where its library looks for them: the environment and
  its usual files. They never travel to workers; each machine has its own.

Manifest and lock need a disk that can lock: see `handouts.batch.remote_home`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from handouts.batch.objects import Objects
from handouts.batch.remote_home import LOCK, claim, signed
from handouts.batch.store import Stamp, Superseded
from handouts.diagnostics import ExitCode, problem

_DRAFT, _PART = ".handouts-", ".part"
_IN_MEMORY = 16_000_000
"""Bytes of staged files that are kept in memory; more go to a temporary file."""


class Remote:
    """A place behind a URL as a store. Connects when it is first used, in each process anew."""

    def __init__(self, url: str, home: Path, token: str = "") -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.left_locked = False
        self._home = home
        self._connection: tuple[int, Objects] | None = None
        self._listed: sqlite3.Connection | None = None
        self._staged: dict[str, tuple[int, int]] = {}
        self._spool: IO[bytes] | None = None
        self._drafts = 0

    def __reduce__(self) -> tuple[type[Remote], tuple[str, Path, str]]:
        return Remote, (self.url, self._home, self.token)

    @property
    def home(self) -> Path:
        """A folder of this machine; a copy of the manifest in it goes to the store at the end."""
        return self._home

    @property
    def objects(self) -> Objects:
        """The connection of this process: one does not survive a fork."""
        if self._connection is None or self._connection[0] != os.getpid():
            self._connection = (os.getpid(), Objects(self.url))
        return self._connection[1]

    def shown(self, path: str = "") -> str:
        """The URL as a person would type it, without a password that may stand in it."""
        url = re.sub(r"(://[^/@:]*):[^/@]*@", r"\1@", self.url)
        return f"{url}/{path}" if path else url

    def owned(self, token: str) -> Remote:
        """The store in the hands of a batch: nobody on another machine may have claimed it.

        Raises:
            HandoutsError: when somebody has.
        """
        claim(self.objects, self._home, self.shown(), token)
        return Remote(self.url, self._home, token)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A worker's turn: only while the lock in the store still has the batch's token.

        Unlike in a folder it is looked at, not held: a worker that was cut off in the middle of
        a chunk may still write that chunk's files after another batch has begun.
        """
        if signed(self.objects).get("token") != self.token:
            raise Superseded
        yield

    def stage(self, path: str, data: bytes) -> None:
        """Keeps the bytes here until `commit`."""
        if self._spool is None:
            self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        start = self._spool.seek(0, os.SEEK_END)
        self._spool.write(data)
        self._staged[path] = (start, len(data))

    def commit(self) -> Mapping[str, Stamp | OSError]:
        """Writes the staged files, several at once; a write that was answered is durable."""
        try:
            done: dict[str, Stamp | OSError] = {}
            for paths in _groups(self._staged):
                files = [(path, self._bytes(path)) for path in paths]
                stamps = self.objects.put(files) if self.objects.whole else self._renamed(files)
                done.update(zip(paths, stamps, strict=True))
        finally:
            self.discard()
        errors = [one for one in done.values() if isinstance(one, OSError)]
        if errors and len(errors) == len(done):
            raise errors[0]
        for path, stamp in done.items():
            if isinstance(stamp, Stamp):
                self._note(path, stamp)
        return done

    def discard(self) -> None:
        """Forgets what is staged."""
        self._staged.clear()
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def close(self) -> None:
        """Lets go of what is kept in files meanwhile: the listing, and what is staged."""
        self.discard()
        if self._listed is not None:
            self._listed.close()
            self._listed = None

    def check(self) -> None:
        """Whether the place answers. Whether it takes files is seen when the lock is put there."""
        try:
            self.objects.reachable()
        except FileNotFoundError as error:
            hint = "make the bucket or folder first, or mend the address"
            message = f"{self.shown()} is not there: {_reason(error)}"
            raise problem("no-such-store", message, hint, exit_code=ExitCode.FILE) from None
        except OSError as error:
            hint = "mend the address, the connection or the keys in the environment"
            message = f"{self.shown()} does not answer: {_reason(error)}"
            raise problem("store-unreachable", message, hint, exit_code=ExitCode.FILE) from None

    def survey(self) -> None:
        """Lists the place once, into a temporary database: memory stays what it was."""
        self.close()
        self._listed = sqlite3.connect("")
        self._listed.execute("create table listed (path text primary key, size int, mark text)")
        rows = ((entry.name, *_pair(entry.stamp)) for entry in self.objects.listing())
        self._listed.executemany("insert or replace into listed values (?, ?, ?)", rows)

    def look(self, path: str) -> Stamp | None:
        """The stamp of what is there: as listed, or else the store is asked."""
        if self._listed is None:
            return self.objects.look(path)
        query = "select size, mark from listed where path = ?"
        row = self._listed.execute(query, (path,)).fetchone()
        return Stamp(*row) if row else None

    def look_now(self, path: str) -> Stamp | None:
        """The stamp of what is there at this moment, whatever was listed before."""
        return self.objects.look(path)

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        return self.objects.get(path)

    def digest(self, path: str) -> str:
        """SHA-256: the service's own, or of the bytes read back."""
        return self.objects.sha256(path) or hashlib.sha256(self.read(path)).hexdigest()

    def same(self, path: str, other: str) -> bool:
        """An object has one name."""
        return path == other

    def remove(self, path: str) -> None:
        """Removes the file."""
        with suppress(FileNotFoundError):
            self.objects.remove(path)
        self.objects.tidy(path)
        self._note(path, None)

    def sweep(self, paths: Iterable[str]) -> int:
        """Removes drafts, where there can be any."""
        if self.objects.whole:
            return 0
        folders = {path.rpartition("/")[0] for path in paths}
        found = [entry.name for entry in self.objects.listing() if _is_draft(entry.name)]
        gone = [one for one in found if one.rpartition("/")[0] in folders]
        for name in gone:
            with suppress(OSError):
                self.objects.remove(name)
        return len(gone)

    def _bytes(self, path: str) -> bytes:
        assert self._spool is not None
        start, size = self._staged[path]
        self._spool.seek(start)
        return self._spool.read(size)

    def _renamed(self, files: list[tuple[str, bytes]]) -> list[Stamp | OSError]:
        """Writes under hidden names, then renames; for services that write bit by bit."""
        drafts = [self._draft(path) for path, _ in files]
        put = [(draft, data) for draft, (_, data) in zip(drafts, files, strict=True)]
        done: list[Stamp | OSError] = []
        for draft, (path, _), stamp in zip(drafts, files, self.objects.put(put), strict=True):
            if isinstance(stamp, Stamp):
                stamp = self._placed(draft, path)
            if isinstance(stamp, OSError):
                with suppress(OSError):
                    self.objects.remove(draft)
            done.append(stamp)
        return done

    def _placed(self, draft: str, path: str) -> Stamp | OSError:
        try:
            self.objects.move(draft, path)
            return self.objects.look(path) or FileNotFoundError(path)
        except OSError as error:
            return error

    def _draft(self, path: str) -> str:
        """A name nobody else uses: two workers may be at the same file after a lost connection."""
        self._drafts += 1
        who = f"{self.token} {platform.node()} {os.getpid()} {self._drafts} {path}"
        folder, slash, _ = path.rpartition("/")
        digest = hashlib.sha256(who.encode()).hexdigest()[:24]
        return f"{folder}{slash}{_DRAFT}{digest}{_PART}"

    def _note(self, path: str, stamp: Stamp | None) -> None:
        """Keeps the listing as it would be now."""
        if self._listed is None:
            return
        self._listed.execute("delete from listed where path = ?", (path,))
        if stamp:
            self._listed.execute("insert into listed values (?, ?, ?)", (path, *_pair(stamp)))


def _pair(stamp: Stamp) -> tuple[int, str]:
    return stamp.size, stamp.mark


def _groups(staged: Mapping[str, tuple[int, int]]) -> Iterator[list[str]]:
    """Paths whose bytes together are not more than is kept in memory (or a single one)."""
    group: list[str] = []
    size = 0
    for path, (_, length) in staged.items():
        if group and size + length > _IN_MEMORY:
            yield group
            group, size = [], 0
        group.append(path)
        size += length
    if group:
        yield group


def _is_draft(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last.startswith(_DRAFT) and last.endswith(_PART) and name != LOCK


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


__all__ = ["Remote"]
