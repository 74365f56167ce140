"""Builds placed pages by hand, shaped by HarfBuzz, so that the PDF stage is tested alone."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import uharfbuzz as hb

from handouts.model.colour import Colour
from handouts.model.document import Identity, Node, Role
from handouts.model.drawing import Close, Line, Move, Outline, Paint, Picture
from handouts.model.fonts import FontFace, FontFile
from handouts.model.pages import (
    Bookmark,
    Glyph,
    GlyphRun,
    Item,
    LinkArea,
    Owner,
    Page,
    Pages,
    PlacedPicture,
    Shape,
)

FONTS = Path(__file__).parents[2] / "fonts"
LATIN = "Noto Sans 400"
BOLD = "Noto Sans 700"
ARABIC = "Noto Sans Arabic 400"
CHINESE = "Noto Sans SC 400"
_FILES = {
    LATIN: ("Noto Sans", 400, "noto-sans/NotoSans-Regular.ttf"),
    BOLD: ("Noto Sans", 700, "noto-sans/NotoSans-Bold.ttf"),
    ARABIC: ("Noto Sans Arabic", 400, "noto-sans-arabic/NotoSansArabic-Regular.ttf"),
    CHINESE: ("Noto Sans SC", 400, "noto-sans-sc/NotoSansSC-Regular.ttf"),
}
PALETTE = {
    "ink": Colour(0x22, 0x22, 0x22),
    "primary": Colour(0x1F, 0x5E, 0x5B),
    "tint": Colour(0xE8, 0xF1, 0xF0),
    "line": Colour(0x99, 0x99, 0x99),
}
IDENTITY = Identity(
    title="Benefits & care (test)",
    author="Clinic “Löwe”",
    subject="What touch may do",
    keywords="touch, sleep",
    layout="flyer",
    brand="clinic",
    language="en",
    profile="screen",
    edition="2026.1",
    checked="2026-05-01",
    part="week-2",
    producer="handouts 1.2.3",
    date="2026-05-04T12:30:00+02:00",
)
WIDTH, HEIGHT = 595.28, 841.89


@cache
def face(name: str) -> FontFace:
    """A face of the repository's fonts."""
    family, weight, path = _FILES[name]
    data = (FONTS / path).read_bytes()
    return FontFace(family, weight, False, FontFile(hashlib.sha256(data).hexdigest(), data))


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(face(name).file.data))


def shaped(text: str, name: str, language: str, rtl: bool) -> list[tuple[Glyph, int]]:
    """Glyphs in visual order with their clusters; a cluster's text goes to its first glyph."""
    font = _font(name)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    hb.shape(font, buffer)
    scale = 1000 / font.face.upem
    starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(text)]
    found: list[tuple[Glyph, int]] = []
    seen: set[int] = set()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        end = starts[starts.index(info.cluster) + 1]
        said = "" if info.cluster in seen else text[info.cluster : end]
        seen.add(info.cluster)
        glyph = Glyph(
            info.codepoint,
            said,
            place.x_advance * scale,
            place.x_offset * scale,
            place.y_offset * scale,
        )
        found.append((glyph, info.cluster))
    return found


class Builder:
    """Collects nodes, items and links page by page."""

    def __init__(self, identity: Identity = IDENTITY, direction: str = "ltr") -> None:
        self.identity, self.direction = identity, direction
        self.nodes = [Node(0, Role.DOCUMENT, None)]
        self.done: list[Page] = []
        self.items: list[Item] = []
        self.links: list[LinkArea] = []
        self.bookmarks: list[Bookmark] = []

    def node(self, role: Role, parent: int = 0, **values: str | None) -> int:
        """Adds a structure element; returns its id."""
        self.nodes.append(Node(len(self.nodes), role, parent, **values))  # type: ignore[arg-type]
        return len(self.nodes) - 1

    def text(
        self,
        owner: Owner,
        text: str,
        x: float,
        y: float,
        *,
        name: str = LATIN,
        size: float = 11,
        colour: Paint = "ink",
        lang: str | None = None,
        rtl: bool = False,
    ) -> float:
        """Adds a run of glyphs at a baseline; returns where it ends."""
        pairs = shaped(text, name, lang or self.identity.language, rtl)
        glyphs = tuple(glyph for glyph, _ in pairs)
        self.items.append(
            GlyphRun(
                face=name,
                size=size,
                x=x,
                y=y,
                colour=colour,
                glyphs=glyphs,
                owner=owner,
                actual=_actual(pairs, text),
                reversed=rtl,
                lang=lang,
            )
        )
        return x + sum(glyph.advance for glyph in glyphs) * size / 1000

    def paragraph(self, role: Role, text: str, x: float, y: float, parent: int = 0) -> int:
        """Adds an element with one run."""
        node = self.node(role, parent)
        self.text(node, text, x, y)
        return node

    def box(
        self, owner: Owner, x: float, y: float, width: float, height: float, fill: Paint
    ) -> None:
        """Adds a filled rectangle."""
        outline = Outline(rectangle(x, y, width, height), fill=fill)
        self.items.append(Shape((outline,), 0, 0, 1, 1, (x, y, x + width, y + height), owner))

    def picture(self, owner: Owner, picture: Picture, x: float, y: float, size: float) -> None:
        """Adds a square picture."""
        self.items.append(PlacedPicture(picture, x, y, size, size, owner))

    def link(self, node: int, uri: str, rect: tuple[float, float, float, float]) -> None:
        """Makes a Link clickable."""
        self.links.append(LinkArea(node, uri, f"Opens {uri}", rect))

    def page(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        """Ends a page."""
        self.done.append(Page(width, height, tuple(self.items), tuple(self.links)))
        self.items, self.links = [], []

    def pages(self, palette: dict[str, Colour] | None = None) -> Pages:
        """Everything so far."""
        return Pages(
            identity=self.identity,
            pages=tuple(self.done),
            nodes=tuple(self.nodes),
            faces={name: face(name) for name in _FILES},
            palette=palette or PALETTE,
            bookmarks=tuple(self.bookmarks),
            direction=self.direction,
        )


def _actual(pairs: list[tuple[Glyph, int]], text: str) -> tuple[tuple[int, int, str], ...]:
    """Clusters of several glyphs, which their glyphs alone do not say."""
    ends = sorted({cluster for _, cluster in pairs} | {len(text)})
    clusters = [cluster for _, cluster in pairs]
    found, at = [], 0
    while at < len(clusters):
        count = clusters.count(clusters[at])
        if count > 1:
            end = ends[ends.index(clusters[at]) + 1]
            found.append((at, at + count, text[clusters[at] : end]))
        at += count
    return tuple(found)


def rectangle(x: float, y: float, width: float, height: float) -> tuple[Move | Line | Close, ...]:
    """An upright rectangle as segments."""
    return (
        Move(x, y),
        Line(x + width, y),
        Line(x + width, y + height),
        Line(x, y + height),
        Close(),
    )
