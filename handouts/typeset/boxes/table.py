"""Tables: tracks, a head that comes again on every page, rules under rows."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.document import Box, Stack, Table, TableRow, Text
from handouts.typeset.boxes.laid import (
    EPSILON,
    Extent,
    Laid,
    Measure,
    Placement,
    Split,
    TableLine,
    TablePart,
)
from handouts.typeset.boxes.tracks import widths

HEAD_RULE = 1.5
"""How much heavier the rule under the head is."""


def measure_table(m: Measure, box: Table | TablePart, width: float) -> Laid:
    """The head, then the rows, each with a rule under it."""
    table, start, stop = _range(box)
    columns = _columns(m, table, width)
    children: list[Placement] = []
    rules: list[TableLine] = []
    y = 0.0
    for row in table.head:
        placed, height = _row(m, table, row, columns, y, repeated=start > 0)
        children += placed
        y += height
    if table.head:
        rules.append(TableLine(y, table.rule_width * HEAD_RULE, table.head_rule))
        y += rules[-1].thickness
    for row in table.rows[start:stop]:
        placed, height = _row(m, table, row, columns, y, repeated=False)
        children += placed
        y += height
        rules.append(TableLine(y, table.rule_width, table.rule))
        y += table.rule_width
    return Laid(box, width, y, tuple(children), detail=tuple(rules))


def extent_table(m: Measure, box: Table | TablePart) -> Extent:
    """The sums of the columns."""
    extents = _extents(m, _range(box)[0])
    return Extent(sum(e.narrowest for e in extents), sum(e.widest for e in extents))


def split_table(m: Measure, box: Table | TablePart, width: float, height: float) -> Split:
    """Breaks between rows, with at least one row under the head."""
    table, start, stop = _range(box)
    rules = m.measure(box, width).detail
    assert isinstance(rules, tuple)
    ends = [rule.y + rule.thickness for rule in rules[bool(table.head) :]]
    count = sum(end <= height + EPSILON for end in ends)
    if count == stop - start:
        return box, None
    if not count:
        return None, box
    if stop - start - count == 1 and count > 2:
        count -= 1  # a last row alone under a repeated head looks lost
    return _part(table, start, start + count), _part(table, start + count, stop)


def _part(table: Table, start: int, stop: int) -> TablePart:
    return TablePart(
        node=table.node,
        keep_with_next=table.keep_with_next,
        table=table,
        start=start,
        stop=stop,
    )


def _range(box: Table | TablePart) -> tuple[Table, int, int]:
    if isinstance(box, TablePart):
        return box.table, box.start, box.stop
    return box, 0, len(box.rows)


def _columns(m: Measure, table: Table, width: float) -> tuple[float, ...]:
    """Over all rows, so that the parts of a broken table agree."""
    return widths(table.tracks, _extents(m, table), width)


def _extents(m: Measure, table: Table) -> list[Extent]:
    sides = (table.padding.start + table.padding.end) * m.spacing
    rows = [row.cells for row in (*table.head, *table.rows)]
    result = []
    for index, track in enumerate(table.tracks):
        if track.kind == "fixed":
            result.append(Extent(track.value, track.value))
            continue
        cells = [m.extent(row[index]) for row in rows]
        result.append(
            Extent(
                sides + max((c.narrowest for c in cells), default=0.0),
                sides + max((c.widest for c in cells), default=0.0),
            )
        )
    return result


def _row(
    m: Measure, table: Table, row: TableRow, columns: Sequence[float], y: float, *, repeated: bool
) -> tuple[list[Placement], float]:
    padding, space = table.padding, m.spacing
    sides = (padding.start + padding.end) * space
    rooms = [max(0.0, column - sides) for column in columns]
    cells = [m.measure(cell, room) for cell, room in zip(row.cells, rooms, strict=True)]
    tops, height = _tops(cells)
    placed, x = [], 0.0
    for index, (cell, top, column) in enumerate(zip(cells, tops, columns, strict=True)):
        aside = 0.0
        if cell.baseline is None and _centred(table, index):
            cell = m.measure(cell.box, min(rooms[index], m.extent(cell.box).widest))
            aside = (rooms[index] - cell.width) / 2
        at_x, at_y = x + padding.start * space + aside, y + padding.top * space + top
        placed.append(Placement(at_x, at_y, cell, repeated))
        x += column
    return placed, height + (padding.top + padding.bottom) * space


def _centred(table: Table, column: int) -> bool:
    """A box to tick stands under the middle of its head when that is centred."""
    heads = [text for row in table.head for text in _texts(row.cells[column])]
    return any(head.style.align == "centre" for head in heads)


def _texts(cell: Box) -> list[Text]:
    """The texts of a head: one, or one in each language of a sheet in two."""
    if isinstance(cell, Stack):
        return [text for child in cell.children for text in _texts(child)]
    return [cell] if isinstance(cell, Text) else []


def _tops(cells: Sequence[Laid]) -> tuple[list[float], float]:
    """Text stands on one line; the texts together, and every box to tick, are centred."""
    line = max((c.baseline for c in cells if c.baseline is not None), default=0.0)
    tops = [0.0 if c.baseline is None else line - c.baseline for c in cells]
    texts = [t + c.height for t, c in zip(tops, cells, strict=True) if c.baseline is not None]
    block = max(texts, default=0.0)
    height = max([block, *(c.height for c in cells)])
    return [
        (height - c.height) / 2 if c.baseline is None else (height - block) / 2 + top
        for top, c in zip(tops, cells, strict=True)
    ], height
