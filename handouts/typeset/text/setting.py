"""A paragraph shaped: runs, glyphs and how far every character reaches. Free of size and measure.

Between `shaping` and `lines`. It knows nothing of colours, links or nodes, so paragraphs that
differ only in those (the same sentence in two documents) share one Setting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress
from typing import TypeVar

from handouts.model.pages import Glyph
from handouts.typeset.text import bidi
from handouts.typeset.text.breaks import Breaks, line_breaks
from handouts.typeset.text.clean import BIDI_MARKS, HANGING, LINE_END, SOFT_HYPHEN, Piece
from handouts.typeset.text.itemise import Run, Setup, itemise
from handouts.typeset.text.shaping import CONTEXT, Shaped, shape

Kept = TypeVar("Kept")

_KEPT = 512
"""How many answers a setting remembers: enough for the sizes and measures of one document."""


@dataclass(slots=True, eq=False)
class Setting:
    """A shaped paragraph; all measures in 1/1000 em.

    `reach[i]` is the sum of advances before character i when nothing is broken; `safe[i]`
    tells whether a line may be cut there without shaping again.
    """

    text: str
    level: int
    lang: str
    ascent: float
    descent: float
    runs: tuple[Run, ...]
    shaped: tuple[Shaped, ...]
    reach: list[float]
    safe: bytearray
    cache: dict[object, object] = field(default_factory=dict)
    """What has been asked of it: lines by measure, contents by line."""
    _breaks: Breaks | None = None

    def keep(self, key: object, value: Kept) -> Kept:
        """Remembers an answer, forgetting all before there are too many."""
        if len(self.cache) >= _KEPT:
            self.cache.clear()
        self.cache[key] = value
        return value

    @property
    def breaks(self) -> Breaks:
        """Where lines may end; asked only when the paragraph does not fit on one line."""
        if self._breaks is None:
            self._breaks = line_breaks(self.text, self.lang)
        return self._breaks

    def visible_end(self, start: int, end: int) -> int:
        """Where the white space that may hang past the line [start, end) begins."""
        text = self.text
        while end > start and text[end - 1] in HANGING:
            end -= 1
        return end

    def hyphen(self, end: int) -> Glyph | None:
        """The hyphen that shows when a line ends after a soft hyphen inside the text."""
        if end == len(self.text) or self.text[end - 1] != SOFT_HYPHEN:
            return None
        run = next(run for run in self.runs if run.start < end <= run.end)
        return run.face.font.hyphen(SOFT_HYPHEN)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the line [start, end) is painted with the glyphs of the unbroken text."""
        safe = self.safe
        whole = safe[start] and safe[end] and safe[self.visible_end(start, end)]
        return bool(whole) and self.hyphen(end) is None


def shape_part(text: str, run: Run, start: int, end: int) -> Shaped:
    """Shapes characters [start, end) of a run between their neighbours on the same hard line.

    A cursive word that is cut keeps its joined forms (CSS Text 3, 5.5).
    """
    before = text[max(0, start - CONTEXT) : start].rpartition(LINE_END)[2]
    after = text[end : end + CONTEXT].partition(LINE_END)[0]
    if text[end - 1] == LINE_END:
        after = ""
    rtl = bool(run.level & 1)
    return shape(text[start:end], before, after, run.face.font, run.script, rtl, run.lang)


@lru_cache(maxsize=2048)
def setting(pieces: tuple[Piece, ...], setup: Setup) -> Setting:
    """Shapes the pieces as one paragraph."""
    text, levels, borders = _resolve(pieces, setup.level)
    runs = itemise(text, levels, borders, pieces, setup)
    shaped = tuple(shape_part(text, run, run.start, run.end) for run in runs)
    first = setup.wanted()[0].font
    reach, safe = _measure(len(text), runs, shaped)
    return Setting(
        text, setup.level, setup.lang, first.ascent, first.descent, runs, shaped, reach, safe
    )


def _resolve(pieces: tuple[Piece, ...], level: int) -> tuple[str, list[int], list[int]]:
    """The text without bidi marks, its levels and the end of each piece in it."""
    raw = "".join(piece.text for piece in pieces)
    borders = list(accumulate(len(piece.text) for piece in pieces))
    marked = not raw.isascii() and BIDI_MARKS.search(raw)
    if level == 0 and bidi.is_plain(BIDI_MARKS.sub("", raw) if marked else raw):
        levels = [0] * len(raw)
    else:
        levels = []
        for part in raw.splitlines(keepends=True):
            levels += bidi.levels(part, level)[0]
    if not marked:
        return raw, levels, borders
    kept = [not BIDI_MARKS.match(character) for character in raw]
    before = list(accumulate(kept, initial=0))
    text = "".join(compress(raw, kept))
    return text, list(compress(levels, kept)), [before[border] for border in borders]


def _measure(
    size: int, runs: tuple[Run, ...], shaped: tuple[Shaped, ...]
) -> tuple[list[float], bytearray]:
    advances = [0.0] * size
    safe = bytearray(size + 1)
    safe[size] = 1
    for run, part in zip(runs, shaped, strict=True):
        for start, advance in part.advances:
            advances[run.start + start] = advance
        for start in part.starts:
            safe[run.start + start] = 1
    return list(accumulate(advances, initial=0.0)), safe
