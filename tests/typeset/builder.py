"""Documents for tests, as short as they can be written. Sizes are points."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Literal

from handouts.model.colour import Colour
from handouts.model.document import (
    Art,
    Box,
    Document,
    FitStep,
    Identity,
    Insets,
    Node,
    Role,
    Row,
    Section,
    Span,
    Stack,
    Table,
    TableRow,
    Text,
    TextStyle,
    Track,
)
from handouts.model.drawing import Close, Drawing, Line, Move, Outline
from handouts.model.fonts import FontFace, FontFile, FontLibrary
from handouts.model.pages import GlyphRun, Page, Pages
from handouts.typeset import typeset
from handouts.units import Length, Paper

FONTS = Path(__file__).parents[2] / "fonts"
FACES = (
    ("Noto Sans", 400, "noto-sans/NotoSans-Regular.ttf"),
    ("Noto Sans", 700, "noto-sans/NotoSans-Bold.ttf"),
    ("Noto Sans Arabic", 400, "noto-sans-arabic/NotoSansArabic-Regular.ttf"),
    ("Noto Sans Arabic", 700, "noto-sans-arabic/NotoSansArabic-Bold.ttf"),
)
FAMILIES = {"en": ("Noto Sans",), "ar": ("Noto Sans Arabic", "Noto Sans")}
PALETTE = {name: Colour(40, 60, 60) for name in ("ink", "paper", "primary", "tint", "line")}

ARROW = Drawing(
    10, 20, (Outline((Move(0, 0), Line(10, 10), Line(0, 20), Close()), fill="current"),)
)


@lru_cache(maxsize=1)
def library() -> FontLibrary:
    faces = []
    for family, weight, path in FACES:
        data = (FONTS / path).read_bytes()
        file = FontFile(hashlib.sha256(data).hexdigest(), data)
        faces.append(FontFace(family, weight, False, file))
    return FontLibrary(tuple(faces))


def insets(top: float, end: float | None = None, bottom: float | None = None) -> Insets:
    side = top if end is None else end
    return Insets(
        Length(top), Length(side), Length(top if bottom is None else bottom), Length(side)
    )


class Builder:
    """Makes boxes with their nodes; every text is a paragraph of its own."""

    def __init__(self, lang: Literal["en", "ar"] = "en") -> None:
        self.lang = lang
        self.nodes = [Node(0, Role.DOCUMENT, None, lang=lang)]
        self._names: Iterator[int] = count(1)

    def node(self, role: Role = Role.P, parent: int = 0, **more: Any) -> int:
        self.nodes.append(Node(len(self.nodes), role, parent, **more))
        return len(self.nodes) - 1

    def style(self, size: float = 10, leading: float = 1.2, **more: Any) -> TextStyle:
        more.setdefault("floor", Length(size * 0.8))
        return TextStyle(FAMILIES[self.lang], Length(size), leading=leading, **more)

    def text(
        self, words: str | tuple[Span, ...], role: Role = Role.P, parent: int = 0, **more: Any
    ) -> Text:
        keys = ("optional", "keep", "keep_with_next", "source", "lang")
        box = {key: more.pop(key) for key in keys if key in more}
        box.setdefault("source", f"string.{next(self._names)}")
        box.setdefault("lang", self.lang)
        owned = more.pop("owned", True)
        return Text(
            node=self.node(role, parent) if owned else None,
            spans=(Span(words),) if isinstance(words, str) else words,
            style=self.style(**more),
            **box,
        )

    def lines(self, number: int, **more: Any) -> Text:
        """A paragraph of exactly so many lines, 12 points each."""
        return self.text("\n".join(f"line {i + 1}" for i in range(number)), **more)

    def block(self, height: float, **more: Any) -> Stack:
        """A panel of an exact height with one line of text (12 points) in it."""
        from handouts.model.document import Decoration

        return Stack(
            children=(self.text("block"),),
            min_height=Length(height),
            decoration=Decoration(fill="tint"),
            keep=True,
            **more,
        )

    def item(self, words: str) -> Row:
        """A list item: marker and text."""
        li = self.node(Role.LI)
        marker = Art(node=self.node(Role.LBL, li), drawing=ARROW, width=Length(4), height=Length(4))
        content = self.text(words, Role.LBODY, li)
        return Row(
            node=li,
            children=(marker, content),
            tracks=(Track("fixed", 6), Track("share")),
            gap=Length(4),
            align="baseline",
        )

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str] = (), **more: Any) -> Table:
        table = self.node(Role.TABLE)

        def made(cells: Sequence[str], role: Role) -> TableRow:
            row = self.node(Role.TR, table)
            return TableRow(node=row, cells=tuple(self.text(c, role, row) for c in cells))

        width = len(rows[0])
        return Table(
            node=table,
            tracks=more.pop("tracks", (Track("share"),) * width),
            head=(made(head, Role.TH),) if head else (),
            rows=tuple(made(row, Role.TD) for row in rows),
            **more,
        )

    def document(
        self,
        *children: Box | Section,
        width: float = 220,
        height: float = 320,
        margin: float = 10,
        direction: Literal["ltr", "rtl"] | None = None,
        **more: Any,
    ) -> Document:
        """A document of one section (or of the sections given); 200 × 300 points for the body."""
        fit: tuple[FitStep, ...] = more.pop("fit", ())
        digits = more.pop("digits", "0123456789")
        return Document(
            identity=Identity("title", "", "", "", "test", "test", self.lang, "", "1", "2026"),
            direction=direction or ("rtl" if self.lang == "ar" else "ltr"),
            paper=Paper("test", Length(width), Length(height)),
            margins=insets(margin),
            palette=PALETTE,
            nodes=tuple(self.nodes),
            sections=_sections(children, more),
            fit=fit,
            digits={self.lang: digits},
        )

    def pages(self, *children: Box | Section, **more: Any) -> Pages:
        return typeset(self.document(*children, **more), library())


def _sections(children: Sequence[Box | Section], more: dict[str, Any]) -> tuple[Section, ...]:
    sections = tuple(child for child in children if isinstance(child, Section))
    if sections:
        return sections
    boxes = tuple(child for child in children if isinstance(child, Box))
    gap = Length(more.pop("gap", 0))
    return (Section(Stack(children=boxes, gap=gap), **more),)


def words(pages: Pages, page: int | None = None) -> str:
    """What is painted as content, in paint order."""
    chosen = pages.pages if page is None else (pages.pages[page],)
    return " ".join(
        said(run)
        for one in chosen
        for run in one.items
        if isinstance(run, GlyphRun) and isinstance(run.owner, int)
    )


def said(run: GlyphRun) -> str:
    """The text of a run in logical order."""
    actual = {start: (stop, text) for start, stop, text in run.actual}
    pieces, index = [], 0
    while index < len(run.glyphs):
        stop, text = actual.get(index, (index + 1, run.glyphs[index].text))
        pieces.append(text)
        index = stop
    return "".join(reversed(pieces) if run.reversed else pieces)


def baselines(page: Page, owner: int | None = None) -> list[float]:
    """The baselines of a page's content text (of one node), in paint order, each once."""
    runs = [run for run in page.items if isinstance(run, GlyphRun) and isinstance(run.owner, int)]
    return list(dict.fromkeys(run.y for run in runs if owner is None or run.owner == owner))
