"""Kashida: Arabic words lengthened at their joins, as scribes justify a line.

Called by `justify`. A word gets at most one elongation, at the best of its joins, made of whole
tatweels; the rest of the slack goes to the spaces. The tatweel is a glyph without text, said
together with the letter before it, so a lengthened word is found and read as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from handouts.model.pages import Glyph
from handouts.typeset.text.clean import is_mark
from handouts.typeset.text.faces import Font
from handouts.typeset.text.fragments import Fragment
from handouts.typeset.text.shaping import shape

_TATWEEL = "\u0640"
_SHARE = 0.5
"""Part of the slack for elongations: taking all of it, they would be in every word."""
_MOST = 2
"""Tatweels in one word."""
_SHORTEST = 3
"""Letters of the shortest word that is lengthened."""

_WORD = re.compile(
    "[\u0620-\u065f\u0670-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ff\u200c\u200d]+"
)
_SEEN = "سشصضۺۻڛښڜڝڞ"
_BEH = "بتثپٹنيیىئںڻټڀٺٿڽ"
_JOINS_ON = _SEEN + _BEH + "جحخچڃڄڇعغڠفڤڦقكکڪگڳڱلڵمهھہطظ"
"""Letters that join the next one."""
_ENDS_JOIN = "اآأإٱدذڈډڌڊرزژڑړړۍېوؤۆۇۋةۃهەۀے"
_ALEF = "اآأإٱ"
_FINAL_FIRST = "ةۃهہھدذڈ"
_FINAL_SECOND = "اآأإلكکگڪط"


class Join(NamedTuple):
    """A join between the letters at two places of the text; the best have the lowest rank."""

    rank: int
    before: int
    after: int


@dataclass(slots=True)
class Elongation:
    """Tatweels to go in before a glyph of a fragment (which is visually on its left).

    `letter`: text of the cluster they belong to, said by ActualText over it and them.
    """

    fragment: Fragment
    join: Join
    letter: str
    glyph: Glyph
    count: int = 1

    @property
    def width(self) -> float:
        """What the line gains."""
        return self.glyph.advance * self.count

    def apply(self) -> None:
        """Puts the tatweels in."""
        part, count = self.fragment, self.count
        at = part.clusters.index(self.join.before)
        end = at + part.clusters.count(self.join.before)
        part.glyphs[at:at] = [self.glyph] * count
        part.clusters[at:at] = [self.join.before] * count
        actual = [(a, b, t) if a < at else (a + count, b + count, t) for a, b, t in part.actual]
        others = [said for said in actual if not at <= said[0] < end + count]
        part.actual = sorted([*others, (at, end + count, self.letter)])


def elongations(text: str, parts: Sequence[Fragment], slack: float) -> list[Elongation]:
    """The elongations a line gets: the best joins first, then a second tatweel in each."""
    room = slack * _SHARE
    chosen: list[Elongation] = []
    for each in sorted(_candidates(text, parts), key=lambda e: (e.join.rank, -e.join.before)):
        if each.width <= room:
            chosen.append(each)
            room -= each.width
    for _ in range(1, _MOST):
        for each in chosen:
            if each.glyph.advance <= room:
                each.count += 1
                room -= each.glyph.advance
    return chosen


def _candidates(text: str, parts: Sequence[Fragment]) -> Iterator[Elongation]:
    """One elongation for every word that has a join the font can lengthen."""
    arabic = [part for part in parts if part.run.script == "Arab" and part.level & 1]
    if not arabic:
        return
    start, end = min(p.start for p in arabic), max(p.end for p in arabic)
    for word in _WORD.finditer(text, start, end):
        joins = sorted(_joins(text, *word.span()), key=lambda join: (join.rank, -join.before))
        found = (_elongation(text, part, join) for join in joins for part in arabic)
        best = next((each for each in found if each is not None), None)
        if best is not None:
            yield best


def _elongation(text: str, part: Fragment, join: Join) -> Elongation | None:
    """The join in this fragment, unless a ligature covers it or the font has no tatweel."""
    if not part.start <= join.before < join.after < part.end:
        return None
    glyph = _tatweel(part.run.face.font)
    both = join.before in part.clusters and join.after in part.clusters
    letter = text[join.before : join.after]
    return Elongation(part, join, letter, glyph) if glyph and both else None


def _joins(text: str, start: int, end: int) -> Iterator[Join]:
    """The joins of a word that may be lengthened."""
    letters = [at for at in range(start, end) if not is_mark(text[at])]
    if len(letters) < _SHORTEST or _TATWEEL in text[start:end]:
        return
    for before, after in pairwise(letters):
        one, other = text[before], text[after]
        parted = "\u200c" in text[before:after]
        joined = one in _JOINS_ON and (other in _JOINS_ON or other in _ENDS_JOIN)
        if joined and not parted and not (one in "لڵ" and other in _ALEF):
            rank = _rank(one, other, after == letters[-1])
            if rank:
                yield Join(rank, before, after)


def _rank(one: str, other: str, final: bool) -> int:
    """How good a join is to lengthen: 1 is best, 0 is not at all."""
    if one in _SEEN:
        return 1
    if final and other in _FINAL_FIRST:
        return 2
    if final and other in _FINAL_SECOND:
        return 3
    return 4 if one in _BEH or other in _BEH else 0


@lru_cache(maxsize=64)
def _tatweel(font: Font) -> Glyph | None:
    """The font's tatweel if it stands on the line and leaves its neighbours as they are.

    In a sloping hand such as Nastaliq it does not, and words are not lengthened.
    """
    if not font.covers(f"\u0628{_TATWEEL}"):
        return None
    plain = shape("\u0628\u0628", "", "", font, "Arab", True, "ar").glyphs
    long = shape(f"\u0628{_TATWEEL}\u0628", "", "", font, "Arab", True, "ar")
    sides = [g.gid for g, c in zip(long.glyphs, long.clusters, strict=True) if c != 1]
    middle = [g for g, c in zip(long.glyphs, long.clusters, strict=True) if c == 1]
    if sides != [glyph.gid for glyph in plain] or len(middle) != 1 or middle[0].advance <= 0:
        return None
    return middle[0]._replace(text="")
