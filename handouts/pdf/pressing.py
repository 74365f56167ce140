"""What varies of a document, drawn and written around a plate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import is_
from typing import TYPE_CHECKING

from handouts.model.pages import Item, Pages, PlacedPicture
from handouts.pdf import catalogue, objects
from handouts.pdf.boxes import Box, covered, union
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.document import Block, Register, packed, references
from handouts.pdf.errors import RenderError
from handouts.pdf.fonts import SlotFonts
from handouts.pdf.images import DocumentPictures
from handouts.pdf.links import annotation
from handouts.pdf.paint import Painter
from handouts.pdf.places import Places
from handouts.pdf.plans import (
    FONTS,
    HOLDER,
    INFORMATION,
    METADATA,
    PALETTE,
    PICTURES,
    ElementPlan,
    MarkPlan,
    Painted,
    SlotPlan,
)
from handouts.pdf.state import GraphicsState
from handouts.pdf.strip import Strip
from handouts.pdf.structure import check_spoken

if TYPE_CHECKING:
    from handouts.pdf.plate import Plate

_KEPT = 64


@lru_cache(maxsize=_KEPT)
def _stream(operators: str) -> objects.Stream:
    """A content stream; the pages of a handout have many alike, such as a clinic's name."""
    return objects.flate(operators.encode("ascii"), level=objects.LEVEL_ONCE)


class _OtherShapeError(Exception):
    """Slots of these pages hold other marks than those of their plate."""


class Pressing:
    """One document on its way from its plate."""

    def __init__(self, plate: Plate, pages: Pages) -> None:
        self.plate, self.pages = plate, pages
        ready = plate.ready
        self.fonts = SlotFonts(ready.fonts, ready.runs, pages.faces)
        self.colours = ColourSpaces(pages.palette, ready.colours)
        self.pictures = DocumentPictures(ready.pictures)
        self.strip = Strip(GraphicsState())
        self.painter = Painter(self.strip, self.fonts, self.colours, self.pictures)
        self.boxes: dict[int, Box] = {}

    def file(self) -> bytes | None:
        """The finished file; None when slots hold something of another shape."""
        own = Register(1)
        for _ in range(HOLDER):
            own.add()
        try:
            for stream in self.plate.streams:
                own.add(_stream(self._content(stream)))
        except _OtherShapeError:
            return None
        if self.fonts.faces != self.plate.faces:
            return None
        places = Places(self.pages.pages, self.plate.page_numbers)
        for page, link, key in self.plate.links:
            placed = self.pages.pages[page]
            own.add(annotation(placed.links[link], key, placed.height, places))
        for element in self.plate.elements:
            own.add(self._element(element))
        last = Register(self.plate.end)
        self._fill(own, last)
        return self._finished(self.plate.bookmarked(self.pages), own, last)

    def _content(self, stream: Sequence[str | SlotPlan]) -> str:
        self.strip.start(GraphicsState.unknown())
        for piece in stream:
            if isinstance(piece, str):
                self.strip.insert(piece)
            else:
                self._slot(piece)
        return self.strip.taken()

    def _slot(self, plan: SlotPlan) -> None:
        page, strip = self.pages.pages[plan.page], self.strip
        slot, height = page.slots[plan.slot], page.height
        items = page.items[slot.start : slot.stop]
        painted = self._painted(plan, items, height)
        if painted is not None:
            self.fonts.faces |= painted.faces
            for paint in painted.paints:
                self.colours.name(paint)
            strip.insert(painted.operators)
            return
        strip.state = GraphicsState() if plan.first else GraphicsState.unknown()
        for mark, owned in _by_mark(plan, items):
            _paint(self.painter, mark, owned, height)
            if mark.figure is not None:
                box = covered(owned, height)
                self.boxes[mark.figure] = union(self.boxes.get(mark.figure), box)

    def _painted(self, plan: SlotPlan, items: Sequence[Item], height: float) -> Painted | None:
        """How the slot is painted if it says what it says in the plate's own document."""
        plate, key = self.plate, (plan.page, plan.slot)
        if len(items) != len(plan.items) or not all(map(is_, items, plan.items)):
            return None
        if self.pages.nodes is plate.nodes:  # It is that document: there may be no other.
            return None
        if key not in plate.painted:
            plate.painted[key] = self._alone(plan, height)
        return plate.painted[key]

    def _alone(self, plan: SlotPlan, height: float) -> Painted | None:
        """The plate's own slot; None where its painting depends on the document around it."""
        ready, pages = self.plate.ready, self.pages
        if any(mark.figure is not None for mark in plan.marks) or any(
            isinstance(item, PlacedPicture) for item in plan.items
        ):
            return None
        strip = Strip(GraphicsState() if plan.first else GraphicsState.unknown())
        fonts = SlotFonts(ready.fonts, ready.runs, pages.faces)
        colours = ColourSpaces(pages.palette, {})
        painter = Painter(strip, fonts, colours, self.pictures)
        for mark, owned in _by_mark(plan, plan.items):
            _paint(painter, mark, owned, height)
        if fonts.strayed:
            return None
        return Painted(strip.taken(), frozenset(fonts.faces), tuple(colours.names))

    def _element(self, plan: ElementPlan) -> bytes:
        node = self.pages.nodes[plan.place]
        box = self.boxes.get(node.id) if self.boxes else None
        if node is plan.node and box is None:
            return plan.written
        check_spoken(node)
        return plan.frame.around(node, plan.box if box is None else union(plan.box, box))

    def _fill(self, own: Register, last: Register) -> None:
        ready, identity = self.plate.ready, self.pages.identity
        if not identity.title:
            raise RenderError("a document without a title or a language")
        own.fill(PALETTE, self.colours.resource())
        own.fill(FONTS, b"<<%b%b>>" % (ready.font_rows, self.fonts.embed(last)))
        own.fill(PICTURES, b"<<%b%b>>" % (ready.picture_rows, self.pictures.embed(last)))
        own.fill(METADATA, catalogue.metadata(identity))
        own.fill(INFORMATION, catalogue.information(identity))

    def _finished(self, block: Block, own: Register, last: Register) -> bytes:
        own.fill(HOLDER, objects.Stream())
        own.fill(HOLDER, packed([*own.loose(), *last.loose()], objects.LEVEL_ONCE))
        mine = own.written(block.end, HOLDER)
        rest = last.written(mine.end, HOLDER, mine.index)
        pieces = (*mine.pieces, *rest.pieces)
        digest = block.digest.copy()
        for piece in pieces:
            digest.update(piece)
        name = digest.hexdigest()[:32]
        tail = references(
            mine.rows, block, rest.rows, self.plate.catalogue, INFORMATION, name, rest.end
        )
        return b"".join((*block.pieces, *pieces, tail))


def _by_mark(plan: SlotPlan, items: Sequence[Item]) -> list[tuple[MarkPlan, Sequence[Item]]]:
    """A slot's items by their marks.

    Raises:
        _OtherShapeError: when they have other marks than those of the plan.
    """
    found: list[tuple[MarkPlan, Sequence[Item]]] = []
    at, stop = 0, len(items)
    for mark in plan.marks:
        start, owner = at, mark.owner
        while at < stop and items[at].owner == owner:
            at += 1
        if at == start:
            raise _OtherShapeError
        found.append((mark, items[start:at]))
    if at != stop:
        raise _OtherShapeError
    return found


def _paint(painter: Painter, mark: MarkPlan, owned: Sequence[Item], height: float) -> None:
    painter.strip.begin(mark.operator)
    painter.items(owned, height, mark.language)
    painter.strip.end()
