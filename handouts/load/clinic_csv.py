"""CSV and TSV files as spreadsheets in many countries save them, row by row.

The encoding is settled by one pass over the bytes, the delimiter by what makes the best head;
then the file is read as a stream, so its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from handouts.diagnostics import Place, problem
from handouts.load.clinic_cells import Row, Rows
from handouts.load.clinic_columns import HEAD_ROWS
from handouts.load.problems import Problems

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 1_000
_CHUNK = 1 << 20
_SAMPLE = 1 << 16

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
    _check_windows(path, shown)
    message = "the file is not UTF-8; it is read as Windows-1252"
    hint = "look at the accents, or save it as 'CSV UTF-8'"
    problems.warning("not-utf-8", message, hint, Place(shown, broken, 1))
    return "cp1252"


def rows(path: Path, shown: str, coded: str, score: Score) -> Rows:
    """The rows that hold anything.

    Raises:
        HandoutsError: when it is no CSV, or cannot be read in this encoding.
    """
    with path.open(encoding=coded, newline="") as file:
        hinted = _hinted(file)
        delimiter = hinted or _delimiter(path, coded, score)
        if not hinted:
            file.seek(0)
        yield from _rows(csv.reader(file, delimiter=delimiter), shown)


def _rows(reader: Iterator[list[str]], shown: str) -> Rows:
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if len(cells) > MAX_COLUMNS:
                message = f"row {number} has more than {MAX_COLUMNS} cells"
                hint = "save the file again as CSV UTF-8"
                raise problem("file-too-large", message, hint, Place(shown, number, 1))
            if any(cells) and any(cell.strip() for cell in cells):
                yield Row(number, tuple(cells))
    except csv.Error as wrong:
        message = f"this is no CSV: {wrong}"
        hint = "look for a quote that is never closed, or save it again as CSV UTF-8"
        raise problem("csv-syntax", message, hint, Place(shown, number + 1, 1)) from None
    except UnicodeError:
        message = "the file is cut off, or its encoding changes inside"
        hint = "save it again as CSV UTF-8"
        raise problem("not-utf-8", message, hint, Place(shown, number + 1, 1)) from None


def _marked(head: bytes) -> str | None:
    """The encoding a byte order mark tells of; UTF-16 without one has a zero in every other."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[start::2]
        if len(half) > 1 and half.count(0) > 0.7 * len(half):
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
    return first[4:5] if len(first) == 5 else "\t"


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
