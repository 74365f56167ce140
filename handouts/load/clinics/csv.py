"""CSV and TSV files as spreadsheets in many countries save them, row by row.

The encoding is settled by one pass over the bytes, the delimiter by what makes the best head;
then the file is read as a stream, so its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.load.clinics.cells import Row, Rows, Wrong, too_long
from handouts.load.clinics.columns import HEAD_ROWS
from handouts.load.problems import Problems

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 1_000
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MAX_LINE = 1 << 24

Score = Callable[[Sequence[str]], int]
"""How many cells of a row are headings that are known."""


def encoding(path: Path, shown: str, problems: Problems) -> str:
    """The file's encoding: by its mark, or else UTF-8, or else what Windows had before it.

    Raises:
        HandoutsError: when it is no text.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        found = _marked(head)
        if found:
            return found
        file.seek(0)
        broken = _first_broken(file)
        if broken is None:
            return "utf-8-sig"
        file.seek(0)
        if _mostly_utf8(file):  # The rows with lost letters are refused one by one.
            return "utf-8-sig"
    _check_windows(path, shown)
    message = "the file is not UTF-8; it is read as Windows-1252"
    hint = "look at the accents, or save it as 'CSV UTF-8'"
    problems.warning("not-utf-8", message, hint, Place(shown, broken, 1))
    return "cp1252"


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
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_MAX_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        self.count += 1
        if len(line) >= _MAX_LINE:
            message = f"line {self.count} has more than {_MAX_LINE:,} letters"
            hint = "save the file again as CSV UTF-8"
            raise problem("file-too-large", message, hint, Place(self._shown, self.count, 1))
        return line


def _rows(lines: _Lines, delimiter: str, shown: str) -> Rows:
    reader = csv.reader(lines, delimiter=delimiter)
    number = before = 0
    while True:
        number, before = number + 1, lines.count
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            if lines.count > before + 1:
                raise _never_closed(shown, number) from None
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
    swallowed = f": it takes in the {more} lines below" if more else ""
    message = f"a quote in the row is never closed{swallowed}"
    return Wrong("csv-syntax", message, "close the quote, or take it out")


def _too_wide() -> Wrong:
    message = f"the row has more than {MAX_COLUMNS:,} cells"
    return Wrong("extra-cells", message, "save the file again as CSV UTF-8")


def _marked(head: bytes) -> str | None:
    """The encoding a byte order mark tells of; UTF-16 without one has a zero in every other."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = head[start::2], head[1 - start :: 2]
        if len(half) > 1 and half.count(0) > 0.7 * len(half) and other.count(0) < 0.3 * len(other):
            return name
    return None


def _first_broken(file: io.BufferedReader) -> int | None:
    """The line of the first bytes that are no UTF-8, or None."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _mostly_utf8(file: io.BufferedReader) -> bool:
    """Whether most letters beyond ASCII are UTF-8: the others were pasted in, or cut off."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    balance = 0
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        broken = text.count("\ufffd")
        balance += len(text) - len(text.encode("ascii", "ignore")) - 2 * broken
    return balance > 0


def _check_windows(path: Path, shown: str) -> None:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                said = chunk.decode("cp1252")
            except UnicodeDecodeError:
                said = "\0"
            if "\0" in said:
                message, hint = f"{shown} is no text file", "save it as 'CSV UTF-8', or as .xlsx"
                raise problem("not-utf-8", message, hint, Place(shown))


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
