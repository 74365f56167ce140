"""Glyph runs as text-showing operators.

One TJ shows a run; it is split only where a glyph is raised or where ActualText begins or ends.
Pen positions are compared with what the widths in the file make of them, over the whole run, so
rounding never adds up: the error stays within half a thousandth of an em.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from handouts.model.pages import Glyph, GlyphRun
from handouts.pdf.codes import DocumentFont
from handouts.pdf.facts import FontFacts
from handouts.pdf.kept import Kept
from handouts.pdf.objects import number, utf16
from handouts.pdf.state import GraphicsState

Write = Callable[[str], None]
_TOLERANCE = 0.5


def plain(run: GlyphRun, font: DocumentFont) -> str | None:
    """The one operator that shows a plain run, or None for a run that has to be shown in parts.

    For what comes back in the next document: what a run shows is kept.
    """
    keys = _keys(run, font.facts)
    if keys is None:
        return None
    return _operator(map(font.pieces.__getitem__, keys))


def direct(run: GlyphRun, font: DocumentFont) -> str | None:
    """The same for what is seen once.

    Raises:
        KeyError: when the font is closed and lacks a glyph.
    """
    if run.actual or font.facts.postscript_outlines or not run.glyphs:
        return None
    codes, off = font.codes, 0.0
    pieces: list[str] = []
    append = pieces.append
    for gid, text, advance, dx, dy in run.glyphs:
        if dy:
            return None
        code, width = codes[gid, text]
        gap = off + dx
        if gap > _TOLERANCE or gap < -_TOLERANCE:
            shift = round(gap)
            append(f">{-shift}<")
            off -= shift
        append(code)
        off += advance - width
    return _operator(pieces)


def show(
    run: GlyphRun, font: DocumentFont, shown: str | None, state: GraphicsState, write: Write
) -> None:
    """Shows a run at the current text position, by its one operator if it has one."""
    if run.reversed:
        write("/ReversedChars BMC")
    if shown is None:
        _show_parts(run, font, state, write)
    else:
        state.set_rise("0", write)
        write(shown)
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
    found = _KEPT.get(glyphs, id(font))
    if found is None:
        parts = any(glyph.dy for glyph in glyphs)
        found = _KEPT.keep(glyphs, id(font), (font, None if parts else _keys_of(glyphs, font)))
    return found[1]


_KEPT: Kept[tuple[Glyph, ...], tuple[FontFacts, _Keys | None]] = Kept(4096)


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


def _operator(pieces: Iterable[str]) -> str:
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
