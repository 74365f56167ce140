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

from handouts.compose.structure import Mark
from handouts.model.document import Box, Node

if TYPE_CHECKING:
    from handouts.compose.scope import Scope
    from handouts.compose.sheet import Sheet

Make = Callable[["Sheet", "Scope"], list[Box]]
"""Makes the boxes of a slot, for any brand."""
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
    _reads: int = 0
    _fixed: int = 0
    """Blocks so far that are the same for every brand."""
    _next: int = 0

    def read(self) -> None:
        """Something of the brand was asked for."""
        self._reads += 1

    def decided(self, scope: Scope, condition: str, holds: bool) -> None:
        """A condition on the brand was looked at."""
        self.decisions.append(Decision(scope, condition, holds))

    def forget(self) -> None:
        """Lets go of what was noted: scopes and slots hold one another, which is garbage else."""
        self.found.clear()
        self.decisions.clear()

    def made(self, make: Make, sheet: Sheet, scope: Scope, *, leaf: bool = True) -> list[Box]:
        """The boxes that `make` makes, numbered if they differ from brand to brand.

        Args:
            make: makes them; may come back here for what is inside of them.
            sheet: the sheet.
            scope: the scope they are made in.
            leaf: whether what is made inside counts as it stands; False for a container.
        """
        reads, fixed, first = self._reads, self._fixed, len(self.found)
        mark, named = sheet.structure.mark(), sheet.named.counts
        before = [one.words.begin() for one in sheet.both]
        boxes = make(sheet, scope)
        used = tuple(one.words.end(kept) for one, kept in zip(sheet.both, before, strict=True))
        only_slots = not leaf and len(self.found) > first and self._fixed == fixed
        if self._reads == reads and not only_slots:
            self._fixed += leaf and bool(boxes)
            return boxes
        self._reads, self._fixed = reads, fixed
        del self.found[first:]
        self.entangled |= sheet.named.counts != named
        number = self._next
        self._next += len(boxes)
        boxes = [replace(box, slot=number + at) for at, box in enumerate(boxes)]
        nodes = sheet.structure.since(mark)
        self.found.append(Slot(number, make, sheet, scope, mark, tuple(boxes), nodes, used))
        return boxes


class Unnoted(Slots):
    """Of a sheet that is made again from its slots: there is nothing to find out."""

    def read(self) -> None:
        """Nothing is noted."""

    def decided(self, scope: Scope, condition: str, holds: bool) -> None:
        """Nothing is noted."""

    def made(self, make: Make, sheet: Sheet, scope: Scope, *, leaf: bool = True) -> list[Box]:
        """The boxes that `make` makes."""
        del leaf
        return make(sheet, scope)
