"""Checks a layout's styles: what they extend, their colours, and type that is large enough."""

from __future__ import annotations

from handouts.load.problems import Problems, choose
from handouts.load.spots import Spot
from handouts.model.layout import Layout, Style
from handouts.model.variables import COLOUR_ROLES
from handouts.units import Length

BODY_FLOOR = Length(11)
SMALL_FLOOR = Length(9)


def check_styles(layout: Layout, spot: Spot, problems: Problems) -> None:
    """Every style extends one that exists, without going in circles, and stays readable."""
    for name, style in layout.styles.items():
        at = ("styles", name)
        if style.extends is not None and style.extends not in layout.styles:
            hint = choose(style.extends, layout.styles, "styles", 30)
            message = f"there is no style '{style.extends}'"
            problems.error("unknown-style", message, hint, spot.at((*at, "extends")))
        elif len(_chain(layout, style)) > len(layout.styles):
            message = f"style '{name}' extends itself in the end"
            place = spot.at((*at, "extends"))
            problems.error("extends-itself", message, "take one extends out", place)
        else:
            _check_sizes(layout, name, style, spot, problems)
        if style.colour is not None and style.colour not in COLOUR_ROLES:
            hint = choose(style.colour, COLOUR_ROLES, "roles")
            message = f"there is no colour role '{style.colour}'"
            problems.error("unknown-role", message, hint, spot.at((*at, "colour")))


def is_small(layout: Layout, name: str) -> bool:
    """Whether a style, by itself or by what it extends, is small print."""
    style = layout.styles.get(name)
    chain = _chain(layout, style) if style else []
    return next((one.small_print for one in chain if one.small_print is not None), False)


def _chain(layout: Layout, style: Style) -> list[Style]:
    """The style and what it extends; longer than there are styles when it goes in circles."""
    chain = [style]
    while style.extends in layout.styles and len(chain) <= len(layout.styles):
        style = layout.styles[style.extends]
        chain.append(style)
    return chain


def _check_sizes(layout: Layout, name: str, style: Style, spot: Spot, problems: Problems) -> None:
    """Neither a size nor a floor may be under the least that people can read."""
    small = is_small(layout, name)
    least = SMALL_FLOOR if small else BODY_FLOOR
    what = "small print" if small else "text"
    hint = f"write {least:g}pt or more"
    if not small:
        hint += "; legal small print may say small_print: true and go down to 9pt"
    for key in ("size", "floor"):
        own = getattr(style, key)
        chain = _chain(layout, style)
        value = own or next((v for one in chain if (v := getattr(one, key)) is not None), None)
        if value is not None and value < least - 1e-6:
            at = ("styles", name, key) if own is not None else ("styles", name)
            message = (
                f"style '{name}': {key} {value:g}pt is under {least:g}pt, too small for {what}"
            )
            problems.error("type-too-small", message, hint, spot.at(at, key=own is None))
