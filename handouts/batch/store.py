"""Where the files of a batch go: what a folder, or an object store, has to be able to do.

A worker stages files, which nobody sees, and then commits them all: they are made durable as a
group and appear whole, one after the other. The coordinator looks at what is there, and removes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from handouts.model.batch import Outcome


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells a file has not been touched, without reading it.

    `mark` is the time of its last change in nanoseconds (a folder), or an ETag (a store).
    """

    size: int
    mark: str


UNSEEN = Stamp(-1, "unseen")
"""Of what nobody may look at: it can be there or not, and will say so when it is written."""


@dataclass(frozen=True, slots=True)
class Delivered(Outcome):
    """An outcome with what only the one who wrote the file knows.

    `mark` is the stamp's of the file as it was written; `claims` the standards the file says it
    keeps.
    """

    mark: str = ""
    claims: str = ""


class Store(Protocol):
    """A place for outputs. It can be pickled, and is cheap to pickle; `path` is a Task's path.

    Every method may raise OSError.
    """

    @property
    def home(self) -> Path:
        """The local folder of the manifest and the lock (hidden, made when it is needed)."""
        ...

    def shown(self, path: str = "") -> str:
        """A file, or the place itself, as a person would type it."""
        ...

    @property
    def left_locked(self) -> bool:
        """Whether a batch of this place that was killed still has it, in the eyes of others."""
        ...

    def owned(self, token: str) -> Self:
        """The same store in the hands of the batch that holds the lock; workers get this one."""
        ...

    def turn(self) -> AbstractContextManager[None]:
        """Held by a worker while it works on a chunk: keeps a next batch from beginning.

        Raises:
            Superseded: when another batch has begun since; the chunk is to be left alone.
        """
        ...

    def stage(self, path: str, data: bytes) -> None:
        """Takes a file in, unseen. Nothing that is there already is touched."""
        ...

    def commit(self) -> Mapping[str, Stamp | OSError]:
        """Makes all staged files durable, then visible, then makes that durable too.

        For each its stamp, or why it alone could not take its place. Raises OSError when all of
        them fail; nothing stays staged either way.
        """
        ...

    def discard(self) -> None:
        """Forgets what is staged."""
        ...

    def check(self) -> None:
        """Whether files can be written at all; for a folder that is not there, whether it can be.

        Raises:
            HandoutsError: in the words of a person.
        """
        ...

    def survey(self) -> None:
        """Says that many `look`s follow; a store may list itself once for all of them."""
        ...

    def look(self, path: str) -> Stamp | None:
        """The stamp of what is there, None, or `UNSEEN`."""
        ...

    def look_now(self, path: str) -> Stamp | None:
        """The same as it is now, whatever a listing says."""
        ...

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        ...

    def digest(self, path: str) -> str:
        """SHA-256 of the file's bytes, in hex; a store may know it without reading them."""
        ...

    def same(self, path: str, other: str) -> bool:
        """Whether two names lead to one file: by links, or for a disk without small letters."""
        ...

    def remove(self, path: str) -> None:
        """Removes a file, and folders that are empty without it."""
        ...

    def sweep(self, paths: Iterable[str]) -> int:
        """Removes what a killed worker left staged beside these paths; gives their number."""
        ...


class Superseded(Exception):
    """Another batch took over the place while this one was thought dead."""
