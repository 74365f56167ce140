"""Glyph runs as text-showing operators.

One TJ shows a run; it is split only where a glyph is raised or where ActualText begins or ends.
Pen positions are compared with what the widths in the file make of them, over the whole run, so
rounding never adds up: the error stays within half a thousandth of an em.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handouts.model.pages import Glyph, GlyphRun
from handouts.pdf.facts import FontFacts
from handouts.pdf.fonts import DocumentFont
from handouts.pdf.objects import number, utf16
from handouts.pdf.state import GraphicsState

Write = Callable[[str], None]
_TOLERANCE = 0.5


def show(run: GlyphRun, font: DocumentFont, state: GraphicsState, write: Write) -> None:
    """Writes the operators that show a run at the current text position."""
    keys = _keys(run, font.facts)
    if run.reversed:
        write("/ReversedChars BMC")
    if keys is None:
        _show_parts(run, font, state, write)
    else:
        state.set_rise("0", write)
        codes = font.codes
        write(_operator([key if isinstance(key, str) else codes[key][0] for key in keys]))
    if run.reversed:
        write("EMC")


def _show_parts(run: GlyphRun, font: DocumentFont, state: GraphicsState, write: Write) -> None:
    """A run with raised glyphs or with ActualText."""
    pen = _Pen(run.size, font, state, write)
    at = 0
    for start, end, text in run.actual or _unsaid(run.glyphs, font):
        if start > at:
            pen.show(run.glyphs[at:start])
        write(f"/Span<</ActualText<{utf16(text).decode('ascii')}>>>BDC")
        pen.show(run.glyphs[start:end])
        write("EMC")
        at = end
    pen.show(run.glyphs[at:] if at else run.glyphs)


_Keys = tuple[tuple[int, str] | str, ...]
"""What a run shows, in any document: (glyph, text) pairs, and shifts as they are written."""


def _keys(run: GlyphRun, font: FontFacts) -> _Keys | None:
    """What a plain run shows; None for one that has to be shown in parts.

    Kept by the identity of the glyphs, which are kept too: the lines of a text are the same
    objects in every document that has the text.
    """
    glyphs = run.glyphs
    if run.actual or font.postscript_outlines or not glyphs:
        return None
    key = (id(glyphs), id(font))
    kept = _KEPT.get(key)
    if kept is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        keys = None if any(glyph.dy for glyph in glyphs) else _keys_of(glyphs, font)
        kept = _KEPT[key] = (glyphs, font, keys)
    return kept[2]


_MOST_KEPT = 4096
_KEPT: dict[tuple[int, int], tuple[tuple[Glyph, ...], FontFacts, _Keys | None]] = {}


def _keys_of(glyphs: Sequence[Glyph], font: FontFacts) -> _Keys:
    keys: list[tuple[int, str] | str] = []
    wanted = reached = 0.0
    for gid, text, advance, dx, _ in glyphs:
        gap = wanted + dx - reached
        if gap > _TOLERANCE or gap < -_TOLERANCE:
            shift = round(gap)
            keys.append(f">{-shift}<")
            reached += shift
        keys.append((gid, text))
        wanted += advance
        reached += font.advance(gid)
    return tuple(keys)


def _operator(pieces: Sequence[str]) -> str:
    """Codes and shifts between them as one operator."""
    shown = "".join(pieces)
    return f"[<{shown}>]TJ".replace("[<>", "[") if ">" in shown else f"<{shown}>Tj"


def _unsaid(glyphs: Sequence[Glyph], font: DocumentFont) -> list[tuple[int, int, str]]:
    """Glyphs whose code cannot say their text, as ranges for ActualText."""
    if not font.facts.postscript_outlines:
        return []
    return [
        (at, at + 1, glyph.text)
        for at, glyph in enumerate(glyphs)
        if font.ambiguous(glyph.gid, glyph.text)
    ]


class _Pen:
    """Where the glyphs stand, and where the file's widths would have put them (1/1000 em)."""

    def __init__(self, size: float, font: DocumentFont, state: GraphicsState, write: Write) -> None:
        self.size, self.font, self.state, self.write = size, font, state, write
        self.wanted = self.reached = self.rise = 0.0

    def show(self, glyphs: Sequence[Glyph]) -> None:
        """Shows glyphs that share one ActualText, or none; the package's innermost loop."""
        codes, wanted, reached, rise = self.font.codes, self.wanted, self.reached, self.rise
        pieces: list[str] = []
        for gid, text, advance, dx, dy in glyphs:
            if dy != rise:
                self._flush(pieces, rise)
                pieces, rise = [], dy
            code, width = codes[gid, text]
            gap = wanted + dx - reached
            if gap > _TOLERANCE or gap < -_TOLERANCE:
                shift = round(gap)
                pieces.append(f">{-shift}<")
                reached += shift
            pieces.append(code)
            wanted += advance
            reached += width
        self.wanted, self.reached, self.rise = wanted, reached, rise
        self._flush(pieces, rise)

    def _flush(self, pieces: list[str], rise: float) -> None:
        """Writes what has been collected at one rise."""
        if not pieces:
            return
        self.state.set_rise(number(rise * self.size / 1000), self.write)
        self.write(_operator(pieces))
