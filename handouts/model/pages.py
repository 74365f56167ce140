"""Placed pages: what ``typeset`` hands to ``pdf``. Every coordinate is final.

Points, origin at the top left of the page, y grows downwards. Items are in paint order;
within one node that is reading order too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from handouts.model.colour import Colour
from handouts.model.document import Identity, Node
from handouts.model.drawing import Outline, Paint, Picture
from handouts.model.fonts import FontFace
from handouts.model.frozen import dataclass


class Artifact(StrEnum):
    """Why a painted thing is not content (ISO 32000-1, 14.8.2.2)."""

    PAGINATION = "Pagination"
    LAYOUT = "Layout"
    BACKGROUND = "Background"


Owner = int | Artifact
"""Id of the node a painted item belongs to, or the kind of artifact it is."""


class Glyph(NamedTuple):
    """A shaped glyph; measures in 1/1000 em.

    `text`: the characters it stands for in ToUnicode (may be empty inside a cluster).
    `advance`: how far the pen moves, kerning and justification included.
    `dx`, `dy`: offset of the glyph from the pen, y upwards.
    """

    gid: int
    text: str
    advance: float
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face, size, direction and owner, in visual order, from (x, y) on the baseline.

    `actual`: text of glyph ranges [start, end) whose glyphs alone do not say it (ActualText).
    `reversed`: the glyphs are a right-to-left word in visual order (/ReversedChars).
    """

    face: str
    size: float
    x: float
    y: float
    colour: Paint
    glyphs: tuple[Glyph, ...]
    owner: Owner
    actual: tuple[tuple[int, int, str], ...] = ()
    reversed: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines placed on the page: point = (x + scale_x·px, y + scale_y·py).

    A negative `scale_x` mirrors. Roles are resolved (``current`` is gone). `clip`, in page
    coordinates, limits the painting. `bbox` is (x0, y0, x1, y1) on the page.
    """

    outlines: tuple[Outline, ...]
    x: float
    y: float
    scale_x: float
    scale_y: float
    bbox: tuple[float, float, float, float]
    owner: Owner
    clip: Outline | None = None


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A raster picture with its top left corner at (x, y)."""

    picture: Picture
    x: float
    y: float
    width: float
    height: float
    owner: Owner


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A clickable rectangle (x0, y0, x1, y1) of a Link node.

    It leads to `uri`, or inside the file to `target`: a page, counted from 0, and how far down.
    """

    node: int
    uri: str
    contents: str
    rect: tuple[float, float, float, float]
    target: tuple[int, float] | None = None


Item = GlyphRun | Shape | PlacedPicture


@dataclass(frozen=True, slots=True)
class Slot:
    """What differs from brand to brand: items [start, stop) and links [first, last) of a page.

    All other items of the page are the same, at the same places, for every brand that shares
    the template. Slots of a page do not overlap and stand in paint order.
    """

    start: int
    stop: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    width: float
    height: float
    items: tuple[Item, ...]
    links: tuple[LinkArea, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An outline entry: level 1 is outermost, `page` counts from 0, y from the top."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole placed document."""

    identity: Identity
    pages: tuple[Page, ...]
    nodes: tuple[Node, ...]
    faces: Mapping[str, FontFace]
    palette: Mapping[str, Colour]
    bookmarks: tuple[Bookmark, ...] = ()
    direction: str = "ltr"
    letters: str = ""
    """Characters every face that is used should have in the file, where it has them: those a
    brand's own words may be expected to need, so that brands can share one font subset."""
