"""The file: numbered objects, object streams, cross-reference stream and identifier.

ReportLab's writer reads process-wide settings and stamps an identifier of its own, and its
register costs as much as all the objects in it; so both are ours.
Objects that are no streams stand together in object streams (ISO 32000-1, 7.5.7): the tags of a
flyer take a fifth of the room they take one by one.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handouts.pdf import objects
from handouts.pdf.objects import Stream

if TYPE_CHECKING:
    from hashlib import _Hash

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ROW = struct.Struct(">BII")
"""A row of the cross-reference stream (7.5.8.3): 1, offset, 0 or 2, object stream, index."""


class Register:
    """Objects with consecutive numbers."""

    def __init__(self, first: int) -> None:
        self.first = first
        self._bodies: list[bytes] = []

    @property
    def end(self) -> int:
        """The number after the last one."""
        return self.first + len(self._bodies)

    def add(self, content: bytes = b"") -> int:
        """Registers an object and returns its number; its content may come later."""
        self._bodies.append(content)
        return self.first + len(self._bodies) - 1

    def fill(self, number: int, content: bytes) -> None:
        """Gives a registered object its content."""
        self._bodies[number - self.first] = content

    def loose(self) -> list[tuple[int, bytes]]:
        """Number and content of what belongs into an object stream."""
        bodies = enumerate(self._bodies, self.first)
        return [one for one in bodies if one[1].__class__ is not Stream]

    def written(self, position: int, holder: int, index: int = 0) -> Written:
        """The streams as they stand in the file from a position on, and rows for all objects.

        `holder` is the object stream that holds the others, from `index` on.
        """
        pieces: list[bytes] = []
        rows: list[bytes] = []
        for number, content in enumerate(self._bodies, self.first):
            if content.__class__ is not Stream:
                rows.append(_ROW.pack(2, holder, index))
                index += 1
                continue
            rows.append(_ROW.pack(1, position, 0))
            head = b"%d 0 obj\n" % number
            pieces += (head, content, b"\nendobj\n")
            position += len(head) + len(content) + 8
        return Written(pieces, b"".join(rows), position, index)


class Written:
    """Pieces of a file, their rows in the cross-reference stream, and where they end."""

    __slots__ = ("end", "index", "pieces", "rows")

    def __init__(self, pieces: list[bytes], rows: bytes, end: int, index: int) -> None:
        self.pieces, self.rows, self.end, self.index = pieces, rows, end, index


def packed(loose: Sequence[tuple[int, bytes]], level: int = objects.LEVEL) -> Stream:
    """An object stream."""
    offset, places = 0, []
    for number, content in loose:
        places.append(b"%d %d" % (number, offset))
        offset += len(content) + 1
    head = b" ".join(places)
    body = b"\n".join([head, *[content for _, content in loose]])
    entries = b"/Type/ObjStm/N %d/First %d" % (len(places), len(head) + 1)
    return objects.flate(body, entries, level)


class Block:
    """Written objects from the file's first byte on."""

    __slots__ = ("digest", "end", "pieces", "rows")

    def __init__(self, pieces: tuple[bytes, ...], rows: bytes, end: int, digest: _Hash) -> None:
        self.pieces, self.rows, self.end, self.digest = pieces, rows, end, digest

    def and_then(self, register: Register) -> Block:
        """With more objects; the object stream that holds them takes the next number."""
        holder = register.add(packed(register.loose())) if register.loose() else 0
        more = register.written(self.end, holder)
        digest = self.digest.copy()
        for piece in more.pieces:
            digest.update(piece)
        return Block((*self.pieces, *more.pieces), self.rows + more.rows, more.end, digest)


def start() -> Block:
    """A file before its first object."""
    return Block((_HEADER,), b"", len(_HEADER), hashlib.sha256(_HEADER))


def references(
    first: bytes, block: Block, last: bytes, root: int, information: int, digest: str, start: int
) -> bytes:
    """The cross-reference stream and all that comes after it.

    Its rows are those of objects before, in and after a block. The identifier is a digest of
    all that comes before it (14.4): same content, same identifier, and a changed document
    changes it.
    """
    rows = b"".join(
        (_ROW.pack(0, 0, 0xFFFF), first, block.rows, last, _ROW.pack(1, start, 0)),
    )
    size = len(rows) // _ROW.size
    entries = (
        f"/Type/XRef/Size {size}/W[1 4 4]/Root {root} 0 R/Info {information} 0 R"
        f"/ID[<{digest}><{digest}>]"
    ).encode("ascii")
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        size - 1,
        objects.flate(rows, entries, objects.LEVEL_ONCE),
        start,
    )
