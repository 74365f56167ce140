"""Paths of boxes: rounded rectangles, sides, discs, and drawings in a colour."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from handouts.model.drawing import Close, Curve, Drawing, Line, Move, Outline, Paint, Segment

KAPPA = 0.5523
"""Length of a quarter circle's Bézier handles, in radii (4/3 · (√2 − 1))."""


class Rect(NamedTuple):
    """A rectangle on paper, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.y1 - self.y0


@lru_cache(maxsize=1024)
def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> tuple[Segment, ...]:
    """A rectangle with round corners; the radius is at most half the shorter side."""
    r = max(0.0, min(radius, (x1 - x0) / 2, (y1 - y0) / 2))
    if not r:
        return (Move(x0, y0), Line(x1, y0), Line(x1, y1), Line(x0, y1), Close())
    k = r * (1 - KAPPA)
    return (
        Move(x0 + r, y0),
        Line(x1 - r, y0),
        Curve(x1 - k, y0, x1, y0 + k, x1, y0 + r),
        Line(x1, y1 - r),
        Curve(x1, y1 - k, x1 - k, y1, x1 - r, y1),
        Line(x0 + r, y1),
        Curve(x0 + k, y1, x0, y1 - k, x0, y1 - r),
        Line(x0, y0 + r),
        Curve(x0, y0 + k, x0 + k, y0, x0 + r, y0),
        Close(),
    )


@lru_cache(maxsize=1024)
def panel(
    width: float,
    height: float,
    radius: float,
    fill: Paint | None,
    border: Paint | None,
    border_width: float,
) -> tuple[Outline, ...]:
    """A filled, bordered rectangle at the origin; the border lies inside its edge."""
    inset = border_width / 2 if border is not None else 0.0
    inset = min(inset, width / 2, height / 2)
    path = rounded(inset, inset, width - inset, height - inset, radius - inset if radius else 0.0)
    return (Outline(path, fill=fill, stroke=border, stroke_width=border_width),)


@lru_cache(maxsize=1024)
def line(
    width: float, height: float, thickness: float, colour: Paint, dash: tuple[float, ...]
) -> tuple[Outline, ...]:
    """A stroke from the origin by `width` and `height`, one of which is 0."""
    return (
        Outline(
            (Move(0.0, 0.0), Line(width, height)),
            stroke=colour,
            stroke_width=thickness,
            dash=dash,
        ),
    )


def coloured(drawing: Drawing, colour: Paint) -> tuple[Outline, ...]:
    """The drawing's outlines with ``current`` replaced, the same object for the same asking.

    Keyed by the identity of the drawing, which is kept: comparing thousands of segments would
    cost more than painting them.
    """
    key = (id(drawing), colour)
    kept = _COLOURED.get(key)
    if kept is None:
        if len(_COLOURED) >= _MOST_COLOURED:
            _COLOURED.clear()
        outlines = tuple(_resolved(outline, colour) for outline in drawing.outlines)
        kept = _COLOURED[key] = (drawing, outlines)
    return kept[1]


_MOST_COLOURED = 512
_COLOURED: dict[tuple[int, Paint], tuple[Drawing, tuple[Outline, ...]]] = {}


def _resolved(outline: Outline, colour: Paint) -> Outline:
    if "current" not in (outline.fill, outline.stroke):
        return outline
    return replace(
        outline,
        fill=colour if outline.fill == "current" else outline.fill,
        stroke=colour if outline.stroke == "current" else outline.stroke,
    )
