"""Things to write on and to tick, rules, space and page breaks."""

from __future__ import annotations

from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet
from handouts.model.document import Art, Box, PageBreak, Role, Row, Rule, Spacer, Stack, Track
from handouts.model.drawing import Close, Curve, Drawing, Line, Move, Outline
from handouts.model.layout import (
    PageBreakBlock,
    RuleBlock,
    SpacerBlock,
    TickBoxBlock,
    WriteInBlock,
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
    return [Art(drawing=_TICK_BOX, width=block.size, height=block.size, colour="muted")]


def _filled_in(block: WriteInBlock, sheet: Sheet, scope: Scope) -> Box:
    from dataclasses import replace

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


def _rounded_square(side: float, inset: float, radius: float) -> tuple[object, ...]:
    low, high, bend = inset, side - inset, radius * 0.4477
    return (
        Move(low + radius, low),
        Line(high - radius, low),
        Curve(high - bend, low, high, low + bend, high, low + radius),
        Line(high, high - radius),
        Curve(high, high - bend, high - bend, high, high - radius, high),
        Line(low + radius, high),
        Curve(low + bend, high, low, high - bend, low, high - radius),
        Line(low, low + radius),
        Curve(low, low + bend, low + bend, low, low + radius, low),
        Close(),
    )


_TICK_BOX = Drawing(
    14,
    14,
    (Outline(_rounded_square(14, 0.6, 2.6), stroke="current", stroke_width=1.1),),  # type: ignore[arg-type]
)
