"""What stands on one line: pieces in visual places and reading order, ready to paint.

Between `lines` and `placing`. A piece becomes one GlyphRun; offsets and widths are in 1/1000
em, so the pieces of a line serve every size.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from handouts.model.document import Span
from handouts.model.pages import Glyph
from handouts.typeset.text.bidi import visual_order
from handouts.typeset.text.clean import LINE_END
from handouts.typeset.text.fragments import Fragment, fragments, glyph_range, joined, say_borders
from handouts.typeset.text.justify import open_up
from handouts.typeset.text.setting import Setting
from handouts.typeset.text.squares import borders


class Piece(NamedTuple):
    """Glyphs of one face, style and direction; `offset` from the left end of the line."""

    offset: float
    face: str
    glyphs: tuple[Glyph, ...]
    actual: tuple[tuple[int, int, str], ...]
    reversed: bool
    style: int


class Extent(NamedTuple):
    """Where a style stands on the line, for link areas."""

    style: int
    left: float
    right: float


class Content(NamedTuple):
    """A line ready to paint; `width` leaves out white space hanging at its end."""

    width: float
    pieces: tuple[Piece, ...]
    extents: tuple[Extent, ...]


class ReadyLine(NamedTuple):
    """A line that only has to be placed, and the spans that style its pieces."""

    content: Content
    styles: tuple[Span, ...]


def width_of(setting: Setting, start: int, end: int) -> float:
    """Visible width of the line [start, end), exactly as it will be painted."""
    width = setting.whole(start, end)
    return content(setting, start, end).width if width is None else width


def content(setting: Setting, start: int, end: int, slack: float = 0.0) -> Content:
    """The pieces of the line [start, end), opened up by `slack` in all if it has gaps."""
    key = ("content", start, end, slack)
    known = setting.cache.get(key)
    if not isinstance(known, Content):
        plain = _plain(setting, start, end) if not slack else None
        known = setting.keep(key, plain or _compose(setting, start, end, slack))
    return known


def _plain(setting: Setting, start: int, end: int) -> Content | None:
    """The common case made quickly: a line inside one left-to-right run, glyphs as they are."""
    width = None if setting.level else setting.whole(start, end)
    if width is None:
        return None
    if setting.squares and any(borders(setting.text, start + 1, end - 1)):
        return None
    index = bisect_right(setting.runs, start, key=lambda run: run.start) - 1
    run, shaped = setting.runs[index], setting.shaped[index]
    if end > run.end or run.level:
        return None
    first, last = glyph_range(shaped.clusters, start - run.start, end - run.start)
    actual = tuple((a - first, b - first, t) for a, b, t in shaped.actual if first <= a < last)
    piece = Piece(0.0, run.face.name, shaped.glyphs[first:last], actual, False, run.style)
    extents = (Extent(run.style, 0.0, width),) if width else ()
    return Content(width, (piece,) if piece.glyphs else (), extents)


def _compose(setting: Setting, start: int, end: int, slack: float) -> Content:
    """Orders the fragments of a line (L2) and cuts them into pieces."""
    parts = fragments(setting, start, end)
    width = sum(part.width - part.hanging for part in parts)
    if slack > 0 and open_up(setting, parts, slack):
        width += slack
    left = -sum(part.hanging for part in parts) if setting.level & 1 else 0.0
    order = visual_order([part.level for part in parts])
    pieces: list[tuple[int, Piece]] = []
    extents: list[Extent] = []
    for part in joined([parts[i] for i in order]):
        if setting.squares:
            say_borders(setting.text, part)
        visible = left + part.hanging if part.level & 1 else left
        right = visible + part.width - part.hanging
        if right > visible:
            extents.append(Extent(part.run.style, visible, right))
        pieces += _words(setting.text, part, left)
        left += part.width
    pieces.sort(key=lambda item: item[0])
    return Content(width, tuple(piece for _, piece in pieces), tuple(extents))


def _words(text: str, fragment: Fragment, left: float) -> list[tuple[int, Piece]]:
    """Pieces with the character they start at, in logical order; glyphs in visual order.

    Right to left, too, a fragment is one piece: readers turn it round as a whole and see the
    spaces in it. ActualText cuts it for some of them; then every word is a piece of its own.
    """
    size = len(fragment.glyphs)
    if not fragment.level & 1 or not fragment.actual:
        return [(fragment.start, _piece(fragment, 0, size, left))] if size else []
    found: list[tuple[int, Piece]] = []
    first = 0
    for index in range(1, size + 1):
        if index < size and not _ends_word(text, fragment.clusters, index):
            continue
        found.append((fragment.clusters[index - 1], _piece(fragment, first, index, left)))
        left += sum(glyph.advance for glyph in fragment.glyphs[first:index])
        first = index
    return found


def _ends_word(text: str, clusters: list[int], index: int) -> bool:
    """Whether a word ends visually before the glyph: that is a space after one that is not."""
    spaces = (" ", LINE_END)
    return text[clusters[index]] in spaces and text[clusters[index - 1]] not in spaces


def _piece(fragment: Fragment, first: int, last: int, left: float) -> Piece:
    return Piece(
        left,
        fragment.run.face.name,
        tuple(fragment.glyphs[first:last]),
        tuple((a - first, b - first, t) for a, b, t in fragment.actual if first <= a < last),
        bool(fragment.level & 1) and last - first > 1,
        fragment.run.style,
    )
