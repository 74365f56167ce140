"""What varies of a document, drawn and written around a plate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.model.pages import Artifact, Owner, Pages
from handouts.pdf import catalogue, objects
from handouts.pdf.boxes import Box, covered, union
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.divide import Mark
from handouts.pdf.document import Block, Register, trailer
from handouts.pdf.errors import RenderError
from handouts.pdf.fonts import SlotFonts
from handouts.pdf.images import DocumentPictures
from handouts.pdf.links import annotation
from handouts.pdf.paint import Painter
from handouts.pdf.places import Places
from handouts.pdf.plans import (
    FONTS,
    INFORMATION,
    METADATA,
    PALETTE,
    PICTURES,
    ElementPlan,
    MarkPlan,
    SlotPlan,
)
from handouts.pdf.state import GraphicsState
from handouts.pdf.strip import Strip
from handouts.pdf.structure import check_spoken

if TYPE_CHECKING:
    from handouts.pdf.plate import Plate

_KEPT = 64
_LEVEL = 1
"""zlib level of what is written once; more saves a hundredth of the file for twice the time."""


@lru_cache(maxsize=_KEPT)
def _stream(operators: str) -> bytes:
    """A content stream; the pages of a handout have many alike, such as a clinic's name."""
    return objects.flate(operators.encode("ascii"), level=_LEVEL)


class Pressing:
    """One document on its way from its plate."""

    def __init__(self, plate: Plate, pages: Pages, inside: list[list[list[Mark]]]) -> None:
        self.plate, self.pages, self.inside = plate, pages, inside
        ready = plate.ready
        self.fonts = SlotFonts(ready.fonts, ready.runs, pages.faces)
        self.colours = ColourSpaces(pages.palette, ready.colours)
        self.pictures = DocumentPictures(ready.pictures)
        self.strip = Strip(GraphicsState())
        self.painter = Painter(self.strip, self.fonts, self.colours, self.pictures)
        self.boxes: dict[int, Box] = {}

    def file(self) -> bytes:
        """The finished file."""
        block = self.plate.bookmarked(self.pages)
        own = Register(1)
        for _ in range(INFORMATION):
            own.add()
        for stream in self.plate.streams:
            own.add(_stream("\n".join(self._pieces(stream))))
        places = Places(self.pages.pages, self.plate.page_numbers)
        for page, link, key in self.plate.links:
            placed = self.pages.pages[page]
            own.add(annotation(placed.links[link], key, placed.height, places))
        for element in self.plate.elements:
            own.add(self._element(element))
        last = Register(self.plate.end)
        self._fill(own, last)
        return self._finished(block, own, last)

    def _pieces(self, stream: Sequence[str | SlotPlan]) -> list[str]:
        texts = [piece if isinstance(piece, str) else self._slot(piece) for piece in stream]
        return [text for text in texts if text]

    def _slot(self, plan: SlotPlan) -> str:
        height = self.pages.pages[plan.page].height
        self.strip.start(GraphicsState() if plan.first else GraphicsState.unknown())
        for mark, (owner, items) in zip(plan.marks, self.inside[plan.page][plan.slot], strict=True):
            if mark is None:
                with self.strip.artifact(_kind(owner)):
                    self.painter.items(items, height, "")
                continue
            with self.strip.marked(mark.role, mark.mcid):
                self.painter.items(items, height, self._language(mark))
            if mark.figure is not None:
                box = covered(items, height)
                self.boxes[mark.figure] = union(self.boxes.get(mark.figure), box)
        return self.strip.taken()

    def _language(self, mark: MarkPlan) -> str:
        for place in mark.chain:
            language = self.pages.nodes[place].lang
            if language:
                return language
        return mark.language

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
        mine = own.written(block.end)
        rest = last.written(mine.end)
        pieces = (*mine.pieces, *rest.pieces)
        digest = block.digest.copy()
        for piece in pieces:
            digest.update(piece)
        rows = (mine.rows, block.rows, rest.rows)
        name = digest.hexdigest()[:32]
        tail = trailer(rows, self.plate.catalogue, INFORMATION, name, rest.end)
        return b"".join((*block.pieces, *pieces, tail))


def _kind(owner: Owner) -> Artifact:
    if not isinstance(owner, Artifact):
        raise RenderError(f"{owner} is no kind of artifact")
    return owner
