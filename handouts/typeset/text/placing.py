"""A line at its place on the page: GlyphRuns and link areas.

Last step of the text core. The pieces of a line are ready made (`content`); here they get
size, position, colour and owner.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from handouts.model.drawing import Paint
from handouts.model.pages import Artifact, GlyphRun, LinkArea, Owner
from handouts.typeset.text.content import ReadyLine, content
from handouts.typeset.text.lines import Line
from handouts.typeset.text.paragraph import Paragraph

TOUCH = 0.01
"""Points between two areas of one link that are still one area."""

Align = Literal["start", "centre", "end", "justify"]


class Placed(NamedTuple):
    """A line on the page, in reading order."""

    runs: tuple[GlyphRun, ...]
    links: tuple[LinkArea, ...]


def place(
    paragraph: Paragraph,
    line: Line,
    *,
    x: float,
    baseline: float,
    size: float,
    measure: float,
    align: Align,
    colour: Paint,
    owner: Owner,
) -> Placed:
    """Puts a line into a column.

    Args:
        paragraph: what the line belongs to; for a ready one, any that is as high and as level.
        line: one of its lines.
        x: left edge of the column, in points.
        baseline: distance of the baseline from the top of the page, in points.
        size: type size in points.
        measure: width of the column in points.
        align: start and end follow the paragraph's base direction.
        colour: of spans without a colour of their own.
        owner: of spans without a node; an artifact stays one whatever its spans say.
    """
    em = size / 1000
    room = measure / em - line.width
    slack = room if align == "justify" and not line.last and room > 0 else 0.0
    ready = line.ready
    if ready is None:
        made = content(paragraph.setting, line.start, line.end, slack)
        ready = ReadyLine(made, paragraph.styles)
    made, styles = ready
    left = x + _shift(align, paragraph.level) * (measure - made.width * em)
    fixed = isinstance(owner, Artifact)
    runs = []
    for offset, face, glyphs, actual, turned, style in made.pieces:
        span = styles[style]
        tint = colour if span.colour is None else span.colour
        node = owner if fixed or span.node is None else span.node
        at = left + offset * em
        runs.append(
            GlyphRun(face, size, at, baseline, tint, glyphs, node, actual, turned, span.lang)
        )
    links: tuple[LinkArea, ...] = ()
    if not isinstance(owner, Artifact) and any([span.href for span in styles]):
        links = _links(ready, paragraph, owner, left, baseline, em)
    return Placed(tuple(runs), links)


def _shift(align: Align, level: int) -> float:
    """Which part of the room left stands to the left of the line."""
    if align == "centre":
        return 0.5
    return float((align == "end") != bool(level & 1))


def _links(
    line: ReadyLine, paragraph: Paragraph, owner: int, left: float, baseline: float, em: float
) -> tuple[LinkArea, ...]:
    """One area per stretch of a link; artifacts have none, for no element could own it."""
    top, bottom = baseline - paragraph.ascent * em, baseline + paragraph.descent * em
    areas: list[LinkArea] = []
    for style, start, end in line.content.extents:
        span = line.styles[style]
        if not span.href:
            continue
        node = owner if span.node is None else span.node
        x0, x1 = left + start * em, left + end * em
        last = areas[-1] if areas else None
        if last and (last.node, last.uri) == (node, span.href) and abs(last.rect[2] - x0) < TOUCH:
            areas.pop()
            x0 = last.rect[0]
        areas.append(LinkArea(node, span.href, readable(span.href), (x0, top, x1, bottom)))
    return tuple(areas)


def readable(uri: str) -> str:
    """A link as a person would say it: addresses and numbers without their scheme."""
    scheme, colon, rest = uri.partition(":")
    return rest.partition("?")[0] if colon and scheme.lower() in ("mailto", "tel") else uri
