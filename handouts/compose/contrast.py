"""Checks every pair of text and ground that a sheet really uses (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from handouts.compose.kept import kept
from handouts.compose.palette import palette
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.brand import Colours
from handouts.model.colour import Colour, ratio
from handouts.model.document import Art, Box, Columns, Document, Row, Stack, Table, Text, TextStyle
from handouts.model.drawing import Paint

TEXT, LARGE = 4.5, 3.0
_LARGE_SIZE, _LARGE_BOLD = 18.0, 14.0

Pair = tuple[Paint, Paint, float]
"""What is painted, the ground it is on, the ratio it needs."""


def pairs_of(document: Document) -> tuple[Pair, ...]:
    """Every pair of paint and ground on a sheet."""
    pairs: dict[Pair, None] = {}
    for section in document.sections:
        for box in (
            *([section.masthead] if section.masthead else []),
            section.body,
            *([section.sidebar.box] if section.sidebar else []),
            *(region.box for region in (*section.header, *section.footer)),
        ):
            _collect(box, ("paper",), pairs)
    return tuple(pairs)


def refuse_low_contrast(pairs: tuple[Pair, ...], brand: str, colours: Colours) -> None:
    """All pairs below their ratio, in colour or in greyscale: one report for each colour to blame.

    Raises:
        HandoutsError: naming each pair, its ratio and the nearest colour that passes.
    """
    weak = low_contrast(pairs, colours)
    if weak:
        raise HandoutsError(
            replace(one, message=f"brand '{brand}': {one.message}") for one in weak.values()
        )


def low_contrast(
    pairs: tuple[Pair, ...], colours: Colours, *, advise: bool = True
) -> Mapping[str, Diagnostic]:
    """What `refuse_low_contrast` refuses, by the role a person would change.

    Args:
        pairs: those of the sheet.
        colours: the brand's.
        advise: whether to look for a colour that passes, which takes some milliseconds.

    Raises:
        HandoutsError: for a colour name that is not in the brand's palette.
    """
    weak: dict[str, list[Pair]] = {}
    for pair in weak_pairs(pairs, palette(colours)):
        weak.setdefault(_to_blame(pair, colours), []).append(pair)
    told: dict[str, Diagnostic] = {}
    for role, mine in weak.items():
        better = _nearest(role, pairs, colours) if advise else None
        told[role] = _told(role, mine, colours, better)
    return told


@kept(1024, things=2)
def weak_pairs(pairs: tuple[Pair, ...], shown: Mapping[str, Colour]) -> tuple[Pair, ...]:
    """The pairs below their ratio in this palette."""
    tones = _Tones(shown)
    return tuple([pair for pair in pairs if not _passes(pair, tones)])


class _Tones(dict[Paint, tuple[float, float]]):
    """How light paints are, in colour and on a photocopy, as far as anybody asks."""

    def __init__(self, shown: Mapping[str, Colour]) -> None:
        super().__init__()
        self._shown = shown

    def __missing__(self, paint: Paint) -> tuple[float, float]:
        colour = _colour(paint, self._shown)
        self[paint] = tones = (colour.luminance, colour.greyscale().luminance)
        return tones


def _passes(pair: Pair, tones: _Tones) -> bool:
    """A grey has 256 steps: rounding alone must not fail a pair that passes in colour."""
    paint, ground, needed = pair
    (plain, grey), (plain_ground, grey_ground) = tones[paint], tones[ground]
    return ratio(plain, plain_ground) >= needed and ratio(grey, grey_ground) >= needed - 0.05


_MIXED = {"accent": "primary", "muted": "ink", "tint": "primary", "warm": "accent"}
_MIXED |= {"line": "primary", "on-primary": "primary", "on-accent": "accent"}
_MIXED |= {"primary-soft": "primary", "accent-soft": "accent"}
"""Roles a brand may leave out, or cannot set, and what they are mixed from or chosen for."""


def _to_blame(pair: Pair, colours: Colours) -> str:
    """The role in the brand file that a person would change: what was painted, not its ground."""
    role = str(pair[0] if pair[0] != "paper" else pair[1])
    while role in _MIXED and getattr(colours, role.replace("-", "_"), None) is None:
        role = _MIXED[role]
    return role


def _told(role: str, weak: list[Pair], colours: Colours, better: Colour | None) -> Diagnostic:
    shown = palette(colours)
    tones = _Tones(shown)
    paint, ground, needed = min(weak, key=lambda p: _least(p, tones) / p[2])
    least = math.floor(_least((paint, ground, needed), tones) * 10) / 10
    others = [
        f"{p[0]} on {p[1]} ({_least(p, tones):.1f}:1)" for p in weak if p[:2] != (paint, ground)
    ]
    # A pair is there twice when large and small type stand on the same ground.
    also = f"; too low as well: {', '.join(dict.fromkeys(others))}" if others else ""
    return Diagnostic(
        "low-contrast",
        f"{paint} ({_colour(paint, shown)}) on {ground} "
        f"({_colour(ground, shown)}) has a contrast of {least:g}:1, and needs {needed:g}:1 to be "
        f"read, also when photocopied{also}",
        f"change {role} to {better}, the nearest that passes on every ground"
        if better
        else f"change {role} or {ground}",
    )


def _least(pair: Pair, tones: _Tones) -> float:
    """The lower of its two ratios."""
    one, two = tones[pair[0]], tones[pair[1]]
    return min(map(ratio, one, two))


def _nearest(role: str, pairs: Iterable[Pair], colours: Colours) -> Colour | None:
    """The nearest lightness of a role with which its pairs pass, mixed roles and all."""
    if role not in type(colours).model_fields:
        return None
    mine = [pair for pair in pairs if _to_blame(pair, colours) == role]
    for candidate in palette(colours)[role].lightnesses():
        tones = _Tones(palette(colours.model_copy(update={role: candidate})))
        if all(_passes(pair, tones) for pair in mine):
            return candidate
    return None


def _colour(paint: Paint, palette: Mapping[str, Colour]) -> Colour:
    return paint if isinstance(paint, Colour) else palette[paint]


def _collect(box: Box, grounds: tuple[Paint, ...], pairs: dict[Pair, None]) -> None:
    if isinstance(box, Text):
        needed = _needed(box.style)
        for span in box.spans:
            for ground in grounds:
                pairs[span.colour or box.style.colour, ground, needed] = None
    elif isinstance(box, Art):
        # A drawing that says something needs 3:1; decoration may be faint.
        if box.node is not None and _uses_current(box):
            for ground in (box.disc,) if box.disc else grounds:
                pairs[box.colour, ground, LARGE] = None
    elif isinstance(box, Table):
        for row in (*box.head, *box.rows):
            for cell in row.cells:
                _collect(cell, grounds, pairs)
    elif isinstance(box, Stack):
        inner = _grounds(box) or grounds
        for child in box.children:
            _collect(child, inner, pairs)
    elif isinstance(box, Row | Columns):
        for child in box.children:
            _collect(child, grounds, pairs)


def _grounds(box: Stack) -> tuple[Paint, ...]:
    look = box.decoration
    if look is None or look.fill is None:
        return ()
    return (look.fill, look.backdrop.colour) if look.backdrop else (look.fill,)


def _uses_current(box: Art) -> bool:
    return any("current" in (o.fill, o.stroke) for o in box.drawing.outlines)


def _needed(style: TextStyle) -> float:
    large = style.size >= _LARGE_SIZE or (style.weight >= 700 and style.size >= _LARGE_BOLD)
    return LARGE if large else TEXT
