"""Vector drawings (icons, strokes, SVG logos, QR codes) as paths, and raster pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from handouts.model.colour import Colour

Paint = str | Colour
"""What paints: a palette role by name (``primary``), or a literal colour (a logo's own).

In a drawing the role ``current`` stands for the colour the block that places it asks for;
``accent`` and ``tint`` are the brand's roles of that name.
"""


class Move(NamedTuple):
    """Start of a subpath."""

    x: float
    y: float


class Line(NamedTuple):
    """Straight segment to (x, y)."""

    x: float
    y: float


class Curve(NamedTuple):
    """Cubic Bézier segment to (x, y) with its two control points."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float


class Close(NamedTuple):
    """End of a closed subpath."""


class Modules(NamedTuple):
    """Squares of one unit, row by row from (x, y): ``1`` for a square, ``0`` for none."""

    x: int
    y: int
    rows: tuple[str, ...]


Segment = Move | Line | Curve | Close | Modules


@dataclass(frozen=True, slots=True)
class Outline:
    """One painted path. Coordinates are the drawing's, y grows downwards."""

    segments: tuple[Segment, ...]
    fill: Paint | None = None
    stroke: Paint | None = None
    stroke_width: float = 1.0
    cap: Literal["butt", "round", "square"] = "butt"
    join: Literal["miter", "round", "bevel"] = "miter"
    dash: tuple[float, ...] = ()
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths in a box of `width` × `height` units, origin at the top left."""

    width: float
    height: float
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image, decoded far enough to be placed.

    `data` is the file as it was (JPEG) or raw 8-bit samples (everything else);
    `alpha` is raw 8-bit samples of the same size, or None when opaque.
    """

    width: int
    height: int
    components: Literal[1, 3]
    encoding: Literal["jpeg", "raw"]
    data: bytes
    alpha: bytes | None = None
    digest: str = ""
    """SHA-256 of the source file: the picture's name in caches and in the PDF."""
