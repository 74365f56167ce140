"""Rows kept in a temporary file: read once, run through as often as there are templates.

Only this process writes and reads the file, and it has no name; so pickle is safe here.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Iterator
from typing import Any

_BATCH = 256


class Spool:
    """A list that can be appended to and run through, and is not in memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._waiting: list[Any] = []
        self._end = 0

    def append(self, item: Any) -> None:
        """Adds an item at the end."""
        self._waiting.append(item)
        if len(self._waiting) >= _BATCH:
            self._flush()

    def __iter__(self) -> Iterator[Any]:
        self._flush()
        at, end = 0, self._end
        while at < end:
            self._file.seek(at)
            items = pickle.load(self._file)
            at = self._file.tell()
            yield from items

    def _flush(self) -> None:
        if self._waiting:
            self._file.seek(self._end)
            pickle.dump(self._waiting, self._file, pickle.HIGHEST_PROTOCOL)
            self._end = self._file.tell()
            self._waiting = []
