"""Finding a paragraph again on the page: each is painted in a colour of its own.

Placed glyphs say which element they belong to, not which string; and a running footer has no
element at all. But colour travels with every glyph and changes nothing else, so a document in
which every paragraph has its own colour gives pages on which each can be found. To learn how
wide a line may be the paragraph is set a second time, flush with the other side: its lines
break in the same places, and between the two edges lies the column.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from handouts.model.document import (
    Box,
    Document,
    Region,
    Role,
    Section,
    Sidebar,
    TableRow,
    Text,
)
from handouts.model.pages import GlyphRun, Pages

T = TypeVar("T")
_HOLDERS = (Document, Section, Sidebar, Region, TableRow, Box)
_OTHER: dict[str, Literal["start", "end"]] = {
    "start": "end",
    "end": "start",
    "centre": "end",
    "justify": "end",
}
_WORDS = {Role.H1: "title", Role.H2: "heading", Role.H3: "heading", Role.LBODY: "list item"}
_WORDS |= {Role.TH: "table heading", Role.TD: "table cell", Role.LBL: "label"}


@dataclass(frozen=True, slots=True)
class Traced:
    """A paragraph as it stands on one page. Points, origin at the page's top left.

    `measure` is the width of its column, `ems` how wide its characters are together in type
    sizes.
    """

    text: Text
    block: str
    page: int
    box: tuple[float, float, float, float]
    lines: int
    measure: float
    size: float
    characters: int
    ems: float


def mapped(value: T, change: Callable[[Text], Text]) -> T:
    """A document, or a part of one, with every paragraph changed."""
    if isinstance(value, Text):
        return change(value)  # type: ignore[return-value]  # a Text for a Text
    if isinstance(value, tuple) and value and isinstance(value[0], _HOLDERS):
        return tuple(mapped(one, change) for one in value)  # type: ignore[return-value]
    if isinstance(value, _HOLDERS):
        fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        new = {name: mapped(one, change) for name, one in fields if _holds(one)}
        return replace(value, **new) if new else value
    return value


def trace(document: Document, set_: Callable[[Document], Pages]) -> Iterator[Traced]:
    """Every paragraph of a document where it stands.

    Args:
        document: as composed.
        set_: puts a document on its pages.
    """
    texts: list[Text] = []

    def note(text: Text) -> Text:
        texts.append(text)
        spans = tuple(replace(span, colour=None) for span in text.spans)
        return replace(text, spans=spans, style=replace(text.style, colour=str(len(texts) - 1)))

    def flush(text: Text) -> Text:
        return replace(text, style=replace(text.style, align=_OTHER[text.style.align]))

    coloured = mapped(document, note)
    here = _runs(set_(coloured))
    there = _runs(set_(mapped(coloured, flush)))
    roles = {node.id: node.role for node in document.nodes}
    for (page, number), runs in here.items():
        text = texts[number]
        role = roles[text.node] if text.node is not None else None
        block = _WORDS.get(role, "text") if role is not None else "header or footer"
        yield _traced(text, block, page, runs, there.get((page, number), runs))


def _holds(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value) and isinstance(value[0], _HOLDERS)
    return isinstance(value, _HOLDERS)


def _runs(pages: Pages) -> dict[tuple[int, int], list[GlyphRun]]:
    """Glyph runs by page (from 1) and paragraph."""
    found: dict[tuple[int, int], list[GlyphRun]] = {}
    for page, placed in enumerate(pages.pages, 1):
        for item in placed.items:
            if isinstance(item, GlyphRun) and isinstance(item.colour, str):
                found.setdefault((page, int(item.colour)), []).append(item)
    return found


def _traced(
    text: Text, block: str, page: int, runs: list[GlyphRun], flushed: list[GlyphRun]
) -> Traced:
    left, right = _edges(runs)
    other_left, other_right = _edges(flushed)
    size = max(run.size for run in runs)
    if text.style.align == "centre":
        middle = (left + right) / 2
        measure = 2 * max(other_right - middle, middle - other_left)
    else:
        measure = max(right, other_right) - min(left, other_left)
    lines = len({round(run.y, 1) for run in runs})
    top, bottom = min(run.y for run in runs) - size, max(run.y for run in runs) + size * 0.3
    characters = sum(len(glyph.text) for run in runs for glyph in run.glyphs)
    ems = sum(glyph.advance for run in runs for glyph in run.glyphs) / 1000
    return Traced(
        text, block, page, (left, top, right, bottom), lines, measure, size, characters, ems
    )


def _edges(runs: list[GlyphRun]) -> tuple[float, float]:
    left = min(run.x for run in runs)
    right = max(run.x + sum(g.advance for g in run.glyphs) * run.size / 1000 for run in runs)
    return left, right
