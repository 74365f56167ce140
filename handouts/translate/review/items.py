"""What is on the sheet: strings in parts and groups, each with its number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from handouts.translate.review.words import PARTS, REST
from handouts.translate.unit import State, Unit

_HEADING = re.compile(r"(?P<title>[^.:]+)(?:[.:]\s+(?P<intro>.+))?")


@dataclass(frozen=True, slots=True)
class Item:
    """A string and its number, the same on every sheet of one edition, whatever was chosen."""

    number: int
    unit: Unit
    leads: bool
    """Whether it is the first of those that belong together: a benefit's, a stroke's."""


@dataclass(frozen=True, slots=True)
class Group:
    """Strings under a heading; `intro` says what to keep in mind with them."""

    title: str
    intro: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Groups that begin on a page of their own."""

    title: str
    groups: tuple[Group, ...]

    @property
    def items(self) -> Iterator[Item]:
        """All strings of the part."""
        return (item for group in self.groups for item in group.items)


def kind(name: str) -> str:
    """What a string's id begins with: ``benefit``, ``safety``."""
    return name.partition(".")[0]


def parts(
    units: Iterable[Unit], states: Collection[State] = (), kinds: Collection[str] = ()
) -> tuple[Part, ...]:
    """The parts that have something in them.

    Args:
        units: all strings of a language, in the order of the English file.
        states: states to keep; none: all.
        kinds: beginnings of ids to keep; none: all.
    """
    found: dict[str, dict[str, list[Unit]]] = {title: {} for title in (*dict(PARTS), REST)}
    homes = {one: title for title, ones in PARTS for one in ones}
    for unit in units:
        if not unit.meta:
            home = found[homes.get(kind(unit.id), REST)]
            home.setdefault(unit.group, []).append(unit)
    number, result = 0, []
    for title, by_group in found.items():
        groups = []
        for heading, ones in by_group.items():
            items = _items(ones, number)
            number += len(items)
            kept = tuple(i for i in items if _wanted(i.unit, states, kinds))
            if kept:
                groups.append(_group(heading, kept))
        if groups:
            result.append(Part(title, tuple(groups)))
    return tuple(result)


def _items(units: list[Unit], before: int) -> list[Item]:
    """Those whose ids differ only in their last part belong together: ``benefit.sleep.short``."""
    families = [unit.id.rpartition(".")[0] for unit in units]
    sizes = Counter(family for family in families if "." in family)
    items, last = [], ""
    for at, (unit, family) in enumerate(zip(units, families, strict=True), 1):
        items.append(Item(before + at, unit, leads=sizes[family] > 1 and family != last))
        last = family
    return items


def _wanted(unit: Unit, states: Collection[State], kinds: Collection[str]) -> bool:
    return (not states or unit.state in states) and (not kinds or kind(unit.id) in kinds)


def _group(heading: str, items: tuple[Item, ...]) -> Group:
    match = _HEADING.fullmatch(heading.strip())
    if not match:
        return Group(heading.strip(), "", items)
    intro = match["intro"] or ""
    return Group(match["title"].strip(), intro[:1].upper() + intro[1:], items)
