"""A spreadsheet's cells, whatever kind of file they came from.

A cell is plain text, or `Raw`: a value a workbook typed, or something that is no value at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from handouts.load.clinic_columns import letter

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None


class Raw(NamedTuple):
    """A workbook's cell: its value, how it is shown, and what it is if it is no value."""

    value: Value
    format: str = "General"
    kind: Literal["value", "error", "formula", "uncounted"] = "value"
    """`formula` holds what was typed, `uncounted` is one that was never worked out."""


Cell = str | Raw
_BLANK = " \t\n\v\f\u200b\u2060\ufeff\u2003\u2009\u3000"


class Row(NamedTuple):
    """A row that holds anything: its number from 1, and its cells from the first column."""

    number: int
    cells: tuple[Cell, ...]


Rows = Iterator[Row]


class Wrong(Exception):
    """A cell that cannot be used. Caught where its row and column are known."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def shown(cell: Cell) -> str:
    """A cell as text, whatever it is: for headings and messages."""
    if isinstance(cell, str):
        return trimmed(cell)
    return trimmed("" if cell.value is None else str(cell.value))


def trimmed(text: str) -> str:
    """Text without what cannot be seen at its ends, and with plain spaces and line ends."""
    if text.isascii():
        text = text.strip()
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    text = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(_BLANK)


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet program calls a cell: B7."""
    return f"{letter(column)}{row}"
