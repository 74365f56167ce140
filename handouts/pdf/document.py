"""The file: numbered objects, cross-reference table, trailer and identifier.

ReportLab's writer reads process-wide settings and stamps an identifier of its own, and its
register costs as much as all the objects in it; so both are ours.
Objects are written plainly: object streams would make a flyer of 34 kB one of 21 kB, and every
single object harder to find and to replace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LARGE = 1024
"""Objects of this size stay pieces of their own: a font program is then one for all plates."""


class Register:
    """Objects with consecutive numbers, which stand one after the other in the file."""

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
        return self.end - 1

    def fill(self, number: int, content: bytes) -> None:
        """Gives a registered object its content."""
        self._bodies[number - self.first] = content

    def written(self, position: int) -> Written:
        """The objects as they stand in the file from a position on."""
        pieces: list[bytes] = []
        rows: list[bytes] = []
        small: list[bytes] = []
        for number, content in enumerate(self._bodies, self.first):
            rows.append(b"%010d 00000 n \n" % position)
            if len(content) < _LARGE:
                part = b"%d 0 obj\n%b\nendobj\n" % (number, content)
                position += len(part)
                small.append(part)
                continue
            small.append(b"%d 0 obj\n" % number)
            pieces += [b"".join(small), content]
            position += len(small[-1]) + len(content) + 8
            small = [b"\nendobj\n"]
        return Written((*pieces, b"".join(small)), b"".join(rows), position)


class Written:
    """Pieces of a file, their rows in the cross-reference table, and where they end."""

    __slots__ = ("end", "pieces", "rows")

    def __init__(self, pieces: tuple[bytes, ...], rows: bytes, end: int) -> None:
        self.pieces, self.rows, self.end = pieces, rows, end


class Block:
    """Written objects from the file's first byte on."""

    __slots__ = ("digest", "end", "pieces", "rows")

    def __init__(self, pieces: tuple[bytes, ...], rows: bytes, end: int, digest: _Hash) -> None:
        self.pieces, self.rows, self.end, self.digest = pieces, rows, end, digest

    def and_then(self, register: Register) -> Block:
        """With more objects."""
        more = register.written(self.end)
        digest = self.digest.copy()
        for piece in more.pieces:
            digest.update(piece)
        return Block((*self.pieces, *more.pieces), self.rows + more.rows, more.end, digest)


def start() -> Block:
    """A file before its first object."""
    return Block((_HEADER,), b"", len(_HEADER), hashlib.sha256(_HEADER))


def trailer(rows: Sequence[bytes], root: int, information: int, digest: str, start: int) -> bytes:
    """Everything after the last object.

    The identifier is a digest of all that comes before it (14.4): same content, same
    identifier, and a changed document changes it.
    """
    table = b"".join(rows)
    size = len(table) // 20 + 1
    return b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d%b" % (
        size,
        table,
        size,
        (
            f"/Root {root} 0 R/Info {information} 0 R"
            f"/ID[<{digest}><{digest}>]>>\nstartxref\n{start}\n%%EOF\n"
        ).encode("ascii"),
    )
