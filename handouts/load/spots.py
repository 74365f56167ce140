"""Where a value stands in its file: what every check of ``load`` points at.

Apart from the parser, so that a project that is kept on disk (`handouts.load.cache`) can be
used without importing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from handouts.diagnostics import Place

Key = str | int
KeyPath = tuple[Key, ...]


class Origin:
    """The text a position is in: what to call the file, and its lines. Compared by identity."""

    __slots__ = ("lines", "path")

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines

    def place(self, line: int, column: int) -> Place:
        """The place of a line and column that count from 0."""
        source = self.lines[line] if line < len(self.lines) else ""
        return Place(self.path, line + 1, column + 1, source)


class Spot(NamedTuple):
    """Where a node and its key begin, and the spots of what is inside it."""

    origin: Origin
    line: int
    column: int
    key_line: int
    key_column: int
    inside: dict[Key, Spot]

    def at(self, path: KeyPath, *, key: bool = False) -> Place:
        """The place of the value (or key) at a path; of its nearest parent if it is not there."""
        spot = self
        for step, part in enumerate(path):
            below = spot.inside.get(part)
            if below is None:
                key = key or step > 0
                break
            spot = below
        if key:
            return spot.origin.place(spot.key_line, spot.key_column)
        return spot.origin.place(spot.line, spot.column)


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A file's data and where each part of it stands. Shared between loads: never changed."""

    data: Any
    spot: Spot


__all__ = ["Key", "KeyPath", "Origin", "Parsed", "Spot"]
