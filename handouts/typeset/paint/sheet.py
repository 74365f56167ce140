"""A page while it is painted: the only place that knows on which side the start edge is."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Literal

from handouts.model.document import TextStyle
from handouts.model.pages import Artifact, GlyphRun, Item, LinkArea, Owner, Page
from handouts.typeset.boxes.laid import SetText
from handouts.typeset.paint.outlines import Rect
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import place

Align = Literal["start", "centre", "end", "justify"]

_OTHER_SIDE: dict[Align, Align] = {"start": "end", "end": "start"}


class Sheet:
    """Collects a page's items; turns logical coordinates into those of the paper."""

    def __init__(self, width: float, height: float, rtl: bool, shaping: Shaping) -> None:
        self.rtl = rtl
        self._start = width if rtl else 0.0
        """Where logical x is 0, from the left edge of the paper."""
        self._width = width
        self._height = height
        self._shaping = shaping
        self._items: list[Item] = []
        self._links: list[LinkArea] = []

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """The rectangle on paper that starts `x` from the start edge."""
        left = self._start - x - width if self.rtl else self._start + x
        return Rect(left, y, left + width, y + height)

    def facing(self, direction: str | None, x: float, width: float) -> Sheet:
        """The same page for what is inside a box that runs in this direction.

        Args:
            direction: ``ltr``, ``rtl``, or None for as it is.
            x: the box's start edge.
            width: its width.
        """
        rtl = self.rtl if direction is None else direction == "rtl"
        if rtl == self.rtl:
            return self
        left = self.rect(x, 0.0, width, 0.0).x0
        turned = copy(self)
        turned.rtl = rtl
        turned._start = left + width + x if rtl else left - x
        return turned

    def add(self, item: Item) -> None:
        """Paints an item over what is there."""
        self._items.append(item)

    def text(self, set_: SetText, x: float, y: float, width: float, owner: Owner) -> None:
        """Paints lines of text from the top of their box."""
        left = self.rect(x, y, width, 0.0).x0
        style, paragraph, size = set_.text.style, set_.paragraph, set_.size
        align = self._align(set_, style)
        baseline = y + set_.rise
        for line in set_.lines:
            placed = place(
                paragraph,
                line,
                x=left,
                baseline=baseline,
                size=size,
                measure=width,
                align=align,
                colour=style.colour,
                owner=owner,
            )
            if isinstance(owner, Artifact):
                self._items += [_disowned(run, owner) for run in placed.runs]
            else:
                self._items += placed.runs
                self._links += placed.links
            baseline += set_.leading

    def page(self) -> Page:
        """The finished page."""
        return Page(self._width, self._height, tuple(self._items), tuple(self._links))

    def _align(self, set_: SetText, style: TextStyle) -> Align:
        """Start and end are the page's, also for a paragraph that runs the other way."""
        if (self._shaping.direction(set_.text) == "rtl") == self.rtl:
            return style.align
        return _OTHER_SIDE.get(style.align, style.align)


def _disowned(run: GlyphRun, owner: Artifact) -> GlyphRun:
    """A link's words in a running footer are no more content than the rest of it."""
    return run if run.owner == owner else replace(run, owner=owner)
