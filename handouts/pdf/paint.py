"""Placed items onto the tagged canvas: neighbours of one owner share a mark and a text object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from handouts.model.document import Role
from handouts.model.pages import Artifact, GlyphRun, Item, Page, PlacedPicture, Shape
from handouts.pdf import glyphs, shapes
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.fonts import DocumentFonts
from handouts.pdf.images import DocumentPictures
from handouts.pdf.objects import number, numbers, text
from handouts.pdf.structure import Box, StructureTree

_URI_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Characters RFC 3986 lets stand in a URI; the rest is percent-encoded."""


class Painter:
    """Paints pages with the resources of one document."""

    def __init__(
        self,
        canvas: TaggedCanvas,
        tree: StructureTree,
        fonts: DocumentFonts,
        colours: ColourSpaces,
        pictures: DocumentPictures,
    ) -> None:
        self.canvas, self.tree = canvas, tree
        self.fonts, self.colours, self.pictures = fonts, colours, pictures

    def page(self, page: Page) -> None:
        """Paints one page and its links, and shows it."""
        self.canvas.setPageSize((page.width, page.height))
        for owner, items in groupby(page.items, key=lambda item: item.owner):
            if isinstance(owner, Artifact):
                with self.canvas.artifact(owner):
                    self._items(items, page.height, "")
            else:
                self._content(owner, list(items), page.height)
        for area in page.links:
            uri = quote(area.uri, safe=_URI_SAFE).encode("ascii")
            self.canvas.link(area.node, uri, area.contents, area.rect)
        self.canvas.showPage()

    def _content(self, owner: int, items: Sequence[Item], height: float) -> None:
        with self.canvas.marked(owner) as element:
            self._items(items, height, self.tree.language(owner))
            if element.node.role == Role.FIGURE:
                for item in items:
                    self.canvas.cover(element, _box(item))

    def _items(self, items: Iterable[Item], height: float, language: str) -> None:
        for kind, group in groupby(items, key=type):
            if kind is GlyphRun:
                self._text([item for item in group if isinstance(item, GlyphRun)], height, language)
                continue
            for item in group:
                if isinstance(item, Shape):
                    state, write = self.canvas.state, self.canvas.write
                    shapes.paint(item, height, self.colours.name, state, write)
                elif isinstance(item, PlacedPicture):
                    self._picture(item, height)

    def _text(self, runs: Sequence[GlyphRun], height: float, language: str) -> None:
        """One text object; each run is placed relative to the one before, without adding up."""
        state, write = self.canvas.state, self.canvas.write
        write("BT")
        x = y = 0.0
        for run in runs:
            font = self.fonts.use(run.face)
            state.set_fill(self.colours.name(run.colour), write)
            state.set_font(font.resource, run.size, write)
            to_x, to_y = round(run.x, 2), round(height - run.y, 2)
            write(f"{number(to_x - x)} {number(to_y - y)} Td")
            x, y = to_x, to_y
            foreign = bool(run.lang and language and run.lang != language)
            if foreign:
                write(f"/Span<</Lang{text(run.lang or '').decode('ascii')}>>BDC")
            glyphs.show(run, font, state, write)
            if foreign:
                write("EMC")
        write("ET")

    def _picture(self, item: PlacedPicture, height: float) -> None:
        name = self.pictures.name(item.picture)
        place = numbers(item.x, height - item.y - item.height)
        size = f"{number(item.width)} 0 0 {number(item.height)}"
        self.canvas.write(f"q {size} {place} cm {name} Do Q")


def _box(item: Item) -> Box:
    """Where an item stands on the page, y downwards; text by its size alone."""
    if isinstance(item, Shape):
        return item.bbox
    if isinstance(item, PlacedPicture):
        return (item.x, item.y, item.x + item.width, item.y + item.height)
    width = sum(glyph.advance for glyph in item.glyphs) * item.size / 1000
    return (item.x, item.y - item.size, item.x + width, item.y + item.size * 0.3)
