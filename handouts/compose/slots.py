"""Which boxes of a sheet differ from brand to brand, and how each is made again for another.

While a sheet is made, whatever asks for something of the brand says so here. A block that did
is a slot: its boxes get a number, and what made them is kept with the place it was made at. A
container in which nothing but slots was made is one slot itself, so that a logo of other
proportions moves nothing outside. Conditions on the brand are kept with their outcome: for a
brand that decides one of them otherwise the sheet has another form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handouts.compose.scope import OF_THE_BRAND
from handouts.compose.structure import Mark
from handouts.model.document import Box, Node

if TYPE_CHECKING:
    from handouts.compose.scope import Scope, Value
    from handouts.compose.sheet import Sheet

Make = Callable[["Sheet", "Scope"], list[Box]]
"""Makes the boxes of a slot, for any brand."""
Parted = tuple[dict[str, "Value"], dict[str, "Value"]]
Used = tuple[frozenset[str], ...]
"""Ids of the strings that were used, in each language of the sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """Boxes that differ from brand to brand: what made them, and what it came to."""

    number: int
    """That of the first box; the others have those that follow."""
    make: Make
    sheet: Sheet
    scope: Scope
    mark: Mark
    """Where the structure was."""
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    used: Used
    asked: frozenset[str]
    """Variables that were asked for; an empty name among them stands for the brand itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A condition on the brand and how it was decided."""

    scope: Scope
    condition: str
    holds: bool


@dataclass(slots=True)
class Slots:
    """The slots of one sheet while it is made; like the structure, one for all its languages."""

    found: list[Slot] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    entangled: bool = False
    """Whether a slot named benefits or the like: it cannot be made again by itself."""
    _parted: dict[int, Parted] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)
    """What of the brand was asked for since the last slot."""
    _fixed: int = 0
    """Blocks so far that are the same for every brand."""
    _next: int = 0

    def read(self, variable: str = "") -> None:
        """A variable of the brand was asked for; or, without a name, the brand itself."""
        self._asked.append(variable)

    def decided(self, scope: Scope, condition: str, holds: bool) -> None:
        """A condition on the brand was looked at."""
        self.decisions.append(Decision(scope, condition, holds))

    def parted(self, scope: Scope) -> Parted:
        """The variables of one of the sheet's scopes: those of every brand, and the brand's own."""
        known = self._parted.get(id(scope))
        if known is None:
            parts: Parted = ({}, {})
            for name, value in scope.variables.items():
                parts[name.startswith(OF_THE_BRAND)][name] = value
            known = self._parted[id(scope)] = parts
        return known

    def forget(self) -> None:
        """Lets go of what was noted: scopes and slots hold one another, which is garbage else."""
        self.found.clear()
        self.decisions.clear()
        self._parted.clear()

    def made(self, make: Make, sheet: Sheet, scope: Scope, *, leaf: bool = True) -> list[Box]:
        """The boxes that `make` makes, numbered if they differ from brand to brand.

        Args:
            make: makes them; may come back here for what is inside of them.
            sheet: the sheet.
            scope: the scope they are made in.
            leaf: whether what is made inside counts as it stands; False for a container.
        """
        reads, fixed, first = len(self._asked), self._fixed, len(self.found)
        mark, named = sheet.structure.mark(), sheet.named.counts
        before = [one.words.begin() for one in sheet.both]
        boxes = make(sheet, scope)
        used = tuple(one.words.end(kept) for one, kept in zip(sheet.both, before, strict=True))
        only_slots = not leaf and len(self.found) > first and self._fixed == fixed
        if len(self._asked) == reads and not only_slots:
            self._fixed += leaf and bool(boxes)
            return boxes
        asked = frozenset(self._asked[reads:]).union(*(one.asked for one in self.found[first:]))
        self._fixed = fixed
        del self._asked[reads:], self.found[first:]
        self.entangled |= sheet.named.counts != named
        number = self._next
        self._next += len(boxes)
        boxes = [replace(box, slot=number + at) for at, box in enumerate(boxes)]
        nodes = sheet.structure.since(mark)
        slot = Slot(number, make, sheet, scope, mark, tuple(boxes), nodes, used, asked)
        self.found.append(slot)
        return boxes


class Unnoted(Slots):
    """Of a sheet that is made again from its slots: there is nothing to find out."""

    def read(self, variable: str = "") -> None:
        """Nothing is noted."""

    def decided(self, scope: Scope, condition: str, holds: bool) -> None:
        """Nothing is noted."""

    def made(self, make: Make, sheet: Sheet, scope: Scope, *, leaf: bool = True) -> list[Box]:
        """The boxes that `make` makes."""
        del leaf
        return make(sheet, scope)
