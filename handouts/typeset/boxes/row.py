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
    columns = m.columns(box, width)
    cells = [m.measure(c, w) for c, w in zip(box.children, columns, strict=True)]
    tops = _tops(box, cells)
    height = max([top + c.height for top, c in zip(tops, cells, strict=True)], default=0.0)
    if box.align == "stretch":
        cells = [stretch(cell, height) for cell in cells]
    x, gap, children = 0.0, box.gap * m.spacing, []
    baseline = middle = None
    for cell, top, column in zip(cells, tops, columns, strict=True):
        children.append(Placement(x, top, cell))
        x += column + gap
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
    """Widths of the cells in this width."""
    room = width - box.gap * m.spacing * max(0, len(box.tracks) - 1)
    alone = sole_share(box.tracks, room)
    if alone is not None:
        return alone
    pairs = zip(box.tracks, box.children, strict=True)
    return widths(box.tracks, [_extent(m, track, child) for track, child in pairs], room)


def _extent(m: Measure, track: Track, child: Box) -> Extent:
    """A fixed track's content has no say, so it is not asked."""
    return Extent(track.value, track.value) if track.kind == "fixed" else m.extent(child)


def _tops(box: Row, cells: Sequence[Laid]) -> list[float]:
    if box.align == "baseline":
        return _on_baseline(cells)
    part = {"middle": 0.5, "bottom": 1.0}.get(box.align, 0.0)
    if not part:
        return [0.0] * len(cells)
    height = max([cell.height for cell in cells], default=0.0)
    return [(height - cell.height) * part for cell in cells]


def _on_baseline(cells: Sequence[Laid]) -> list[float]:
    """Text stands on one line; a marker without text is centred on that line's letters."""
    line, above = -1.0, 0.0
    for cell in cells:
        if cell.baseline is not None and cell.middle is not None:
            above = cell.baseline - cell.middle if line < 0 else above
            line = max(line, cell.baseline)
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
