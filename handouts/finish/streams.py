"""Decodes once all that comes along with a foreign page, before `insert` copies it as it is.

A stream that cannot be decoded is copied without a word and then shows nothing: a page of rules
with a hole in it. It is told here, with its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from handouts.finish.damage import Broken
from handouts.finish.filters import FILTERS, LEFT, SHORT

MOST_BYTES = 2_000_000_000
"""What all streams of a file may unpack to: more than 400 pages of scans do."""

_PIECE = 65_536


class TooMuch(Exception):
    """Streams unpack to more than `MOST_BYTES`, as those of a file made to do harm."""


@dataclass(slots=True)
class Decoding:
    """All streams of one file: each is decoded once, and together they stay within bounds.

    Attributes:
        left: bytes that may still be unpacked.
    """

    left: int
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def check(self, roots: Iterable[object]) -> None:
        """Decodes every stream that can be reached from here and was not yet.

        Raises:
            Broken: for one that cannot be decoded.
            TooMuch: when they are too large.
        """
        waiting = list(roots)
        while waiting:
            one, number = waiting.pop(), 0
            if isinstance(one, IndirectObject):
                number, key = one.idnum, (one.idnum, one.generation)
                if key in self._seen:
                    continue
                self._seen.add(key)
                one = one.get_object()
            if isinstance(one, StreamObject):
                self._decode(one, number)
            if isinstance(one, DictionaryObject):
                waiting += dict.values(one)
            elif isinstance(one, ArrayObject):
                waiting += list.__iter__(one)

    def _decode(self, stream: StreamObject, number: int) -> None:
        if "/F" in stream:
            raise Broken(f"object {number} has its data in another file")
        pieces: Iterable[bytes] = self._counted(_cut(stream._data))
        for name, early in _filters(stream):
            if name in LEFT:
                break
            if name not in FILTERS:
                raise Broken(f"object {number} has the filter {name}, which there is not")
            pieces = self._counted(_told(FILTERS[name](pieces, early), number, name))
        for _ in pieces:
            pass

    def _counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces, as long as they are not too many."""
        for piece in pieces:
            self.left -= len(piece)
            if self.left < 0:
                raise TooMuch
            yield piece


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[first : first + _PIECE] for first in range(0, len(data), _PIECE))


def _told(pieces: Iterable[bytes], number: int, name: str) -> Iterator[bytes]:
    """The pieces; what is wrong with them is told with the object they belong to."""
    try:
        yield from pieces
    except Broken as error:
        raise Broken(f"the {name[1:]} data of object {number} {error}") from None


def _filters(stream: StreamObject) -> Iterator[tuple[str, int]]:
    """Names of a stream's filters in order, and what each says of growing early."""
    names, settings = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    for number, name in enumerate(names):
        own = settings[number] if number < len(settings) else None
        early = own.get("/EarlyChange", 1) if isinstance(own, DictionaryObject) else 1
        yield SHORT.get(str(name), str(name)), int(early)


def _listed(value: object) -> list[object]:
    """One thing or an array of them."""
    found = value.get_object() if isinstance(value, PdfObject) else None
    if isinstance(found, ArrayObject):
        return [one.get_object() for one in list.__iter__(found)]
    return [] if found is None else [found]
