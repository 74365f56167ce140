"""The layout language: what a YAML file in ``layouts/`` may say about pages, styles and regions.

What stands in the regions are blocks: `handouts.model.blocks`.
"""

from __future__ import annotations

from typing import Literal

from handouts.model.base import Field, Model
from handouts.model.blocks import Block, ColourRole, Sides
from handouts.units import Length


class Style(Model):
    """A paragraph style. `extends` takes over everything not said here."""

    extends: str | None = None
    role: Literal["H1", "H2", "H3", "P"] | None = None
    family: Literal["text", "heading"] | None = None
    weight: int | None = Field(default=None, ge=100, le=900)
    size: Length | None = None
    floor: Length | None = Field(
        default=None,
        description="Fit steps stop here: at least 11pt for body text, 9pt for small print.",
    )
    small_print: bool | None = Field(
        default=None, description="Set smaller than body text: never below 9pt."
    )
    leading: float | None = Field(default=None, ge=1.0, le=3.0)
    colour: ColourRole | None = None
    align: Literal["start", "centre", "end", "justify"] | None = None
    hyphenate: bool | None = None
    kashida: bool | None = Field(
        default=None, description="Justified Arabic stretches letters as well as spaces."
    )
    space_before: Length | None = None
    space_after: Length | None = None
    keep_with_next: bool | None = None
    widows: int | None = Field(default=None, ge=1, le=9)
    orphans: int | None = Field(default=None, ge=1, le=9)


class PageSetup(Model):
    """Papers the layout is made for, and its margins."""

    papers: tuple[str, ...] = ("A4", "Letter")
    orientation: Literal["portrait", "landscape"] = "portrait"
    margins: Sides


class RegionBlock(Model):
    """Blocks of a running header or footer, and the pages they stand on."""

    pages: Literal["all", "first", "not-first", "last", "not-last"] = "all"
    children: tuple[Block, ...]


class SidebarBlock(Model):
    """A column beside the body."""

    side: Literal["start", "end"] = "end"
    width: Length
    gap: Length = Length(18)
    pages: Literal["first", "all"] = "first"
    children: tuple[Block, ...]
    joins_after: int = Field(
        default=0,
        ge=0,
        description="In two languages there is no room for a column beside the body: its blocks "
        "join the body after this many of its own.",
    )


class FitStepEntry(Model):
    """Something to try when a sheet needs too many pages, on top of the steps before it."""

    spacing: float | None = Field(default=None, gt=0, le=1)
    type: float | None = Field(default=None, gt=0, le=1)
    drop: tuple[str, ...] = ()
    pages: int | None = Field(default=None, ge=1)
    sidebar: Literal["flow"] | None = Field(
        default=None, description="A sidebar that is too high may go on on the next page."
    )


class Bilingual(Model):
    """How a layout carries two languages, and how many pages it may take for them."""

    arrange: Literal["side", "stacked"] = Field(
        default="side", description="Columns side by side, or one language under the other."
    )
    max_pages: int | None = Field(default=None, ge=1, description="Default: the layout's own.")


class Layout(Model):
    """A layout with everything it inherits filled in."""

    id: str
    title: str = Field(description="String id of the document's title.")
    name: str = Field(description="What it is called in lists, in English.")
    for_each: Literal["group", "week"] | None = Field(
        default=None, description="The sheet is made once for each group or week."
    )
    files: Literal["one", "each"] = Field(
        default="one", description="With for_each: one file with all of them, or a file for each."
    )
    page: PageSetup
    max_pages: int | None = Field(default=1, ge=1, description="Pages a sheet may have.")
    styles: dict[str, Style]
    header: tuple[RegionBlock, ...] = ()
    footer: tuple[RegionBlock, ...] = ()
    masthead: tuple[Block, ...] = Field(
        default=(), description="Across the top of the first page, above body and sidebar."
    )
    sidebar: SidebarBlock | None = None
    body: tuple[Block, ...]
    gap: Length = Field(default=Length(0), description="Space between the body's blocks.")
    fit: tuple[FitStepEntry, ...] = ()
    bilingual: Bilingual | None = Field(
        default=None, description="Present when a sheet can be had in two languages at once."
    )
