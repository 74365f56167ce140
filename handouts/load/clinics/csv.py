"""CSV and TSV files as spreadsheets in many countries save them, row by row.

The delimiter is settled by what makes the best head; then the file is read as a stream, so its
size does not matter.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.load.clinics.cells import Row, Rows, Wrong, too_long
from handouts.load.clinics.columns import HEAD_ROWS

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 1_000
_SAMPLE = 1 << 16
_MAX_LINE = 1 << 24

Score = Callable[[Sequence[str]], int]
"""How many cells of a row are headings that are known."""


def rows(path: Path, shown: str, coded: str, score: Score) -> Rows:
    """The rows that hold anything; letters that are none in this encoding become U+FFFD.

    Raises:
        HandoutsError: when it is no CSV.
    """
    with path.open(encoding=coded, newline="", errors="replace") as file:
        hinted = _hinted(file)
        delimiter = hinted or _delimiter(path, coded, score)
        if not hinted:
            file.seek(0)
        yield from _rows(_Lines(file, shown), delimiter, shown)


class _Lines:
    """The lines of a file, one by one: how many there were, and whether that was all."""

    def __init__(self, file: TextIO, shown: str) -> None:
        self._file, self._shown = file, shown
        self.count = 0
        self.last = ""
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_MAX_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        self.count += 1
        self.last = line
        if len(line) >= _MAX_LINE:
            message = f"line {self.count} has more than {_MAX_LINE:,} letters"
            hint = "save the file again as CSV UTF-8"
            raise problem("file-too-large", message, hint, Place(self._shown, self.count, 1))
        return line


def _rows(lines: _Lines, delimiter: str, shown: str) -> Rows:
    # Strict: of a quote that is closed lines below, nobody would hear otherwise.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = before = 0
    while True:
        number, before = number + 1, lines.count
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            more = lines.count - before - 1
            if more and "limit" in str(error):
                raise _never_closed(shown, number) from None
            if more:
                yield Row(number, (), wrong=_open_quote(more))
                number += more
                continue
            try:
                (cells,) = csv.reader([lines.last], delimiter=delimiter)
            except csv.Error:
                yield Row(number, (), wrong=too_long())
                continue
        if lines.ended:  # The reader looked for the end of a quote.
            yield Row(number, (), wrong=_open_quote(lines.count - before - 1))
        elif len(cells) > MAX_COLUMNS:
            yield Row(number, (), wrong=_too_wide())
        elif any(cells) and any(cell.strip() for cell in cells):
            yield Row(number, tuple(cells))


def _never_closed(shown: str, number: int) -> HandoutsError:
    message = f"a quote in row {number} is not closed, so the rest of the file cannot be read"
    hint = "close the quote, or save the file again as CSV UTF-8"
    return problem("csv-syntax", message, hint, Place(shown, number, 1))


def _open_quote(more: int) -> Wrong:
    below = "the line below" if more == 1 else f"the {more} lines below"
    swallowed = f": it takes in {below}" if more else ""
    message = f"a quote in the row is not closed{swallowed}"
    return Wrong("csv-syntax", message, "close the quote, or take it out")


def _too_wide() -> Wrong:
    message = f"the row has more than {MAX_COLUMNS:,} cells"
    return Wrong("extra-cells", message, "save the file again as CSV UTF-8")


def _hinted(file: TextIO) -> str | None:
    """The delimiter of a first line such as ``sep=;``, which Excel reads and does not show."""
    first = file.readline(16).strip()
    if first[:4].lower() != "sep=":
        return None
    if len(first) == 5:
        return None if first[4] == '"' or first[4].isalnum() else first[4]
    return "\t" if len(first) == 4 else None


def _delimiter(path: Path, coded: str, score: Score) -> str:
    """The delimiter with which one of the first rows is the best head."""
    with path.open(encoding=coded, newline="", errors="replace") as file:
        sample = file.read(_SAMPLE)

    def best(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            first = list(islice(reader, HEAD_ROWS))
        except csv.Error:
            return (0, 0)
        known = max((score([one.strip() for one in row]) for row in first), default=0)
        return (known, max((len(row) for row in first), default=0))

    return max(DELIMITERS, key=best)
