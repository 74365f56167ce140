"""A set paragraph as text to review: runs with their levels, then the glyphs of every line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import uharfbuzz as hb

from handouts.model.document import Span
from handouts.model.fonts import FontFile
from handouts.model.pages import Glyph, GlyphRun, Pages
from handouts.typeset.text import Paragraph, paragraph
from tests.typeset.paragraphs import Sample, library, style


def dump(sample: Sample, pages: Pages) -> str:
    """Reading order throughout; a right-to-left word has its glyphs from left to right.

    A glyph is ``name advance “text”``, with ``@x,y`` when it is moved, and in braces with the
    others of a cluster that ActualText speaks for. Measures are thousandths of an em.
    """
    lines = [f"{sample.lang} · {sample.facts.script} · {pages.direction}"]
    lines += [f"  {row}" for row in _runs(shaped(sample))]
    baseline = 0.0
    for run in pages.pages[0].items:
        assert isinstance(run, GlyphRun)
        if run.y != baseline:
            baseline = run.y
            lines.append("line")
        turned = " ←" if run.reversed else ""
        lines.append(
            f"  {run.x:6.1f} {run.face}{turned}  {_glyphs(run, pages.faces[run.face].file)}"
        )
    return "\n".join(lines) + "\n"


def shaped(sample: Sample) -> Paragraph:
    """The paragraph as the text core has it, before it has lines."""
    look = style(sample)
    spans = tuple(Span(text, bold=bold) for text, bold in sample.pieces)
    fonts = library(look.families)
    return paragraph(spans, look.families, look.weight, sample.lang, sample.facts.direction, fonts)


def _runs(made: Paragraph) -> Iterator[str]:
    for run in made.setting.runs:
        words = made.text[run.start : run.end]
        yield f"level {run.level} {run.script} {run.face.name}  “{words}”"


def _glyphs(run: GlyphRun, file: FontFile) -> str:
    starts = {start: "{" for start, _, _ in run.actual}
    ends = {end - 1: f"}}=“{text}”" for _, end, text in run.actual}
    return " ".join(
        f"{starts.get(index, '')}{_glyph(glyph, file)}{ends.get(index, '')}"
        for index, glyph in enumerate(run.glyphs)
    )


def _glyph(glyph: Glyph, file: FontFile) -> str:
    moved = f"@{glyph.dx:.0f},{glyph.dy:.0f}" if round(glyph.dx) or round(glyph.dy) else ""
    return f"{_name(file, glyph.gid)} {glyph.advance:.0f}{moved} “{glyph.text}”"


@lru_cache(maxsize=8192)
def _name(file: FontFile, gid: int) -> str:
    return _font(file).glyph_to_string(gid)


@lru_cache(maxsize=64)
def _font(file: FontFile) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob(file.data), file.index))
