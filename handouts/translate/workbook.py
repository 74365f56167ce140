"""XLSX: what clinics and community reviewers work with. Written and read with openpyxl.

Everything but the translation, its status and who signs it is locked (without a password: it
is to keep a hand from slipping, not to keep anybody out). Every cell is text, so that nothing
is taken for a formula, a number or a date.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.translate import limits
from handouts.translate.columns import COLUMNS, OPEN, Head, cells, returned, titles
from handouts.translate.returned import Returned
from handouts.translate.unit import STATES, State, Table

SHEET = "Translation"
READ_ME = "Read me"
_WIDTHS = {"ID": 26, "Group": 18, "English": 48, "Translation": 48, "Status": 12, "By": 12}
_WIDTHS |= {"On": 12, "Note": 40, "Room": 8, "Earlier English": 40, "Source": 14, "Exported": 14}
_HIDDEN = ("Source", "Exported")
_COLOURS: dict[State, str] = {
    "missing": "F8D0CC",
    "stale": "FBE3B8",
    "machine": "E9D7F2",
    "draft": "FFF7C8",
    "reviewed": "D3E8F8",
    "approved": "D5EFD5",
}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ADVICE = (
    "Translation into {name} ({language}), exported {date}, catalogue edition {edition}",
    "Work in the sheet “Translation”. The white columns are yours: Translation, Status, By, On.",
    "Keep {{words in braces}} and **asterisks** as they are: names filled in, bold words.",
    "Room says how many characters fit on the page, as a guide.",
    "Status: missing - not translated yet; stale - the English has changed since; machine - made "
    "by a program; draft - made by a person; reviewed - compared with the English by somebody "
    "else; approved - released.",
    "By: your initials or role. On: the day, as 2026-11-23; today when it is empty.",
    "A translator never reviews or approves their own text.",
    "When a stale translation is still right, leave its text and set the status to draft.",
    "Rows may be sorted and filtered as whole rows. Never sort one column alone.",
    "Nothing else needs to be changed. Save as .xlsx and send the file back.",
)


def write(table: Table) -> bytes:
    """The table as a workbook; the same table gives the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    for number, row in enumerate((titles(table), *map(cells, table.units)), 1):
        for column, value in enumerate(row, 1):
            _fill(sheet.cell(number, column), value)
    _dress(sheet, table)
    _read_me(book, table)
    return _packed(book, table)


def read(content: bytes, path: str) -> Returned:
    """A workbook's rows: those of the sheet “Translation”, or of the first one.

    Raises:
        HandoutsError: when it is no workbook with our columns, or would unpack beyond reason.
    """
    place = Place(path)
    limits.check_archive(content, place)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = list(_rows(sheet, f"{path}#{sheet.title}"))
    except HandoutsError:
        raise
    except Exception as wrong:  # Anything can come out of a damaged workbook.
        message = f"{path} is no workbook that can be read: {type(wrong).__name__}"
        hint = "open it in a spreadsheet program and save it again as .xlsx"
        raise problem("unreadable-file", message, hint, place) from None
    if not rows:
        raise problem("empty-file", f"{path} has no rows", "export it again", place)
    return returned(Head(rows[0][1], rows[0][0]), iter(rows[1:]))


def escaped(text: str) -> str:
    """A text as OOXML wants it: what XML cannot hold, or would change, as ``_x000D_``."""
    text = _ESCAPED.sub(lambda m: f"_x005F_x{m[1]}_", text)
    text = text.replace("\r", "_x000D_")
    return ILLEGAL_CHARACTERS_RE.sub(lambda m: f"_x{ord(m[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text as it was."""
    return _ESCAPED.sub(lambda m: _character(int(m[1], 16)), text)


def _character(code: int) -> str:
    """The character; half of a pair of surrogates is none."""
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else chr(code)


def _fill(cell: Any, value: str) -> None:
    """Text and nothing but text: ``=1+1`` stays what it says."""
    cell.value = escaped(value) or None
    cell.number_format = "@"
    if value:
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"


def _dress(sheet: Worksheet, table: Table) -> None:
    """Widths, locks, directions, the drop-down and colours for the states."""
    last = len(table.units) + 1
    rtl = table.direction == "rtl"
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    for number, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS[name]
        sheet.column_dimensions[letter].hidden = name in _HIDDEN
        theirs = name == "Translation"
        order = 2 if theirs and rtl else 1
        align = Alignment(
            wrap_text=True,
            vertical="top",
            readingOrder=order,
            horizontal="right" if theirs and rtl else "left",
        )
        for row in range(2, last + 1):
            cell = sheet.cell(row, number)
            cell.alignment = align
            cell.protection = Protection(locked=name not in OPEN)
            if name not in OPEN:
                cell.fill = PatternFill("solid", fgColor="F2F2F2")
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).alignment = Alignment(wrap_text=True, vertical="top")
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    status = get_column_letter(COLUMNS.index("Status") + 1)
    choice = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    choice.error, choice.errorTitle = f"Choose one of {', '.join(STATES)}.", "Status"
    choice.showErrorMessage = True
    sheet.add_data_validation(choice)
    if last > 1:
        choice.add(f"{status}2:{status}{last}")
        for state, colour in _COLOURS.items():
            fill = PatternFill("solid", bgColor=colour, fgColor=colour)
            rule = FormulaRule(  # type: ignore[no-untyped-call]
                formula=[f'${status}2="{state}"'], fill=fill
            )
            sheet.conditional_formatting.add(f"{status}2:{status}{last}", rule)


def _read_me(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(READ_ME)
    sheet.column_dimensions["A"].width = 100
    facts = {"name": table.name, "language": table.language, "edition": table.edition}
    advice = [line.format(**facts, date=table.date[:10]) for line in _ADVICE]
    notes = [f"Note of the translator: {note}" for note in table.notes]
    for number, line in enumerate((*advice, *notes), 1):
        cell = sheet.cell(number, 1)
        _fill(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 1).font = Font(bold=True, size=14)


def _packed(book: Workbook, table: Table) -> bytes:
    """The workbook's bytes, dated by the table and not by the clock."""
    moment = datetime.fromisoformat(table.date).replace(tzinfo=None)
    properties = book.properties
    properties.creator = "handouts"
    properties.title = f"Infant massage handouts: {table.name}"
    properties.created = properties.modified = moment
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # The library's own way to save would put the clock in.
        ExcelWriter(book, archive).write_data()
    again = io.BytesIO()
    with zipfile.ZipFile(stream) as first, zipfile.ZipFile(again, "w") as second:
        for part in first.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            second.writestr(info, first.read(part))
    return again.getvalue()


def _rows(sheet: Any, path: str) -> Iterator[tuple[Place, Sequence[str]]]:
    """Rows that hold anything; a formula is an error, since nobody knows what it would say."""
    limit = {"max_row": limits.MAX_ROWS, "max_col": limits.MAX_COLUMNS}
    sheet.reset_dimensions()
    number = 0
    at = COLUMNS.index("Translation") + 1
    for row in sheet.iter_rows(**limit):
        found = [(cell, cell.value) for cell in row if cell.value is not None]
        if not found:
            continue
        number = found[0][0].row
        values = [""] * max(cell.column for cell, _ in found)
        for cell, value in found:
            if cell.data_type == "f":
                raise _formula(cell, path)
            if cell.data_type in "eb":
                message = f"this cell holds {value}, which is no text"
                hint = "write the text itself into it, with the cell formatted as text"
                raise problem("no-text", message, hint, Place(f"{path}!{cell.coordinate}"))
            values[cell.column - 1] = _said(value)
        yield Place(f"{path}!{get_column_letter(at)}{number}"), values
        at = _column(values) or at


def _column(values: Sequence[str]) -> int | None:
    """Where a head row has the translation."""
    titled = (n for n, v in enumerate(values, 1) if v.strip().lower().startswith("translation"))
    return next(titled, None) if values and "ID" in (v.strip().upper() for v in values) else None


def _said(value: object) -> str:
    """A cell as text: whole numbers without a point, days as the export writes them."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescaped(str(value))


def _formula(cell: Cell, path: str) -> HandoutsError:
    return problem(
        "formula",
        "there is a formula in this cell",
        "write the text itself into it, with the cell formatted as text",
        Place(f"{path}!{cell.coordinate}"),
    )
