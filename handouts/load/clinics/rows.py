"""A row of cells to a `Clinic`, or to what is wrong with it.

Part of ``load``, between the head (`columns`) and `clinics`, which streams the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from handouts.diagnostics import Diagnostic, Place, Severity
from handouts.load.clinics.cells import Cell, Row, Wrong, brief, cell_name, shown
from handouts.load.clinics.columns import Column, Header
from handouts.load.clinics.ids import safe, slug
from handouts.load.clinics.languages import languages_of
from handouts.load.clinics.totals import like_a_total
from handouts.load.clinics.values import read
from handouts.load.problems import choose
from handouts.model.batch import Clinic

_OWN = ("id", "brand", "languages")
_CLOSE = frozenset((("zip", "city"), ("city", "zip"), ("region", "zip"), ("zip", "region")))
"""Parts of an address with a space between them; others have a comma."""

MANY = 20
"""Warnings of one kind about a column are told so many times, then counted."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    row: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Reading:
    """What a row is read with: the head, the names there are, and how the file is called."""

    path: str
    header: Header
    languages: tuple[str, ...]
    brands: Sequence[str]
    base: str
    logo_folder: str = ""
    workbook: bool = False
    warnings: list[Diagnostic] = field(default_factory=list)
    told: dict[tuple[str, int], int] = field(default_factory=dict)
    at: tuple[int, int] = (0, 0)
    """The cell that is being read: its row and column."""
    blank: set[int] = field(default_factory=set)
    """Columns without a heading, among the others, that were empty so far."""
    fuller: int = 0
    """How many more rows said anything beside a name than did not."""

    def place(self, row: int, column: int) -> Place:
        """Where a cell is."""
        return Place(self.path, row, column)

    def warn(self, code: str, message: str, hint: str) -> None:
        """Notes something about the cell that is being read; the same of many cells is counted."""
        row, column = self.at
        told = self.told.get((code, column), 0)
        self.told[code, column] = told + 1
        if told < MANY:
            self.warnings.append(_problem(code, message, hint, row, column, self, _WARNING))

    def said(self, row: int, column: int, message: str) -> str:
        """A message, with the cell's name where a spreadsheet program shows it."""
        return f"{cell_name(row, column)}: {message}" if self.workbook else message


def clinic_of(row: Row, reading: Reading) -> Clinic | BadRow:
    """The clinic of a row; all that is wrong with its cells when there is anything."""
    if row.wrong is not None:
        one = row.wrong
        said = _problem(one.code, one.message, one.hint, row.number, 1, reading)
        return BadRow(row.number, (said,))
    wrong: list[Diagnostic] = []
    values: list[tuple[str, str]] = []
    own: dict[str, str] = {}
    parts: dict[str, list[tuple[str, str]]] = {}
    cells = row.cells
    width = len(cells)
    for column in reading.header.columns:
        cell = cells[column.number - 1] if column.number <= width else ""
        if cell == "":
            continue
        text = _text(cell, row.number, column, reading, wrong)
        if not text:
            continue
        if column.part or column.kind == "place":
            parts.setdefault(column.key, []).append((column.part, text))
        elif column.key in _OWN:
            own[column.key] = text
        elif column.kind in ("phone", "file"):
            values.extend(_values(column, text, reading))
        else:
            values.append((column.key, text))
    for key, pieces in parts.items():
        values.append((key, pieces[0][1] if len(pieces) == 1 else _joined(pieces)))
    # Sorted, so that moving a column changes nothing; phone numbers keep their order.
    values.sort(key=_key)
    if reading.blank:
        _tell_blank(row, reading)
    if width > reading.header.width:
        wrong.extend(_extra(row, reading))
    return _clinic(row.number, tuple(values), own, reading, wrong)


def _clinic(
    row: int,
    values: tuple[tuple[str, str], ...],
    own: Mapping[str, str],
    reading: Reading,
    wrong: list[Diagnostic],
) -> Clinic | BadRow:
    key, name = next((one for one in values if one[0][:5] in ("name", "name.")), ("name", ""))
    if not name:
        column = reading.header.column_of("name")
        if not any(one.place and one.place.column == column for one in wrong):
            message, hint = "the row has no name", "write the clinic's name, or delete the row"
            wrong.append(_problem("missing-name", message, hint, row, column, reading))
    languages: tuple[str, ...] = ()
    base = own.get("brand", "") or reading.base
    try:
        languages = languages_of(own.get("languages", ""), reading.languages)
    except Wrong as one:
        column = reading.header.column_of("languages")
        wrong.append(_problem(one.code, one.message, one.hint, row, column, reading))
    if base not in reading.brands:
        column = reading.header.column_of("brand")
        hint = choose(base, reading.brands, "brands")
        message = f"there is no brand '{base}'"
        wrong.append(_problem("unknown-brand", message, hint, row, column, reading))
    ident = safe(own.get("id", "")) or slug(name)
    if name and not ident:
        # The row's number is none: rows come and go, and files must not change their clinic.
        column = reading.header.column_of("name")
        message = f"no file can be named after '{brief(name)}'"
        hint = "give the clinic an id of letters and digits in a column 'id'"
        wrong.append(_problem("no-id", message, hint, row, column, reading))
    if any(one.severity is Severity.ERROR for one in wrong):
        return BadRow(row, tuple(wrong))
    if ident in reading.brands:
        column = reading.header.column_of("id") or reading.header.column_of("name")
        message = f"'{ident}' is the id of a brand"
        hint = "give the clinic another one in a column 'id'"
        return BadRow(row, (_problem("duplicate-id", message, hint, row, column, reading),))
    _tell_doubts(row, name, values, own, reading)
    if key != "name":
        # Its sheets in other languages must not show the name of the brand underneath.
        values = tuple(sorted((*values, ("name", name)), key=_key))
    return Clinic(ident, row, values, base, languages)


def _tell_doubts(
    row: int,
    name: str,
    values: tuple[tuple[str, str], ...],
    own: Mapping[str, str],
    reading: Reading,
) -> None:
    """Warns of a row that may be a sum or a remark below the list."""
    bare = not own and len(values) == 1
    if like_a_total(name):
        reading.at = (row, reading.header.column_of("name"))
        hint = "delete the row, unless a clinic is called so"
        reading.warn("looks-like-a-total", f"'{name}' looks like a sum, not like a clinic", hint)
    elif bare and reading.fuller > 0:
        reading.at = (row, reading.header.column_of("name"))
        message = "the row has nothing but a name"
        reading.warn("only-a-name", message, "delete it if it is a remark, not a clinic")
    reading.fuller += -1 if bare else 1


_key = itemgetter(0)
_WARNING = Severity.WARNING


def _text(cell: Cell, row: int, column: Column, reading: Reading, wrong: list[Diagnostic]) -> str:
    reading.at = (row, column.number)
    try:
        return read(cell, column.kind, reading.warn)
    except Wrong as one:
        wrong.append(_problem(one.code, one.message, one.hint, row, column.number, reading))
        return ""


def _values(column: Column, text: str, reading: Reading) -> list[tuple[str, str]]:
    """What a cell says: several phone numbers may stand in one."""
    if column.kind == "phone" and column.key != "contact.emergency":
        numbers = (one.strip() for one in text.replace("\n", ";").split(";"))
        return [(column.key, one) for one in numbers if one]
    if column.kind == "file" and reading.logo_folder:
        return [(column.key, f"{reading.logo_folder}/{text}")]
    return [(column.key, text)]


def _joined(pieces: Sequence[tuple[str, str]]) -> str:
    """An address of its parts, in the order of their columns: commas between lines."""
    out, before = "", ""
    for part, text in pieces:
        between = " " if (before, part) in _CLOSE else ", "
        out += (between if out else "") + text.strip(" ,")
        before = part
    return out


def _tell_blank(row: Row, reading: Reading) -> None:
    """Warns once of each column that has cells but no heading."""
    for number in sorted(reading.blank):
        if number <= len(row.cells) and row.cells[number - 1]:
            reading.blank.discard(number)
            reading.at = (row.number, number)
            message = "the column has no heading, so it is not used"
            reading.warn("unused-column", message, "write one above it, or empty the column")


def _extra(row: Row, reading: Reading) -> list[Diagnostic]:
    width = reading.header.width
    beyond = [n for n, cell in enumerate(row.cells[width:], width + 1) if shown(cell)]
    if not beyond:
        return []
    message = f"the row has {len(row.cells)} cells, but the head has {width}"
    hint = "put quotes round a text with a comma in it, or give the column a heading"
    return [_problem("extra-cells", message, hint, row.number, beyond[0], reading)]


def _problem(
    code: str,
    message: str,
    hint: str,
    row: int,
    column: int,
    reading: Reading,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    place = reading.place(row, max(column, 1))
    said = reading.said(row, max(column, 1), brief(message))
    return Diagnostic(code, said, hint, place, severity)
