"""A page while it is painted: the only place that knows on which side the start edge is."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Literal, NamedTuple

from handouts.model.document import TextStyle
from handouts.model.pages import Artifact, GlyphRun, Item, LinkArea, Owner, Page, Slot
from handouts.typeset.boxes.laid import Laid, SetText
from handouts.typeset.paint.outlines import Rect
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import place

Align = Literal["start", "centre", "end", "justify"]

_OTHER_SIDE: dict[Align, Align] = {"start": "end", "end": "start"}


Face = tuple[bool, float]
"""Whether the start edge is on the right, and where logical x is 0."""


class Piece(NamedTuple):
    """A text or picture of a slot: items [start, stop) and links [first, last), as in `Spot`."""

    start: int
    stop: int
    first: int
    last: int
    laid: Laid
    x: float
    y: float
    artifact: Artifact | None
    face: Face


class Spot(NamedTuple):
    """Where a box that differs from brand to brand was painted, and what it takes to do it again.

    Items [start, stop) and links [first, last) of the page; the box as it was laid out; where,
    in the sheet's logical coordinates; and which way the sheet was facing.
    """

    start: int
    stop: int
    first: int
    last: int
    laid: Laid
    x: float
    y: float
    artifact: Artifact | None
    face: Face
    pieces: tuple[Piece, ...] = ()

    @property
    def painted(self) -> bool:
        """Whether there is anything to see."""
        return self.stop > self.start


class _Painting:
    """A slot while it is painted."""

    __slots__ = ("_sheet", "_spot")

    def __init__(self, sheet: Sheet, spot: Spot) -> None:
        self._sheet, self._spot = sheet, spot

    def __enter__(self) -> None:
        self._sheet._open[0] = True

    def __exit__(self, *error: object) -> None:
        sheet = self._sheet
        sheet._open[0] = False
        stop, last = len(sheet._items), len(sheet._links)
        pieces = tuple(sheet._pieces)
        sheet._pieces.clear()
        sheet.spots.append(self._spot._replace(stop=stop, last=last, pieces=pieces))


class Sheet:
    """Collects a page's items; turns logical coordinates into those of the paper."""

    def __init__(self, width: float, height: float, rtl: bool, shaping: Shaping) -> None:
        self.rtl = rtl
        self.start = width if rtl else 0.0
        """Where logical x is 0, from the left edge of the paper."""
        self._width = width
        self._height = height
        self._shaping = shaping
        self._items: list[Item] = []
        self._links: list[LinkArea] = []
        self.spots: list[Spot] = []
        """Where boxes that differ from brand to brand were painted."""
        self._open = [False]
        self._pieces: list[Piece] = []

    @classmethod
    def again(cls, page: Page, shaping: Shaping, face: Face) -> Sheet:
        """A page to paint one spot of again, facing as it did then."""
        sheet = cls(page.width, page.height, False, shaping)
        sheet.rtl, sheet.start = face
        return sheet

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """The rectangle on paper that starts `x` from the start edge."""
        left = self._left(x, width)
        return Rect(left, y, left + width, y + height)

    def _left(self, x: float, width: float) -> float:
        """The left edge on paper of what starts `x` from the start edge."""
        return self.start - x - width if self.rtl else self.start + x

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
        left = self._left(x, width)
        turned = copy(self)
        turned.rtl = rtl
        turned.start = left + width + x if rtl else left - x
        return turned

    def slot(self, laid: Laid, x: float, y: float, artifact: Artifact | None) -> _Painting | None:
        """Around the painting of a box that differs from brand to brand; None inside another."""
        if self._open[0]:
            return None
        start, first = len(self._items), len(self._links)
        face = (self.rtl, self.start)
        return _Painting(self, Spot(start, start, first, first, laid, x, y, artifact, face))

    def begin(self) -> tuple[int, int] | None:
        """How far the page has come, where the pieces of a slot are noted."""
        return (len(self._items), len(self._links)) if self._open[0] else None

    def end(
        self, begun: tuple[int, int], laid: Laid, x: float, y: float, artifact: Artifact | None
    ) -> None:
        """Notes a piece of a slot."""
        start, first = begun
        stop, last = len(self._items), len(self._links)
        face = (self.rtl, self.start)
        self._pieces.append(Piece(start, stop, first, last, laid, x, y, artifact, face))

    def painted(self) -> tuple[list[Item], list[LinkArea]]:
        """What was painted so far."""
        return self._items, self._links

    def add(self, item: Item) -> None:
        """Paints an item over what is there."""
        self._items.append(item)

    def text(self, set_: SetText, x: float, y: float, width: float, owner: Owner) -> None:
        """Paints lines of text from the top of their box."""
        left = self._left(x, width)
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
        slots = tuple(Slot(*spot[:4]) for spot in self.spots if spot.painted)
        return Page(self._width, self._height, tuple(self._items), tuple(self._links), slots)

    def _align(self, set_: SetText, style: TextStyle) -> Align:
        """Start and end are the page's, also for a paragraph that runs the other way."""
        if (self._shaping.direction(set_.text) == "rtl") == self.rtl:
            return style.align
        return _OTHER_SIDE.get(style.align, style.align)


def _disowned(run: GlyphRun, owner: Artifact) -> GlyphRun:
    """A link's words in a running footer are no more content than the rest of it."""
    return run if run.owner == owner else replace(run, owner=owner)
