"""Placed items onto a strip: neighbours of one owner share a mark, and their runs a text object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handouts.model.pages import GlyphRun, Item, PlacedPicture, Shape
from handouts.pdf import glyphs, shapes
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.fonts import Shown
from handouts.pdf.glyphs import Write
from handouts.pdf.images import DocumentPictures
from handouts.pdf.objects import hundredths, number, numbers, text
from handouts.pdf.strip import Strip


class Fonts(Protocol):
    """Where a run finds its font."""

    def show(self, run: GlyphRun) -> Shown:
        """The font, and the operator that shows the run when one is enough."""


class Painter:
    """Paints items with the resources of one document."""

    def __init__(
        self, strip: Strip, fonts: Fonts, colours: ColourSpaces, pictures: DocumentPictures
    ) -> None:
        self.strip = strip
        self.fonts, self.colours, self.pictures = fonts, colours, pictures

    def items(self, items: Sequence[Item], height: float, language: str) -> None:
        """Paints items into the open mark; `language` is the one in force for its text."""
        write = self.strip.writer()
        at, end = 0, len(items)
        while at < end:
            item = items[at]
            if isinstance(item, GlyphRun):
                at = self._text(items, at, height, language, write)
                continue
            if isinstance(item, Shape):
                shapes.paint(item, height, self.colours.name, self.strip.state, write)
            else:
                self._picture(item, height, write)
            at += 1

    def _text(
        self, items: Sequence[Item], at: int, height: float, language: str, write: Write
    ) -> int:
        """One text object for the runs from `at` on; returns where they end.

        Each run is placed relative to the one before, without adding up.
        """
        state, show, name = self.strip.state, self.fonts.show, self.colours.name
        write("BT")
        x = y = 0
        for run in items[at:] if at else items:
            if not isinstance(run, GlyphRun):
                break
            at += 1
            font, shown = show(run)
            state.set_fill(name(run.colour), write)
            state.set_font(font.resource, run.size, write)
            to_x, to_y = round(run.x * 100), round((height - run.y) * 100)
            write(f"{hundredths(to_x - x)} {hundredths(to_y - y)} Td")
            x, y = to_x, to_y
            foreign = run.lang and language and run.lang != language
            if foreign:
                write(f"/Span<</Lang{text(run.lang or '').decode('ascii')}>>BDC")
            glyphs.show(run, font, shown, state, write)
            if foreign:
                write("EMC")
        state.set_rise("0", write)
        write("ET")
        return at

    def _picture(self, item: PlacedPicture, height: float, write: Write) -> None:
        name = self.pictures.name(item.picture)
        place = numbers(item.x, height - item.y - item.height)
        size = f"{number(item.width)} 0 0 {number(item.height)}"
        write(f"q {size} {place} cm {name} Do Q")
