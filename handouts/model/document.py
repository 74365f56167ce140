"""The semantic document: what ``compose`` hands to ``typeset``.

A tree of boxes, each knowing the structure element (`Node`) it belongs to. Nothing here has
a coordinate: sizes are wishes, directions are logical (start and end), colours are roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Literal

from handouts.model.colour import Colour
from handouts.model.drawing import Drawing, Paint, Picture
from handouts.model.frozen import dataclass
from handouts.units import Length, Paper


class Role(StrEnum):
    """Standard structure types we use (ISO 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    PART = "Part"
    SECT = "Sect"
    DIV = "Div"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    L = "L"
    LI = "LI"
    LBL = "Lbl"
    LBODY = "LBody"
    TOC = "TOC"
    TOCI = "TOCI"
    TABLE = "Table"
    THEAD = "THead"
    TBODY = "TBody"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    FIGURE = "Figure"
    LINK = "Link"
    SPAN = "Span"


@dataclass(frozen=True, slots=True)
class Node:
    """A structure element. Ids count up in reading order; id 0 is the Document, parent of all.

    `alt` is required for a Figure; `actual` replaces what is painted (a drawn list marker).
    """

    id: int
    role: Role
    parent: int | None
    lang: str | None = None
    alt: str | None = None
    actual: str | None = None
    scope: Literal["Column", "Row"] | None = None
    numbering: Literal["Disc", "Decimal", "None"] | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with one style inside a paragraph.

    `text` is in logical order and may hold isolates (U+2066 to U+2069), which are never drawn.
    `field` is filled by ``typeset``: the number of this page, of all pages, or of the page that a
    link inside the file (``#3``) leads to.
    `node` is the Link or Span element it belongs to; None: the paragraph's own.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: Paint | None = None
    lang: str | None = None
    href: str | None = None
    field: Literal["page", "pages", "target"] | None = None
    node: int | None = None


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set.

    `size` in points, `leading` the distance of baselines as a multiple of it; a fit step never
    takes the size below `floor`.
    """

    families: tuple[str, ...]
    size: Length
    floor: Length
    weight: int = 400
    leading: float = 1.3
    colour: Paint = "ink"
    align: Literal["start", "centre", "end", "justify"] = "start"
    hyphenate: bool = False
    widows: int = 2
    orphans: int = 2
    min_leading: float = 1.0
    """Tighter spacing never takes the leading below this: marks would touch."""
    kashida: bool = False
    """Justified Arabic lines lengthen the joins of their words too, where the font can."""


@dataclass(frozen=True, slots=True)
class Insets:
    """Space inside a box, per logical side."""

    top: Length = Length(0)
    end: Length = Length(0)
    bottom: Length = Length(0)
    start: Length = Length(0)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A drawing behind a box's content, clipped to the box, flush with one logical side."""

    drawing: Drawing
    colour: Paint
    side: Literal["start", "end", "centre"] = "end"
    width: Length = Length(0)
    """Width in points (height follows); 0 covers the box's full height instead."""


@dataclass(frozen=True, slots=True)
class Decoration:
    """What is painted behind a box."""

    fill: Paint | None = None
    border: Paint | None = None
    border_width: Length = Length(1)
    radius: Length = Length(0)
    sides: tuple[Literal["top", "bottom", "start", "end"], ...] = ()
    """Sides that carry the border; empty: all four."""
    backdrop: Backdrop | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What all boxes share.

    `node`: the element its own painting belongs to; None for painting that is decoration (an
    artifact) or for a container without an element.
    `optional`: the name under which a fit step may drop it; None: never dropped.
    `keep_with_next`: never the last thing on a page while something follows.
    `keep`: never split over pages.
    `slot`: its number among the boxes that differ from brand to brand, with all that is in them;
    None: the same for every brand, or inside of such a box.
    """

    node: int | None = None
    optional: str | None = None
    keep_with_next: bool = False
    keep: bool = False
    slot: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Box):
    """A paragraph."""

    spans: tuple[Span, ...]
    style: TextStyle
    lang: str
    source: str = ""
    """Id of the string it came from, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack(Box):
    """Boxes one under another."""

    children: tuple[Box, ...]
    gap: Length = Length(0)
    padding: Insets = field(default_factory=Insets)
    decoration: Decoration | None = None
    min_height: Length = Length(0)
    align: Literal["top", "middle", "bottom"] = "top"
    """Where the children stand when the stack is made taller than they are."""
    direction: Literal["ltr", "rtl"] | None = None
    """On which side the start edge is inside it; None: as around it."""


@dataclass(frozen=True, slots=True)
class Track:
    """Width of a cell or column: fixed points, a share of the rest, or as wide as its content."""

    kind: Literal["fixed", "share", "content"]
    value: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Box):
    """Boxes side by side, from start edge to end edge; `stretch` makes cells share a height."""

    children: tuple[Box, ...]
    tracks: tuple[Track, ...]
    gap: Length = Length(0)
    align: Literal["top", "middle", "bottom", "stretch", "baseline"] = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Box):
    """Children flow down the first column, then the next; balanced columns end at like heights."""

    children: tuple[Box, ...]
    count: int
    gap: Length
    row_gap: Length = Length(0)
    balance: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table; `node` is its TR. Each cell is a box whose node is a TH or TD."""

    node: int
    cells: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Box):
    """A table with tracks; the head is repeated (as an artifact) on every page it goes on to."""

    tracks: tuple[Track, ...]
    head: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    padding: Insets = field(default_factory=Insets)
    rule: Paint = "line"
    head_rule: Paint = "primary"
    rule_width: Length = Length(0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Art(Box):
    """A vector drawing, scaled to fit `width` × `height`. Without a node it is decoration."""

    drawing: Drawing
    width: Length
    height: Length
    colour: Paint = "primary"
    mirrored: bool = False
    """Drawn mirrored in right-to-left documents (it points along the text)."""
    disc: Paint | None = None
    """Colour of a disc behind it, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Box):
    """A raster picture, scaled to fit `width` × `height`."""

    picture: Picture
    width: Length
    height: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Box):
    """A horizontal line across the column; `above` is clear space over it (to write in)."""

    colour: Paint = "line"
    thickness: Length = Length(0.75)
    above: Length = Length(0)
    dash: tuple[float, ...] = ()
    rigid: bool = False
    """The space above is for a hand to write in: fit steps leave it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer(Box):
    """Empty space; with `grow` it takes a share of the space left on the page.

    With `ruled` it is drawn as lines to write on, `pitch` apart, as many as its height has room
    for; the first stands `pitch` below its top. Fit steps leave ruled space alone.
    """

    size: Length = Length(0)
    grow: float = 0.0
    ruled: Paint | None = None
    pitch: Length = Length(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Box):
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Region:
    """A running header or footer. Painted as a pagination artifact on every page it applies to."""

    pages: Literal["all", "first", "not-first", "last", "not-last"]
    box: Box


@dataclass(frozen=True, slots=True)
class Sidebar:
    """A column beside the body on the first page of each section; real, tagged content."""

    side: Literal["start", "end"]
    width: Length
    gap: Length
    box: Box
    pages: Literal["first", "all"] = "first"


@dataclass(frozen=True, slots=True)
class FitStep:
    """One thing to try when the document needs more pages than it may have.

    Steps are tried in order, each on top of those before it. `spacing` and `type` are factors on
    the document's own values: the last one given counts. `drop` adds to what is dropped, `pages`
    is the new greatest number of pages.
    """

    spacing: float | None = None
    type: float | None = None
    drop: tuple[str, ...] = ()
    pages: int | None = None
    sidebar: Literal["flow"] | None = None
    """From here on a sidebar that is too high for its page may go on on the next."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the PDF says about itself; read back by ``handouts inspect``."""

    title: str
    author: str
    subject: str
    keywords: str
    layout: str
    brand: str
    language: str
    """BCP 47 tag; of a sheet in two languages, the first one's."""
    profile: str
    edition: str
    checked: str
    part: str = ""
    """The group or week it covers, or empty."""
    second: str | None = None
    """The other language of a sheet in two."""
    producer: str = "handouts"
    date: str = "2000-01-01T00:00:00+00:00"
    """ISO 8601 moment written as creation and modification date; given, never read from a clock."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that starts on a new page, with its own body, sidebar and regions."""

    body: Stack
    masthead: Stack | None = None
    """Content across the whole width at the top of the first page, above body and sidebar."""
    sidebar: Sidebar | None = None
    header: tuple[Region, ...] = ()
    footer: tuple[Region, ...] = ()
    max_pages: int | None = None
    """Greatest number of pages before fit steps are tried; None: as many as it takes."""
    name: str = ""
    """What to call it in messages (``week-2``)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file to be: sections, structure, palette and identity."""

    identity: Identity
    direction: Literal["ltr", "rtl"]
    paper: Paper
    margins: Insets
    palette: Mapping[str, Colour]
    nodes: tuple[Node, ...]
    sections: tuple[Section, ...]
    fit: tuple[FitStep, ...] = ()
    digits: Mapping[str, str] = field(default_factory=dict)
    """By language, the ten digits its page numbers are written with; without: Western ones."""
    directions: Mapping[str, Literal["ltr", "rtl"]] = field(default_factory=dict)
    """Of a sheet in two languages: the base direction of each one's paragraphs."""
    letters: str = ""
    """What the words of a brand may be expected to be written with."""
    strings: tuple[tuple[str, str], ...] = ()
    """Language and id of each string that was used."""


@dataclass(frozen=True, slots=True)
class Rebranded:
    """A document for another brand, as far as it differs from the one it was made from.

    `document` has this brand's identity, palette and nodes around the other's boxes; `boxes`
    are those that take their place, by their number as a slot.
    """

    document: Document
    boxes: Mapping[int, Box]
