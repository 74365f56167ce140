"""Fit steps: what is tried, in order, until every section keeps to its number of pages.

Spacing and type are chosen for the whole document, so that the sheets of one course look
alike; what is dropped is decided section by section.

A step that tightens is taken to work wherever the one before it works. That lets the search
jump to the level it expects from how much room was missing and then walk to the first that
works, instead of setting the document under every level. Levels past one that loosens (a step
may give back spacing for a page) are tried one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from handouts.model.document import Box, Document, FitStep, Section
from handouts.typeset.boxes.laid import Pile
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.fields import Fields
from handouts.typeset.flow import Count, Flowed, flow
from handouts.typeset.frames import Framer
from handouts.typeset.prune import without
from handouts.typeset.shaping import Shaping

_SURER = 0.97
"""What is saved more than is missing, where a level is guessed: so fewest have to be tried."""

_FAR = 1 / 3
"""Part of what the body grows from one level to another that must be too much for it to be so
beyond doubt."""


class Level(NamedTuple):
    """All fit steps up to one, taken together."""

    spacing: float = 1.0
    type: float = 1.0
    dropped: frozenset[str] = frozenset()
    pages: int | None = None
    flows: bool = False
    """Whether a sidebar may go on on the next page."""


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
                last.flows or step.sidebar == "flow",
            )
        )
    return tuple(result)


class Fitter:
    """Fits a document's sections; keeps measurements between passes and steps."""

    def __init__(
        self, document: Document, shaping: Shaping, new: Callable[..., Measurer] = Measurer
    ) -> None:
        """`new` makes the measurer for a spacing and a type factor."""
        self._document = document
        self._shaping = shaping
        self._new = new
        self._levels = levels(document.fit)
        self._tightening = _tightening(self._levels)
        self._level = 0
        self._fields = Fields(document.digits)
        self._measurers: dict[tuple[float, float], Measurer] = {}
        self._bodies: dict[tuple[int, frozenset[str]], Box] = {}
        self._framers: dict[tuple[int, frozenset[str], float, float, bool], Framer] = {}
        self._flows: dict[tuple[int, Level], Fitted] = {}

    def fit(
        self,
        counts: Sequence[int],
        *,
        settled: bool = True,
        before: int = 0,
        total: int | None = None,
    ) -> tuple[Fitted, ...]:
        """All sections, under the weakest common spacing and type that suits all of them.

        `counts` are the sections' page counts as an earlier pass found them; the search begins
        at the level that pass ended with. In a pack there are `before` pages in front of the
        document, and `total` in all.
        """
        self._flows.clear()
        places = _places(counts, settled, before, total)
        pairs = list(zip(self._document.sections, places, strict=True))
        self._level = self._common(pairs)
        shared = self._levels[self._level]
        return tuple(self._weakest(section, place, shared) for section, place in pairs)

    def _common(self, pairs: Sequence[tuple[Section, Count]]) -> int:
        """The first level that works for all sections, or the last."""
        level = self._level
        for section, count in pairs:
            level = self._raised(section, count, level)
        if level == self._level:
            while level and all(self._works(*pair, level - 1) for pair in pairs):
                level -= 1
        return level

    def _raised(self, section: Section, count: Count, level: int) -> int:
        """The first level from `level` on that works for a section, or the last."""
        last = len(self._levels) - 1
        if level == last or self._works(section, count, level):
            return level
        guess = self._guess(level, self._try(section, count, self._levels[level]).flowed)
        if not self._works(section, count, guess):
            while guess < last and not self._works(section, count, guess):
                guess += 1
            return guess
        while guess > level + 1 and not self._too_high(section, count, level, guess):
            if not self._works(section, count, guess - 1):
                break
            guess -= 1
        return guess

    def _too_high(self, section: Section, count: Count, level: int, guess: int) -> bool:
        """Whether the body is far too high under the level before `guess`.

        Told from `level`, under which it lacks room, and from `guess`, under which it does not.
        Of a body on several pages it cannot be told: who knows what is left at their ends?
        """
        loose, asked, tight = (self._levels[one] for one in (level, guess - 1, guess))
        short, fitting = (self._try(section, count, one).flowed for one in (loose, tight))
        lacks, leaves = short.room, fitting.room
        one_page = len(short.pages) == len(fitting.pages) == 1
        same = tight._replace(spacing=loose.spacing, type=loose.type) == loose
        if not one_page or not same or lacks is None or leaves is None:
            return False
        saved = _height(loose) - _height(tight)
        grown = (leaves - lacks) * (_height(asked) - _height(tight)) / saved if saved > 0 else 0.0
        return grown - leaves > _FAR * grown

    def _works(self, section: Section, count: Count, level: int) -> bool:
        return not self._try(section, count, self._levels[level]).flowed.shortfalls

    def _guess(self, level: int, flowed: Flowed) -> int:
        """The level that should save the room that is missing, as far as levels only tighten."""
        short = flowed.shortfalls[0]
        height = len(flowed.pages) * self._document.paper.height
        if short.kind == "pages" and height:
            wanted = _SURER * _height(self._levels[level]) * height / (height + short.amount)
            for number in range(level + 1, self._tightening):
                if _height(self._levels[number]) <= wanted:
                    return number
        return level + 1

    def _weakest(self, section: Section, count: Count, shared: Level) -> Fitted:
        """Under the spacing and type of `shared`: the first level that works, or the last."""
        for level in self._levels:
            level = level._replace(spacing=shared.spacing, type=shared.type)
            fitted = self._try(section, count, level)
            if not fitted.flowed.shortfalls:
                break
        return fitted

    def _try(self, section: Section, count: Count, level: Level) -> Fitted:
        """The section under a level; kept, for the search comes by the same ones again."""
        key = (id(section), level)
        if key not in self._flows:
            self._flows[key] = self._flowed(section, count, level)
        return self._flows[key]

    def _flowed(self, section: Section, count: Count, level: Level) -> Fitted:
        measurer = self._measurer(level)
        limit = section.max_pages
        if limit is not None and level.pages is not None:
            limit = level.pages
        key = (id(section), level.dropped)
        if key not in self._bodies:
            self._bodies[key] = without(section.body, level.dropped) or Pile(units=())
        place = (*key, level.spacing, level.type, level.flows)
        if place not in self._framers:
            self._framers[place] = Framer(
                self._document, section, level.dropped, measurer, self._fields, flows=level.flows
            )
        body, framer = self._bodies[key], self._framers[place]
        flowed = flow(body, framer, measurer, self._fields, count, limit)
        return Fitted(section, flowed, level.dropped)

    def _measurer(self, level: Level) -> Measurer:
        key = (level.spacing, level.type)
        if key not in self._measurers:
            self._measurers[key] = self._new(self._shaping, *key)
        return self._measurers[key]


def _height(level: Level) -> float:
    """A rule of thumb for how high a text becomes: smaller type takes fewer lines, too."""
    return math.pow(level.type, 1.2) * (0.45 + 0.55 * level.spacing)


def _tightening(levels: Sequence[Level]) -> int:
    """How many levels from the first on do nothing but tighten."""
    for number, (before, level) in enumerate(pairwise(levels), 1):
        if level.spacing > before.spacing or level.type > before.type:
            return number
    return len(levels)


def _places(counts: Sequence[int], settled: bool, before: int, total: int | None) -> list[Count]:
    total, result = sum(counts) if total is None else total, []
    for own in counts:
        result.append(Count(before, own, total, settled))
        before += own
    return result
