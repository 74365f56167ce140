"""A paragraph shaped: runs, glyphs and how far every character reaches. Free of size and measure.

Between `shaping` and `lines`. It knows nothing of colours, links or nodes, so paragraphs that
differ only in those (the same sentence in two documents) share one Setting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain, compress
from typing import TypeVar

from handouts.model.pages import Glyph
from handouts.typeset.text import bidi
from handouts.typeset.text.breaks import Breaks, line_breaks
from handouts.typeset.text.clean import BIDI_MARKS, HANGING, LINE_END, SOFT_HYPHEN, Piece
from handouts.typeset.text.faces import BOLD
from handouts.typeset.text.hyphens import hyphens
from handouts.typeset.text.itemise import Run, Setup, itemise, plain_run
from handouts.typeset.text.scripts import CJK
from handouts.typeset.text.shaping import CONTEXT, Shaped, shape
from handouts.typeset.text.squares import LEADING, TRAILING, is_border

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
    setup: Setup
    ascent: float
    descent: float
    runs: tuple[Run, ...]
    shaped: tuple[Shaped, ...]
    reach: list[float]
    safe: bytearray
    squares: bool
    """Whether there are Chinese or Japanese characters, for which line edges change something."""
    cache: dict[object, object] = field(default_factory=dict)
    """What has been asked of it: lines by measure, contents by line."""
    _breaks: Breaks | None = None
    _hyphens: frozenset[int] = frozenset()
    """Places in words that show a hyphen when a line ends there; known with the breaks."""

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
            setup = self.setup
            found = line_breaks(self.text, setup.lang, setup.weight >= BOLD)
            self._breaks = self._hyphenated(found) if setup.hyphenate else found
        return self._breaks

    @property
    def phrases(self) -> tuple[int, ...]:
        """Where lines may end without cutting a word in two, as far as the language is known."""
        return line_breaks(self.text, self.setup.lang, True).usual

    def _hyphenated(self, breaks: Breaks) -> Breaks:
        """The breaks with those a dictionary adds; in the last word only when it is too long."""
        inner, final = hyphens(self.text, breaks.usual, self.runs)
        self._hyphens = frozenset(inner + final)
        soft = tuple(sorted(breaks.soft + inner))
        return Breaks(breaks.usual, soft, tuple(sorted(breaks.reluctant + final)))

    def visible_end(self, start: int, end: int) -> int:
        """Where the white space that may hang past the line [start, end) begins."""
        text = self.text
        while end > start and text[end - 1] in HANGING:
            end -= 1
        return end

    def hyphen(self, end: int) -> Glyph | None:
        """The hyphen that shows when a line ends inside a word, at a soft hyphen or another."""
        if end == len(self.text):
            return None
        if self.text[end - 1] != SOFT_HYPHEN and end not in self._hyphens:
            return None
        run = next(run for run in self.runs if run.start < end <= run.end)
        return run.face.font.hyphen(SOFT_HYPHEN)

    def trims_start(self, start: int) -> bool:
        """Whether the line edge before `start` changes the character there."""
        return self.squares and start > 0 and self.text[start] in LEADING

    def trims_end(self, end: int) -> bool:
        """Whether the line edge at `end` changes the character before it."""
        text = self.text
        if not self.squares or end == len(text):
            return False
        return text[end - 1] in TRAILING or is_border(text, end)

    def whole(self, start: int, end: int) -> float | None:
        """Visible width of the line [start, end) in the glyphs of the unbroken text.

        None where the line is painted with others.
        """
        text, safe, visible = self.text, self.safe, end
        while visible > start and text[visible - 1] in HANGING:
            visible -= 1
        if not (safe[start] and safe[end] and safe[visible]):
            return None
        if self.squares and (self.trims_start(start) or self.trims_end(visible)):
            return None
        breaks_word = end in self._hyphens or text[end - 1 : end] == SOFT_HYPHEN
        if breaks_word and self.hyphen(end) is not None:
            return None
        return self.reach[visible] - self.reach[start]


def shape_part(
    text: str, run: Run, start: int, end: int, *, opens: bool = False, closes: bool = False
) -> Shaped:
    """Shapes characters [start, end) of a run between their neighbours on the same hard line.

    A cursive word that is cut keeps its joined forms (CSS Text 3, 5.5). With `opens` and
    `closes` there is a line edge, and nothing beyond it.
    """
    before = "" if opens else text[max(0, start - CONTEXT) : start].rpartition(LINE_END)[2]
    after = "" if closes else text[end : end + CONTEXT].partition(LINE_END)[0]
    if text[end - 1] == LINE_END:
        after = ""
    rtl = bool(run.level & 1)
    return shape(text[start:end], before, after, run.face.font, run.script, rtl, run.lang)


@lru_cache(maxsize=512)
def setting(pieces: tuple[Piece, ...], setup: Setup) -> Setting:
    """Shapes the pieces as one paragraph."""
    text, runs = _runs(pieces, setup)
    shaped = tuple(shape_part(text, run, run.start, run.end) for run in runs)
    first = setup.wanted()[0].font
    reach, safe = _measure(shaped)
    squares = any([run.script in CJK for run in runs])
    return Setting(
        text, setup.level, setup, first.ascent, first.descent, runs, shaped, reach, safe, squares
    )


def _runs(pieces: tuple[Piece, ...], setup: Setup) -> tuple[str, tuple[Run, ...]]:
    plain = plain_run(pieces, setup)
    if plain:
        return pieces[0].text, (plain,)
    text, levels, borders = _resolve(pieces, setup.level)
    return text, itemise(text, levels, borders, pieces, setup)


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


def _measure(shaped: tuple[Shaped, ...]) -> tuple[list[float], bytearray]:
    """How far characters reach and where a line may be cut; runs cover the text without gaps."""
    advances = chain.from_iterable([part.advances for part in shaped])
    safe = bytearray().join([part.safe for part in shaped])
    safe.append(1)
    return list(accumulate(advances, initial=0.0)), safe
