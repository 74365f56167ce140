"""Placed items onto a strip: neighbours of one owner share a mark, and their runs a text object."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from handouts.model.pages import GlyphRun, Item, PlacedPicture, Shape
from handouts.pdf import glyphs, shapes
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.fonts import Shown
from handouts.pdf.images import DocumentPictures
from handouts.pdf.objects import number, numbers, text
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

    def items(self, items: Iterable[Item], height: float, language: str) -> None:
        """Paints items into the open mark; `language` is the one in force for its text."""
        for kind, group in groupby(items, key=type):
            if kind is GlyphRun:
                self._text(group, height, language)  # type: ignore[arg-type]
                continue
            for item in group:
                if isinstance(item, Shape):
                    state, write = self.strip.state, self.strip.write
                    shapes.paint(item, height, self.colours.name, state, write)
                elif isinstance(item, PlacedPicture):
                    self._picture(item, height)

    def _text(self, runs: Iterable[GlyphRun], height: float, language: str) -> None:
        """One text object; each run is placed relative to the one before, without adding up."""
        state, write = self.strip.state, self.strip.write
        write("BT")
        x = y = 0.0
        for run in runs:
            font, shown = self.fonts.show(run)
            state.set_fill(self.colours.name(run.colour), write)
            state.set_font(font.resource, run.size, write)
            to_x, to_y = round(run.x, 2), round(height - run.y, 2)
            write(f"{number(to_x - x)} {number(to_y - y)} Td")
            x, y = to_x, to_y
            foreign = bool(run.lang and language and run.lang != language)
            if foreign:
                write(f"/Span<</Lang{text(run.lang or '').decode('ascii')}>>BDC")
            glyphs.show(run, font, shown, state, write)
            if foreign:
                write("EMC")
        state.set_rise("0", write)
        write("ET")

    def _picture(self, item: PlacedPicture, height: float) -> None:
        name = self.pictures.name(item.picture)
        place = numbers(item.x, height - item.y - item.height)
        size = f"{number(item.width)} 0 0 {number(item.height)}"
        self.strip.write(f"q {size} {place} cm {name} Do Q")
