"""Parts of runs on one line, still open to change: cut, hyphenated, joined.

Between `setting` and `content`, which orders them and makes them final.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from handouts.model.pages import Glyph
from handouts.typeset.text.itemise import Run
from handouts.typeset.text.setting import Setting, shape_part
from handouts.typeset.text.shaping import Shaped
from handouts.typeset.text.squares import borders


@dataclass(slots=True)
class Fragment:
    """Characters [start, end) of a run; glyphs in visual order, clusters as places in the text.

    `hanging`: width of the white space at the end of the line that is part of it.
    """

    start: int
    end: int
    run: Run
    level: int
    glyphs: list[Glyph]
    clusters: list[int]
    actual: list[tuple[int, int, str]]
    hanging: float = 0.0

    @property
    def width(self) -> float:
        """Sum of the advances."""
        return sum(glyph.advance for glyph in self.glyphs)


def fragments(setting: Setting, start: int, end: int) -> list[Fragment]:
    """Fragments of the line [start, end) in logical order.

    White space at its end is apart and has the base level (UAX #9, L1).
    """
    visible = setting.visible_end(start, end)
    found: list[Fragment] = []
    for run, shaped in zip(setting.runs, setting.shaped, strict=True):
        if run.end <= start:
            continue
        if run.start >= end:
            break
        first, last = max(run.start, start), min(run.end, visible)
        if first < last:
            found.append(_cut(setting, run, shaped, first, last, (start, visible)))
        first, last = max(run.start, visible), min(run.end, end)
        if first < last:
            space = _cut(setting, run, shaped, first, last, (first, last))
            found.append(_hang(space, setting.level))
    hyphen = setting.hyphen(end)
    if hyphen is not None:
        _append(found[-1], hyphen)
    return found


def _cut(
    setting: Setting, run: Run, shaped: Shaped, start: int, end: int, line: tuple[int, int]
) -> Fragment:
    """Characters [start, end) of a run, shaped again where a plain cut would be wrong."""
    origin = run.start
    opens = start == line[0] and setting.trims_start(start)
    closes = end == line[1] and setting.trims_end(end)
    if opens or closes or not (setting.safe[start] and (end == run.end or setting.safe[end])):
        shaped = shape_part(setting.text, run, start, end, opens=opens, closes=closes)
        origin = start
    first, last = glyph_range(shaped.clusters, start - origin, end - origin)
    return Fragment(
        start,
        end,
        run,
        run.level,
        list(shaped.glyphs[first:last]),
        [origin + cluster for cluster in shaped.clusters[first:last]],
        [(a - first, b - first, text) for a, b, text in shaped.actual if first <= a < last],
    )


def glyph_range(clusters: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Indexes of the glyphs whose clusters are in [start, end); they stand together."""
    if len(clusters) > 1 and clusters[0] > clusters[-1]:
        return (
            bisect_left(clusters, 1 - end, key=lambda cluster: -cluster),
            bisect_left(clusters, 1 - start, key=lambda cluster: -cluster),
        )
    return bisect_left(clusters, start), bisect_left(clusters, end)


def _hang(fragment: Fragment, level: int) -> Fragment:
    """White space at the end of a line takes the paragraph's direction."""
    if fragment.level & 1 != level & 1:
        fragment.glyphs.reverse()
        fragment.clusters.reverse()
    fragment.level = level
    fragment.hanging = fragment.width
    return fragment


def _append(fragment: Fragment, hyphen: Glyph) -> None:
    """Shows a hyphen at the logical end; its text stays U+00AD, so that words stay whole."""
    at = 0 if fragment.level & 1 else len(fragment.glyphs)
    fragment.glyphs.insert(at, hyphen)
    fragment.clusters.insert(at, fragment.end - 1)
    if at == 0:
        fragment.actual = [(a + 1, b + 1, text) for a, b, text in fragment.actual]


def joined(parts: list[Fragment]) -> list[Fragment]:
    """Visual neighbours of one face, style and direction as one, where the text goes on too."""
    found: list[Fragment] = []
    for part in parts:
        last = found[-1] if found else None
        if last is None or not _continues(last, part):
            found.append(part)
            continue
        shift = len(last.glyphs)
        last.actual += [(a + shift, b + shift, text) for a, b, text in part.actual]
        last.glyphs += part.glyphs
        last.clusters += part.clusters
        last.hanging += part.hanging
        last.start, last.end = min(last.start, part.start), max(last.end, part.end)
    return found


def say_borders(text: str, fragment: Fragment) -> None:
    """Has the characters on both sides of air said together: readers take air for a space."""
    clusters, actual = fragment.clusters, fragment.actual
    if fragment.level & 1 or actual:
        return
    for place in borders(text, fragment.start + 1, fragment.end - 1):
        index = bisect_left(clusters, place)
        start = actual.pop()[0] if actual and actual[-1][1] == index else index - 1
        said = "".join(glyph.text for glyph in fragment.glyphs[start : index + 1])
        actual.append((start, index + 1, said))


def _continues(left: Fragment, right: Fragment) -> bool:
    rtl = left.level & 1
    return (
        rtl == right.level & 1
        and left.run.face is right.run.face
        and left.run.style == right.run.style
        and (left.start == right.end if rtl else left.end == right.start)
    )
