"""The palette: a brand's roles, and the ones mixed from them."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.diagnostics import problem
from handouts.model.brand import Colours
from handouts.model.colour import BLACK, WHITE, Colour

_INK = Colour.parse("#1d2628")
_PAPER = Colour.parse("#ffffff")

TEXT = 4.5
"""What text of ordinary size needs (WCAG 2.2, 1.4.3)."""


def palette(colours: Colours) -> Mapping[str, Colour]:
    """Every role a layout may name; one object for equal colours.

    Raises:
        HandoutsError: for a colour name that is not in the brand's palette.
    """
    key = (*(getattr(colours, role) for role in _ROLES), *colours.palette.items())
    kept = _KEPT.get(key)
    if kept is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = _palette(colours)
    return kept


_ROLES = ("primary", "accent", "tint", "warm", "ink", "muted", "line", "paper")
_MOST_KEPT = 1024
_KEPT: dict[tuple[object, ...], Mapping[str, Colour]] = {}


def _palette(colours: Colours) -> Mapping[str, Colour]:
    def role(value: Colour | str | None, otherwise: Colour) -> Colour:
        if value is None:
            return otherwise
        return value if isinstance(value, Colour) else _named(value, colours)

    paper = role(colours.paper, _PAPER)
    ink = role(colours.ink, _INK)
    primary = role(colours.primary, _INK)
    accent = role(colours.accent, primary)
    tint = role(colours.tint, paper.mix(primary, 0.08))
    on_primary = _readable(primary, paper, ink)
    return {
        "primary": primary,
        "primary-soft": _soft(primary, on_primary, paper, ink),
        "accent": accent,
        "accent-soft": paper.mix(accent, 0.22),
        "tint": tint,
        "warm": role(colours.warm, paper.mix(accent, 0.1)),
        "ink": ink,
        "muted": role(colours.muted, ink.mix(paper, 0.3)),
        "line": role(colours.line, paper.mix(primary, 0.3)),
        "paper": paper,
        "on-primary": on_primary,
        "on-accent": _readable(accent, paper, ink),
    }


def _named(name: str, colours: Colours) -> Colour:
    if name.startswith("#"):
        return Colour.parse(name)
    if name in colours.palette:
        return colours.palette[name]
    known = ", ".join(colours.palette) or "none yet"
    raise problem(
        "unknown-colour",
        f"'{name}' is neither #rrggbb nor a colour in the brand's palette ({known})",
        "add it under color: palette:, or write the colour as '#rrggbb'",
    )


def _readable(ground: Colour, *candidates: Colour) -> Colour:
    """The brand's own paper or ink; black or white where neither can be read."""
    best = max(candidates, key=ground.contrast)
    return best if ground.contrast(best) >= TEXT else max((BLACK, WHITE), key=ground.contrast)


def _soft(primary: Colour, text: Colour, paper: Colour, ink: Colour) -> Colour:
    """A shade beside primary on which the same text can be read: paler, or else deeper."""
    paler = primary.mix(paper, 0.14)
    if paler.contrast(text) >= TEXT + 0.1:
        return paler
    return primary.mix(max((paper, ink), key=text.contrast), 0.14)
