"""Checks every pair of text and ground that a sheet really uses (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.colour import Colour
from handouts.model.document import Art, Box, Columns, Document, Row, Stack, Table, Text, TextStyle
from handouts.model.drawing import Paint

TEXT, LARGE = 4.5, 3.0
_LARGE_SIZE, _LARGE_BOLD = 18.0, 14.0

Pair = tuple[Paint, Paint, float]
"""What is painted, the ground it is on, the ratio it needs."""


def refuse_low_contrast(document: Document, brand: str) -> None:
    """All pairs below their ratio, in colour or in greyscale.

    Raises:
        HandoutsError: naming each pair, its ratio and the nearest colour that passes.
    """
    pairs: dict[Pair, None] = {}
    for section in document.sections:
        for box in (
            *([section.masthead] if section.masthead else []),
            section.body,
            *([section.sidebar.box] if section.sidebar else []),
            *(region.box for region in (*section.header, *section.footer)),
        ):
            _collect(box, ("paper",), pairs)
    found = [d for pair in pairs if (d := _judge(pair, document.palette, brand))]
    if found:
        raise HandoutsError(found)


def _judge(pair: Pair, palette: Mapping[str, Colour], brand: str) -> Diagnostic | None:
    paint, ground, needed = pair
    colour, under = _colour(paint, palette), _colour(ground, palette)
    plain, grey = _ratios(colour, under)
    ratio = min(plain, grey)
    # A grey has 256 steps: rounding alone must not fail a pair that passes in colour.
    if plain >= needed and grey >= needed - 0.05:
        return None
    return Diagnostic(
        "low-contrast",
        f"brand '{brand}': {paint} ({colour}) on {ground} ({under}) has a contrast of "
        f"{ratio:.1f}:1, and needs {needed:g}:1 to be read, also when photocopied",
        f"{colour.passing(under, needed + 0.05)} is the nearest colour that passes; "
        f"or change {ground}",
    )


@lru_cache(maxsize=1024)
def _ratios(colour: Colour, under: Colour) -> tuple[float, float]:
    """Contrast in colour and on a photocopy."""
    return colour.contrast(under), colour.greyscale().contrast(under.greyscale())


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
