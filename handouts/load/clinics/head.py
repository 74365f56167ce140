"""Which of a spreadsheet's first rows is its head: titles, notes and dates may stand above it.

Part of ``load``, between the cells (`csv`, `xlsx`) and what the head means (`columns`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.diagnostics import Place, problem
from handouts.load.clinics.cells import Row, shown
from handouts.load.clinics.columns import known_columns
from handouts.load.clinics.words import meant, words
from handouts.load.problems import Problems, nearest


class Score:
    """How much of a row is a head, by the headings that are known."""

    def __init__(self, languages: tuple[str, ...], renamed: Mapping[str, str | None]) -> None:
        """With the languages there are, and headings that are called otherwise."""
        self.languages, self.renamed = languages, renamed

    def __call__(self, headings: Sequence[str]) -> int:
        """How many of the headings are known."""
        return known_columns(headings, self.languages, self.renamed)


def head_of(first: Sequence[Row], said: str, score: Score, problems: Problems) -> Row:
    """The row with most known headings, two at least; or with the only one if that is the name.

    Raises:
        HandoutsError: when none of the first rows is a head.
    """
    if not first:
        message = f"{said} is empty"
        raise problem("empty-file", message, "write a head and a row for each clinic", Place(said))
    known = [score([shown(cell) for cell in row.cells]) for row in first]
    best = known.index(max(known))
    if known[best] < 2:
        broken = next((row for row in first if row.wrong), None)
        if broken is not None and broken.wrong is not None:
            place = Place(said, broken.number, 1)
            raise problem(broken.wrong.code, broken.wrong.message, broken.wrong.hint, place)
        return _alone(first, said)
    _tell_above(first, known, best, said, problems)
    return first[best]


def _tell_above(
    first: Sequence[Row], known: Sequence[int], best: int, said: str, problems: Problems
) -> None:
    """Warns of rows between something like a head and the one that is better."""
    other = next(n for n, one in enumerate(known) if one > 1)
    if best - other > 1:
        head, like = first[best].number, first[other].number
        message = f"row {head} is read as the head; row {like} looks like one, too"
        hint = "rows between them are not read: put another table on a sheet or file of its own"
        problems.warning("two-heads", message, hint, Place(said, like, 1))


def _alone(first: Sequence[Row], said: str) -> Row:
    """The first row that says nothing but what a name is called."""
    for row in first:
        headings = [one for cell in row.cells if (one := shown(cell))]
        if len(headings) == 1 and meant(headings[0]) == "name" and shown(row.cells[0]):
            return row
    headings = [shown(cell) for cell in first[0].cells if shown(cell)]
    near = next((n for one in headings if (n := nearest(one, words()))), None)
    hint = f"did you mean '{near}'? " if near else ""
    hint += "call the columns name, address, phone, email, web, primary, …; see docs/batch.md"
    message = "no row has headings that are known"
    raise problem("no-head", message, hint, Place(said, first[0].number, 1))
