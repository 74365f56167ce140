"""Outlines as path operators, and where a drawing's own coordinates become the page's."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from handouts.model.drawing import Close, Curve, Line, Modules, Move, Outline, Paint, Segment
from handouts.model.pages import Shape
from handouts.pdf.colours import resource
from handouts.pdf.kept import Kept
from handouts.pdf.objects import number
from handouts.pdf.state import GraphicsState

Write = Callable[[str], None]
Name = Callable[[Paint], str]
_KEPT_SMALL, _SMALL = 512, 100
_KEPT_LARGE = 16
"""Paths kept by size: icons for good, QR codes while one clinic's documents are made."""


def paint(shape: Shape, height: float, name: Name, state: GraphicsState, write: Write) -> None:
    """Writes a shape's outlines on a page of the given height.

    Page coordinates grow downwards in the model and upwards in the file. A shape that is not
    scaled is turned over number by number; a scaled one gets a matrix, which scales its line
    widths too.
    """
    if shape.scale_x != 1 or shape.scale_y != 1:
        _paint_scaled(shape, height, name, write)
        return
    visible = _visible(shape.outlines)
    if not visible:
        return
    inner = state.copy() if shape.clip else state
    if shape.clip:
        write("q")
        write(_clip(shape.clip, height))
    frame = _Frame(shape.x, height - shape.y, -1)
    for outline in visible:
        _paint_outline(outline, frame, name, inner, write)
    if shape.clip:
        write("Q")


def _paint_scaled(shape: Shape, height: float, name: Name, write: Write) -> None:
    """A drawing in its own coordinates: written alike wherever, and on whatever page, it stands."""
    where = (shape.x, shape.y, shape.scale_x, shape.scale_y, height)
    found = None if shape.clip else _PLACED.get(shape.outlines, where)
    if found is None:
        found = _placed(shape, height)
        if shape.clip is None and len(found[1]) < _SHORT:
            _PLACED.keep(shape.outlines, where, found)
    paints, drawn = found
    if drawn:
        for one in paints:
            name(one)
        write(drawn)


def _placed(shape: Shape, height: float) -> _Drawn:
    places = _places(max(abs(shape.scale_x), abs(shape.scale_y)))
    paints, drawn = _drawing(shape.outlines, places)
    if not drawn:
        return (), ""
    clip = _clip(shape.clip, height) + "\n" if shape.clip else ""
    return paints, f"q\n{clip}{_matrix(shape, height)}\n{drawn}\nQ"


_Drawn = tuple[tuple[Paint, ...], str]
"""What a drawing is painted with, and its operators."""
_SMALL_DRAWINGS: Kept[tuple[Outline, ...], _Drawn] = Kept(_KEPT_SMALL)
_LARGE_DRAWINGS: Kept[tuple[Outline, ...], _Drawn] = Kept(_KEPT_LARGE)
_PLACED: Kept[tuple[Outline, ...], _Drawn] = Kept(_KEPT_SMALL)
_SHORT = 2000
"""Operators of this length are kept for every place they were needed at."""


def _drawing(outlines: tuple[Outline, ...], places: int) -> _Drawn:
    """A drawing's operators, which are kept: icons come back in every document."""
    found = _SMALL_DRAWINGS.get(outlines, places) or _LARGE_DRAWINGS.get(outlines, places)
    if found is None:
        large = sum(_weight(outline.segments) for outline in outlines) > _SMALL
        kept = _LARGE_DRAWINGS if large else _SMALL_DRAWINGS
        found = kept.keep(outlines, places, _write_drawing(outlines, places))
    return found


def _weight(segments: Sequence[Segment]) -> int:
    codes = sum(len(one.rows) ** 2 for one in segments if isinstance(one, Modules))
    return len(segments) + codes


def _write_drawing(outlines: tuple[Outline, ...], places: int) -> _Drawn:
    paints: dict[Paint, None] = {}
    out: list[str] = []

    def name(paint: Paint) -> str:
        paints[paint] = None
        return resource(paint)

    frame, state = _Frame(0, 0, 1, places), GraphicsState.unknown()
    for outline in _visible(outlines):
        _paint_outline(outline, frame, name, state, out.append)
    return tuple(paints), "\n".join(out)


def _visible(outlines: Sequence[Outline]) -> list[Outline]:
    return [o for o in outlines if o.segments and (o.fill or o.stroke)]


def _clip(clip: Outline, height: float) -> str:
    rule = "W*" if clip.even_odd else "W"
    return f"{_path(clip.segments, _Frame(0, height, -1))} {rule} n"


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


_PATHS: Kept[tuple[Segment, ...], str] = Kept(_KEPT_SMALL)


def _path(segments: tuple[Segment, ...], frame: _Frame) -> str:
    """Path operators; small ones are kept, large ones with their drawing."""
    found = _PATHS.get(segments, frame)
    if found is None:
        found = _write_path(segments, frame)
        if _weight(segments) <= _SMALL:
            _PATHS.keep(segments, frame, found)
    return found


def _write_path(segments: tuple[Segment, ...], frame: _Frame) -> str:
    """Segments that make an upright rectangle become one ``re``."""
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


def _segment(segment: Segment, frame: _Frame) -> str:
    match segment:
        case Move(x, y):
            return frame.point(x, y) + " m"
        case Line(x, y):
            return frame.point(x, y) + " l"
        case Curve(x1, y1, x2, y2, x, y):
            return f"{frame.point(x1, y1)} {frame.point(x2, y2)} {frame.point(x, y)} c"
        case Modules():
            return _modules(segment, frame)
    return "h"


_STRETCH = 11
"""Modules whose rectangles are kept together, by their pattern: there are 2048."""
_DARK = re.compile("1+")


class _Runs(dict[str, str]):
    """Rectangles for the runs of a stretch that begins at x, in the row ``y``."""

    def __init__(self, x: float, up: int, places: int) -> None:
        super().__init__()
        self.x, self.up, self.places = x, up, places

    def __missing__(self, pattern: str) -> str:
        runs = [(run.start(), run.end() - run.start()) for run in _DARK.finditer(pattern)]
        self[pattern] = written = "".join(
            [f"{number(self.x + at, self.places)} y {wide} {self.up} re " for at, wide in runs]
        )
        return written


_stretch = lru_cache(maxsize=16)(_Runs)


def _modules(code: Modules, frame: _Frame) -> str:
    """A rectangle for every run of squares, or two where a run goes on in the next stretch."""
    rows = code.rows
    out: list[str] = []
    lines = range(code.y, code.y + len(rows))
    ys = [number(frame.y + frame.up * y, frame.places) for y in lines]
    for at in range(0, len(rows), _STRETCH):
        runs = _stretch(frame.x + code.x + at, frame.up, frame.places)
        patterns = map(itemgetter(slice(at, at + _STRETCH)), rows)
        out += map(str.replace, map(runs.__getitem__, patterns), repeat("y"), ys)
    return "".join(out).rstrip()


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
