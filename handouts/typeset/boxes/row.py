"""Boxes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.model.document import Art, Box, Row, Spacer, Stack, Text, Track
from handouts.typeset.boxes.laid import (
    EPSILON,
    Extent,
    Laid,
    Measure,
    Pile,
    Placement,
    Split,
    TextPart,
)
from handouts.typeset.boxes.stack import stretch
from handouts.typeset.boxes.tracks import sole_share, widths


def measure_row(m: Measure, box: Row, width: float) -> Laid:
    """Cells from the start edge, aligned to one another."""
    gap, align = box.gap * m.spacing, box.align
    columns = sole_share(box.tracks, width - gap * (len(box.tracks) - 1)) or m.columns(box, width)
    cells = [m.measure(c, w) for c, w in zip(box.children, columns, strict=True)]
    if align == "stretch":
        tallest = max([cell.height for cell in cells], default=0.0)
        cells = [stretch(cell, tallest) for cell in cells]
    tops = _on_baseline(cells) if align == "baseline" else _tops(align, cells)
    x = height = 0.0
    children = []
    baseline = middle = None
    for cell, top, column in zip(cells, tops, columns, strict=True):
        children.append(Placement(x, top, cell))
        x += column + gap
        if top + cell.height > height:
            height = top + cell.height
        if baseline is None and cell.baseline is not None and cell.middle is not None:
            baseline, middle = top + cell.baseline, top + cell.middle
    return Laid(box, width, height, tuple(children), baseline, middle)


def extent_row(m: Measure, box: Row) -> Extent:
    """The sums over the cells."""
    gaps = box.gap * m.spacing * max(0, len(box.children) - 1)
    narrow = wide = gaps
    for track, child in zip(box.tracks, box.children, strict=True):
        extent = _extent(m, track, child)
        narrow, wide = narrow + extent.narrowest, wide + extent.widest
    return Extent(narrow, wide)


def split_row(m: Measure, box: Row, width: float, height: float) -> Split:
    """Only a marker and its text break: the text goes on under itself, the marker stays."""
    laid = m.measure(box, width)
    if laid.height <= height + EPSILON:
        return box, None
    if not _marker_and_text(box):
        return None, box
    marker, content = laid.children
    head, tail = m.split(box.children[1], content.laid.width, height - content.y)
    if head is None or tail is None or marker.y + marker.laid.height > height + EPSILON:
        return None, box
    tracks = (Track("fixed", content.x - box.gap * m.spacing), box.tracks[1])
    return (
        replace(box, children=(box.children[0], head)),
        replace(box, children=(Spacer(), tail), tracks=tracks),
    )


def columns(m: Measure, box: Row, width: float) -> tuple[float, ...]:
    """Widths of the cells in this width, where more than one share or words have a say."""
    room = width - box.gap * m.spacing * max(0, len(box.tracks) - 1)
    pairs = zip(box.tracks, box.children, strict=True)
    return widths(box.tracks, [_extent(m, track, child) for track, child in pairs], room)


def _extent(m: Measure, track: Track, child: Box) -> Extent:
    """A fixed track's content has no say, so it is not asked."""
    return Extent(track.value, track.value) if track.kind == "fixed" else m.extent(child)


_LOWERED = {"middle": 0.5, "bottom": 1.0}
"""Part of the room that stands above a cell lower than others."""


def _tops(align: str, cells: Sequence[Laid]) -> list[float]:
    """How far down each cell is."""
    part = _LOWERED.get(align)
    if part is None:
        return [0.0] * len(cells)
    height = max([cell.height for cell in cells], default=0.0)
    return [(height - cell.height) * part for cell in cells]


def _on_baseline(cells: Sequence[Laid]) -> list[float]:
    """Text stands on one line; a marker without text is centred on that line's letters."""
    line = above = -1.0
    for cell in cells:
        baseline = cell.baseline
        if baseline is not None and cell.middle is not None:
            if line < 0:
                above = baseline - cell.middle
            if baseline > line:
                line = baseline
    if line < 0:
        return [0.0] * len(cells)
    middle = line - above
    tops = [middle - c.height / 2 if c.baseline is None else line - c.baseline for c in cells]
    least = min(tops)
    return tops if least >= 0 else [top - least for top in tops]


def _marker_and_text(box: Row) -> bool:
    if box.keep or len(box.children) != 2 or box.align not in ("top", "baseline"):
        return False
    marker, content = box.children
    plain = isinstance(content, Text | TextPart) or (
        isinstance(content, Stack | Pile) and content.decoration is None
    )
    return plain and isinstance(marker, Art | Text | Spacer | Stack | Row)
