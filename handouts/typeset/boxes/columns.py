"""Children flowing down one column and on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.document import Columns, Spacer
from handouts.typeset.boxes.laid import (
    EPSILON,
    ColumnsPart,
    Extent,
    Laid,
    Measure,
    Pile,
    Placement,
    Split,
    Unit,
)
from handouts.typeset.boxes.stack import legal_breaks


class _Slab(NamedTuple):
    """Units that stay together: from `start` to before `stop`, with the gap over them."""

    start: int
    stop: int
    over: float
    height: float


def measure_columns(m: Measure, box: Columns, width: float) -> Laid:
    """Balanced: the least height at which everything fits in the columns there are."""
    column = _column_width(m, box, width)
    slabs = _slabs(m, m.units(box), column)
    runs = _balanced(slabs, box.count)
    units = m.units(box)
    piles = [_pile(units, run[0].start, run[-1].stop) if run else Pile(units=()) for run in runs]
    return _side_by_side(m, box, box, piles, width)


def measure_part(m: Measure, box: ColumnsPart, width: float) -> Laid:
    """The settled columns side by side."""
    return _side_by_side(m, box, box.columns, box.piles, width)


def extent_columns(m: Measure, box: Columns | ColumnsPart) -> Extent:
    """Every column as wide as the widest child."""
    columns = box.columns if isinstance(box, ColumnsPart) else box
    gaps = columns.gap * m.spacing * (columns.count - 1)
    extents = [m.extent(unit.box) for unit in m.units(columns)]
    return Extent(
        gaps + columns.count * max((e.narrowest for e in extents), default=0.0),
        gaps + columns.count * max((e.widest for e in extents), default=0.0),
    )


def split_columns(m: Measure, box: Columns, width: float, height: float) -> Split:
    """Fills columns to the height given; what is left flows on as columns of its own."""
    if box.balance and m.measure(box, width).height <= height + EPSILON:
        return box, None
    column = _column_width(m, box, width)
    rest: Pile | None = Pile(units=m.units(box))
    piles: list[Pile] = []
    while rest is not None and len(piles) < box.count:
        head, tail = m.split(rest, column, height)
        if head is None:
            break
        assert isinstance(head, Pile)
        assert tail is None or isinstance(tail, Pile)
        piles.append(head)
        rest = tail
    if not piles:
        return None, box
    part = ColumnsPart(node=box.node, columns=box, piles=tuple(piles))
    return part, None if rest is None else _remaining(box, rest)


def split_part(m: Measure, box: ColumnsPart, width: float, height: float) -> Split:
    """Settled columns are not broken again."""
    fits = m.measure(box, width).height <= height + EPSILON
    return (box, None) if fits else (None, box)


def _remaining(box: Columns, rest: Pile) -> Columns:
    return Columns(
        node=box.node,
        keep_with_next=box.keep_with_next,
        children=(rest,),
        count=box.count,
        gap=box.gap,
        row_gap=box.row_gap,
        balance=box.balance,
    )


def _column_width(m: Measure, box: Columns, width: float) -> float:
    return (width - box.gap * m.spacing * (box.count - 1)) / box.count


def _side_by_side(
    m: Measure, box: Columns | ColumnsPart, columns: Columns, piles: Sequence[Pile], width: float
) -> Laid:
    column = _column_width(m, columns, width)
    step = column + columns.gap * m.spacing
    laid = [m.measure(pile, column) for pile in piles]
    first = laid[0] if laid else None
    return Laid(
        box,
        width,
        max((one.height for one in laid), default=0.0),
        tuple(Placement(i * step, 0.0, one) for i, one in enumerate(laid) if one.children),
        first.baseline if first else None,
        first.middle if first else None,
    )


def _slabs(m: Measure, units: Sequence[Unit], width: float) -> list[_Slab]:
    slabs: list[_Slab] = []
    for index, legal in enumerate(legal_breaks(units)):
        over = units[index].gap * m.spacing
        height = m.measure(units[index].box, width).height
        if legal or not slabs:
            slabs.append(_Slab(index, index + 1, over, height))
        else:
            last = slabs[-1]
            slabs[-1] = last._replace(stop=index + 1, height=last.height + over + height)
    return slabs


def _balanced(slabs: Sequence[_Slab], count: int) -> list[list[_Slab]]:
    """Raises the height by the least that changes a break until all slabs are placed.

    Filling each column as far as it goes is optimal for a given height, and between two
    heights at which a break changes nothing changes, so the first that works is the least.
    """
    if not slabs:
        return []
    height = max(max(s.height for s in slabs), sum(s.height for s in slabs) / count)
    while True:
        runs, following = _fill(slabs, count, height)
        if following is None:
            return runs
        height = following


def _fill(
    slabs: Sequence[_Slab], count: int, height: float
) -> tuple[list[list[_Slab]], float | None]:
    """Columns filled in order, and the next height worth trying (None: everything fitted)."""
    runs: list[list[_Slab]] = [[]]
    y, following = 0.0, float("inf")
    for slab in slabs:
        reach = y + slab.over + slab.height if runs[-1] else slab.height
        if reach > height + EPSILON:
            following = min(following, reach)
            if len(runs) == count:
                return runs, following
            runs.append([])
            reach = slab.height
        runs[-1].append(slab)
        y = reach
    return runs, None


def _pile(units: Sequence[Unit], start: int, stop: int) -> Pile:
    while start and start < stop and isinstance(units[start].box, Spacer):
        start += 1
    return Pile(units=tuple(units[start:stop]))
