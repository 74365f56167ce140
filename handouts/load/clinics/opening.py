"""Opens a spreadsheet of clinics and reads it, once and to its end: see `open_clinics`.

Part of ``load``; the head is found here, rows are read by `rows`.
"""

from __future__ import annotations

import errno
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, Severity, problem
from handouts.load.clinics.cells import Row, Rows, letter, shown
from handouts.load.clinics.columns import (
    HEAD_ROWS,
    Header,
    check_renamed,
    header,
)
from handouts.load.clinics.csv import rows as csv_rows
from handouts.load.clinics.encodings import encoding
from handouts.load.clinics.head import Score, head_of
from handouts.load.clinics.ids import Distinct, same
from handouts.load.clinics.merged import filled
from handouts.load.clinics.rows import MANY, BadRow, Reading, clinic_of
from handouts.load.clinics.sheet import Clinics
from handouts.load.clinics.xlsx import Workbook
from handouts.load.problems import Problems
from handouts.load.spots import Spot
from handouts.model.batch import Clinic
from handouts.world import World

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OLD = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel 97, or one with a password, begins."""


def open_clinics(
    world: World,
    path: Path,
    *,
    folder: Path | None = None,
    sheet: str | None = None,
    coded: str | None = None,
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
        coded: the encoding of a CSV that has no mark; without it, what its bytes look like.
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
    score = Score(tuple(languages), columns)
    with warnings.catch_warnings(), _steady(path, said):
        warnings.simplefilter("ignore")  # openpyxl's, about what it would lose in saving
        if _is_workbook(path, said):
            _refuse_encoding(coded, said)
            book = Workbook(path, said, sheet, score, problems)
            with closing(book):
                return _read(
                    book.rows(), said, path, folder, score, spot, problems, base, brands, book
                )
        _refuse_sheet(sheet, said)
        rows = csv_rows(path, said, encoding(path, said, coded, problems), score)
        try:
            return _read(rows, said, path, folder, score, spot, problems, base, brands, None)
        except UnicodeError:  # Of codecs that cannot put a sign in the place of what is none.
            hint = "say the encoding it was saved in, or take encoding: out"
            raise _unreadable(f"{said} cannot be read as {coded}", hint, said) from None


@contextmanager
def _steady(path: Path, said: str) -> Iterator[None]:
    """Refuses a file that cannot be read to its end, or is another at its end."""
    try:
        before = path.stat()
        if not S_ISREG(before.st_mode):
            what = "a folder" if S_ISDIR(before.st_mode) else "no ordinary file"
            raise _unreadable(f"{said} is {what}", "name a CSV or XLSX file", said)
        yield
        after = path.stat()
    except FileNotFoundError:
        message = f"there is no file {said}"
        raise problem(
            "no-such-file",
            message,
            "mend its name, or put the file there",
            Place(said),
            ExitCode.FILE,
        ) from None
    except OSError as error:
        if error.errno in _FULL:  # Reading needs no room, but the rows are kept aside.
            message = f"no room to keep the rows of {said} while the batch runs: {error.strerror}"
            raise _unreadable(message, "free space on the disk of temporary files", said) from None
        hint = "close it in other programs, and see who may read it"
        raise _unreadable(f"{said} cannot be read: {error.strerror}", hint, said) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        message = f"{said} was changed while it was being read"
        raise _unreadable(message, "save it, and run the command again", said)


def _unreadable(message: str, hint: str, said: str) -> HandoutsError:
    return problem("unreadable-file", message, hint, Place(said), ExitCode.FILE)


def _is_workbook(path: Path, said: str) -> bool:
    """By what the file begins with, since it may be called anything."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise problem("empty-file", f"{said} is empty", "save it again", Place(said))
    if start == _OLD:
        message = f"{said} is an old workbook (.xls), or has a password"
        hint = "save it as .xlsx without a password, or as CSV UTF-8"
        raise problem("unreadable-file", message, hint, Place(said))
    return start.startswith(b"PK")


def _refuse_encoding(coded: str | None, said: str) -> None:
    if coded is not None:
        message = f"{said} is a workbook, which says its encoding itself"
        raise problem("no-effect", message, "take encoding: out", Place(said))


def _refuse_sheet(sheet: str | None, said: str) -> None:
    if sheet is not None:
        message = f"{said} is no workbook, so it has no sheet '{sheet}'"
        raise problem("no-effect", message, "take sheet: out", Place(said))


def _read(
    rows: Rows,
    said: str,
    path: Path,
    folder: Path,
    score: Score,
    spot: Spot | None,
    problems: Problems,
    base: str,
    brands: Sequence[str],
    book: Workbook | None,
) -> Clinics:
    first = list(islice(rows, HEAD_ROWS))
    head = head_of(first, said, score, problems)
    cells = [shown(cell) for cell in head.cells]
    places = {name: spot.at((name,), key=True) for name in score.renamed} if spot else {}
    check_renamed(score.renamed, cells, places, problems)
    problems.stop()  # What the columns mean is not known before that is mended.
    found = header(head.number, cells, score.languages, score.renamed, said, problems)
    problems.stop()
    _tell_hidden(found, book, said, problems)
    prefix = _prefix(path, folder)
    reading = Reading(said, found, score.languages, brands, base, prefix, book is not None)
    reading.blank = {n for n, heading in enumerate(cells[: found.width], 1) if not heading}
    clinics = Clinics(said, folder, found, book is not None, score.languages)
    below: Rows = (row for row in chain(first, rows) if row.number > head.number)
    if book is not None and (merged := book.merged()):
        below = filled(below, merged, head.number)
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
    hidden = _Hidden()
    for row in rows:
        if row.cells[: len(head.cells)] == head.cells:
            continue  # The head again, as printed lists have it on every page.
        if row.hidden:
            hidden.add(row.number)
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
    hidden.tell(reading)
    clinics.tags, clinics.bases = tuple(tags), tuple(bases)
    twice = ids.twice()
    if twice:
        for item in clinics._spool:
            if isinstance(item, Clinic) and same(item.id) in twice:
                clinics._twice.setdefault(same(item.id), []).append(item.row)
                clinics.bad += 1


class _Hidden:
    """Rows that a filter or a person hid: they are read, which may not be meant."""

    def __init__(self) -> None:
        self._first: list[int] = []
        self._count = 0

    def add(self, row: int) -> None:
        """Notes a row."""
        self._count += 1
        if self._count <= 5:
            self._first.append(row)

    def tell(self, reading: Reading) -> None:
        """Warns of all of them at once."""
        if not self._count:
            return
        said = ", ".join(map(str, self._first))
        said += f" and {self._count - 5:,} more" if self._count > 5 else ""
        message = f"hidden rows are read too: {said}"
        hint = "delete them if they are not meant, or show them"
        place = reading.place(self._first[0], 1)
        warning = Diagnostic("hidden-row", message, hint, place, Severity.WARNING)
        reading.warnings.append(warning)


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


__all__ = ["Clinics", "open_clinics"]
