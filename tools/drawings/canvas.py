"""Flat line drawing with hidden lines taken away: shapes in, one small SVG out.

Stands before the flow, under `strokes.py`. A drawing is a pile of shapes. A shape on top
hides what lies under it, and since the SVG may hold neither masks nor a paper colour, the
hidden lines are cut away here, with a small gap so that a hand stands off the baby.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

XY = tuple[float, float]
Knot = tuple[float, float, float]
"""x, y and radius of a limb at that place."""

OVERLAP = 0.6
"""How far a soft patch runs on under the line that ends it, so that no hairline shows."""

SMOOTH = 0.12
"""How far, in drawing units, a straight piece may stray from the curve."""


def limb(*knots: Knot, fillet: float = 4.0) -> Polygon:
    """A rounded, tapering body part through the knots, with soft inner bends."""
    discs = [Point(x, y).buffer(r, 48) for x, y, r in _between(knots)]
    hulls = [a.union(b).convex_hull for a, b in pairwise(discs)]
    return soften(unary_union(hulls), fillet)


def _between(knots: Sequence[Knot]) -> list[Knot]:
    """The knots with more on a smooth curve between them, so that limbs bend softly."""
    if len(knots) < 3:
        return list(knots)
    centres = curve(*[(x, y) for x, y, _ in knots], steps=8)
    radii = curve(*[(r, r) for *_, r in knots], steps=8)
    return [(x, y, r) for (x, y), (r, _) in zip(centres, radii, strict=True)]


def soften(shape: BaseGeometry, radius: float) -> BaseGeometry:
    """Round the inner corners where parts of a body meet."""
    return shape.buffer(radius, 32).buffer(-radius, 32)


def ellipse(x: float, y: float, rx: float, ry: float) -> BaseGeometry:
    """An ellipse round (x, y)."""
    return affinity.scale(Point(x, y).buffer(1, 96), rx, ry)


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[XY]:
    """Points from angle `start` to `end` in degrees; 0 is right, 90 is down."""
    count = max(8, int(abs(end - start) / 4))
    turns = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns]


def curve(*points: XY, steps: int = 16) -> list[XY]:
    """A smooth curve through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    out: list[XY] = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        out += [_blend(p0, p1, p2, p3, i / steps) for i in range(steps)]
    return [*out, points[-1]]


def _blend(p0: XY, p1: XY, p2: XY, p3: XY, t: float) -> XY:
    weights = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    pairs = list(zip(weights, (p0, p1, p2, p3), strict=True))
    return sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs)


@dataclass(slots=True)
class Item:
    """One thing in the pile: what is drawn and what it hides."""

    lines: BaseGeometry
    width: float
    hides: BaseGeometry = field(default_factory=Polygon)
    role: str = ""
    fill: str = ""
    area: BaseGeometry | None = None


class Canvas:
    """A pile of shapes and lines, first one lowest."""

    def __init__(self, width: float, height: float, pen: float = 3.0) -> None:
        """Start an empty drawing; `pen` is the width of its main lines."""
        self.size = (width, height)
        self.pen = pen
        self.items: list[Item] = []

    def shape(
        self,
        body: BaseGeometry,
        *,
        tint: bool = False,
        halo: float = 0.0,
        open_at: BaseGeometry | None = None,
    ) -> None:
        """Add an outlined shape.

        `halo` is the gap it keeps to the lines under it; in `open_at` it has no outline,
        for where the drawing leaves off or the shape grows out of another.
        """
        edge = body.boundary.difference(open_at) if open_at else body.boundary
        reach = body.buffer(halo) if halo else body
        fill = "tint" if tint else ""
        self.items.append(Item(edge, self.pen, reach, fill=fill, area=body))

    def joined(self, body: BaseGeometry, other: BaseGeometry, *, halo: float = 0.0) -> None:
        """Add a tinted shape that grows out of `other`: no outline where the two join."""
        edge = body.boundary.difference(other)
        reach = body.union(body.buffer(halo).difference(other.buffer(halo)))
        self.items.append(Item(edge, self.pen, reach, fill="tint", area=body))

    def soft(self, body: BaseGeometry) -> None:
        """Add a soft patch without an outline; it hides nothing."""
        self.items.append(Item(body, 0.0, fill="tint", area=body))

    def line(self, points: Sequence[XY], width: float | None = None) -> None:
        """Add a line, a little thinner than the outlines if `width` says so."""
        self.items.append(Item(LineString(points), width or self.pen))

    def dot(self, x: float, y: float, radius: float, role: str = "") -> None:
        """Add a solid dot."""
        self.items.append(Item(Point(x, y).buffer(radius, 24), 0.0, role=role, fill="solid"))

    def mark(self, points: Sequence[XY]) -> None:
        """Add an accent line without an arrow head."""
        self._accent([LineString(points)])

    def arrow(self, points: Sequence[XY], *, both: bool = False, head: float = 7.0) -> None:
        """Add a direction arrow along the points."""
        scale = head * self.pen / 3
        parts = [LineString(points), _head(points, scale)]
        if both:
            parts.append(_head(points[::-1], scale))
        self._accent(parts)

    def _accent(self, parts: list[LineString]) -> None:
        ink = unary_union(parts)
        reach = ink.buffer(self.pen * 1.35)
        self.items.append(Item(ink, self.pen, reach, role="accent"))

    def svg(self) -> str:
        """Return the drawing with every hidden part taken away."""
        width, height = self.size
        edge = self.pen / 2 + 0.25
        frame = box(edge, edge, width - edge, height - edge)
        outside = box(-width, -height, 2 * width, 2 * height).difference(frame)
        rows: list[str] = []
        for place, item in enumerate(self.items):
            above = unary_union([other.hides for other in self.items[place + 1 :]]).union(outside)
            rows += _rows(item, above, self.pen)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            f'fill="none" stroke="currentColor" stroke-width="{self.pen:g}" '
            'stroke-linecap="round" stroke-linejoin="round">'
        )
        return "\n".join([head, *rows, "</svg>", ""])


def _head(points: Sequence[XY], size: float) -> LineString:
    """The two barbs at the end of an arrow, aligned with its last stretch."""
    whole = LineString(points)
    back = whole.interpolate(max(whole.length - size * 0.9, 0))
    x, y = points[-1]
    heading = math.atan2(y - back.y, x - back.x)
    barbs = [heading + math.pi - 0.65, heading + math.pi + 0.65]
    left, right = [(x + size * math.cos(b), y + size * math.sin(b)) for b in barbs]
    return LineString([left, (x, y), right])


def _rows(item: Item, above: BaseGeometry, main_pen: float) -> list[str]:
    """SVG elements for one item: its soft or solid fill, then its visible lines."""
    rows = []
    if item.fill == "solid":
        role = ' class="accent"' if item.role else ""
        return [f'  <path{role} fill="currentColor" stroke="none" d="{_area(item.lines)}"/>']
    if item.fill and item.area is not None:
        path = _area(item.area.difference(above.buffer(-OVERLAP)))
        if path:
            rows.append(f'  <path class="tint" fill="currentColor" stroke="none" d="{path}"/>')
    if item.width:
        seen = item.lines.difference(above)
        path = _strokes(seen)
        if path:
            role = f' class="{item.role}" stroke="currentColor"' if item.role else ""
            pen = f' stroke-width="{item.width:g}"' if item.width != main_pen else ""
            rows.append(f'  <path{role}{pen} d="{path}"/>')
    return rows


def _parts(shape: BaseGeometry) -> Iterable[BaseGeometry]:
    parts: Iterable[BaseGeometry] = getattr(shape, "geoms", [shape])
    return parts


def _strokes(shape: BaseGeometry) -> str:
    lines = [part for part in _parts(shape) if part.geom_type in ("LineString", "LinearRing")]
    merged = linemerge(lines) if len(lines) > 1 else shape
    kept = [part for part in _parts(merged) if part.length > 1.2]
    return "".join(_path(part.simplify(SMOOTH).coords) for part in kept)


def _area(shape: BaseGeometry) -> str:
    solid = [part for part in _parts(shape) if part.geom_type == "Polygon" and part.area > 0.5]
    rings = [ring for part in solid for ring in (part.exterior, *part.interiors)]
    return "".join(_path(ring.simplify(SMOOTH).coords) for ring in rings)


def _path(coords: Iterable[XY]) -> str:
    points = [f"{round(x, 1):g} {round(y, 1):g}" for x, y, *_ in coords]
    closed = points[0] == points[-1] and len(points) > 2
    return "M" + "L".join(points[:-1] if closed else points) + ("Z" if closed else "")
