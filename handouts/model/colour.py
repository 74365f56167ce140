"""Colours: sRGB values, WCAG contrast, and OKLCH for mixing and for the nearest passing colour.

Sources: sRGB IEC 61966-2-1; relative luminance and contrast ratio WCAG 2.2 (1.4.3);
OKLab by Björn Ottosson (2020).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import core_schema

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque sRGB colour, 8 bits a channel (what a PDF and a brand guide can both say)."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Colour:
        """Reads ``#rgb`` or ``#rrggbb``.

        Raises:
            ValueError: for anything else.
        """
        match = _HEX.fullmatch(text.strip())
        if not match:
            raise ValueError(f"'{text}' is no colour: write it as #rrggbb, such as #1f5e5b")
        digits = match[1] if len(match[1]) == 6 else "".join(c * 2 for c in match[1])
        return cls(*bytes.fromhex(digits))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        def read(value: object) -> Colour:
            if isinstance(value, Colour):
                return value
            if isinstance(value, str):
                return cls.parse(value)
            raise ValueError(f"{value!r} is no colour: write it in quotes as '#rrggbb'")

        return core_schema.no_info_plain_validator_function(read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"}

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """WCAG relative luminance, 0 (black) to 1 (white)."""
        r, g, b = _LINEAR[self.red], _LINEAR[self.green], _LINEAR[self.blue]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(self, other: Colour) -> float:
        """WCAG contrast ratio with another colour, 1 to 21."""
        return ratio(self.luminance, other.luminance)

    def greyscale(self) -> Colour:
        """The grey a photocopier makes of it (same luminance)."""
        level = round(_gamma(self.luminance) * 255)
        return Colour(level, level, level)

    def mix(self, other: Colour, share: float) -> Colour:
        """This colour with `share` (0 to 1) of another, mixed in OKLab so that tints keep hue."""
        l1, a1, b1 = _to_oklab(self)
        l2, a2, b2 = _to_oklab(other)
        mixed = l1 + (l2 - l1) * share, a1 + (a2 - a1) * share, b1 + (b2 - b1) * share
        return _from_oklab(*mixed)

    def passing(self, background: Colour, ratio: float) -> Colour:
        """The nearest colour in OKLCH lightness, same hue, that contrasts enough with `background`.

        Falls back to black or white when no lightness of this hue passes; those always do up
        to a ratio of 4.58 against any background.
        """
        near = (colour for colour in self.lightnesses() if colour.contrast(background) >= ratio)
        return next(near, max((BLACK, WHITE), key=background.contrast))

    def lightnesses(self) -> Iterator[Colour]:
        """This colour, then its hue in ever more different OKLCH lightness, darker first."""
        yield self
        lightness, a, b = _to_oklab(self)
        for step in range(1, 201):
            for candidate in (lightness - step / 200, lightness + step / 200):
                if 0 <= candidate <= 1:
                    yield _from_oklab(candidate, a, b)


def ratio(luminance: float, other: float) -> float:
    """WCAG contrast ratio of two luminances, 1 to 21."""
    one, two = luminance + 0.05, other + 0.05
    return one / two if one > two else two / one


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(level / 255) for level in range(256))
"""Light of each of the 256 levels a channel has."""


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _to_oklab(colour: Colour) -> tuple[float, float, float]:
    r, g, b = _LINEAR[colour.red], _LINEAR[colour.green], _LINEAR[colour.blue]
    l_ = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    m_ = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s_ = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Colour:
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Colour(
        round(255 * _gamma(4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_)),
        round(255 * _gamma(-1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_)),
        round(255 * _gamma(-0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_)),
    )


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)
