"""Logos that rows of a spreadsheet name: found, read and decoded when they are wanted.

Paths lead from one folder, the job file's, and stay inside it. `ClinicLogos` can travel to
another process; it keeps few logos in memory and some thirty bytes for each that there is.
"""

from __future__ import annotations

import hashlib
import unicodedata
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from handouts.diagnostics import HandoutsError, Place
from handouts.load.graphics import FORMATS, find, graphic
from handouts.model.drawing import Drawing, Picture
from handouts.world import World

KEPT = 64


def read_logo(
    world: World, folder: Path, written: str, place: Place | None = None
) -> Drawing | Picture:
    """A logo by the path that a clinic's values name it by.

    Raises:
        HandoutsError: when it is outside of the folder, not there, or not printable.
    """
    if not written.isascii():
        written = _spelled(folder, written)
    return graphic(world, (folder,), written, place)[1]


def _spelled(folder: Path, written: str) -> str:
    """A path as the file's own name has it: macOS keeps ``é`` as two signs, most others as one."""
    for form in (written, *(unicodedata.normalize(one, written) for one in ("NFC", "NFD"))):
        with suppress(HandoutsError):
            find((folder,), form, None)
            return form
    return written


class ClinicLogos(Mapping[str, Drawing | Picture]):
    """All logos of all clinics by path; each is read when it is asked for."""

    def __init__(self, world: World, folder: Path, paths: Iterable[str]) -> None:
        """Logos with these paths, from a folder; those that are there twice count once."""
        self._world, self._folder = world, folder
        hashes: set[int] = set()
        names: list[bytes] = []
        for path in paths:
            digest = _same(path)
            if digest not in hashes:
                hashes.add(digest)
                names.append(path.encode())
        self._names = b"\0".join(names)
        self._hashes = array("Q", sorted(hashes))
        self._kept: OrderedDict[str, Drawing | Picture] = OrderedDict()

    def __getitem__(self, path: str) -> Drawing | Picture:
        """The logo.

        Raises:
            KeyError: when no row names it.
            HandoutsError: when it cannot be read, or not any more: rows are checked long before.
        """
        found = self._kept.get(path)
        if found is not None:
            return found
        if path not in self:
            raise KeyError(path)
        found = read_logo(self._world, self._folder, path)
        if len(self._kept) >= KEPT:
            self._kept.popitem(last=False)
        self._kept[path] = found
        return found

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not path.lower().endswith(FORMATS):
            return False
        digest = _same(path)
        at = bisect_left(self._hashes, digest)
        return at < len(self._hashes) and self._hashes[at] == digest

    def __iter__(self) -> Iterator[str]:
        return (name.decode() for name in self._names.split(b"\0") if name)

    def __len__(self) -> int:
        return len(self._hashes)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_kept": OrderedDict()}


def _same(path: str) -> int:
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest(), "big")
