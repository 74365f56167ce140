"""Rectangles (x0, y0, x1, y1) that illustrations cover."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.pages import Item, PlacedPicture, Shape

Box = tuple[float, float, float, float]


def covered(items: Sequence[Item], height: float) -> Box:
    """Where items stand on a page of this height, y upwards as in the file."""
    if len(items) == 1:
        left, top, right, bottom = _box(items[0])
        return left, height - bottom, right, height - top
    x0, y0, x1, y1 = zip(*map(_box, items), strict=True)
    return (min(x0), height - max(y1), max(x1), height - min(y0))


def union(one: Box | None, other: Box) -> Box:
    """The smallest box around two."""
    if one is None:
        return other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _box(item: Item) -> Box:
    """Where an item stands on the page, y downwards; text by its size alone."""
    if isinstance(item, Shape):
        return item.bbox
    if isinstance(item, PlacedPicture):
        return (item.x, item.y, item.x + item.width, item.y + item.height)
    width = sum(glyph.advance for glyph in item.glyphs) * item.size / 1000
    return (item.x, item.y - item.size, item.x + width, item.y + item.size * 0.3)
