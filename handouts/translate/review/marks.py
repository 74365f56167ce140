"""Shapes that tell states apart without colour: each is drawn in a square of 12 units."""

from __future__ import annotations

from handouts.model.drawing import Close, Curve, Drawing, Line, Move, Outline, Segment
from handouts.translate.unit import State

SIDE = 12.0
_K = 0.5523
"""Length of a quarter circle's handles, in radii."""


def shape(state: State) -> Drawing:
    """Ring, triangle, square, half and full disc, disc with a tick: emptier is less far."""
    return Drawing(SIDE, SIDE, _SHAPES[state])


def _circle(radius: float) -> tuple[Segment, ...]:
    c, k = SIDE / 2, radius * _K
    return (Move(c, c - radius), *_right_half(radius), *_left_half(radius, k), Close())


def _right_half(radius: float) -> tuple[Segment, ...]:
    c, k = SIDE / 2, radius * _K
    return (
        Curve(c + k, c - radius, c + radius, c - k, c + radius, c),
        Curve(c + radius, c + k, c + k, c + radius, c, c + radius),
    )


def _left_half(radius: float, k: float) -> tuple[Segment, ...]:
    c = SIDE / 2
    return (
        Curve(c - k, c + radius, c - radius, c + k, c - radius, c),
        Curve(c - radius, c - k, c - k, c - radius, c, c - radius),
    )


def _line(segments: tuple[Segment, ...], *, paint: str = "current", width: float = 1.4) -> Outline:
    return Outline(segments, stroke=paint, stroke_width=width, cap="round", join="round")


def _full(segments: tuple[Segment, ...]) -> Outline:
    return Outline(segments, fill="current")


_RING = _line(_circle(4.8))
_TRIANGLE = (Move(6, 1.4), Line(11.2, 10.6), Line(0.8, 10.6), Close())
_SQUARE = (Move(1.6, 1.6), Line(10.4, 1.6), Line(10.4, 10.4), Line(1.6, 10.4), Close())
_HALF = (Move(6, 1.2), *_right_half(4.8), Close())
_TICK = (Move(3.4, 6.2), Line(5.3, 8.1), Line(8.7, 4.2))
_SHAPES: dict[State, tuple[Outline, ...]] = {
    "missing": (Outline(_circle(4.8), stroke="current", stroke_width=1.4, dash=(1.8, 1.6)),),
    "stale": (_line(_TRIANGLE), _line((Move(6, 4.8), Line(6, 7.4)), width=1.3)),
    "machine": (_line(_SQUARE),),
    "draft": (_RING, _full(_HALF)),
    "reviewed": (_full(_circle(5.4)),),
    "approved": (_full(_circle(5.8)), _line(_TICK, paint="paper", width=1.5)),
}
