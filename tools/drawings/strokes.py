"""The drawings of the massage course, one function a stroke; the function name is the id.

Stands before the flow: it writes `handouts/drawings/strokes/*.svg`.

    python tools/drawings/strokes.py handouts/drawings/strokes
"""

from __future__ import annotations

import sys
from pathlib import Path

from body import (
    ARM_UP,
    FINE,
    HALO,
    Pose,
    face,
    front_baby,
    grips,
    hand,
    hand_thumb,
    head,
    inside,
    mirrored,
    open_hand,
    other_side,
    skull,
    sole,
    tummy_baby,
)
from canvas import Canvas, arc, curve, ellipse, limb, soften
from shapely import affinity
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union


def ask(c: Canvas) -> None:
    """Two open hands shown to the baby before the first touch."""
    front_baby(c, arm=ARM_UP)
    hand(c, Pose(26, 92, -72, 0.98, flip=False), spread=7)
    hand(c, Pose(134, 92, -108, 0.98, flip=True), spread=7)


LEG = limb(
    (28, 64, 22.5),
    (46, 64, 20.5),
    (64, 66, 18),
    (80, 67, 16),
    (100, 66, 15),
    (122, 67, 10.5),
    (133, 68, 12),
)
FOOT = limb((134, 68, 12), (138, 52, 9), (139, 38, 8)).union(Point(138.5, 31).buffer(7, 48))
OFF_LEFT = box(-40, -40, 5, 160)


def _leg(c: Canvas) -> None:
    """A leg from the side: nappy on the left, toes up on the right."""
    nappy = limb((0, 64, 28), (26, 64, 25.5)).difference(OFF_LEFT)
    c.shape(soften(LEG.union(FOOT), 4))
    c.line(arc(138, 32, 6.8, 5, 20, 120), FINE)
    c.line(curve((84, 50.8), (82, 55), (82.5, 59)), FINE)
    c.shape(nappy, open_at=OFF_LEFT.buffer(0.5))
    c.line(curve((38, 45), (42.5, 64), (38, 83)), FINE)


def legs_long(c: Canvas) -> None:
    """Long strokes from hip to foot."""
    _leg(c)
    hand(c, Pose(62, 18, 72, 0.95), thumb_in=True)
    c.arrow(curve((42, 102), (80, 98), (124, 94)))


def leg_roll(c: Canvas) -> None:
    """The leg rolled between two palms."""
    _leg(c)
    hand(c, Pose(54, 17, 68, 0.85), thumb_in=True)
    hand(c, Pose(66, 95, -58, 0.76), thumb_in=True)
    c.arrow(arc(112, 66, 9, 27, -75, 75), both=True)


def foot_circles(c: Canvas) -> None:
    """Both thumbs draw small circles on the sole."""
    grips(c, [Pose(70, 72, -10), Pose(92, 72, 190, flip=True)], lambda: sole(c))
    c.arrow(arc(69, 50, 7.5, 7.5, 80, 375))
    c.arrow(arc(93, 50, 7.5, 7.5, 100, -195))


def foot_press(c: Canvas) -> None:
    """One thumb walks from the heel to the toes, press by press."""
    grips(c, [Pose(88, 77, 188, flip=True)], lambda: sole(c))
    c.arrow([(78, 50), (77, 37)])
    for y in (60, 69):
        c.dot(79.5, y, 2.4, "accent")


def tummy_paddle(c: Canvas) -> None:
    """Hand over hand down the tummy."""
    front_baby(c, hems=False)
    hand(c, Pose(118, 55, 176, 0.8, flip=True), thumb_in=True)
    hand(c, Pose(42, 70, 2, 0.8), thumb_in=True)
    c.arrow([(96, 70), (96, 98)])


def tummy_circle(c: Canvas) -> None:
    """One hand circles the navel clockwise, the way the bowel runs."""
    front_baby(c)
    hand(c, Pose(122, 95, 212, 0.8, flip=True), thumb_in=True)
    c.arrow(arc(79, 68, 14, 13, 100, 335))


def knees_up(c: Canvas) -> None:
    """Both knees brought up to the tummy, held, and let go."""
    body = limb((46, 80, 14), (68, 82, 16.5), (98, 85, 16.5))
    thigh = limb((101, 85, 16), (88, 68, 13), (73, 51, 11))
    shin = limb((73, 49, 11), (92, 49, 10), (108, 45, 8), (117, 37, 6.6), (118, 28, 6.4))
    both = soften(body.union(thigh), 1)
    c.shape(both)
    inside(c, body, curve((72, 60), (75, 82), (71, 104)))
    inside(c, both, curve((80, 74), (92, 76), (106, 66)))
    c.shape(shin, open_at=ellipse(67, 54, 12, 9))
    head(c, 31, 68, 20)
    c.line([(10, 104), (150, 104)], FINE)
    hand(c, Pose(138, 66, 204, 0.85, flip=True), thumb_in=True)
    c.arrow(curve((106, 16), (84, 16), (62, 28), (54, 48)))


def tummy_walk(c: Canvas) -> None:
    """Both thumbs from the navel out to the sides."""
    poses = [Pose(73, 72, -8, 0.95), Pose(87, 72, 188, 0.95, flip=True)]
    front_baby(c)
    for pose in poses:
        hand_thumb(c, pose)
    c.arrow(curve((74, 60), (62, 58), (50, 62)))
    c.arrow(curve((86, 60), (98, 58), (110, 62)))


def chest_heart(c: Canvas) -> None:
    """Hands from the middle of the chest up, out and round, like a heart."""
    front_baby(c)
    hand(c, Pose(30, 95, -28, 0.78), thumb_in=True)
    hand(c, Pose(130, 95, 208, 0.78, flip=True), thumb_in=True)
    half = curve((79.5, 58), (74, 50.5), (65.5, 51), (62.5, 59), (67, 69), (75.5, 77))
    c.arrow(half, head=6)
    c.arrow(other_side(half), head=6)


def _arm(c: Canvas) -> None:
    """A baby with one arm stretched out to the right."""
    torso = limb((34, 72, 19), (36, 96, 22), (36, 130, 24))
    arm = limb((44, 68, 11), (68, 70, 11.5), (84, 68, 10), (104, 66, 10), (120, 64, 7.5))
    c.shape(soften(torso.union(arm).union(open_hand(131, 62, 1.2, 80)), 2.5))
    c.line(curve((84, 77), (86, 74), (86, 71)), FINE)
    head(c, 34, 32, 22)


def arms_long(c: Canvas) -> None:
    """Long strokes from shoulder to hand."""
    _arm(c)
    hand(c, Pose(76, 22, 76, 0.88), thumb_in=True)
    c.arrow(curve((74, 95), (100, 92), (134, 86)))


def arm_roll(c: Canvas) -> None:
    """The arm rolled between two palms."""
    _arm(c)
    hand(c, Pose(72, 23, 74, 0.82), thumb_in=True)
    hand(c, Pose(84, 97, -70, 0.7), thumb_in=True)
    c.arrow(arc(109, 66, 8, 22, -75, 75), both=True)


def hand_circles(c: Canvas) -> None:
    """A thumb opens the baby's hand and circles in the palm."""
    palm = open_hand(78, 62, 2.75)
    arm = limb((78, 80, 15), (80, 106, 17), (82, 140, 20))
    shape = soften(palm.union(arm), 2)

    def held() -> BaseGeometry:
        c.shape(shape)
        return shape

    grips(c, [Pose(94, 68, 192, flip=True)], held)
    c.arrow(arc(74, 56, 9.5, 9.5, 80, 375))


def face_brow(c: Canvas) -> None:
    """Thumbs from the middle of the forehead outwards."""

    def forehead() -> BaseGeometry:
        shape = skull(c, 80, 60, 40, curl=False)
        face(c, 80, 66, 38)
        return shape

    grips(c, [Pose(71, 47, -12, 1.12), Pose(89, 47, 192, 1.12, flip=True)], forehead)
    out = curve((76, 33), (66, 30), (55, 34))
    c.arrow(out, head=6)
    c.arrow(other_side(out), head=6)


def face_smile(c: Canvas) -> None:
    """Thumbs from the upper lip out and up over the cheeks."""

    def smiling() -> BaseGeometry:
        shape = skull(c, 80, 58, 42)
        face(c, 80, 44, 42, mouth=False, cheeks=False)
        c.line(arc(80, 80, 12, 9, 20, 160))
        return shape

    grips(c, [Pose(72, 71, -12), Pose(88, 71, 192, flip=True)], smiling)
    out = curve((73, 60), (62, 62), (48, 52))
    c.arrow(out)
    c.arrow(other_side(out))


def face_jaw(c: Canvas) -> None:
    """Fingertips make small circles along the jaw."""
    skull(c, 80, 56, 40)
    face(c, 80, 54, 40, cheeks=False)
    hand(c, Pose(22, 94, -16, 0.75), thumb_in=True)
    hand(c, Pose(138, 94, 196, 0.75, flip=True), thumb_in=True)
    c.arrow(arc(54, 70, 7, 7, 60, 355))
    c.arrow(arc(106, 70, 7, 7, 120, -175))


def back_long(c: Canvas) -> None:
    """One hand sweeps down the back, shoulders to bottom."""
    tummy_baby(c)
    hand(c, Pose(76, 22, 84, 0.88), thumb_in=True)
    c.arrow(curve((94, 38), (114, 36), (138, 58)))


def back_across(c: Canvas) -> None:
    """Both hands go to and fro across the back."""
    tummy_baby(c)
    hand(c, Pose(74, 34, 88, 0.8, flip=True), thumb_in=True)
    hand(c, Pose(106, 24, 92, 0.8), thumb_in=True)
    c.arrow([(54, 12), (54, 30)])
    c.arrow([(130, 42), (130, 22)])


def arms_cross(c: Canvas) -> None:
    """The arms crossed over the chest and opened wide."""
    front_baby(c)
    hand(c, Pose(18, 77, -62, 0.76), thumb_in=True)
    hand(c, Pose(142, 77, 242, 0.76, flip=True), thumb_in=True)
    inward = curve((55, 57), (78, 59), (98, 72))
    c.arrow(inward)
    c.arrow(other_side(inward))


def legs_cross(c: Canvas) -> None:
    """The legs crossed, bent and stretched."""
    under = limb((98, 26, 15), (92, 50, 12.5), (72, 72, 9.5), (60, 84, 8), (52, 90, 7))
    over = mirrored(under)
    nappy = limb((64, 12, 18), (80, 27, 15), (96, 12, 18)).difference(box(0, -40, 160, 5))
    c.shape(under)
    c.shape(over, halo=HALO)
    c.shape(nappy, open_at=box(0, -40, 160, 5.5))
    hand(c, Pose(22, 98, -20, 0.8), thumb_in=True)
    hand(c, Pose(138, 98, 200, 0.8, flip=True), thumb_in=True)
    c.arrow(arc(80, 60, 44, 22, 150, 215), both=True)
    c.arrow(arc(80, 60, 44, 22, 30, -35), both=True)


def whole_body(c: Canvas) -> None:
    """One long sweep from shoulder to foot."""
    front_baby(c, hems=False)
    hand(c, Pose(32, 30, 30, 0.8, flip=True), thumb_in=True)
    hand(c, Pose(128, 30, 150, 0.8), thumb_in=True)
    sweep = curve((68, 64), (67, 78), (56, 92), (34, 92))
    c.arrow(sweep)
    c.arrow(other_side(sweep))


def rest_hands(c: Canvas) -> None:
    """Warm, still hands resting on the baby."""
    front_baby(c)
    hand(c, Pose(66, 96, -86, 0.82), thumb_in=True)
    hand(c, Pose(94, 96, 266, 0.82, flip=True), thumb_in=True)


def hero_baby(c: Canvas) -> None:
    """A sitting baby that waves."""
    torso = limb((120, 134, 32), (120, 160, 38), (120, 190, 42))
    leg = limb((96, 204, 24), (66, 212, 20), (44, 210, 16))
    wave = limb((96, 138, 15), (64, 150, 14), (40, 138, 12), (31, 122, 10))
    cheer = limb((144, 138, 15), (176, 150, 14), (200, 138, 12), (210, 124, 10))
    hands = [open_hand(29, 108, 1.7, -8), mirrored(open_hand(29, 108, 1.7, -8), 120)]
    parts = [torso, leg, mirrored(leg, 120), wave, cheer, *hands]
    body = soften(unary_union(parts), 3)
    c.shape(body)
    inside(c, body, curve((70, 178), (120, 190), (170, 178)), 4)
    for x, lean in ((40, -14), (200, 14)):
        c.shape(affinity.rotate(ellipse(x, 202, 17, 23), lean))
        for k in range(4):
            toe = ellipse(x - 10.5 + 7 * k, 183.5 + 1.5 * abs(k - 1.5), 4.6, 4.8)
            c.shape(affinity.rotate(toe, lean, origin=(x, 202)))
    c.dot(120, 168, 3)
    head(c, 120, 72, 58)


def hero_hands(c: Canvas) -> None:
    """A baby's foot held in two hands."""
    poses = [Pose(98, 158, -12, 1.7), Pose(142, 158, 192, 1.7, flip=True)]
    grips(c, poses, lambda: sole(c, size=1.95, x=-38, y=8))


def hero_class(c: Canvas) -> None:
    """A parent on the floor with the baby sitting in the lap."""
    leg = limb((150, 178, 24), (190, 194, 21), (186, 212, 16), (120, 218, 13))
    torso = limb((120, 96, 32), (120, 130, 40), (120, 180, 44))
    c.shape(torso, tint=True)
    c.shape(ellipse(120, 17, 15, 12), tint=True)
    c.shape(ellipse(120, 48, 34, 36), tint=True)
    c.shape(ellipse(120, 56, 26, 27))
    face(c, 120, 54, 26)
    c.shape(mirrored(leg, 120), tint=True)
    c.shape(leg, tint=True)
    baby_leg = limb((108, 194, 12), (90, 204, 10), (78, 196, 8))
    belly = limb((120, 158, 18), (120, 174, 22), (120, 192, 22))
    c.shape(soften(unary_union([belly, baby_leg, mirrored(baby_leg, 120)]), 4))
    head(c, 120, 134, 27)
    arm = limb((84, 98, 17), (64, 134, 15), (72, 170, 13), (98, 182, 11))
    shoulders = torso.intersection(box(0, 0, 240, 116)).buffer(-0.5)
    c.shape(arm, tint=True, open_at=shoulders)
    c.shape(mirrored(arm, 120), tint=True, open_at=shoulders)


SCENES = {
    name.replace("_", "-"): scene
    for name, scene in list(globals().items())
    if callable(scene) and getattr(scene, "__module__", "") == __name__ and name[0] != "_"
}


def main() -> None:
    """Write every drawing into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        canvas = Canvas(240, 240, pen=4.5) if name.startswith("hero-") else Canvas(160, 112)
        scene(canvas)
        (folder / f"{name}.svg").write_text(canvas.svg(), "utf-8")


if __name__ == "__main__":
    main()
