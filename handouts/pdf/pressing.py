"""What varies of a document, drawn and written around a plate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.model.pages import Pages
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
        slot, items, height = page.slots[plan.slot], page.items, page.height
        strip.state = GraphicsState() if plan.first else GraphicsState.unknown()
        at, stop = slot.start, slot.stop
        for owner, operator, language, figure in plan.marks:
            start = at
            while at < stop and items[at].owner == owner:
                at += 1
            if at == start:
                raise _OtherShapeError
            owned = items[start:at]
            strip.begin(operator)
            self.painter.items(owned, height, language)
            strip.end()
            if figure is not None:
                box = covered(owned, height)
                self.boxes[figure] = union(self.boxes.get(figure), box)
        if at != stop:
            raise _OtherShapeError

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
