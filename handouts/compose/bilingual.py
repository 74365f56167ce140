"""Two languages on one sheet: every block is made in both, and the two are paired box by box.

A container is gone through once; each block in it that says something is made twice, by the
same code, with the words, styles and variables of either language. The two results have the
same shape, so that items can be brought together one by one: side by side, or one under the
other. What says nothing in a language (pictures, lines to write on) stands there once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet
from handouts.model.blocks import Arrangement, Block, Container
from handouts.model.document import (
    Art,
    Box,
    Columns,
    Document,
    Role,
    Row,
    Section,
    Span,
    Stack,
    Table,
    TableRow,
    Text,
    Track,
)
from handouts.units import Length

_GUTTER = Length(18)
_SPACE = Length(2)
_BIG = Length(20)
_SMALLER = 0.72
_SAID_IN_BOTH = ("safety", "evidence")
"""Blocks that no layout can keep from one of the languages."""
_BESIDE = ("row", "grid")
"""Containers whose children already stand side by side."""
_FSI, _PDI = "\u2068", "\u2069"
_ISOLATES = re.compile("[\u2066-\u2069]")


def made_in_both(block: Block, sheet: Sheet, scope: Scope) -> list[Box]:
    """The boxes of a block in both languages of a sheet.

    Args:
        block: the block; its condition holds when it does for one of the languages.
        sheet: a sheet with a twin.
        scope: a scope with a twin.
    """
    twin, other = sheet.twin, scope.twin
    assert twin is not None
    assert other is not None
    here, there = scope.holds(block.when), other.holds(block.when)
    instead = (block.when or "").startswith("not ")
    if (not here and not there) or (instead and here is not there):
        # What stands in for a value is not wanted beside the value in the other language.
        return []
    make = sheet.makers[block.type]
    arrangement = block.bilingual or sheet.arrangement
    if block.type in _SAID_IN_BOTH and arrangement == "once":
        arrangement = "stacked"
    if isinstance(block, Container):
        if block.type in _BESIDE and block.bilingual is None and arrangement == "side":
            arrangement = "stacked"
        return make(block, replace(sheet, arrangement=arrangement), scope)
    mine = make(block, replace(sheet, twin=None), scope) if here else []
    if mine and arrangement == "once":
        return mine
    with sheet.structure.speaking(twin.words.lang):
        theirs = make(block, twin, other) if there else []
    return _Pairing(sheet, twin).all(mine, theirs, arrangement)


def painted(document: Document) -> set[int]:
    """Ids of the elements that boxes of the document paint."""
    return {
        node
        for section in document.sections
        for box in _boxes(_roots(section))
        for node in _nodes(box)
        if node is not None
    }


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Brings boxes of the first language together with those of the second."""

    sheet: Sheet
    twin: Sheet

    def all(
        self, mine: Sequence[Box], theirs: Sequence[Box], arrangement: Arrangement
    ) -> list[Box]:
        """One by one when there are as many of them; else as two wholes."""
        if not theirs:
            return list(mine)
        if not mine:
            return [self._turned(box) for box in theirs]
        if len(mine) == len(theirs):
            return [self._pair(a, b, arrangement) for a, b in zip(mine, theirs, strict=True)]
        said = [_words(box) for box in mine]
        left = [box for box in theirs if _words(box) not in said]
        if len(left) < len(theirs):
            # A list that is longer in one language, such as contacts: what is common once.
            return [*mine, *(self._turned(box) for box in left)]
        return [self._beside(Stack(children=tuple(mine)), Stack(children=tuple(theirs)))]

    def _pair(self, mine: Box, theirs: Box, how: Arrangement) -> Box:
        match mine, theirs:
            case Text(), Text():
                return self._texts(mine, theirs, how)
            case (Stack(), Stack()) if len(mine.children) == len(theirs.children):
                return replace(mine, children=self._zipped(mine, theirs, how))
            case (Columns(), Columns()) if how == "side":
                return Stack(children=self._zipped(mine, theirs, how), gap=mine.row_gap)
            case (Columns(), Columns()):
                return replace(mine, children=self._zipped(mine, theirs, how))
            case (Row(), Row()) if _is_item(mine):
                return self._items(mine, theirs, how)
            case (Row(), Row()) if len(mine.children) == len(theirs.children):
                return replace(mine, children=self._zipped(mine, theirs, "stacked"))
            case Table(), Table():
                return replace(
                    mine,
                    head=self._rows(mine.head, theirs.head),
                    rows=self._rows(mine.rows, theirs.rows),
                )
        return self._beside(mine, theirs) if _says_something(mine) else mine

    def _zipped(
        self, mine: Stack | Row | Columns, theirs: Stack | Row | Columns, how: Arrangement
    ) -> tuple[Box, ...]:
        return tuple(self.all(mine.children, theirs.children, how))

    def _texts(self, mine: Text, theirs: Text, how: Arrangement) -> Box:
        """Two paragraphs; one when they say the same."""
        if _words(mine) == _words(theirs):
            return mine
        if how == "inline" or not _says_something(mine):
            # Numbers too: in both languages' digits, so that both can point at item 4.
            return self._in_a_line(mine, theirs)
        if how == "side":
            return self._beside(mine, theirs)
        return self._under(mine, _subordinate(theirs))

    def _items(self, mine: Row, theirs: Row, how: Arrangement) -> Box:
        """List items: each with its own marker where they stand side by side or turn round."""
        if _words(mine) == _words(theirs):
            return mine
        if how == "side":
            return self._beside(mine, theirs)
        marker = mine.children[0]
        if self._same_direction:
            return replace(mine, children=(marker, *self._zipped(mine, theirs, how)[1:]))
        if isinstance(marker, Art) and marker.node is None:
            # One icon for both, and the second language under the first at the same edge.
            both = Stack(children=(mine.children[1], theirs.children[1]), gap=_SPACE, keep=True)
            return replace(mine, children=(marker, both))
        return self._under(mine, theirs)

    def _beside(self, mine: Box, theirs: Box) -> Box:
        return Row(
            children=(replace(mine, optional=None), replace(self._turned(theirs), optional=None)),
            tracks=(Track("share"), Track("share")),
            gap=_GUTTER,
            align="stretch",
            keep_with_next=mine.keep_with_next,
            optional=mine.optional,
        )

    def _under(self, mine: Box, theirs: Box) -> Box:
        return Stack(
            children=(replace(mine, optional=None), replace(self._turned(theirs), optional=None)),
            gap=_SPACE,
            keep=True,
            keep_with_next=mine.keep_with_next,
            optional=mine.optional,
        )

    def _in_a_line(self, mine: Text, theirs: Text) -> Text:
        """Both in one paragraph, what the second repeats at its beginning left out."""
        spans, said = list(theirs.spans), {_bare(span.text) for span in mine.spans}
        while spans and not spans[0].field and _bare(spans[0].text) in said:
            spans.pop(0)
        if not spans:
            return mine
        lang = self.twin.words.lang
        added = [Span(" · "), *(replace(span, lang=span.lang or lang) for span in spans)]
        if not self._same_direction:
            added[1] = replace(added[1], text=_FSI + added[1].text)
            added[-1] = replace(added[-1], text=added[-1].text + _PDI)
        return replace(mine, spans=(*mine.spans, *self.sheet.words.owned(tuple(added), mine.node)))

    def _rows(self, mine: Sequence[TableRow], theirs: Sequence[TableRow]) -> tuple[TableRow, ...]:
        return tuple(
            replace(a, cells=tuple(map(self._cell, a.cells, b.cells)))
            for a, b in zip(mine, theirs, strict=True)
        )

    def _cell(self, mine: Box, theirs: Box) -> Box:
        """The second language's words become a part of the first one's cell."""
        if not isinstance(mine, Text) or not isinstance(theirs, Text):
            return mine
        if _words(mine) == _words(theirs):
            return mine
        lang = self.twin.words.lang
        node = self.sheet.structure.add(Role.SPAN, lang=lang, parent=mine.node)
        # Both at the cell's start edge: at its end the words would touch the next column.
        return Stack(children=(mine, replace(theirs, node=node)), keep=True)

    def _turned(self, box: Box) -> Box:
        """A box of the second language in that one's direction."""
        if self._same_direction:
            return box
        return Stack(
            children=(box,),
            direction=self.twin.words.direction,
            keep_with_next=box.keep_with_next,
        )

    @property
    def _same_direction(self) -> bool:
        return self.sheet.words.direction == self.twin.words.direction


def _subordinate(text: Text) -> Text:
    """A big title's second language is smaller: two alike would be read as one."""
    style = text.style
    if style.size < _BIG:
        return text
    size = Length(max(style.floor, style.size * _SMALLER))
    return replace(text, style=replace(style, size=size, weight=min(style.weight, 700)))


def _is_item(row: Row) -> bool:
    """Whether a row is a marker, a number or an icon, and what it marks."""
    return len(row.children) == 2 and not _says_something(row.children[0])


def _says_something(box: Box) -> bool:
    """Whether there are words in it; markers and bare numbers are none."""
    return any(
        isinstance(one, Text) and one.source != "marker" and any(map(str.isalpha, _said(one)))
        for one in _boxes([box])
    )


def _bare(text: str) -> str:
    return _ISOLATES.sub("", text)


def _said(text: Text) -> str:
    return _bare("".join(span.text or (span.field or "") for span in text.spans))


def _words(box: Box) -> list[str]:
    """What is said in a box, markers aside."""
    return [_said(one) for one in _boxes([box]) if isinstance(one, Text) and one.source != "marker"]


def _boxes(roots: Sequence[Box]) -> Iterator[Box]:
    waiting = list(roots)
    while waiting:
        box = waiting.pop()
        yield box
        if isinstance(box, Stack | Row | Columns):
            waiting += box.children
        elif isinstance(box, Table):
            waiting += [cell for row in (*box.head, *box.rows) for cell in row.cells]


def _roots(section: Section) -> list[Box]:
    more = [section.masthead, section.sidebar.box if section.sidebar else None]
    return [section.body, *(box for box in more if box is not None)]


def _nodes(box: Box) -> Iterator[int | None]:
    yield box.node
    if isinstance(box, Text):
        yield from (span.node for span in box.spans)
    elif isinstance(box, Table):
        yield from (row.node for row in (*box.head, *box.rows))
