"""Glyph runs as text-showing operators.

One operator shows a run; it is split only where a glyph is raised or where ActualText begins or
ends. Where a glyph stands otherwise than the widths in the file say, a shift stands beside its
code, with two decimals: a line of a hundred glyphs ends within a thousandth of an em.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from handouts.model.pages import Glyph, GlyphRun
from handouts.pdf.codes import RAISED, DocumentFont
from handouts.pdf.objects import number, utf16
from handouts.pdf.state import GraphicsState

Write = Callable[[str], None]


def plain(run: GlyphRun, font: DocumentFont) -> str | None:
    """The operators that show a run at rise 0, or None for one with raised glyphs.

    Also None for PostScript outlines, where it matters what the glyphs before it were.

    Raises:
        KeyError: when the font is closed and lacks a glyph.
    """
    if font.facts.postscript_outlines or not run.glyphs:
        return None
    known = font.pieces.__getitem__
    if not run.actual:
        shown = "".join(map(known, run.glyphs))
        return None if RAISED in shown else _operator(shown)
    out: list[str] = []
    for part, text in _parts(run.glyphs, run.actual):
        shown = "".join(map(known, part))
        if RAISED in shown:
            return None
        operators = [_operator(shown)] if shown else []
        out += operators if text is None else [_spoken(text), *operators, "EMC"]
    return "\n".join(out)


def learn(run: GlyphRun, font: DocumentFont) -> None:
    """Takes the glyphs of a run that is shown in parts into an open font."""
    if not run.actual:
        _unsaid(run.glyphs, font)
    for glyph in run.glyphs:
        font.codes[glyph.gid, glyph.text]  # Asking gives it a code.


def show(
    run: GlyphRun, font: DocumentFont, shown: str | None, state: GraphicsState, write: Write
) -> None:
    """Shows a run at the current text position, by its operators if they are known."""
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
    """A run with raised glyphs, or with PostScript outlines."""
    for part, text in _parts(run.glyphs, run.actual or _unsaid(run.glyphs, font)):
        if text is not None:
            write(_spoken(text))
        for rise, group in groupby(part, key=_RISE):
            state.set_rise(number(rise * run.size / 1000), write)
            shown = "".join(map(font.pieces.__getitem__, group))
            write(_operator(shown.replace(RAISED, "")))
        if text is not None:
            write("EMC")


_RISE = attrgetter("dy")


def _parts(
    glyphs: Sequence[Glyph], actual: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[Sequence[Glyph], str | None]]:
    """Glyphs that share one ActualText, or none."""
    at = 0
    for start, end, text in actual:
        if start > at:
            yield glyphs[at:start], None
        yield glyphs[start:end], text
        at = end
    if at < len(glyphs):
        yield glyphs[at:], None


def _spoken(text: str) -> str:
    return f"/Span<</ActualText<{utf16(text).decode('ascii')}>>>BDC"


def _operator(shown: str) -> str:
    """Codes and shifts between them as one operator."""
    return f"[<{shown}>]TJ".replace("<>", " ") if ">" in shown else f"<{shown}>Tj"


def _unsaid(glyphs: Sequence[Glyph], font: DocumentFont) -> list[tuple[int, int, str]]:
    """Glyphs whose code cannot say their text, as ranges for ActualText."""
    if not font.facts.postscript_outlines:
        return []
    return [
        (at, at + 1, glyph.text)
        for at, glyph in enumerate(glyphs)
        if font.ambiguous(glyph.gid, glyph.text)
    ]
