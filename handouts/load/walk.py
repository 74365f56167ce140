"""A layout's blocks one by one: each with its path, what surrounds it, and what repeats it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.load.spots import KeyPath
from handouts.model.blocks import Block, Container, TableBlock
from handouts.model.layout import Layout

_GIVES = {
    "groups": frozenset({"group"}),
    "benefits": frozenset({"benefit"}),
    "weeks": frozenset({"week"}),
    "strokes": frozenset({"stroke"}),
    "talks": frozenset({"talk"}),
    "practice": frozenset({"practice"}),
    "days": frozenset({"day"}),
}


@dataclass(frozen=True, slots=True)
class Where:
    """What surrounds a block.

    `repeats` are the kinds of variables that exist here (``group``, ``stroke``), `optional` the
    names under which it may be dropped, `conditional` whether a ``when`` may leave it out.
    """

    path: KeyPath
    repeats: frozenset[str] = frozenset()
    optional: tuple[str, ...] = ()
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A block and what surrounds it, its own `over`, `when` and `optional` included."""

    block: Block
    where: Where


def blocks(layout: Layout) -> Iterator[Found]:
    """Every block of a layout, those of tables' cells included."""
    top = Where((), frozenset({layout.for_each}) if layout.for_each else frozenset())
    for name in ("header", "footer"):
        for number, region in enumerate(getattr(layout, name)):
            limited = replace(top, conditional=region.pages not in ("all", "first", "last"))
            yield from _all(region.children, limited, (name, number, "children"))
    yield from _all(layout.masthead, top, ("masthead",))
    if layout.sidebar:
        yield from _all(layout.sidebar.children, top, ("sidebar", "children"))
    yield from _all(layout.body, top, ("body",))


def _all(children: Sequence[Block], above: Where, path: KeyPath) -> Iterator[Found]:
    for number, block in enumerate(children):
        yield from _one(block, above, (*path, number))


def _one(block: Block, above: Where, path: KeyPath) -> Iterator[Found]:
    where = Where(
        path,
        above.repeats | _GIVES.get(block.over or "", frozenset()),
        above.optional + ((block.optional,) if block.optional else ()),
        above.conditional or block.when is not None,
    )
    yield Found(block, where)
    if isinstance(block, Container):
        yield from _all(block.children, where, (*path, "children"))
    elif isinstance(block, TableBlock):
        inside = replace(where, repeats=where.repeats | _GIVES[block.rows])
        for number, column in enumerate(block.columns):
            here = column_where(inside, column.over)
            yield from _one(column.cell, here, (*path, "columns", number, "cell"))


def column_where(where: Where, over: str | None) -> Where:
    """What surrounds a column's head and cells; a column may repeat over the days."""
    return replace(where, repeats=where.repeats | _GIVES.get(over or "", frozenset()))
