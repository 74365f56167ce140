"""The same pages for another brand: only what differs is set and painted again.

What this gives is what `typeset` would, or None. It rests on the trace of the pages there are:
as long as the other brand's boxes answer every question as those before them did, nothing around
them can stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.model.document import Box, Document, Rebranded, Text
from handouts.model.fonts import FontFace, FontLibrary
from handouts.model.pages import GlyphRun, Item, LinkArea, Page, Pages, Slot
from handouts.typeset.alike import Leaves, Likeness, laid_alike, likenesses
from handouts.typeset.boxes.laid import Extent, Laid
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.boxes.stack import grows, stretch
from handouts.typeset.engine import typeset_traced
from handouts.typeset.flow import words_too_wide
from handouts.typeset.paint.paint import paint, repaint
from handouts.typeset.paint.sheet import Sheet, Spot
from handouts.typeset.shaping import Shaping
from handouts.typeset.trace import Factors, Place, Trace
from handouts.typeset.walk import boxes

Painted = tuple[list[Item], list[LinkArea]]


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """Pages, and what it takes to make them again for another brand."""

    pages: Pages
    trace: Trace
    library: FontLibrary
    faces: frozenset[str]
    """Those of what is the same for every brand."""
    likenesses: Mapping[int, Likeness]
    """What slots have to be like so that they need not be measured."""


def typeset_to_keep(document: Document, library: FontLibrary) -> Typeset:
    """The pages of a document, with what `retypeset` needs of them.

    Raises:
        HandoutsError: as `typeset` does.
    """
    pages, trace = typeset_traced(document, library)
    alike = likenesses(trace)
    return Typeset(pages, trace, library, frozenset(_fixed_faces(pages)), alike)


def _fixed_faces(pages: Pages) -> Iterator[str]:
    for page in pages.pages:
        at = 0
        for slot in (*page.slots, Slot(len(page.items), len(page.items))):
            for item in page.items[at : slot.start]:
                if isinstance(item, GlyphRun):
                    yield item.face
            at = slot.stop


def retypeset(kept: Typeset, changed: Rebranded) -> Pages | None:
    """The pages of the changed document, or None where they would not be the same around it."""
    again = _Again(kept, changed)
    if not kept.trace.whole or not again.answers():
        return None
    return again.pages()


class _Again:
    def __init__(self, kept: Typeset, changed: Rebranded) -> None:
        self._kept, self._changed = kept, changed
        self._shaping = Shaping(changed.document, kept.library)
        self._measurers: dict[Factors, Measurer] = {}
        self._leaves: dict[int, Leaves] = {}
        """Of slots that are alike: what is to be painted anew."""
        self._others: set[int] = set()
        """Slots that have to be measured."""
        self._laid: dict[int, Laid] = {}

    def answers(self) -> bool:
        """Whether the boxes answer as those before them did, and every letter has a glyph."""
        trace, new = self._kept.trace, self._changed.boxes
        for slot, before in trace.slots.items():
            if new[slot] is before:
                self._leaves[slot] = {}
                continue
            if not _stands_like(new[slot], before):
                return False
            likeness = self._kept.likenesses.get(slot)
            leaves = likeness.leaves(new[slot], self._shaping) if likeness else None
            if leaves is None:
                self._others.add(slot)
            else:
                self._leaves[slot] = leaves
        return not self._others or (
            self._complete() and self._heights() and self._fits() and self._shares()
        )

    def _complete(self) -> bool:
        """Whether every letter has a glyph."""
        return not any(
            isinstance(one, Text) and self._shaping.missing(one)
            for slot in self._others
            for one in boxes(self._changed.boxes[slot])
        )

    def _heights(self) -> bool:
        for at, (factors, slot, width, before) in enumerate(self._kept.trace.measured):
            if slot in self._others:
                laid = self._measurer(factors).measure(self._changed.boxes[slot], width)
                if laid.outside != before.outside:
                    return False
                if grows(laid) != grows(before):
                    return False
                if words_too_wide(laid) is not words_too_wide(before):
                    return False
                self._laid[at] = laid
        return True

    def _fits(self) -> bool:
        """Whether what had room has it, and what had none has none."""
        for factors, slot, width, height, fitted in self._kept.trace.fits:
            if slot in self._others:
                _, tail = self._measurer(factors).split(self._changed.boxes[slot], width, height)
                if (tail is None) is not fitted:
                    return False
        return True

    def _shares(self) -> bool:
        """Whether widths are shared out alike."""
        trace = self._kept.trace
        for factors, row, width, columns in trace.cells:
            if self._measurer(factors).columns(row, width) != columns:
                return False
        return all(self._measurer(one.factors).extent(one.box) == one.answer for one in trace.wide)

    def pages(self) -> Pages | None:
        """The pages with their slots painted anew."""
        before, document = self._kept.pages, self._changed.document
        patches: list[list[Patch]] = [[] for _ in before.pages]
        faces = set(self._kept.faces)
        for place in self._kept.trace.places:
            slot, page = place.spot.laid.box.slot, before.pages[place.page]
            leaves = self._leaves.get(slot) if slot is not None else None
            painted = (
                self._measured(place, page) if leaves is None else self._alike(place, page, leaves)
            )
            if painted is None or place.spot.painted != bool(painted[0]):
                return None
            items, links = painted
            faces.update([item.face for item in items if isinstance(item, GlyphRun)])
            if items:
                patches[place.page].append((place.spot, items, links))
        nodes = document.nodes
        if len(nodes) != len(before.nodes):
            kept = {node.id for node in before.nodes}
            nodes = tuple([node for node in nodes if node.id in kept])
        return replace(
            before,
            identity=document.identity,
            pages=tuple(map(_patched, before.pages, patches)),
            nodes=nodes,
            faces=self._faces(faces),
            palette=document.palette,
        )

    def _faces(self, used: set[str]) -> Mapping[str, FontFace]:
        """The faces of these names, in the library's order."""
        before = self._kept.pages.faces
        if used == before.keys():
            return before
        return {face.name: face for face in self._kept.library.faces if face.name in used}

    def _measured(self, place: Place, page: Page) -> Painted | None:
        """A slot set anew in its place."""
        laid = self._laid[place.answer]
        laid = laid if place.height is None else stretch(laid, place.height)
        if words_too_wide(laid):
            return None
        spot = place.spot
        sheet = Sheet.again(page, self._shaping, spot.face)
        paint(sheet, laid, spot.x, spot.y, spot.artifact)
        return sheet.painted()

    def _alike(self, place: Place, page: Page, leaves: Leaves) -> Painted:
        """A slot as it was, but for texts and pictures that are others."""
        spot = place.spot
        sheet = Sheet.again(page, self._shaping, spot.face)
        items, links = sheet.painted()
        at, after = spot.start, spot.first
        for piece in spot.pieces:
            leaf = leaves.get(id(piece.laid.box))
            if leaf is None:
                continue
            items += page.items[at : piece.start]
            links += page.links[after : piece.first]
            repaint(sheet, piece, laid_alike(piece.laid, *leaf, self._shaping))
            at, after = piece.stop, piece.last
        items += page.items[at : spot.stop]
        links += page.links[after : spot.last]
        return items, links

    def _measurer(self, factors: Factors) -> Measurer:
        known = self._measurers.get(factors)
        if known is None:
            known = _Mixed(self._kept.trace, self._changed, self._shaping, factors)
            self._measurers[factors] = known
        return known


class _Mixed(Measurer):
    """Measures this brand's boxes; knows how wide those are that all brands share."""

    def __init__(
        self, trace: Trace, changed: Rebranded, shaping: Shaping, factors: Factors
    ) -> None:
        super().__init__(shaping, *factors)
        self._trace, self._new = trace, changed.boxes
        self._fixed = trace.extents[factors]

    def extent(self, box: Box) -> Extent:
        """That of the box which stands there for this brand."""
        fixed = self._fixed.get(id(box))
        if fixed is not None and not self._trace.holds(box):
            return fixed[1]
        mine = box.slot is not None and self._trace.slots.get(box.slot) is box
        return super().extent(self._new[box.slot] if mine and box.slot is not None else box)


def _stands_like(box: Box, other: Box) -> bool:
    """Whether what is around two boxes treats them alike."""
    return type(box) is type(other) and (
        (box.keep, box.keep_with_next, box.optional, box.node)
        == (other.keep, other.keep_with_next, other.optional, other.node)
    )


Patch = tuple[Spot, list[Item], list[LinkArea]]
"""What stands at a spot now."""


def _patched(page: Page, patches: list[Patch]) -> Page:
    """The page with other items and links at its spots, which are in paint order."""
    if not patches:
        return page
    items: list[Item] = []
    links: list[LinkArea] = []
    slots = []
    at = after = 0
    for spot, new, areas in patches:
        items += page.items[at : spot.start]
        links += page.links[after : spot.first]
        slots.append(Slot(len(items), len(items) + len(new), len(links), len(links) + len(areas)))
        items += new
        links += areas
        at, after = spot.stop, spot.last
    items += page.items[at:]
    links += page.links[after:]
    return Page(page.width, page.height, tuple(items), tuple(links), tuple(slots))
