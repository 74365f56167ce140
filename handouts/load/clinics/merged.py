"""Cells that are merged downwards: one town beside three clinics is the town of all three.

A workbook keeps the value in the first cell alone, and says what is merged behind all rows.
Part of ``load``, between `xlsx` and `opening`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NamedTuple

from handouts.load.clinics.cells import Cell, Row, Rows
from handouts.load.clinics.xml import Damaged, column_number

MAX_MERGED = 100_000
_CHUNK = 1 << 18
_ROWS = b"sheetData"
_END = b"mergeCells>"
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^<>]{0,200}?\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})["']"""
)
_LONGEST = 256
"""More than what is searched for is long: so much of a piece is looked at again with the next."""


class Merged(NamedTuple):
    """Rows from the first to the last in which a column is one cell."""

    first: int
    last: int
    column: int


def merged_cells(stream: BinaryIO) -> tuple[Merged, ...]:
    """The cells of a sheet that are merged downwards, from the top.

    Only bytes are searched: parsing every row a second time would take as long as reading them.

    Raises:
        Damaged: when there are more than a list of clinics can have.
    """
    found: list[Merged] = []
    before, below = b"", False
    while chunk := stream.read(_CHUNK):
        piece = before + chunk
        below = below or _rows_end(piece)
        if below:
            for match in _MERGED.finditer(piece):
                first, last = int(match[2]), int(match[3])
                if first < last:
                    found.append(Merged(first, last, column_number(match[1].decode())))
            if len(found) > MAX_MERGED:
                raise Damaged("it has more merged cells than a list of clinics can have")
            if _END in piece:
                break
        before = piece[-_LONGEST:]
    return tuple(sorted(set(found)))


def filled(rows: Rows, merged: Sequence[Merged], head: int) -> Rows:
    """The rows with the value of a merged cell in each row it reaches over.

    Args:
        rows: in order.
        merged: from the top; those that begin at or above the head are titles.
        head: the number of its row.
    """
    waiting = deque(one for one in merged if one.first > head)
    open_: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        while waiting and waiting[0].first <= row.number:
            one = waiting.popleft()
            if one.first == row.number and one.column <= len(row.cells):
                open_[one.column] = (one.last, row.cells[one.column - 1])
        if open_:
            open_ = {n: (last, cell) for n, (last, cell) in open_.items() if last >= row.number}
            row = _with(row, {n: cell for n, (_, cell) in open_.items()})
        yield row


def _with(row: Row, below: Mapping[int, Cell]) -> Row:
    """A row with values where it has none."""
    cells = list(row.cells)
    for number, cell in below.items():
        cells.extend([""] * (number - len(cells)))
        cells[number - 1] = cells[number - 1] or cell
    return row._replace(cells=tuple(cells))


def _rows_end(piece: bytes) -> bool:
    """Whether the rows end in a piece of a sheet, whatever the prefix of its names."""
    at = piece.find(_ROWS)
    while at >= 0:
        start = piece.rfind(b"<", max(at - _LONGEST, 0), at)
        if start >= 0 and piece[start + 1 : start + 2] == b"/":
            return True
        at = piece.find(_ROWS, at + 1)
    return False
