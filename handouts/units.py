"""Lengths and papers: the only units the program knows once YAML has been read.

Every length past ``load`` is in PostScript points (1/72 inch), the unit of PDF user space
(ISO 32000-1, 8.3.2.3). `Length` is a float, so arithmetic needs no ceremony; it is its own
type so that nothing else in a signature can be mistaken for a length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import core_schema

POINTS_PER = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}

_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in)\s*")


class Length(float):
    """A length in points. ``Length.parse("12mm")`` reads what a person writes."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Length:
        """Reads a number with its unit.

        Raises:
            ValueError: if the text is not a number followed by pt, mm, cm or in.
        """
        match = _LENGTH.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is no length: write a number and its unit, such as 12mm")
        return cls(float(match[1]) * POINTS_PER[match[2]])

    @classmethod
    def _read(cls, value: object) -> Length:
        if isinstance(value, Length):
            return value
        if isinstance(value, str):
            length = cls.parse(value)
            if length < 0:
                raise ValueError(f"'{value}' is less than nothing: write 0 or more")
            return length
        if value == 0 and not isinstance(value, bool):
            return cls(0)
        raise ValueError(f"{value!r} has no unit: write 12mm, 11pt or 0.5in")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {
            "type": ["string", "integer"],
            "pattern": r"^\d+(\.\d+)?\s*(pt|mm|cm|in)$",
            "description": "A number with its unit: 12mm, 11pt, 0.5in, 2cm.",
        }


def millimetres(value: float) -> Length:
    """Millimetres as points."""
    return Length(value * POINTS_PER["mm"])


def as_millimetres(points: float) -> float:
    """Points as millimetres, for messages."""
    return points / POINTS_PER["mm"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in portrait orientation; width and height in points."""

    name: str
    width: Length
    height: Length

    def turned(self) -> Paper:
        """The same sheet in landscape orientation."""
        return Paper(self.name, self.height, self.width)


def _paper(name: str, width: str, height: str) -> Paper:
    return Paper(name, Length.parse(width), Length.parse(height))


PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        _paper("A3", "297mm", "420mm"),
        _paper("A4", "210mm", "297mm"),
        _paper("A5", "148mm", "210mm"),
        _paper("A6", "105mm", "148mm"),
        _paper("DL", "99mm", "210mm"),
        _paper("Letter", "8.5in", "11in"),
        _paper("Tabloid", "11in", "17in"),
        _paper("Postcard", "4in", "6in"),
    )
}
