"""Things to write on and to tick, rules, space and page breaks."""

from __future__ import annotations

from dataclasses import replace

from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet
from handouts.model.blocks import PageBreakBlock, RuleBlock, SpacerBlock, TickBoxBlock, WriteInBlock
from handouts.model.document import (
    Box,
    Decoration,
    PageBreak,
    Role,
    Row,
    Rule,
    Spacer,
    Stack,
    Track,
)
from handouts.units import Length


def rule(block: RuleBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A line across the column."""
    return [Rule(colour=block.colour, thickness=block.thickness, above=block.space_above)]


def spacer(block: SpacerBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Empty space."""
    return [Spacer(size=block.size, grow=block.grow)]


def page_break(block: PageBreakBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A new page."""
    return [PageBreak()]


def write_in(block: WriteInBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A label and lines to write on; with a value, the value instead of a line."""
    if block.value and sheet.words.resolve(block.value, scope, {}):
        return [_filled_in(block, sheet, scope)]
    if block.fill:
        size = Length(block.lines * block.pitch)
        return [Spacer(size=size, grow=1, ruled="muted", pitch=block.pitch)]
    lines = writing_lines(block.lines, block.pitch)
    if not block.label:
        return [Stack(children=lines)]
    style = sheet.styles[block.style]
    label = sheet.paragraph(
        sheet.words.resolve(block.label, scope, {}), style, source=block.label, role=Role.P
    )
    row = Row(
        children=(label, lines[0]),
        tracks=(Track("content"), Track("share")),
        gap=Length(6),
        align="bottom",
    )
    return [Stack(children=(row, *lines[1:]))]


def writing_lines(count: int, pitch: Length) -> tuple[Rule, ...]:
    """Lines with room for a hand above each; fit steps leave that room alone."""
    line = Rule(colour="muted", thickness=Length(0.6), above=Length(pitch - 0.6), rigid=True)
    return (line,) * count


def tick_box(block: TickBoxBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """An open box to tick. Decoration: the table's heads say what it is for."""
    edge = Decoration(border="muted", border_width=Length(1), radius=Length(2.5))
    box = Stack(children=(), min_height=block.size, decoration=edge)
    return [Row(children=(box,), tracks=(Track("fixed", block.size),))]


def _filled_in(block: WriteInBlock, sheet: Sheet, scope: Scope) -> Box:
    style = sheet.styles[block.style]
    value = sheet.words.resolve(block.value or "", scope, {})
    bold = tuple(replace(span, bold=True) for span in value)
    texts: list[Box] = []
    if block.label:
        label = sheet.words.resolve(block.label, scope, {})
        texts.append(sheet.paragraph(label, style, source=block.label, role=Role.P))
    texts.append(sheet.paragraph(bold, style, source=block.value or "", role=Role.P))
    tracks = (Track("content"), Track("share"))[-len(texts) :]
    return Row(children=tuple(texts), tracks=tracks, gap=Length(6), align="baseline")
