"""Stack, panel, row, grid and columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from handouts.compose.blocks.expand import boxes, expanded
from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet, insets
from handouts.model.blocks import (
    ColumnsBlock,
    Container,
    GridBlock,
    PanelBlock,
    RowBlock,
    StackBlock,
)
from handouts.model.document import (
    Backdrop,
    Box,
    Columns,
    Decoration,
    Role,
    Row,
    Spacer,
    Stack,
    Track,
)
from handouts.units import Length

_SHARE = Track("share", 1.0)


def stack(block: StackBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Blocks one under another; nothing when all of them are empty."""
    with _element(block, sheet):
        children = boxes(block.children, sheet, scope)
    if not children:
        return []
    return [
        Stack(
            children=tuple(children),
            gap=block.gap,
            padding=insets(block.padding),
            align=block.align,
        )
    ]


def panel(block: PanelBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A stack with a ground."""
    with _element(block, sheet):
        children = boxes(block.children, sheet, scope)
    if not children and not block.min_height:
        return []
    backdrop = None
    if block.backdrop:
        backdrop = Backdrop(
            sheet.project.drawings[block.backdrop],
            block.backdrop_colour,
            block.backdrop_side,
            block.backdrop_width,
        )
    return [
        Stack(
            children=tuple(children),
            gap=block.gap,
            padding=insets(block.padding),
            align=block.align,
            min_height=block.min_height,
            decoration=Decoration(
                fill=block.fill,
                border=block.border,
                border_width=block.border_width,
                radius=block.radius,
                sides=block.border_sides,
                backdrop=backdrop,
            ),
        )
    ]


def row(block: RowBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Blocks side by side; one that is empty leaves its room to the others."""
    with _element(block, sheet):
        made = expanded(block.children, sheet, scope)
    if not made:
        return []
    return [
        Row(
            children=tuple(box for _, box in made),
            tracks=tuple(track(source.width) for source, _ in made),
            gap=block.gap,
            align=block.align,
        )
    ]


def grid(block: GridBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Rows of equal columns. A last row that is not full is filled up with empty room."""
    with _element(block, sheet):
        made = boxes(block.children, sheet, scope)
    rows = [made[i : i + block.columns] for i in range(0, len(made), block.columns)]
    if not rows:
        return []
    if not block.fill_last:
        rows[-1] += [Spacer() for _ in range(block.columns - len(rows[-1]))]
    children = tuple(
        Row(
            children=tuple(cells),
            tracks=(_SHARE,) * len(cells),
            gap=block.gap,
            align="stretch",
        )
        for cells in rows
    )
    gap = block.gap if block.row_gap is None else block.row_gap
    return [Stack(children=children, gap=gap)]


def columns(block: ColumnsBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Blocks that flow from column to column."""
    with _element(block, sheet):
        children = boxes(block.children, sheet, scope)
    if not children:
        return []
    if sheet.twin is not None and sheet.arrangement == "side":
        # Two languages side by side are columns already.
        share = [box for child in children for box in (Spacer(size=block.row_gap, grow=1), child)]
        return [Stack(children=tuple(share[1:]))]
    return [
        Columns(
            children=tuple(children),
            count=block.count,
            gap=block.gap,
            row_gap=block.row_gap,
            balance=block.balance,
        )
    ]


@lru_cache(maxsize=256)
def track(width: str | None) -> Track:
    """A block's ``width`` in a row: a length, ``2fr`` or ``content``."""
    if width is None:
        return _SHARE
    if width == "content":
        return Track("content")
    if width.endswith("fr"):
        return Track("share", float(width[:-2]))
    return Track("fixed", Length.parse(width))


@contextmanager
def _element(block: Container, sheet: Sheet) -> Iterator[None]:
    """Opens the container's own element: a section, a list, or an item with its body."""
    if block.role == "none":
        yield
        return
    structure = sheet.structure
    if block.role == "item":
        item = structure.add(Role.LI)
        with structure.within(item):
            body = structure.add(Role.LBODY)
            with structure.within(body):
                yield
        return
    role = Role.SECT if block.role == "section" else Role.L
    with structure.within(structure.add(role, numbering="None" if role is Role.L else None)):
        yield
