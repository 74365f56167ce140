"""A spreadsheet of clinics, each row a brand laid over another: CSV, TSV or XLSX.

``open_clinics`` reads the file once, to its end, into a temporary file; what it gives can be run
through as often as there are templates, and memory does not grow with the rows. The steps are
`clinic_csv` and `clinic_xlsx` (cells), `clinic_columns` (the head), `clinic_values` and
`clinic_rows` (a row), `clinic_checks` (against everything else that was loaded), `clinic_brand`
(the brand a document is made with).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity, problem
from handouts.load.clinic_brand import Logos, branded
from handouts.load.clinic_cells import Row, Rows, cell_name, shown
from handouts.load.clinic_checks import Checker, check_clinic
from handouts.load.clinic_columns import (
    HEAD_ROWS,
    Column,
    Header,
    check_renamed,
    header,
    known_columns,
    letter,
)
from handouts.load.clinic_csv import encoding
from handouts.load.clinic_csv import rows as csv_rows
from handouts.load.clinic_ids import Distinct, same
from handouts.load.clinic_logos import ClinicLogos, read_logo
from handouts.load.clinic_rows import MANY, BadRow, Reading, clinic_of
from handouts.load.clinic_spool import Spool
from handouts.load.clinic_words import meant, words
from handouts.load.clinic_xlsx import Workbook
from handouts.load.problems import Problems, nearest
from handouts.load.spots import Spot
from handouts.model.batch import Clinic
from handouts.world import World

_OLD = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel 97, or one with a password, begins."""


@dataclass(slots=True)
class Clinics:
    """The clinics of a spreadsheet, kept on disk; what is worth saying about the file as such.

    `header` tells which columns are used and which are not. Running through gives each row as a
    `Clinic`, or as a `BadRow` with what is wrong with it. `tags` are the languages the rows ask
    for; `rows` counts them, `bad` those that cannot be used.
    """

    path: str
    folder: Path
    header: Header
    book: bool
    languages: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    tags: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    rows: int = 0
    bad: int = 0
    _spool: Spool = field(default_factory=Spool, repr=False)
    _twice: dict[int, list[int]] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Clinic | BadRow]:
        """Every row, in order."""
        for item in self._spool:
            if isinstance(item, Clinic) and self._twice:
                rows = self._twice.get(same(item.id))
                yield item if rows is None else self._doubled(item, rows)
            else:
                yield item

    def good(self) -> Iterator[Clinic]:
        """The clinics of rows that can be used, as far as the spreadsheet itself tells."""
        return (item for item in self if isinstance(item, Clinic))

    def logos(self, world: World) -> ClinicLogos:
        """The logos the rows name, read when they are asked for."""
        return ClinicLogos(world, self.folder, self.logo_paths())

    def logo_paths(self) -> Iterator[str]:
        """The paths of all logos, as the values of clinics name them."""
        for clinic in self.good():
            yield from (text for key, text in clinic.values if key == "logo.path")

    def refuse_ids(self, twice: Mapping[int, list[int]]) -> None:
        """Takes out the clinics whose ids (by `same`) are also in another spreadsheet."""
        self._twice.update({digest: [] for digest in twice if digest not in self._twice})

    def _doubled(self, clinic: Clinic, rows: Sequence[int]) -> BadRow:
        column = self.header.column_of("id") or self.header.column_of("name")
        place = Place(self.path, clinic.row, max(column, 1))
        others = [str(row) for row in rows if row != clinic.row]
        where = (
            f"row {clinic.row} and row {', '.join(others[:5])}" if others else "two spreadsheets"
        )
        message = f"{where} have the same id '{clinic.id}'"
        if others and len(others) > 5:
            message = f"row {clinic.row} and {len(others)} others have the same id '{clinic.id}'"
        if self.book:
            message = f"{cell_name(clinic.row, max(column, 1))}: {message}"
        hint = "give each an id of its own in a column 'id'"
        return BadRow(clinic.row, (Diagnostic("duplicate-id", message, hint, place),))


def open_clinics(
    world: World,
    path: Path,
    *,
    folder: Path | None = None,
    sheet: str | None = None,
    columns: Mapping[str, str | None] = {},
    spot: Spot | None = None,
    base: str = "default",
    brands: Sequence[str] = ("default",),
    languages: Sequence[str] = ("en",),
) -> Clinics:
    """Reads a spreadsheet; rows that cannot be used do not stop it.

    Args:
        world: the outside world.
        path: the file.
        folder: the one logos are to stay in and are named from; without it the file's own.
        sheet: which sheet of a workbook; without it the first with clinics.
        columns: headings that are called otherwise, and the keys they mean (None: not used).
        spot: where `columns` stands in the job file.
        base: the id of the brand under rows that name none.
        brands: ids of all brands there are.
        languages: tags of all languages there are.

    Raises:
        HandoutsError: when the file cannot be read, has no head, or no column of names.
    """
    said = world.shown(path)
    folder = path.parent if folder is None else folder
    problems = Problems()
    score = _Score(tuple(languages), columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about what it would lose in saving
        if _is_workbook(path, said):
            book = Workbook(path, said, sheet, score)
            with closing(book):
                found = _read(
                    book.rows(), said, path, folder, score, spot, problems, base, brands, book
                )
        else:
            _refuse_sheet(sheet, said)
            coded = encoding(path, said, problems)
            rows = csv_rows(path, said, coded, score)
            found = _read(rows, said, path, folder, score, spot, problems, base, brands, None)
    return found


class _Score:
    """How much of a row is a head, by the headings that are known."""

    def __init__(self, languages: tuple[str, ...], renamed: Mapping[str, str | None]) -> None:
        self.languages, self.renamed = languages, renamed

    def __call__(self, headings: Sequence[str]) -> int:
        return known_columns(headings, self.languages, self.renamed)


def _is_workbook(path: Path, said: str) -> bool:
    """By what the file begins with, since it may be called anything."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        message = f"there is no file {said}" if missing else f"{said}: {error.strerror}"
        code = "no-such-file" if missing else "unreadable-file"
        raise problem(code, message, "", Place(said), ExitCode.FILE) from None
    if not start:
        raise problem("empty-file", f"{said} is empty", "save it again", Place(said))
    if start == _OLD:
        message = f"{said} is an old workbook (.xls), or has a password"
        hint = "save it as .xlsx without a password, or as CSV UTF-8"
        raise problem("unreadable-file", message, hint, Place(said))
    return start.startswith(b"PK")


def _refuse_sheet(sheet: str | None, said: str) -> None:
    if sheet is not None:
        message = f"{said} is no workbook, so it has no sheet '{sheet}'"
        raise problem("no-effect", message, "take sheet: out", Place(said))


def _read(
    rows: Rows,
    said: str,
    path: Path,
    folder: Path,
    score: _Score,
    spot: Spot | None,
    problems: Problems,
    base: str,
    brands: Sequence[str],
    book: Workbook | None,
) -> Clinics:
    first = list(islice(rows, HEAD_ROWS))
    head = _head(first, said, score)
    cells = [shown(cell) for cell in head.cells]
    places = {name: spot.at((name,), key=True) for name in score.renamed} if spot else {}
    check_renamed(score.renamed, cells, places, problems)
    found = header(head.number, cells, score.languages, score.renamed, said, problems)
    problems.stop()
    _tell_hidden(found, book, said, problems)
    prefix = _prefix(path, folder)
    reading = Reading(said, found, score.languages, brands, base, prefix, book is not None)
    clinics = Clinics(said, folder, found, book is not None, score.languages)
    below = (row for row in chain(first, rows) if row.number > head.number)
    _spooled(clinics, below, head, reading)
    if not clinics.rows:
        message = f"{said} has no clinics below its head"
        raise problem("empty-file", message, "add a row for each", Place(said, head.number, 1))
    told = _counted(reading)
    clinics.diagnostics = tuple(sorted((*problems.found, *told), key=Diagnostic.sort_key))
    return clinics


def _spooled(clinics: Clinics, rows: Rows, head: Row, reading: Reading) -> None:
    """Reads all rows; notes what the whole file has: languages, brands, ids there twice."""
    ids, tags, bases = Distinct(), dict[str, None](), dict[str, None]()
    for row in rows:
        if row.cells[: len(head.cells)] == head.cells:
            continue  # The head again, as printed lists have it on every page.
        item = clinic_of(row, reading)
        clinics._spool.append(item)
        clinics.rows += 1
        if isinstance(item, BadRow):
            clinics.bad += 1
            continue
        ids.add(item.id)
        if item.languages:
            tags.update(dict.fromkeys(item.languages))
        bases[item.base] = None
    clinics.tags, clinics.bases = tuple(tags), tuple(bases)
    twice = ids.twice()
    if twice:
        for item in clinics._spool:
            if isinstance(item, Clinic) and same(item.id) in twice:
                clinics._twice.setdefault(same(item.id), []).append(item.row)
                clinics.bad += 1


def _head(first: Sequence[Row], said: str, score: _Score) -> Row:
    """The first row with two known headings, or with the only one when that is the name."""
    if not first:
        message = f"{said} is empty"
        raise problem("empty-file", message, "write a head and a row for each clinic", Place(said))
    alone = None
    for row in first:
        headings = [shown(cell) for cell in row.cells]
        known = score(headings)
        if known > 1:
            return row
        if (
            known
            and alone is None
            and sum(map(bool, headings)) == 1
            and meant(headings[0]) == "name"
        ):
            alone = row
    if alone is not None:
        return alone
    headings = [shown(cell) for cell in first[0].cells if shown(cell)]
    near = next((n for one in headings if (n := nearest(one, words()))), None)
    hint = f"did you mean '{near}'? " if near else ""
    hint += "call the columns name, address, phone, email, web, primary, …; see docs/batch.md"
    message = "no row has headings that are known"
    raise problem("no-head", message, hint, Place(said, first[0].number, 1))


def _prefix(path: Path, folder: Path) -> str:
    """The way from the folder logos are named from to that of the spreadsheet."""
    if path.parent == folder:
        return ""
    try:
        inside = path.parent.relative_to(folder).as_posix()
    except ValueError:
        return ""
    return "" if inside == "." else inside


def _tell_hidden(found: Header, book: Workbook | None, said: str, problems: Problems) -> None:
    for column in found.columns:
        if book is not None and column.number in book.hidden:
            message = f"{letter(column.number)}: the hidden column '{column.heading}' is used"
            hint = "delete it if it is not meant, or show it"
            problems.warning("hidden-column", message, hint, Place(said, found.row, column.number))


def _counted(reading: Reading) -> list[Diagnostic]:
    """The warnings about cells, with a last one for each kind that was not told to the end."""
    found = list(reading.warnings)
    for (code, column), count in reading.told.items():
        if count > MANY:
            message = f"{letter(column)}: {count - MANY} more cells of this column are alike"
            place = reading.place(reading.header.row, column)
            found.append(Diagnostic(code, message, "", place, Severity.WARNING))
    return found


def logo_of(world: World, clinics: Clinics, clinic: Clinic) -> Mapping[str, object]:
    """The logo of one clinic by its path, or nothing when it has none.

    Raises:
        HandoutsError: when it cannot be read.
    """
    path = dict(clinic.values).get("logo.path")
    return {} if path is None else {path: read_logo(world, clinics.folder, path)}


__all__ = [
    "BadRow",
    "Checker",
    "ClinicLogos",
    "Clinics",
    "Column",
    "Header",
    "Logos",
    "branded",
    "check_clinic",
    "logo_of",
    "open_clinics",
    "read_logo",
]
