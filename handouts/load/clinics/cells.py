"""A spreadsheet's cells, whatever kind of file they came from.

A cell is plain text, or `Raw`: a value a workbook typed, or something that is no value at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

MAX_TEXT = 131_072
"""Characters of a cell that are read, four times what Excel keeps; with one more it is too long."""

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None


class Raw(NamedTuple):
    """A workbook's cell: its value, how it is shown, and what it is if it is no value."""

    value: Value
    format: str = "General"
    kind: Literal["value", "error", "formula", "uncounted", "long"] = "value"
    """`formula` holds what was typed, `uncounted` is one that was never worked out; of a `long`
    one only the beginning is kept."""


Cell = str | Raw
_BLANK = " \t\n\v\f\u200b\u2060\ufeff\u2003\u2009\u3000"


class Wrong(Exception):
    """A cell that cannot be used. Caught where its row and column are known."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def too_long() -> Wrong:
    """What is said of a cell that holds a whole book."""
    message = f"the cell holds more than {MAX_TEXT:,} letters"
    return Wrong("cell-too-long", message, "shorten it, or look for a quote that is never closed")


def cell_error(said: str) -> Wrong:
    """What is said of a cell that a spreadsheet program could not work out."""
    return Wrong("cell-error", f"the cell holds the error {said}", "mend it and save again")


class Row(NamedTuple):
    """A row that holds anything: its number from 1, and its cells from the first column.

    `hidden`: a spreadsheet program does not show it. `wrong`: it could not be read as a whole.
    """

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    wrong: Wrong | None = None


Rows = Iterator[Row]


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


def letter(number: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def brief(text: str, most: int = 300) -> str:
    """A message that quotes a cell, not longer than a person reads."""
    return text if len(text) <= most else f"{text[: most - 80]} … {text[-60:]}"


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet program calls a cell: B7."""
    return f"{letter(column)}{row}"
