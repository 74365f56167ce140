"""Outlines as path operators, and where a drawing's own coordinates become the page's."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.model.drawing import Close, Curve, Line, Move, Outline, Paint, Segment
from handouts.model.pages import Shape
from handouts.pdf.objects import number
from handouts.pdf.state import GraphicsState

Write = Callable[[str], None]
Name = Callable[[Paint], str]
_KEPT_SMALL, _SMALL = 2048, 100
_KEPT_LARGE = 16
"""Paths kept by size: icons for good, QR codes while one clinic's documents are made."""


def paint(shape: Shape, height: float, name: Name, state: GraphicsState, write: Write) -> None:
    """Writes a shape's outlines on a page of the given height.

    Page coordinates grow downwards in the model and upwards in the file. A shape that is not
    scaled is turned over number by number; a scaled one gets a matrix, which scales its line
    widths too.
    """
    visible = [o for o in shape.outlines if o.segments and (o.fill or o.stroke)]
    if not visible:
        return
    scaled = shape.scale_x != 1 or shape.scale_y != 1
    inner = state.copy() if scaled or shape.clip else state
    if inner is not state:
        write("q")
    if shape.clip:
        rule = "W*" if shape.clip.even_odd else "W"
        write(f"{_path(shape.clip.segments, _Frame(0, height, -1))} {rule} n")
    if scaled:
        write(_matrix(shape, height))
        frame = _Frame(0, 0, 1, _places(max(abs(shape.scale_x), abs(shape.scale_y))))
    else:
        frame = _Frame(shape.x, height - shape.y, -1)
    for outline in visible:
        _paint_outline(outline, frame, name, inner, write)
    if inner is not state:
        write("Q")


class _Frame(NamedTuple):
    """How a point is written: (x + px, y + up·py), with so many decimals."""

    x: float
    y: float
    up: int
    places: int = 2

    def point(self, x: float, y: float) -> str:
        """A place."""
        return f"{number(self.x + x, self.places)} {number(self.y + self.up * y, self.places)}"

    def extent(self, width: float, height: float) -> str:
        """A distance."""
        return f"{number(width, self.places)} {number(self.up * height, self.places)}"


def _places(scale: float) -> int:
    """Decimals of a drawing's own units that come to about 0.01 pt on the page."""
    return max(0, min(6, math.ceil(2 + math.log10(scale)))) if scale else 2


def _paint_outline(
    outline: Outline, frame: _Frame, name: Name, state: GraphicsState, write: Write
) -> None:
    if outline.fill:
        state.set_fill(name(outline.fill), write)
    if outline.stroke:
        state.set_pen(outline, name, write)
    write(f"{_path(outline.segments, frame)} {_operator(outline)}")


def _operator(outline: Outline) -> str:
    star = "*" if outline.even_odd and outline.fill else ""
    if outline.fill and outline.stroke:
        return "B" + star
    return "f" + star if outline.fill else "S"


def _matrix(shape: Shape, height: float) -> str:
    """The cm operator; scales need more decimals than places do."""
    return (
        f"{shape.scale_x:.5f} 0 0 {-shape.scale_y:.5f} "
        f"{number(shape.x)} {number(height - shape.y)} cm"
    )


def _path(segments: tuple[Segment, ...], frame: _Frame) -> str:
    """Path operators, kept because icons and decorations come back in every document.

    Small ones are kept by their identity first: comparing a hundred segments takes longer than
    writing what they come to.
    """
    if len(segments) > _SMALL:
        return _large_path(segments, frame)
    key = (id(segments), frame)
    kept = _KEPT.get(key)
    if kept is None:
        if len(_KEPT) >= _KEPT_SMALL:
            _KEPT.clear()
        kept = _KEPT[key] = (segments, _small_path(segments, frame))
    return kept[1]


_KEPT: dict[tuple[int, _Frame], tuple[tuple[Segment, ...], str]] = {}


def _write_path(segments: tuple[Segment, ...], frame: _Frame) -> str:
    """Segments that make an upright rectangle become one ``re``: what a QR code consists of."""
    out: list[str] = []
    at = 0
    while at < len(segments):
        box = _rectangle(segments[at : at + 6])
        if box:
            x0, y0, x1, y1, taken = box
            out.append(f"{frame.point(x0, y0)} {frame.extent(x1 - x0, y1 - y0)} re")
            at += taken
        else:
            out.append(_segment(segments[at], frame))
            at += 1
    return " ".join(out)


_small_path = lru_cache(maxsize=_KEPT_SMALL)(_write_path)
_large_path = lru_cache(maxsize=_KEPT_LARGE)(_write_path)


def _segment(segment: Segment, frame: _Frame) -> str:
    match segment:
        case Move(x, y):
            return frame.point(x, y) + " m"
        case Line(x, y):
            return frame.point(x, y) + " l"
        case Curve(x1, y1, x2, y2, x, y):
            return f"{frame.point(x1, y1)} {frame.point(x2, y2)} {frame.point(x, y)} c"
    return "h"


def _rectangle(part: Sequence[Segment]) -> tuple[float, float, float, float, int] | None:
    """Corners of an upright rectangle and how many segments draw it, or None.

    The first corner is the one from which ``re`` goes round in the same direction as the path
    (first across, then along): a hole stays a hole under the nonzero winding rule.
    """
    if len(part) < 5 or not isinstance(part[0], Move):
        return None
    closing = 5 if isinstance(part[4], Line) and part[4][:2] == part[0][:2] else 4
    if len(part) <= closing or not isinstance(part[closing], Close):
        return None
    if not all(isinstance(side, Line) for side in part[1:4]):
        return None
    a, b, c, d = (corner[:2] for corner in part[:4] if not isinstance(corner, (Close, Curve)))
    across = a[1] == b[1] and b[0] == c[0] and c[1] == d[1] and d[0] == a[0]
    along = a[0] == b[0] and b[1] == c[1] and c[0] == d[0] and d[1] == a[1]
    if across:
        return a[0], a[1], c[0], c[1], closing + 1
    return (b[0], b[1], d[0], d[1], closing + 1) if along else None
