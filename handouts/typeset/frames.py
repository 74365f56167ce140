"""Where on a page the body may stand: what margins, running regions and a sidebar leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from handouts.model.document import Box, Document, Region, Section, Sidebar
from handouts.typeset.boxes.laid import Laid, Placement
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.boxes.stack import grows, stretch
from handouts.typeset.fields import Fields
from handouts.typeset.prune import without


class PageNumber(NamedTuple):
    """Which page this is: in its section (from 0) and in the document (from 1)."""

    position: int
    number: int
    total: int
    last: bool


class Frame(NamedTuple):
    """Room for the body and what stands round it, in page coordinates, x from the start edge."""

    x: float
    y: float
    width: float
    height: float
    regions: tuple[Placement, ...]
    masthead: Placement | None
    sidebar: Placement | None


class Framer:
    """Makes the frames of one section under one fit step."""

    def __init__(
        self,
        document: Document,
        section: Section,
        dropped: frozenset[str],
        measurer: Measurer,
        fields: Fields,
        *,
        flows: bool = False,
    ) -> None:
        """`flows`: a sidebar for the first page goes on on the next where it is too high."""
        self._document = document
        self._measurer = measurer
        self._fields = fields
        self._header = _kept(section.header, dropped)
        self._footer = _kept(section.footer, dropped)
        self._sidebar = section.sidebar
        self._masthead = without(section.masthead, dropped) if section.masthead else None
        self._gap = section.body.gap
        sidebar = without(section.sidebar.box, dropped) if section.sidebar else None
        self._flows = flows and section.sidebar is not None and section.sidebar.pages == "first"
        self._rests: dict[int, Box | None] = {0: sidebar}
        """What of the sidebar is still to be placed, by the page's position in the section."""

    def remains(self, position: int) -> bool:
        """Whether there is a sidebar for this page, and it has not been said before."""
        return self._flows and self._rests.get(position) is not None

    def frame(self, page: PageNumber, *, either: bool = False) -> Frame:
        """The page's frame.

        With `either` the body gets the smaller of the rooms that the page would have as the
        last one and as another, so that the number of pages no longer depends on which it is.
        """
        frame = self._frame(page)
        if not either:
            return frame
        other = self._frame(page._replace(last=not page.last))
        bottom = min(frame.y + frame.height, other.y + other.height)
        top = max(frame.y, other.y)
        return frame._replace(y=top, height=bottom - top)

    def _frame(self, page: PageNumber) -> Frame:
        paper, margins = self._document.paper, self._document.margins
        width = paper.width - margins.start - margins.end
        header = self._regions(self._header, page, width)
        footer = self._regions(self._footer, page, width)
        top = margins.top + sum(laid.height for laid in header)
        bottom = paper.height - margins.bottom - sum(laid.height for laid in footer)
        regions = (
            *_piled(header, margins.start, margins.top),
            *_piled(footer, margins.start, bottom),
        )
        frame = Frame(margins.start, top, width, bottom - top, regions, None, None)
        if self._masthead is not None and page.position == 0:
            frame = self._under(frame, self._masthead, page)
        sidebar = self._sidebar
        box = self._rests.get(page.position if sidebar and sidebar.pages == "first" else 0)
        if sidebar is None or box is None:
            return frame
        return self._beside(frame, sidebar, box, page)

    def _regions(self, regions: tuple[Region, ...], page: PageNumber, width: float) -> list[Laid]:
        boxes = [region.box for region in regions if _APPLIES[region.pages](page)]
        filled = (self._fields.fill(box, page.number, page.total) for box in boxes)
        return [self._measurer.measure(box, width) for box in filled]

    def _under(self, frame: Frame, box: Box, page: PageNumber) -> Frame:
        """The masthead on top; the body follows with its own gap, as if both were one stack."""
        filled = self._fields.fill(box, page.number, page.total)
        laid = self._measurer.measure(filled, frame.width)
        taken = laid.height + self._gap * self._measurer.spacing
        return frame._replace(
            y=frame.y + taken,
            height=frame.height - taken,
            masthead=Placement(frame.x, frame.y, laid),
        )

    def _beside(self, frame: Frame, sidebar: Sidebar, box: Box, page: PageNumber) -> Frame:
        filled = self._fields.fill(box, page.number, page.total)
        if self._flows:
            head, tail = self._measurer.split(filled, sidebar.width, frame.height)
            filled, rest = (head, tail) if head is not None else (filled, None)
            self._rests[page.position + 1] = rest
        laid = self._measurer.measure(filled, sidebar.width)
        if grows(laid) and not self.remains(page.position + 1):
            laid = stretch(laid, frame.height)
        taken = sidebar.width + sidebar.gap
        at_start = sidebar.side == "start"
        x = frame.x if at_start else frame.x + frame.width - sidebar.width
        return frame._replace(
            x=frame.x + taken if at_start else frame.x,
            width=frame.width - taken,
            sidebar=Placement(x, frame.y, laid, repeated=page.position > 0 and not self._flows),
        )


_When = Literal["all", "first", "not-first", "last", "not-last"]

_APPLIES: dict[_When, Callable[[PageNumber], bool]] = {
    "all": lambda page: True,
    "first": lambda page: page.position == 0,
    "not-first": lambda page: page.position > 0,
    "last": lambda page: page.last,
    "not-last": lambda page: not page.last,
}


def _kept(regions: tuple[Region, ...], dropped: frozenset[str]) -> tuple[Region, ...]:
    pairs = [(region, without(region.box, dropped)) for region in regions]
    return tuple(Region(region.pages, box) for region, box in pairs if box is not None)


def _piled(laid: list[Laid], x: float, y: float) -> list[Placement]:
    placed = []
    for one in laid:
        placed.append(Placement(x, y, one))
        y += one.height
    return placed
