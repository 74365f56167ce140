"""Values in a layout: string ids, variables, and ids with variables in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from handouts.load.spots import KeyPath
from handouts.load.walk import Where
from handouts.model.blocks import (
    DrawingBlock,
    IconBlock,
    ImageBlock,
    ListBlock,
    QrBlock,
    TableBlock,
    TextBlock,
    WriteInBlock,
)
from handouts.model.catalogue import GRADES, Catalogue
from handouts.model.layout import Layout
from handouts.model.variables import IN_IDS, VARIABLES

BRACES = re.compile(r"\{([^{}]*)\}")
CONDITION = re.compile(r"(?:not\s+)?\$([a-z_.]+)(?:\s*(?:==|!=)\s*\S+)?")
REPEATED = frozenset({"group", "benefit", "week", "stroke", "talk", "practice", "day"})
"""Kinds of variables that only exist inside a repeat."""

Named = tuple[KeyPath, str]


def named(block: object, where: Where) -> Iterator[Named]:
    """The values a block names, each with its path in the file."""
    path = where.path
    if isinstance(block, TextBlock):
        if block.string is not None:
            yield (*path, "string"), block.string
        yield from (((*path, "parts", i), part) for i, part in enumerate(block.parts))
        yield from (((*path, "args", key), value) for key, value in block.args.items())
    elif isinstance(block, ListBlock):
        yield from (((*path, "strings", i), one) for i, one in enumerate(block.strings))
    elif isinstance(block, TableBlock):
        for number, column in enumerate(block.columns):
            if column.head is not None and column.over is None:
                yield (*path, "columns", number, "head"), column.head
    elif isinstance(block, ImageBlock | DrawingBlock):
        if block.alt is not None:
            yield (*path, "alt"), block.alt
    elif isinstance(block, QrBlock):
        if block.caption is not None:
            yield (*path, "caption"), block.caption
    elif isinstance(block, WriteInBlock):
        for name in ("label", "value"):
            value = getattr(block, name)
            if value is not None:
                yield (*path, name), value


def drawings(block: object, where: Where) -> Iterator[Named]:
    """The drawings a block names."""
    if isinstance(block, IconBlock):
        yield (*where.path, "icon"), block.icon
    elif isinstance(block, DrawingBlock):
        yield (*where.path, "drawing"), block.drawing
    backdrop = getattr(block, "backdrop", None)
    if backdrop:
        yield (*where.path, "backdrop"), backdrop


def variable_problem(name: str, repeats: frozenset[str]) -> str | None:
    """Why a variable cannot be used here: unknown, or outside of the repeat that gives it."""
    if name not in VARIABLES:
        return f"there is no variable '{name}'"
    kind = name.partition(".")[0]
    if kind in REPEATED and kind not in repeats:
        return f"${name} has a value only inside a repeat of that kind"
    return None


def expanded(template: str, catalogue: Catalogue) -> list[str]:
    """Every id a template such as ``group.{group.id}.lead`` can stand for."""
    names = list(dict.fromkeys(BRACES.findall(template)))
    kinds = [_choices(name, catalogue) for name in names]
    out = []
    for values in product(*kinds):
        filled = dict(zip(names, values, strict=True))
        out.append(_filled(template, filled))
    return out


def _filled(template: str, values: Mapping[str, str]) -> str:
    return BRACES.sub(lambda match: values[match[1]], template)


def _choices(name: str, catalogue: Catalogue) -> list[str]:
    weeks = catalogue.weeks
    choices: dict[str, list[str]] = {
        "group.id": [group.id for group in catalogue.groups],
        "group.number": [str(i + 1) for i in range(len(catalogue.groups))],
        "benefit.id": [benefit.id for benefit in catalogue.benefits],
        "benefit.grade": list(GRADES),
        "week.id": [week.id.removeprefix("week-") for week in weeks],
        "week.key": [week.id for week in weeks],
        "week.number": [str(i + 1) for i in range(len(weeks))],
        "stroke.id": list(catalogue.strokes),
        "talk.id": list(dict.fromkeys(talk for week in weeks for talk in week.talks)),
        "practice.id": list(dict.fromkeys(one for week in weeks for one in week.practice)),
        "profile": ["instructor", "clinic"],
    }
    return choices[name]


def title(layout: Layout) -> Named:
    """The layout's title, as a value."""
    return ("title",), layout.title


def fits_in_ids(name: str) -> bool:
    """Whether a variable may stand in braces inside an id."""
    return name in IN_IDS
