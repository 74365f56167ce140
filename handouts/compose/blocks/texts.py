"""Paragraphs, headings, lists and page numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from handouts.compose.blocks.collections import members
from handouts.compose.facts import number
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Sheet, spaced
from handouts.compose.styles import ParagraphStyle
from handouts.compose.words import joined, plain
from handouts.model.blocks import ListBlock, PageNumberBlock, TextBlock
from handouts.model.document import (
    Art,
    Box,
    Columns,
    Decoration,
    Insets,
    Role,
    Row,
    Span,
    Stack,
    Text,
    Track,
)
from handouts.units import Length

Marker = Literal["bullet", "tick", "cross", "number", "disc-number"]
_DISC = 1.75
"""A numbered disc's side in type sizes."""
_INDENTS = {"bullet": 1.05, "number": 1.7, "disc-number": 2.6, "tick": 1.6, "cross": 1.6}
"""Width of the marker's column in type sizes."""
_BULLET = (Span("•"),)
_ACTUAL = {"tick": "✓", "cross": "✗"}


def text(block: TextBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A paragraph; nothing when its variables are not set."""
    style = sheet.styles[block.style]
    specs = block.parts or (block.string or "",)
    groups = [sheet.words.resolve(spec, scope, block.args) for spec in specs]
    # A class whose name is its course's: said once is enough.
    said = [plain(group) for group in groups]
    distinct = [
        g for g, one, before in zip(groups, said, ["", *said], strict=False) if one != before
    ]
    spans = joined(distinct, block.separator)
    if not spans:
        return []
    if block.bold:
        spans = tuple(replace(span, bold=True) for span in spans)
    source = scope.expand(specs[0])
    return [spaced(sheet.paragraph(spans, style, source=source), style)]


def bullets(block: ListBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A list of strings, or of the week's talk points."""
    if block.of:
        scopes = members(block.of, sheet, scope)
        items = [(f"talk.{s.expand('{talk.id}')}", s) for s in scopes]
    else:
        items = [(scope.expand(string), scope) for string in block.strings]
    style = sheet.styles[block.style]
    contents = [(string, sheet.words.resolve(string, inner, {})) for string, inner in items]
    return [
        listed(
            contents,
            sheet,
            style,
            marker=block.marker,
            colour=block.marker_colour,
            gap=block.gap,
            columns=block.columns,
        )
    ]


def page_number(block: PageNumberBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Page X of Y; the numbers are filled in when the pages are known."""
    fields: dict[str, Value | Span] = {
        "page": Span("", field="page"),
        "pages": Span("", field="pages"),
    }
    style = sheet.styles[block.style]
    spans = sheet.words.spans("page.number", fields)
    return [spaced(sheet.paragraph(spans, style, source="page.number"), style)]


def listed(
    contents: Sequence[tuple[str, tuple[Span, ...]]],
    sheet: Sheet,
    style: ParagraphStyle,
    *,
    marker: Marker,
    colour: str,
    gap: Length,
    columns: int = 1,
    column_gap: Length = Length(16),
    optional: Mapping[str, str] = MappingProxyType({}),
    others: Mapping[str, Marker] = MappingProxyType({}),
) -> Box:
    """Items (source id, spans) as a list: L, LI, Lbl and LBody.

    By source id, `optional` has the names under which fit steps may drop items, and `others`
    the markers of items that have one of their own, as wide as the list's.
    """
    structure = sheet.structure
    ordered = marker in ("number", "disc-number")
    the_list = structure.add(Role.L, numbering="Decimal" if ordered else "Disc")
    tracks = (Track("fixed", indent(marker, style)), Track("share"))
    align: Literal["baseline", "top"] = "baseline" if marker in ("bullet", "number") else "top"
    rows: list[Box] = []
    with structure.within(the_list):
        for at, (source, spans) in enumerate(contents, 1):
            item = structure.add(Role.LI)
            with structure.within(item):
                sign = others.get(source, marker)
                mark = mark_box(sign, number(at, sheet.words.digits), sheet, style, colour)
                body = structure.add(Role.LBODY)
                content: Box = sheet.paragraph(spans, style, source=source, node=body)
            if marker == "disc-number":
                content = Stack(children=(content,), padding=Insets(top=_below_disc_top(style)))
            rows.append(
                Row(
                    children=(mark, content),
                    tracks=tracks,
                    align=align,
                    optional=optional.get(source),
                )
            )
    if columns > 1:
        return Columns(children=tuple(rows), count=columns, gap=column_gap, row_gap=gap)
    return Stack(children=tuple(rows), gap=gap)


def indent(marker: Marker, style: ParagraphStyle) -> float:
    """Width of the marker's column for a text of this size."""
    return _INDENTS[marker] * style.text.size


def mark_box(
    marker: Marker, position: str, sheet: Sheet, style: ParagraphStyle, colour: str
) -> Box:
    """The marker with its Lbl element."""
    node = sheet.structure.add(Role.LBL, actual=_ACTUAL.get(marker))
    look = style.text
    if marker in ("bullet", "number"):
        bold = sheet.styles.marker(style, colour)
        spans = _BULLET if marker == "bullet" else (Span(f"{position}."),)
        return Text(node=node, spans=spans, style=bold, lang=sheet.words.lang, source="marker")
    if marker == "disc-number":
        return number_disc(position, sheet, style, colour, node)
    side = Length(look.size * 0.95)
    drawing = sheet.project.drawings["check" if marker == "tick" else "cross"]
    top = Length((look.size * look.leading - side) / 2)
    art = Art(node=node, drawing=drawing, width=side, height=side, colour=colour)
    return Stack(children=(art,), padding=Insets(top=top, end=Length(look.size * 0.65)))


def _below_disc_top(style: ParagraphStyle) -> Length:
    """How far below its disc a text begins, so that its first line is level with the figure."""
    return Length(max(0.0, style.text.size * (_DISC - style.text.leading) / 2))


def number_disc(
    position: str, sheet: Sheet, style: ParagraphStyle, colour: str, node: int | None
) -> Box:
    """A number on a filled disc, as wide as it is high."""
    look = style.text
    side = Length(look.size * _DISC)
    on = "on-accent" if colour == "accent" else "on-primary"
    figure = Text(
        node=node,
        spans=(Span(position),),
        style=replace(look, weight=700, colour=on, align="centre", leading=1.2),
        lang=sheet.words.lang,
        source="marker",
    )
    disc = Stack(
        children=(figure,),
        align="middle",
        min_height=side,
        decoration=Decoration(fill=colour, radius=Length(side / 2)),
    )
    return Row(children=(disc,), tracks=(Track("fixed", side),))
