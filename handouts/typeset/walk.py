"""Going through a document's boxes: visiting all of them, and rebuilding a tree with changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from handouts.model.document import (
    Art,
    Box,
    Columns,
    Document,
    Row,
    Section,
    Stack,
    Table,
    TableRow,
    Text,
)
from handouts.typeset.boxes.laid import ColumnsPart, Pile, TablePart

Change = Callable[[Box], Box | None]
"""What becomes of a box: itself, another, or None when it goes away."""


def boxes(box: Box) -> Iterator[Box]:
    """The box and all boxes in it, in reading order."""
    waiting = [box]
    while waiting:
        one = waiting.pop()
        yield one
        inside = children(one)
        if inside:
            waiting += inside[::-1]


def children(box: Box) -> tuple[Box, ...]:
    """The boxes directly in a box."""
    if isinstance(box, Stack | Row | Columns):
        return box.children
    match box:
        case Text():
            return ()
        case Pile():
            return tuple(unit.box for unit in box.units)
        case Table():
            return tuple(cell for row in (*box.head, *box.rows) for cell in row.cells)
        case TablePart():
            return (box.table,)
        case ColumnsPart():
            return box.piles
    return ()


def roots(section: Section) -> tuple[Box, ...]:
    """A section's trees: running header and footer, masthead, body, sidebar."""
    regions = tuple(region.box for region in (*section.header, *section.footer))
    masthead = (section.masthead,) if section.masthead else ()
    sidebar = (section.sidebar.box,) if section.sidebar else ()
    return (*regions, *masthead, section.body, *sidebar)


def document_boxes(document: Document) -> Iterator[Box]:
    """Every box of a document."""
    for section in document.sections:
        for root in roots(section):
            yield from boxes(root)


def changed(box: Box, change: Change) -> Box | None:
    """The box with its children changed; the same object when nothing did.

    A container that loses all its children goes away with them.
    """
    match box:
        case Text() | Art():
            return box
        case Stack() | Columns():
            return _rebuilt(box, _all(box.children, change))
        case Row():
            return _row(box, change)
        case Table():
            return _table(box, change)
        case Pile():
            pairs = [(unit, change(unit.box)) for unit in box.units]
            units = tuple(unit._replace(box=new) for unit, new in pairs if new is not None)
            same = all(new is unit.box for unit, new in pairs)
            return box if same else replace(box, units=units)
        case TablePart():
            table = change(box.table)
            assert isinstance(table, Table)
            return box if table is box.table else replace(box, table=table)
    return box


def _all(before: Sequence[Box], change: Change) -> list[Box | None]:
    return [change(child) for child in before]


def _same(before: Sequence[Box], after: Sequence[Box | None]) -> bool:
    return all([a is b for a, b in zip(before, after, strict=True)])


def _rebuilt(box: Stack | Columns, after: Sequence[Box | None]) -> Box | None:
    if _same(box.children, after):
        return box
    children = tuple([child for child in after if child is not None])
    return replace(box, children=children) if children else None


def _row(box: Row, change: Change) -> Box | None:
    after = _all(box.children, change)
    if _same(box.children, after):
        return box
    pairs = [(c, t) for c, t in zip(after, box.tracks, strict=True) if c is not None]
    if not pairs:
        return None
    return replace(box, children=tuple(c for c, _ in pairs), tracks=tuple(t for _, t in pairs))


def _table(box: Table, change: Change) -> Box:
    """Rows whose cells all went are gone; a cell alone cannot go, its column stays."""
    head: list[TableRow] = []
    rows: list[TableRow] = []
    for kept, before in ((head, box.head), (rows, box.rows)):
        for row in before:
            after = _all(row.cells, change)
            if _same(row.cells, after):
                kept.append(row)
            elif any(after):
                cells = tuple(
                    new or Stack(node=old.node, children=())
                    for new, old in zip(after, row.cells, strict=True)
                )
                kept.append(replace(row, cells=cells))
    if _same_rows(head, box.head) and _same_rows(rows, box.rows):
        return box
    return replace(box, head=tuple(head), rows=tuple(rows))


def _same_rows(after: Sequence[object], before: Sequence[object]) -> bool:
    return len(after) == len(before) and all(a is b for a, b in zip(after, before, strict=True))
