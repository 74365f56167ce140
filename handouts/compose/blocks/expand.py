"""Conditions and repeats: which blocks are there, how often, and in which scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from handouts.compose.bilingual import made_in_both
from handouts.compose.blocks.collections import members
from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet
from handouts.model.blocks import Block, Container
from handouts.model.document import Box


def boxes(blocks: Iterable[Block], sheet: Sheet, scope: Scope) -> list[Box]:
    """All boxes of some blocks, in order."""
    return [box for _, box in expanded(blocks, sheet, scope)]


def expanded(blocks: Iterable[Block], sheet: Sheet, scope: Scope) -> list[tuple[Block, Box]]:
    """Each box with the block it came from (its width, for a row)."""
    out: list[tuple[Block, Box]] = []
    for block in blocks:
        for inner in _scopes(block, sheet, scope):
            made = sheet.slots.made(
                partial(_made, block), sheet, inner, leaf=not isinstance(block, Container)
            )
            out += [(block, box) for box in made]
    return out


def _scopes(block: Block, sheet: Sheet, scope: Scope) -> list[Scope]:
    """The scope, or with ``over`` one for each member; in both languages of a sheet in two."""
    if not block.over:
        return [scope]
    mine = members(block.over, sheet, scope)
    if sheet.twin is None or scope.twin is None:
        return mine
    theirs = members(block.over, sheet.twin, scope.twin)
    return [replace(a, twin=b) for a, b in zip(mine, theirs, strict=True)]


def _made(block: Block, sheet: Sheet, scope: Scope) -> list[Box]:
    if sheet.twin is not None:
        made = made_in_both(block, sheet, scope)
    elif scope.holds(block.when):
        made = sheet.makers[block.type](block, sheet, scope)
    else:
        return []
    return [_with_wishes(block, box) for box in made]


def _with_wishes(block: Block, box: Box) -> Box:
    if not (block.optional or block.keep or block.keep_with_next):
        return box
    return replace(
        box,
        optional=block.optional or box.optional,
        keep=block.keep or box.keep,
        keep_with_next=block.keep_with_next or box.keep_with_next,
    )
