"""A document marked, hung into its structure tree, and drawn as far as it never varies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handouts.model.document import Role
from handouts.model.pages import Artifact, GlyphRun, Pages
from handouts.pdf import divide
from handouts.pdf.boxes import covered
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.divide import Mark, Stretch
from handouts.pdf.fonts import plate_fonts
from handouts.pdf.images import DocumentPictures
from handouts.pdf.paint import Painter
from handouts.pdf.plans import MarkPlan, SlotPlan
from handouts.pdf.state import GraphicsState
from handouts.pdf.strip import artifact_operator, content_operator
from handouts.pdf.structure import Element, StructureTree

_LEAST, _LEAST_AT_END = 1024, 256
"""Operators between two slots, and before or after all slots, that are worth a stream of their
own; fewer are compressed with the slots, which takes less time than another stream."""

Piece = str | SlotPlan


class Marked(NamedTuple):
    """A page whose marks hang in the tree."""

    stretches: list[tuple[Stretch, list[int]]]
    """With the MCID of each mark; -1 for artifacts."""
    links: list[int]
    """The link areas' keys in the parent tree."""
    key: int | None
    """The page's own."""


class Drawing:
    """What is drawn of a document, and with what."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.tree = StructureTree(pages.nodes, pages.identity.language)
        self.marked = [self._mark(index) for index in range(len(pages.pages))]
        self.elements = self.tree.pruned()
        self.faces = sorted({run.face for run in self.runs(slots=True)})
        """Those that slots use."""
        fixed = list(self.runs(slots=False))
        self.fonts = plate_fonts(fixed, pages.faces, pages.letters, self.faces)
        self.colours = ColourSpaces(pages.palette, {})
        self.pictures = DocumentPictures({})
        self.canvas = TaggedCanvas()
        self.painter = Painter(self.canvas, self.fonts, self.colours, self.pictures)
        self.streams = [_streams(self._drawn(index)) for index in range(len(pages.pages))]
        """Of each page, in paint order."""

    def _mark(self, index: int) -> Marked:
        """Gives every mark and link of a page its place in the structure tree."""
        page = self.pages.pages[index]
        owners: list[Element] = []
        stretches = []
        for stretch in divide.stretches(page):
            ids = []
            for owner, _ in stretch.marks:
                ids.append(-1 if isinstance(owner, Artifact) else len(owners))
                if not isinstance(owner, Artifact):
                    slot = stretch.slot is not None
                    owners.append(self.tree.mark(owner, index, len(owners), slot))
            stretches.append((stretch, ids))
        links = [self.tree.annotate(area.node, index, at) for at, area in enumerate(page.links)]
        return Marked(stretches, links, self.tree.page_key(owners) if owners else None)

    def _drawn(self, index: int) -> list[Piece]:
        marked = self.marked[index]
        return [self._piece(index, stretch, ids) for stretch, ids in marked.stretches]

    def runs(self, *, slots: bool) -> Iterator[GlyphRun]:
        """The text that stands in slots, or all other."""
        for page in self.marked:
            for stretch, _ in page.stretches:
                if (stretch.slot is not None) == slots:
                    for mark in stretch.marks:
                        yield from (item for item in mark.items if isinstance(item, GlyphRun))

    def _piece(self, index: int, stretch: Stretch, ids: list[int]) -> Piece:
        if stretch.slot is None:
            return self._draw(index, stretch, ids)
        marks = [
            self._plan(index, mark, mcid) for mark, mcid in zip(stretch.marks, ids, strict=True)
        ]
        items = tuple([item for mark in stretch.marks for item in mark.items])
        return SlotPlan(index, stretch.slot, stretch.start == 0, tuple(marks), items)

    def _draw(self, index: int, stretch: Stretch, ids: list[int]) -> str:
        """A stretch that never varies, as operators."""
        canvas, height = self.canvas, self.pages.pages[index].height
        canvas.start(GraphicsState.unknown() if stretch.start else GraphicsState())
        for (owner, items), mcid in zip(stretch.marks, ids, strict=True):
            if isinstance(owner, Artifact):
                with canvas.artifact(owner):
                    self.painter.items(items, height, "")
                continue
            element = self.tree.element(owner)
            with canvas.marked(element.node.role, mcid):
                self.painter.items(items, height, self.tree.language(owner))
            if element.node.role == Role.FIGURE:
                element.cover(index, covered(items, height))
        return canvas.taken()

    def _plan(self, index: int, mark: Mark, mcid: int) -> MarkPlan:
        if isinstance(mark.owner, Artifact):
            return MarkPlan(mark.owner, artifact_operator(mark.owner), "", None)
        element, language = self.tree.element(mark.owner), self.tree.language(mark.owner)
        figure = element.node.role == Role.FIGURE and element.box_page == index
        operator = content_operator(element.node.role, mcid)
        return MarkPlan(mark.owner, operator, language, mark.owner if figure else None)


def _streams(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces of a page that become one stream each, in paint order.

    A function of what never varies and of where the slots are.
    """
    found: list[list[Piece]] = [[]]
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        least = _LEAST if 0 < at < last else _LEAST_AT_END if last else 0
        if isinstance(piece, str) and len(piece) >= least:
            found += [[piece], []]
        else:
            found[-1].append(piece)
    return [stream for stream in found if stream] or [[""]]
