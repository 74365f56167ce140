"""Lines of a given measure: first fit at the places `breaks` allows.

Between `setting` and `paragraph`. No line is wider than the measure unless one grapheme
cluster is: what a cut changes in shape is measured again before a line is accepted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from handouts.typeset.text.breaks import graphemes
from handouts.typeset.text.clean import LINE_END
from handouts.typeset.text.content import ReadyLine, width_of
from handouts.typeset.text.setting import Setting
from handouts.typeset.text.squares import MOST_GIVEN

_TOLERANCE = 1e-6
_SHORT = 0.22
"""A last line shorter than this share of the measure looks like a leftover."""
_LONG = 0.5
"""The line before it gives words away only while it keeps this share."""

_FULL = 0.9
"""A line that fills this share of the measure needs no hyphen."""
_LADDER = 2
"""Lines one under another that may end with a hyphen."""


class Line(NamedTuple):
    """Characters [start, end) of a paragraph's text; `width` in 1/1000 em.

    The width leaves out white space at the end. `last`: the paragraph or a hard line ends here.
    `ready`: what stands on it, where that is known beforehand.
    """

    start: int
    end: int
    width: float
    last: bool
    ready: ReadyLine | None = None


def lines(setting: Setting, measure: float, start: int, *, hyphenate: bool) -> tuple[Line, ...]:
    """The lines of the text from `start`; none for an empty text.

    With `hyphenate` words are broken where the line would stay too short, but not on three
    lines in a row; without, only a word that does not fit on a line is.
    """
    found: list[Line] = []
    text, size = setting.text, len(setting.text)
    while start < size:
        hard = text.find(LINE_END, start) + 1 or size
        while start < hard:
            may = hyphenate and not _is_ladder(setting, found)
            end = _next(setting, measure, start, hard, may)
            found.append(Line(start, end, width_of(setting, start, end), end == hard))
            start = end
        _fill_last(setting, measure, found)
    return tuple(found)


def _is_ladder(setting: Setting, found: Sequence[Line]) -> bool:
    """Whether the lines before end with as many hyphens as may stand one under another."""
    ends = [line.end for line in found[-_LADDER:]]
    return len(ends) == _LADDER and all(setting.hyphen(end) for end in ends)


def _fill_last(setting: Setting, measure: float, found: list[Line]) -> None:
    """A last line of next to nothing takes the end of the line before, if that stays long."""
    if len(found) < 2 or found[-2].last or found[-1].width >= _SHORT * measure:
        return
    before, last = found[-2:]
    places = _between(setting.phrases, before.start, before.end - 1)
    for place in reversed(places):
        first = width_of(setting, before.start, place)
        rest = width_of(setting, place, last.end)
        if first < rest or first < _LONG * measure or rest > measure:
            return
        if rest >= _SHORT * measure:
            found[-2:] = [
                Line(before.start, place, first, False),
                Line(place, last.end, rest, True),
            ]
            return


def _next(setting: Setting, measure: float, start: int, hard: int, hyphenate: bool) -> int:
    """Where the line that begins at `start` ends."""
    limit = measure + _TOLERANCE
    if width_of(setting, start, hard) <= limit:
        return hard
    usual, soft, reluctant = setting.breaks
    places = _between(usual, start, hard)
    end = _last_fitting(setting, start, places, limit)
    if end is not None and hyphenate and width_of(setting, start, end) < _FULL * measure:
        return _last_fitting(setting, start, _between(soft, end, hard), limit) or end
    if end is not None:
        return end
    word = min(places, default=hard)
    for fallback in (soft, reluctant):
        end = _last_fitting(setting, start, _between(fallback, start, word - 1), limit)
        if end is not None:
            return end
    clusters = [start + end for end in graphemes(setting.text[start:word])]
    return _last_fitting(setting, start, clusters, limit) or clusters[0]


def _between(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The places after `start` up to `end`."""
    return places[bisect_right(places, start) : bisect_right(places, end)]


def _last_fitting(setting: Setting, start: int, places: Sequence[int], limit: float) -> int | None:
    """The last of the places a line can end at; None when none fits."""
    reach = setting.reach
    count = bisect_right(
        places,
        reach[start] + limit + (MOST_GIVEN if setting.squares else 0.0),
        key=lambda end: reach[setting.visible_end(start, end)],
    )
    for end in reversed(places[:count]):
        if width_of(setting, start, end) <= limit:
            return end
    return None


def widest(setting: Setting) -> float:
    """Width of the longest hard line when nothing else is broken."""
    if LINE_END not in setting.text:
        return width_of(setting, 0, len(setting.text))
    hard = lines(setting, float("inf"), 0, hyphenate=False)
    return max(line.width for line in hard)


def narrowest(setting: Setting) -> float:
    """Width of the widest piece that cannot be broken; soft hyphens count as places to break."""
    usual, soft, _ = setting.breaks
    most, start = 0.0, 0
    for end in sorted({*usual, *soft}):
        most = max(most, width_of(setting, start, end))
        start = end
    return most
