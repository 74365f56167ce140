"""The clinics of one spreadsheet, read to its end and kept on disk.

What `opening` gives: it can be run through as often as there are templates, and memory does not
grow with the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handouts.diagnostics import Diagnostic, Place
from handouts.load.clinics.cells import cell_name
from handouts.load.clinics.columns import Header
from handouts.load.clinics.ids import same
from handouts.load.clinics.rows import BadRow
from handouts.load.clinics.spool import Spool
from handouts.model.batch import Clinic


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

    def logo_paths(self) -> Iterator[str]:
        """The paths of all logos, as the values of clinics name them."""
        for clinic in self.good():
            yield from (text for key, text in clinic.values if key == "logo.path")

    def place(self, clinic: Clinic, key: str = "name") -> Place:
        """Where a clinic's row is, or its cell for a key."""
        return Place(self.path, clinic.row, max(self.header.column_of(key), 1))

    def refuse_ids(self, twice: Iterable[int]) -> None:
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
