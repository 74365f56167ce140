"""The few body parts all drawings are made of: a baby, a foot, a face, adult hands.

Stands before the flow, between `canvas.py` and `strokes.py`. The parent's hands are
tinted and end in a cuff; the baby is left white, so that one sees at once who moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from canvas import XY, Canvas, Knot, arc, curve, ellipse, limb, soften
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

FINE = 2.2
"""Pen for creases, nappy and seams between fingers."""
HALO = 2.6


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a hand lies: its wrist, the way it points (0 right, 90 down), its size."""

    x: float
    y: float
    turn: float
    size: float = 1.0
    flip: bool = False

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Move a shape from the hand's own axes (wrist at 0, pointing right)."""
        down = -1 if self.flip else 1
        shape = affinity.scale(shape, self.size, self.size * down, origin=(0, 0))
        shape = affinity.rotate(shape, self.turn, origin=(0, 0))
        return affinity.translate(shape, self.x, self.y)


FINGERS = ((-8.6, 40.0), (-2.9, 44.0), (2.9, 42.5), (8.4, 37.0))
PALM = limb((0, 0, 8.5), (10, 0, 10.5), (20, 0, 11.5))
CUFF = box(-11, -9, -4, 9).buffer(3)


def _hand_shape(spread: float, thumb: Sequence[tuple[float, float, float]]) -> BaseGeometry:
    parts: list[BaseGeometry] = [PALM, limb(*thumb, fillet=0)]
    for row, (y, length) in enumerate(FINGERS):
        finger = limb((20, y, 3.4), (length, y, 3.3))
        parts.append(affinity.rotate(finger, (row - 1.5) * spread, origin=(16, y)))
    return soften(unary_union(parts), 0.7)


def hand(c: Canvas, pose: Pose, *, spread: float = 0.0, thumb_in: bool = False) -> None:
    """A flat adult hand, seen on its back or its palm."""
    close = ((6, -5, 5), (18, -12.5, 4.2), (27, -13.5, 3.6))
    wide = ((6, -4, 5.5), (16, -15, 4.4), (22, -23, 3.7))
    c.shape(pose.place(_hand_shape(spread, close if thumb_in else wide)), tint=True, halo=HALO)
    for row, (a, b) in enumerate(pairwise(FINGERS)):
        y = (a[0] + b[0]) / 2
        seam = LineString([(23, y), (min(a[1], b[1]) - 1, y)])
        seam = affinity.rotate(seam, (row - 1) * spread, origin=(16, y))
        if spread < 4:
            c.line(list(pose.place(seam).coords), FINE * min(pose.size, 1))
    c.shape(pose.place(CUFF), halo=0)


GRIP_PALM = limb((-40, 13, 9), (-28, 11, 11.5), (-15, 16, 10))
GRIP_THUMB = limb((-26, 6, 7.5), (-12, 1, 6.4), (0, 0, 5.8))
GRIP_CUFF = affinity.translate(box(-11, -9, -4, 9).buffer(3), -40, 13)


def grip_under(c: Canvas, pose: Pose) -> None:
    """The part of a gripping hand that lies behind the baby; the thumb tip is at 0, 0."""
    c.shape(pose.place(GRIP_PALM), tint=True)
    c.shape(pose.place(GRIP_CUFF))


def grip_over(c: Canvas, pose: Pose, held: BaseGeometry) -> None:
    """The thumb of a gripping hand, on top of what it holds.

    Where the palm can be seen the thumb grows out of it without a line; where the held
    part lies between the two, the thumb keeps its outline.
    """
    palm = pose.place(GRIP_PALM).difference(held)
    c.joined(pose.place(GRIP_THUMB), palm, halo=HALO)
    nail = LineString(arc(0.2, 0, 3.1, 3, -70, 70))
    c.line(list(pose.place(nail).coords), FINE)


def grips(c: Canvas, poses: Sequence[Pose], draw: Callable[[], BaseGeometry]) -> None:
    """Hands that hold something: palms, then what `draw` draws and returns, then thumbs."""
    for pose in poses:
        grip_under(c, pose)
    held = draw()
    for pose in poses:
        grip_over(c, pose, held)


def hand_thumb(c: Canvas, pose: Pose) -> None:
    """A whole hand with its thumb stretched, lying on the baby; the tip is at 0, 0."""
    grip_under(c, pose)
    grip_over(c, pose, Polygon())


def face(
    c: Canvas, x: float, y: float, r: float, *, mouth: bool = True, cheeks: bool = True
) -> None:
    """Open eyes, soft cheeks and a smile for a head of radius `r`."""
    for side in (-1, 1) if cheeks else ():
        c.soft(ellipse(x + side * 0.6 * r, y + 0.34 * r, 0.2 * r, 0.15 * r))
    for side in (-1, 1):
        c.dot(x + side * 0.36 * r, y + 0.04 * r, max(0.085 * r, 1.9 * c.pen / 3))
    if mouth:
        c.line(arc(x, y + 0.3 * r, 0.27 * r, 0.24 * r, 25, 155))


def skull(c: Canvas, x: float, y: float, r: float, *, curl: bool = True) -> BaseGeometry:
    """A baby's head from the front without its face: ears, outline, curl."""
    for side in (-1, 1):
        c.shape(ellipse(x + side * 1.02 * r, y + 0.1 * r, 0.18 * r, 0.22 * r))
    round_head = ellipse(x, y, 1.04 * r, 0.97 * r)
    c.shape(round_head)
    if not curl:
        return round_head
    k = r / 20
    hair = ((-1, -19.4), (5, -17.6), (6.4, -13), (3, -9.4), (-1, -11), (-0.2, -14))
    c.line(curve(*[(x + dx * k, y + dy * k) for dx, dy in hair]))
    return round_head


def head(c: Canvas, x: float, y: float, r: float) -> None:
    """A baby's head from the front, awake and smiling."""
    skull(c, x, y, r)
    face(c, x, y, r)


def inside(c: Canvas, body: BaseGeometry, points: Sequence[XY], pen: float = FINE) -> None:
    """Draw the stretch of a line that lies within a body."""
    seen = LineString(points).intersection(body)
    for part in getattr(seen, "geoms", [seen]):
        if not part.is_empty:
            c.line(list(part.coords), pen)


TORSO = limb((80, 52, 17), (80, 66, 20), (80, 82, 21.5))
ARM_OUT = ((68, 53, 7.5), (52, 60, 7.2), (38, 56, 6.4), (31, 45, 5.4))
ARM_UP = ((68, 53, 7.5), (54, 56, 7.2), (44, 48, 6.4), (42, 35, 5.4))
LEG_OUT = ((66, 89, 12), (50, 97, 10), (36, 95, 8.5), (27, 86, 6.4))


def mirrored(shape: BaseGeometry, x: float = 80) -> BaseGeometry:
    """The shape on the other side of the baby."""
    return affinity.scale(shape, -1, 1, origin=(x, 0))


def other_side(points: Sequence[XY], x: float = 80) -> list[XY]:
    """The points on the other side of the baby."""
    return [(2 * x - px, py) for px, py, *_ in points]


def fist(x: float, y: float, r: float) -> BaseGeometry:
    """A small closed hand with its thumb."""
    return Point(x, y).buffer(r, 48).union(Point(x + 0.75 * r, y + 0.55 * r).buffer(0.5 * r, 32))


def front_baby(
    c: Canvas,
    *,
    arm: Sequence[Knot] | None = ARM_OUT,
    leg: Sequence[Knot] = LEG_OUT,
    hems: bool = True,
) -> BaseGeometry:
    """A baby on its back, as the parent at its feet sees it; returns the body shape."""
    half: list[BaseGeometry] = [limb(*leg)]
    if arm:
        x, y, r = arm[-1]
        half += [limb(*arm), fist(x, y - 1, r * 1.32)]
    parts = [TORSO, *half, *[mirrored(part) for part in half]]
    body = soften(unary_union(parts), 2.5)
    c.shape(body)
    inside(c, body, curve((54, 82), (80, 87), (106, 82)))
    hem = curve((51, 84), (58, 91), (63, 110))
    for line in (hem, other_side(hem)) if hems else ():
        inside(c, body, line)
    c.dot(80, 73, 1.6)
    head(c, 80, 24, 19)
    return body


def sole(c: Canvas, *, size: float = 1.0, x: float = 0.0, y: float = 0.0) -> BaseGeometry:
    """The sole of a baby's foot, toes up; sized about 0, 0, then moved by x and y."""

    def place(shape: BaseGeometry) -> BaseGeometry:
        shape = affinity.scale(shape, size, size, origin=(0, 0))
        return affinity.translate(shape, x, y)

    toes = ((60, 29, 9), (74, 19.5, 7.2), (86.5, 18.5, 6.6), (97.5, 23.5, 6.1), (105.5, 32, 5.6))
    for toe_x, toe_y, r in toes:
        c.shape(place(Point(toe_x, toe_y).buffer(r, 48)))
    heel = limb((82, 92, 14), (81, 72, 15.5), (79, 50, 21))
    foot = place(soften(heel.union(limb((74, 46, 19), (89, 46, 19))), 4))
    c.shape(foot)
    return foot


def open_hand(x: float, y: float, size: float, turn: float = 0) -> BaseGeometry:
    """A baby's open hand, fingers up, as a palm of radius 8 times `size`."""
    fingers = ((-6.2, -13.2), (-2.1, -16), (2.3, -15.8), (6.5, -12.6))
    parts = [ellipse(0, 0, 8, 8.4), limb((-3, 3, 4), (-11.5, -2.6, 2.7))]
    parts += [limb((fx * 0.7, -3, 2.5), (fx, fy, 2.35)) for fx, fy in fingers]
    shape = affinity.scale(soften(unary_union(parts), 0.5), size, size, origin=(0, 0))
    return affinity.translate(affinity.rotate(shape, turn, origin=(0, 0)), x, y)


def tummy_baby(c: Canvas) -> None:
    """A baby awake on its tummy on a mat, head up and eyes open, seen from the side."""
    bottom = limb((58, 74, 17), (84, 72, 18.5), (110, 70, 22))
    leg = limb((112, 78, 13), (126, 90, 9.5), (142, 93, 6.5), (149, 91, 5.6))
    body = soften(bottom.union(leg), 3)
    c.shape(body)
    inside(c, body, curve((97, 46), (92, 70), (99, 96)))
    inside(c, body, curve((98, 94), (110, 84), (134, 84)))
    c.shape(limb((58, 80, 8), (50, 92, 7.2), (34, 95, 6.2), (26, 94, 6.4)))
    head(c, 38, 58, 22)
    c.line([(12, 104), (150, 104)], FINE)
