"""What paints an SVG element: attributes, ``style``, simple style sheets, inheritance."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handouts.load.svg_path import IDENTITY, Matrix, multiplied, numbers
from handouts.load.svg_xml import Element
from handouts.model.colour import BLACK, Colour
from handouts.model.drawing import Paint

ROLES = frozenset({"accent", "tint"})
"""Classes that name a role of the palette; it takes the place of ``currentColor``."""

_CAPS = ("butt", "round", "square")
_JOINS = ("miter", "round", "bevel")
_RULE = re.compile(r"\s*((?:\.[\w-]+\s*,?\s*)+)\{([^{}@<>]*)\}")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_NAMED = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "green": "#008000",
    "blue": "#0000ff",
    "yellow": "#ffff00",
    "cyan": "#00ffff",
    "aqua": "#00ffff",
    "magenta": "#ff00ff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "grey": "#808080",
    "silver": "#c0c0c0",
    "maroon": "#800000",
    "olive": "#808000",
    "lime": "#00ff00",
    "teal": "#008080",
    "navy": "#000080",
    "purple": "#800080",
    "orange": "#ffa500",
}

_REFUSED = {
    "opacity": "make the colour paler instead",
    "fill-opacity": "make the colour paler instead",
    "stroke-opacity": "make the colour paler instead",
    "clip-path": "cut the shapes in the drawing program (release the clip)",
    "mask": "cut the shapes in the drawing program (release the mask)",
    "filter": "take effects such as shadow and blur away",
    "mix-blend-mode": "take blending away",
    "marker-start": "turn arrow heads into paths",
    "marker-mid": "turn markers into paths",
    "marker-end": "turn arrow heads into paths",
}
_FINE = {"1", "100%", "1.0", "none", "normal"}


@dataclass(frozen=True, slots=True)
class Look:
    """The painting properties that hold for an element."""

    fill: Paint | None = BLACK
    stroke: Paint | None = None
    width: float = 1.0
    cap: Any = "butt"
    join: Any = "miter"
    dash: tuple[float, ...] = ()
    even_odd: bool = False
    role: str | None = None
    hidden: bool = False


def style_sheet(text: str) -> dict[str, dict[str, str]]:
    """Class to declarations, for a sheet of class rules only (as drawing programs write).

    Raises:
        ValueError: for any other selector or at-rule.
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    classes: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(text):
        for selector in selectors.split(","):
            name = selector.strip().removeprefix(".")
            classes[name] = {**classes.get(name, {}), **declarations(body)}
    if _RULE.sub("", text).strip():
        raise ValueError("only rules for classes, such as .a{fill:#123456}, are understood")
    return classes


def declarations(text: str) -> dict[str, str]:
    """``fill:red;stroke:none`` as a mapping."""
    pairs = (part.partition(":") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def look_of(element: Element, above: Look, sheet: Mapping[str, Mapping[str, str]]) -> Look:
    """The element's look inside `above`.

    Raises:
        ValueError: for what print cannot do or we do not understand, with the remedy.
    """
    said = dict(element.attributes)
    look = above
    for name in element.attributes.get("class", "").split():
        said.update(sheet.get(name, {}))
        if name in ROLES and name not in sheet:
            look = replace(look, role=name)
    said.update(declarations(element.attributes.get("style", "")))
    for name, remedy in _REFUSED.items():
        if said.get(name, "1") not in _FINE:
            raise ValueError(f"{name} is not possible in print: {remedy}")
    return _painted(said, look)


def _painted(said: Mapping[str, str], look: Look) -> Look:
    changes: dict[str, Any] = {}
    own = look.role
    for name in ("fill", "stroke"):
        if said.get(name, "inherit") != "inherit":
            changes[name] = paint(said[name], own)
        elif own and getattr(look, name) == "current":
            changes[name] = own
    if "stroke-width" in said:
        changes["width"] = length(said["stroke-width"])
    for name, key, allowed in (
        ("stroke-linecap", "cap", _CAPS),
        ("stroke-linejoin", "join", _JOINS),
    ):
        if said.get(name) in allowed:
            changes[key] = said[name]
    if "stroke-dasharray" in said:
        value = said["stroke-dasharray"]
        changes["dash"] = () if value == "none" else tuple(numbers(value))
    if "fill-rule" in said:
        changes["even_odd"] = said["fill-rule"] == "evenodd"
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        changes["hidden"] = True
    return replace(look, **changes)


def paint(text: str, role: str | None) -> Paint | None:
    """A paint attribute: None for ``none``, a role for ``currentColor``, or a colour.

    Raises:
        ValueError: for gradients, patterns and colours we do not know.
    """
    value = text.strip()
    lower = value.lower()
    if lower in ("none", "transparent"):
        return None
    if lower == "currentcolor":
        return role or "current"
    if lower.startswith("url("):
        raise ValueError("gradients and patterns do not print the same everywhere: use one colour")
    match = _RGB.fullmatch(lower)
    if match:
        red, green, blue = (min(255, int(part)) for part in match.groups())
        return Colour(red, green, blue)
    return Colour.parse(_NAMED.get(lower, value))


def length(text: str) -> float:
    """A length in user units; ``px`` is one, other units are converted at 96 to the inch.

    Raises:
        ValueError: for percentages and font-relative units.
    """
    match = re.fullmatch(r"\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(px|pt|mm|cm|in|pc)?\s*", text)
    if not match:
        raise ValueError(f"'{text[:20]}' is no length: use plain numbers")
    factors = {"pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pc": 16.0}
    return numbers(match[1])[0] * factors.get(match[2] or "", 1.0)


def transform(text: str) -> Matrix:
    """A ``transform`` attribute as one matrix.

    Raises:
        ValueError: for anything that is not in the grammar.
    """
    matrix = IDENTITY
    at = 0
    for match in _TRANSFORM.finditer(text):
        if match.start() != at:
            break
        at = match.end()
        matrix = multiplied(matrix, _one(match[1], numbers(match[2])))
    if text[at:].strip():
        raise ValueError(f"transform '{text[:30]}' is not understood: flatten the shapes")
    return matrix


def _one(name: str, values: list[float]) -> Matrix:
    v = [*values, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    if name == "matrix":
        return (v[0], v[1], v[2], v[3], v[4], v[5])
    if name == "translate":
        return (1, 0, 0, 1, v[0], v[1])
    if name == "scale":
        return (v[0], 0, 0, v[1] if len(values) > 1 else v[0], 0, 0)
    if name == "skewX":
        return (1, 0, math.tan(math.radians(v[0])), 1, 0, 0)
    if name == "skewY":
        return (1, math.tan(math.radians(v[0])), 0, 1, 0, 0)
    cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
    turn = (cos, sin, -sin, cos, 0.0, 0.0)
    there = multiplied((1, 0, 0, 1, v[1], v[2]), turn)
    return multiplied(there, (1, 0, 0, 1, -v[1], -v[2]))
