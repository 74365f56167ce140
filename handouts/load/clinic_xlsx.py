"""XLSX workbooks, row by row. openpyxl opens them and knows their sheets, styles and dates.

The file is not trusted: its size unpacked is looked at first, and document types are refused.
The rows themselves are read by `clinic_xml`, so that memory does not grow with them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.load.clinic_cells import Cell, Raw, Row, Rows, shown
from handouts.load.clinic_columns import HEAD_ROWS
from handouts.load.clinic_xml import NotAllowed, Texts, XmlCell, XmlRow, rows
from handouts.load.problems import choose

MAX_UNPACKED = 2_000_000_000
MAX_PARTS = 5_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_RANGE = re.compile(rb'\b(min|max)="(\d+)"')

Score = Callable[[Sequence[str]], int]


class Workbook:
    """An open workbook of which one sheet is read."""

    def __init__(self, path: Path, said: str, wanted: str | None, score: Score) -> None:
        """Opens it and chooses the sheet: the one that is wanted, or the first with a head.

        Raises:
            HandoutsError: when it cannot be read, or has no such sheet.
        """
        self._said = said
        _check_archive(path, said)
        with ExitStack() as files, _guarded(said):
            file = files.enter_context(path.open("rb"))
            self._archive = files.enter_context(zipfile.ZipFile(path))
            self._book, texts = _open(file)
            self._texts = _texts(self._archive, texts)
            self._part = self._choose(wanted, score)
            self.hidden = _hidden_columns(self._archive, self._part)
            self._files = files.pop_all()

    def rows(self) -> Rows:
        """The rows that hold anything."""
        with _guarded(self._said):
            yield from self._rows(self._part)

    def close(self) -> None:
        """Lets the file go."""
        self._files.close()

    def _choose(self, wanted: str | None, score: Score) -> str:
        """The part of the sheet that is wanted."""
        sheets = {sheet.title: str(sheet._worksheet_path) for sheet in self._book.worksheets}
        if not sheets:
            raise problem("empty-file", f"{self._said} has no sheets", "", Place(self._said))
        if wanted is None:
            heads = (part for part in sheets.values() if self._known(part, score) > 1)
            return next(heads, next(iter(sheets.values())))
        for title, part in sheets.items():
            if title.strip().lower() == wanted.strip().lower():
                return part
        message = f"{self._said} has no sheet '{wanted}'"
        raise problem("unknown-sheet", message, choose(wanted, sheets, "sheets"), Place(self._said))

    def _known(self, part: str, score: Score) -> int:
        """How much of a head the first rows have at most."""
        first = islice(self._rows(part), HEAD_ROWS)
        return max((score([shown(cell) for cell in row.cells]) for row in first), default=0)

    def _rows(self, part: str) -> Rows:
        with self._archive.open(part.lstrip("/")) as stream:
            for number, cells in rows(cast("BinaryIO", stream)):
                if not 0 < number <= MAX_ROWS:
                    raise ValueError("a row beyond the last one a workbook can have")
                found = self._cells((number, cells))
                if any(found):
                    yield Row(number, found)

    def _cells(self, row: XmlRow) -> tuple[Cell, ...]:
        """The cells from the first column to the last that holds anything."""
        found: list[Cell] = []
        for cell in row[1]:
            said = self._cell(cell)
            if said == "":
                continue
            if not 0 < cell.column <= MAX_COLUMNS:
                raise ValueError("a column beyond the last one a workbook can have")
            if cell.column <= len(found):
                raise ValueError("two cells in one place")
            found.extend([""] * (cell.column - 1 - len(found)))
            found.append(said)
        return tuple(found)

    def _cell(self, cell: XmlCell) -> Cell:
        kind, value, formula = cell.kind, cell.value, cell.formula
        if formula is not None and kind != "e":
            if not value and kind != "str":
                return Raw(f"={formula}", kind="uncounted")
            if formula[:1] == "+" and formula[1:2].isdecimal():
                return Raw(f"={formula}", kind="formula")
        if not value:
            return ""
        if kind == "s":
            return _unescaped(self._texts[int(value)])
        if kind in ("inlineStr", "str"):
            return _unescaped(value)
        if kind == "e":
            return Raw(value, kind="error")
        if kind == "b":
            return Raw(value == "1")
        return self._typed(cell, value)

    def _typed(self, cell: XmlCell, value: str) -> Cell:
        """A number, or the moment that its style makes of it."""
        from openpyxl.utils.datetime import from_excel, from_ISO8601

        book = self._book
        if cell.kind == "d":
            return Raw(from_ISO8601(value))  # type: ignore[no-untyped-call]
        number = float(value)
        if cell.style in book._date_formats:
            spans = cell.style in book._timedelta_formats
            try:
                return Raw(from_excel(number, book.epoch, timedelta=spans))
            except (OverflowError, ValueError):
                return Raw("#VALUE!", kind="error")
        whole = number.is_integer() and abs(number) < 1e15
        return Raw(int(number) if whole else number, self._format(cell.style))

    def _format(self, style: int) -> str:
        """How a style shows numbers: ``General``, ``00000``."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        if not style:
            return "General"
        ident = self._book._cell_styles[style].numFmtId
        if ident < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(ident, "General"))
        return str(self._book._number_formats[ident - BUILTIN_FORMATS_MAX_SIZE])


def _open(file: BinaryIO) -> tuple[Any, str | None]:
    """The workbook without its texts, and the part they are in. Its name does not matter."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    reader: Any = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.read_strings = lambda: None
    reader.read()
    part = reader.package.find(SHARED_STRINGS)
    return reader.wb, None if part is None else str(part.PartName)


def _texts(archive: zipfile.ZipFile, part: str | None) -> Texts:
    if part is None:
        return Texts(None)
    with archive.open(part.lstrip("/")) as stream:
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
    except HandoutsError:
        raise
    except NotAllowed:
        raise _declared(said) from None
    except Exception as wrong:  # Anything can come out of a damaged workbook.
        message = f"{said} is no workbook that can be read: {type(wrong).__name__}"
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
            if "xl/workbook.xml" not in archive.namelist():
                raise KeyError("xl/workbook.xml")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_declarations(archive, part, said)
    except HandoutsError:
        raise
    except Exception:  # Damaged archives fail in every way a decompressor has.
        message = f"{said} is no Excel workbook"
        raise problem("unreadable-file", message, hint, Place(said)) from None


def _check_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo, said: str) -> None:
    """Types and entities stand before the first element, if they do; ours have none."""
    with archive.open(part) as stream:
        head = stream.read(65_536).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _declared(said)


def _hidden_columns(archive: zipfile.ZipFile, part: str) -> tuple[int, ...]:
    """The numbers of columns that are hidden: they stand before the rows."""
    with archive.open(part.lstrip("/")) as stream:
        head = stream.read(65_536).partition(b"sheetData")[0]
    found: list[int] = []
    for match in _HIDDEN.finditer(head):
        ends = {name: int(value) for name, value in _RANGE.findall(match[0])}
        found.extend(range(ends.get(b"min", 1), min(ends.get(b"max", 0), MAX_COLUMNS) + 1))
    return tuple(found)
