"""Rows of spreadsheets, held against all that was loaded, before anything is planned.

`handouts.load.clinics.checks` knows the row and the project; `colours` and
`letters` know what sheets are made of. A row with an error is left out, and all its files with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.batch.colours import Contrasts
from handouts.batch.events import Row
from handouts.batch.letters import Letters
from handouts.batch.templates import Template
from handouts.diagnostics import Diagnostic, Severity
from handouts.load.clinics.checks import Checker
from handouts.load.clinics.rows import BadRow
from handouts.load.clinics.sheet import Clinics
from handouts.load.jobs import LoadedBatch
from handouts.model.batch import Clinic
from handouts.model.jobs import Spreadsheet
from handouts.world import World

SHOWN = 20
"""Rows that are told one by one when the batch ends before it began."""


class Rows:
    """Every row of every spreadsheet; once they were gone through, what was wrong with them."""

    def __init__(self, world: World, batch: LoadedBatch, templates: Sequence[Template]) -> None:
        self._world, self._batch, self._templates = world, batch, templates
        self.good = self.bad = 0
        self._first: list[Diagnostic] = []

    def __iter__(self) -> Iterator[Row]:
        self.good = self.bad = 0
        self._first = []
        for key, sheet in self._batch.sheets.items():
            yield from self._of_sheet(key, sheet)

    def told(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the first rows that are left out."""
        return tuple(self._first)

    def _of_sheet(self, key: Spreadsheet, sheet: Clinics) -> Iterator[Row]:
        checker = Checker(self._world, self._batch.project, sheet)
        letters = Letters(self._batch.project, self._world, checker)
        contrasts = Contrasts(self._batch.project, self._world, self._templates, key, checker)
        for item in sheet:
            if isinstance(item, BadRow):
                yield self._left_out(item.diagnostics)
                continue
            told = checker.check(item)
            if not _failed(told):
                told = (*told, *letters.check(item), *contrasts.check(item))
                told = (*told, *self._unserved(item, key, sheet))
            yield self._left_out(told) if _failed(told) else self._kept(item, told)

    def _unserved(self, clinic: Clinic, key: Spreadsheet, sheet: Clinics) -> Iterator[Diagnostic]:
        """A clinic whose languages are none of the batch's gets nothing, which is to be said."""
        makers = (maker for one in self._templates for maker in one.makers)
        if clinic.languages and not any(m.speaks(clinic) for m in makers if m.spreadsheet == key):
            said = ", ".join(clinic.languages)
            yield Diagnostic(
                "nothing-for-clinic",
                f"row {clinic.row}: {clinic.id} gets no file: nothing is made in {said}",
                "add the language to the batch, or mend the cell",
                sheet.place(clinic, "languages"),
                Severity.WARNING,
            )

    def _kept(self, clinic: Clinic, told: tuple[Diagnostic, ...]) -> Row:
        self.good += 1
        return Row(clinic, told)

    def _left_out(self, told: tuple[Diagnostic, ...]) -> Row:
        self.bad += 1
        if self.bad <= SHOWN:
            self._first.extend(told)
        return Row(None, told)


def _failed(told: tuple[Diagnostic, ...]) -> bool:
    return any(one.severity is Severity.ERROR for one in told)


__all__ = ["Rows"]
