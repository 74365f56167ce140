"""Fit steps: what is tried, in order, until every section keeps to its number of pages.

Spacing and type are chosen for the whole document, so that the sheets of one course look
alike; what is dropped is decided section by section.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.document import Box, Document, FitStep, Section
from handouts.typeset.boxes.laid import Pile
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.fields import Fields
from handouts.typeset.flow import Count, Flowed, flow
from handouts.typeset.frames import Framer
from handouts.typeset.prune import without
from handouts.typeset.shaping import Shaping


class Level(NamedTuple):
    """All fit steps up to one, taken together."""

    spacing: float = 1.0
    type: float = 1.0
    dropped: frozenset[str] = frozenset()
    pages: int | None = None


class Fitted(NamedTuple):
    """A section as it came out, and what was dropped for it."""

    section: Section
    flowed: Flowed
    dropped: frozenset[str]


def levels(steps: Sequence[FitStep]) -> tuple[Level, ...]:
    """No step, the first step, the first two … The last factor counts, drops add up."""
    result = [Level()]
    for step in steps:
        last = result[-1]
        result.append(
            Level(
                last.spacing if step.spacing is None else step.spacing,
                last.type if step.type is None else step.type,
                last.dropped | frozenset(step.drop),
                step.pages if step.pages is not None else last.pages,
            )
        )
    return tuple(result)


class Fitter:
    """Fits a document's sections; keeps measurements between passes and steps."""

    def __init__(self, document: Document, shaping: Shaping) -> None:
        self._document = document
        self._shaping = shaping
        self._levels = levels(document.fit)
        self._fields = Fields(document.digits)
        self._measurers: dict[tuple[float, float], Measurer] = {}
        self._bodies: dict[tuple[int, frozenset[str]], Box] = {}
        self._framers: dict[tuple[int, frozenset[str], float, float], Framer] = {}

    def fit(self, counts: Sequence[int], *, settled: bool = True) -> tuple[Fitted, ...]:
        """All sections, under the weakest common spacing and type that suits all of them.

        `counts` are the sections' page counts as an earlier pass found them.
        """
        places = _places(counts, settled)
        pairs = list(zip(self._document.sections, places, strict=True))
        first = [self._weakest(section, place, None) for section, place in pairs]
        strongest = max((level for level, _ in first), default=0)
        if strongest == 0:
            return tuple(fitted for _, fitted in first)
        shared = self._levels[strongest]
        return tuple(self._weakest(section, place, shared)[1] for section, place in pairs)

    def _weakest(self, section: Section, count: Count, shared: Level | None) -> tuple[int, Fitted]:
        """The first level that works, or the last; `shared` fixes spacing and type."""
        last = len(self._levels) - 1
        for number, level in enumerate(self._levels):
            if shared is not None:
                level = level._replace(spacing=shared.spacing, type=shared.type)
            fitted = self._try(section, count, level)
            if number == last or not fitted.flowed.shortfalls:
                return number, fitted
        raise AssertionError("there is always the level without steps")

    def _try(self, section: Section, count: Count, level: Level) -> Fitted:
        measurer = self._measurer(level)
        limit = section.max_pages
        if limit is not None and level.pages is not None:
            limit = level.pages
        key = (id(section), level.dropped)
        if key not in self._bodies:
            self._bodies[key] = without(section.body, level.dropped) or Pile(units=())
        place = (*key, level.spacing, level.type)
        if place not in self._framers:
            self._framers[place] = Framer(
                self._document, section, level.dropped, measurer, self._fields
            )
        body, framer = self._bodies[key], self._framers[place]
        flowed = flow(body, framer, measurer, self._fields, count, limit)
        return Fitted(section, flowed, level.dropped)

    def _measurer(self, level: Level) -> Measurer:
        key = (level.spacing, level.type)
        if key not in self._measurers:
            self._measurers[key] = Measurer(self._shaping, *key)
        return self._measurers[key]


def _places(counts: Sequence[int], settled: bool) -> list[Count]:
    total, before, result = sum(counts), 0, []
    for own in counts:
        result.append(Count(before, own, total, settled))
        before += own
    return result
