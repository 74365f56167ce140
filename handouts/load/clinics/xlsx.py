"""XLSX workbooks, row by row. openpyxl knows what dates and formats mean.

The file is not trusted: its size unpacked is looked at first, and document types are refused.
`book` reads what is beside the rows, `xml` the rows, so that memory does not grow with them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import BinaryIO, cast
from xml.parsers.expat import ExpatError

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.load.clinics.book import Sheet, read_book
from handouts.load.clinics.cells import MAX_TEXT, Cell, Raw, Row, Rows, shown
from handouts.load.clinics.columns import HEAD_ROWS
from handouts.load.clinics.merged import Merged, merged_cells
from handouts.load.clinics.numbers import read_format
from handouts.load.clinics.xml import (
    MAX_COLUMNS,
    Damaged,
    NotAllowed,
    Texts,
    XmlCell,
    XmlRow,
    rows,
)
from handouts.load.problems import Problems, choose

MAX_UNPACKED = 1_000_000_000
MAX_PARTS = 5_000
MAX_ROWS = 1_048_576
_TOP = 1_000
"""A sheet whose first rows are empty, as far as this, is not looked at for a head."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(rb"<(?:\w{1,64}:)?col\s[^<>]{0,500}>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_RANGE = re.compile(rb"""\b(min|max)=["'](\d{1,9})["']""")

Score = Callable[[Sequence[str]], int]


class Workbook:
    """An open workbook of which one sheet is read."""

    def __init__(
        self, path: Path, said: str, wanted: str | None, score: Score, problems: Problems
    ) -> None:
        """Opens it and chooses the sheet: the one that is wanted, or the first with a head.

        Raises:
            HandoutsError: when it cannot be read, or has no such sheet.
        """
        self._said = said
        _check_archive(path, said)
        with ExitStack() as files, _guarded(said):
            self._archive = files.enter_context(zipfile.ZipFile(path))
            self._book = read_book(self._archive)
            self._texts = _texts(self._archive, self._book.texts)
            self._part = self._choose(wanted, score, problems)
            self.hidden = hidden_columns(self._head())
            self._files = files.pop_all()

    def rows(self) -> Rows:
        """The rows that hold anything."""
        with _guarded(self._said):
            yield from self._rows(self._part)

    def merged(self) -> tuple[Merged, ...]:
        """What is merged downwards on the sheet that is read."""
        with _guarded(self._said), self._archive.open(self._part) as stream:
            return merged_cells(cast("BinaryIO", stream))

    def close(self) -> None:
        """Lets the file go."""
        self._files.close()

    def _head(self) -> bytes:
        """What stands before the rows, as far as any program writes."""
        with self._archive.open(self._part) as stream:
            return stream.read(65_536).partition(b"sheetData")[0]

    def _choose(self, wanted: str | None, score: Score, problems: Problems) -> str:
        """The part of the sheet that is wanted; what else could be meant is told."""
        sheets = self._book.sheets
        if not sheets:
            message, hint = f"{self._said} has no sheets with cells", "save it again as .xlsx"
            raise problem("empty-file", message, hint, Place(self._said))
        if wanted is not None:
            return self._called(wanted).part
        seen = [sheet for sheet in sheets if not sheet.hidden]
        heads = [sheet for sheet in seen if self._known(sheet.part, score) > 1]
        if heads:
            self._tell_more(heads, problems)
            return heads[0].part
        hidden = (sheet for sheet in sheets if sheet.hidden)
        found = next((sheet for sheet in hidden if self._known(sheet.part, score) > 1), None)
        if found is not None:
            message = f"the clinics are read from the hidden sheet '{found.title}'"
            hint = "show the sheet, or name another one with sheet: in the job file"
            problems.warning("hidden-sheet", message, hint, Place(self._said))
        return (found or next(iter(seen or sheets))).part

    def _tell_more(self, heads: Sequence[Sheet], problems: Problems) -> None:
        if len(heads) < 2:
            return
        others = ", ".join(f"'{sheet.title}'" for sheet in heads[1:6])
        others += f" and {len(heads) - 6} more" if len(heads) > 6 else ""
        message = f"only the sheet '{heads[0].title}' is read; there are clinics on {others} too"
        hint = "name one with sheet: in the job file, a block of matrix: for each"
        problems.warning("more-sheets", message, hint, Place(self._said))

    def _called(self, wanted: str) -> Sheet:
        for sheet in self._book.sheets:
            if sheet.title.strip().lower() == wanted.strip().lower():
                return sheet
        titles = [sheet.title for sheet in self._book.sheets]
        message = f"{self._said} has no sheet '{wanted}'"
        raise problem("unknown-sheet", message, choose(wanted, titles, "sheets"), Place(self._said))

    def _known(self, part: str, score: Score) -> int:
        """How much of a head the first rows have at most; a damaged sheet has none."""
        first = islice(self._rows(part, _TOP), HEAD_ROWS)
        try:
            return max((score([shown(cell) for cell in row.cells]) for row in first), default=0)
        except (Damaged, ExpatError, LookupError, NotAllowed, ValueError):
            return 0

    def _rows(self, part: str, most: int | None = None) -> Rows:
        with self._archive.open(part) as stream:
            for row in islice(rows(cast("BinaryIO", stream)), most):
                if not 0 < row.number <= MAX_ROWS:
                    raise Damaged(f"it has a row {row.number}")
                cells = self._cells(row)
                if any(cells):
                    yield Row(row.number, cells, row.hidden)

    def _cells(self, row: XmlRow) -> tuple[Cell, ...]:
        """The cells from the first column to the last that holds anything."""
        found: list[Cell] = []
        for cell in row.cells:
            try:
                said = self._cell(cell)
            except (IndexError, ValueError):  # Of a damaged file; its other rows may be whole.
                said = Raw((cell.value or "")[:20], kind="error")
            if said == "":
                continue
            if not 0 < cell.column <= MAX_COLUMNS:
                raise Damaged(f"row {row.number} has a cell beyond the last column")
            if cell.column <= len(found):
                raise Damaged(f"the cells of row {row.number} are out of order")
            found.extend([""] * (cell.column - 1 - len(found)))
            found.append(said)
        return tuple(found)

    def _cell(self, cell: XmlCell) -> Cell:
        kind, value, formula = cell.kind, cell.value, cell.formula
        if formula is not None and kind != "e":
            if not value and kind != "str":
                return Raw(f"={formula}", kind="uncounted")
            if _TYPED_PHONE.fullmatch(formula):
                return Raw(f"={formula}", kind="formula")
        if not value:
            return ""
        if kind == "s":
            return _text(self._texts[int(value)])
        if kind in ("inlineStr", "str"):
            return _text(value)
        if kind == "e":
            return Raw(value, kind="error")
        if kind == "b":
            return Raw(value == "1")
        return self._typed(cell, value)

    def _typed(self, cell: XmlCell, value: str) -> Cell:
        """A number, or the moment that its style makes of it."""
        from openpyxl.utils.datetime import from_excel, from_ISO8601

        if cell.kind == "d":
            return Raw(from_ISO8601(value))  # type: ignore[no-untyped-call]
        form = self._book.format(cell.style)
        if _MANY_DIGITS.fullmatch(value) and not _is_date(form):
            return Raw(int(value), form)
        try:
            number = float(value)
        except ValueError:
            return Raw(value[:20], kind="error")
        if not isfinite(number):
            return Raw("#NUM!", kind="error")
        if _is_date(form):
            try:
                return Raw(from_excel(number, self._book.epoch, timedelta=_is_span(form)))
            except (OverflowError, ValueError):
                return Raw("#VALUE!", kind="error")
        whole = number.is_integer() and abs(number) < 1e15
        return Raw(int(number) if whole else number, form)


_TYPED_PHONE = re.compile(r"\+\d[\d\s()/.-]*")
"""A number somebody typed with its plus: the program took it for a sum."""
_MANY_DIGITS = re.compile(r"-?\d{16,300}")
"""More than a float can hold."""


@lru_cache(maxsize=1024)
def _is_date(form: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return read_format(form) is None and bool(is_date_format(form))


@lru_cache(maxsize=1024)
def _is_span(form: str) -> bool:
    from openpyxl.styles.numbers import is_timedelta_format

    return bool(is_timedelta_format(form))


def _text(text: str) -> Cell:
    """A cell's text; one that is too long to be any is told by itself."""
    if len(text) > MAX_TEXT:
        return Raw(text[:40], kind="long")
    return _unescaped(text)


def _texts(archive: zipfile.ZipFile, part: str | None) -> Texts:
    if part is None:
        return Texts(None)
    with archive.open(part) as stream:
        return Texts(cast("BinaryIO", stream))


def _unescaped(text: str) -> str:
    """A text as it was before OOXML wrote what XML cannot hold as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: _character(int(m[1], 16)), text)


def _character(code: int) -> str:
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else chr(code)


@contextmanager
def _guarded(said: str) -> Iterator[None]:
    try:
        yield
    except (HandoutsError, PermissionError, FileNotFoundError):
        raise
    except NotAllowed:
        raise _declared(said) from None
    except Exception as wrong:  # Anything can come out of a damaged workbook.
        why = str(wrong) if isinstance(wrong, Damaged) else "it is damaged inside"
        message = f"{said} is no workbook that can be read: {why}"
        hint = "open it in a spreadsheet program and save it again as .xlsx"
        raise problem("unreadable-file", message, hint, Place(said)) from None


def _declared(said: str) -> HandoutsError:
    message = f"{said} declares a document type or entities, which no workbook needs"
    return problem("document-type", message, "save it again as .xlsx", Place(said))


def _check_archive(path: Path, said: str) -> None:
    hint = "save it as an Excel workbook (.xlsx) without a password, or as CSV UTF-8"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or size > MAX_UNPACKED:
                message = f"{said} unpacks to more than a list of clinics can be"
                raise problem("file-too-large", message, "save it again as .xlsx", Place(said))
            if "[Content_Types].xml" not in archive.namelist():
                raise KeyError("[Content_Types].xml")
    except (HandoutsError, PermissionError, FileNotFoundError):
        raise
    except Exception:  # Damaged archives fail in every way a decompressor has.
        message = f"{said} is no Excel workbook"
        raise problem("unreadable-file", message, hint, Place(said)) from None


def hidden_columns(head: bytes) -> frozenset[int]:
    """The numbers of columns that are hidden, of what stands before the rows of a sheet.

    The time it takes grows with the bytes alone, however many columns they hide again and again.
    """
    marks = bytearray(MAX_COLUMNS + 1)
    for column in _COLUMN.findall(head):
        if _HIDDEN.search(column):
            ends = {name: int(value) for name, value in _RANGE.findall(column)}
            first, last = ends.get(b"min", 1), min(ends.get(b"max", 0), MAX_COLUMNS)
            if first <= last:
                marks[first : last + 1] = b"\1" * (last + 1 - first)
    return frozenset(number for number, mark in enumerate(marks) if mark and number)
