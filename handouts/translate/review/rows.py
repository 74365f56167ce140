"""A string on the sheet: its number and place at the left, English, the translation, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from handouts.model.document import (
    Art,
    Box,
    Decoration,
    Image,
    Insets,
    Role,
    Row,
    Spacer,
    Span,
    Stack,
    Text,
    Track,
)
from handouts.model.locale import placeholders
from handouts.translate.review import words
from handouts.translate.review.desk import Desk, breakable, side_by_side
from handouts.translate.review.items import Item
from handouts.translate.review.marks import shape
from handouts.translate.review.pictures import WIDTH, Shown
from handouts.translate.review.writing import answers, lines
from handouts.translate.unit import State, readable
from handouts.units import Length

TRACKS = (Track("fixed", WIDTH), Track("share", 0.49), Track("share", 0.51))
GAP = Length(12)
_BADGE = Length(8)
_SECOND_LINE = 150
"""Characters of English from which on a translation gets a second line to write on."""


def row(desk: Desk, item: Item, shown: Shown | None, sheets: dict[str, str]) -> Stack:
    """A string's row; it never goes on overleaf.

    Args:
        desk: what the sheet is made with.
        item: the string.
        shown: its place, or None when it is on no sheet.
        sheets: what layouts are called.
    """
    structure = desk.structure
    with structure.within(structure.add(Role.TR)):
        with structure.within(structure.add(Role.TH, scope="Row")):
            place = Stack(children=tuple(_place(desk, item, shown, sheets)))
        with structure.within(structure.add(Role.TD)):
            source = (
                desk.source(item.unit.source),
                desk.text(breakable(item.unit.id), "small"),
                *_notes(desk, item),
            )
        with structure.within(structure.add(Role.TD)):
            target = _target(desk, item)
            boxes = answers(desk)
    cells = (
        place,
        Stack(children=(*source, Spacer(grow=1), Spacer(size=Length(4)), boxes)),
        Stack(
            children=(target, Spacer(grow=1), *lines(desk, _lines(item))), direction=desk.direction
        ),
    )
    line = Row(children=cells, tracks=TRACKS, gap=GAP, align="stretch")
    return Stack(
        children=(line,),
        padding=Insets(top=Length(3), bottom=Length(4)),
        decoration=_rule(strong=item.leads),
        keep=True,
    )


def head(desk: Desk) -> Row:
    """The columns' names, over each table."""
    structure = desk.structure
    where, english = words.HEADS
    with structure.within(structure.add(Role.TR)):
        cells = [_head(desk, (Span(where),)), _head(desk, (Span(english),))]
        side: Literal["start", "end"] = "end" if desk.direction == "rtl" else "start"
        cells.append(_head(desk, named(desk), side))
    return Row(children=tuple(cells), tracks=TRACKS, gap=GAP, align="baseline", keep_with_next=True)


def named(desk: Desk) -> tuple[Span, ...]:
    """The language's name in English and, where that is another, in itself."""
    if desk.own == desk.english_name:
        return (Span(desk.english_name),)
    return Span(f"{desk.english_name} · "), desk.foreign(desk.own)


def badge(desk: Desk, state: State) -> Row:
    """A state as a shape and a word."""
    mark = Art(drawing=shape(state), width=_BADGE, height=_BADGE, colour="primary")
    return side_by_side(mark, desk.text(words.STATES[state], "badge"), gap=3.5, align="baseline")


def _head(desk: Desk, spans: tuple[Span, ...], side: Literal["start", "end"] = "start") -> Text:
    node = desk.structure.add(Role.TH, scope="Column")
    return desk.text(spans, "badge", colour="primary", align=side, node=node)


def _rule(*, strong: bool) -> Decoration:
    if strong:
        return Decoration(border="primary", border_width=Length(1.1), sides=("top",))
    return Decoration(border="line", border_width=Length(0.6), sides=("top",))


def _place(desk: Desk, item: Item, shown: Shown | None, sheets: dict[str, str]) -> Iterator[Box]:
    number: list[Box] = [desk.text(str(item.number), "number", colour="primary")]
    if item.unit.must:
        number.append(desk.icon("shield", 11, "accent", alt=words.MUST))
    yield Row(
        children=(
            side_by_side(*number, align="baseline"),
            Spacer(),
            badge(desk, item.unit.state),
        ),
        tracks=(Track("content"), Track("share"), Track("content")),
        align="baseline",
    )
    if shown is None:
        yield desk.text(words.UNSEEN, "small")
    elif shown.picture is None:
        yield desk.text(words.SAME_PICTURE.format(number=shown.first), "small")
    else:
        yield Spacer(size=Length(3))
        yield _picture(desk, shown, sheets)
    if shown is not None and shown.spot.spoken:
        yield desk.text(words.SPOKEN, "small")
    elif shown is not None and shown.elsewhere:
        yield desk.text(where(shown, sheets), "small")


def where(shown: Shown, sheets: dict[str, str]) -> str:
    """``Benefits flyer, page 1``."""
    spot = shown.spot
    name = sheets.get(spot.job.layout, spot.job.layout)
    return f"{name}, {words.PAGE.format(page=spot.page + 1)}"


def _picture(desk: Desk, shown: Shown, sheets: dict[str, str]) -> Box:
    assert shown.picture is not None
    numbers = ", ".join(map(str, shown.numbers))
    alt = words.FOUND_ALT.format(numbers=numbers, place=where(shown, sheets))
    node = desk.structure.add(Role.FIGURE, alt=alt)
    image = Image(node=node, picture=shown.picture, width=WIDTH, height=shown.height)
    line = Length(0.6)
    edge = Decoration(border="line", border_width=line)
    return Stack(children=(image,), padding=Insets(line, line, line, line), decoration=edge)


def _notes(desk: Desk, item: Item) -> Iterator[Text]:
    unit = item.unit
    if unit.previous:
        yield desk.text(words.WAS + unit.previous, "small")
    if readable(unit.note):
        yield desk.text(words.NOTE + readable(unit.note), "small")
    for name in sorted(placeholders(unit.source)):
        meaning = words.PLACEHOLDERS.get(name, words.FILLED_IN)
        yield desk.text((Span(f"{{{name}}}", bold=True), Span(f" {meaning}.")), "small")


def _target(desk: Desk, item: Item) -> Text:
    if item.unit.target:
        return desk.said(item.unit.target)
    return desk.text(words.NOT_YET, "text", colour="muted")


def _lines(item: Item) -> int:
    if not item.unit.target:
        return 2 if len(item.unit.source) < _SECOND_LINE else 4
    return 1 if len(item.unit.source) < _SECOND_LINE else 2
