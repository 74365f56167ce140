"""Boxes to tick and lines to write on: what a pen needs."""

from __future__ import annotations

from handouts.model.document import Box, Decoration, Row, Spacer, Stack, Track
from handouts.translate.review.desk import Desk, side_by_side
from handouts.translate.review.words import ANSWERS
from handouts.units import Length, millimetres

TICK = millimetres(4.6)
_FOOT = Length(5)
"""Height of the corner that says on which side a line begins."""


def tick() -> Row:
    """An open box."""
    edge = Decoration(border="muted", border_width=Length(1), radius=Length(2.5))
    box = Stack(children=(), min_height=TICK, decoration=edge)
    return Row(children=(box,), tracks=(Track("fixed", TICK),))


def answers(desk: Desk) -> Row:
    """Good, Change, Ask: a box beside each."""
    return side_by_side(
        *(
            Row(
                children=(tick(), desk.text(word, "label")),
                tracks=(Track("fixed", TICK), Track("content")),
                gap=Length(4),
                align="middle",
            )
            for word in ANSWERS
        ),
        gap=11,
    )


def line(pitch: float) -> Box:
    """A line with room for a hand above it and a small corner where writing starts."""
    ruled = Decoration(border="muted", border_width=Length(0.7), sides=("bottom", "start"))
    foot = Stack(children=(), min_height=_FOOT, decoration=ruled)
    return Stack(children=(Spacer(size=Length(pitch - _FOOT)), foot))


def lines(desk: Desk, count: int) -> tuple[Box, ...]:
    """Lines in the pitch of the language's script."""
    return tuple(line(desk.pitch) for _ in range(count))


def labelled(desk: Desk, label: str, pitch: float, *, foreign: bool = False) -> Row:
    """A label and a line after it; `foreign`: to write on in the language that is reviewed."""
    direction = desk.direction if foreign else None
    writing = Stack(children=(line(pitch),), direction=direction)
    return Row(
        children=(desk.text(label, "label", colour="muted"), writing),
        tracks=(Track("content"), Track("share")),
        gap=Length(6),
        align="bottom",
    )


def statement(desk: Desk, words: str) -> Row:
    """A sentence with a box to tick before it."""
    return Row(
        children=(tick(), desk.text(words)),
        tracks=(Track("fixed", TICK), Track("share")),
        gap=Length(7),
        align="baseline",
    )
