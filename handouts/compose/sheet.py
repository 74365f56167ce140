"""What every block needs while a sheet is composed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import lru_cache
from typing import Any

from handouts.compose.scope import Scope, Value
from handouts.compose.slots import Slots
from handouts.compose.structure import Structure
from handouts.compose.styles import ParagraphStyle, Styles
from handouts.compose.words import Words
from handouts.model.blocks import Arrangement, Sides
from handouts.model.catalogue import Benefit
from handouts.model.document import Box, Insets, Role, Span, Stack, Text
from handouts.model.frozen import dataclass
from handouts.model.project import Job, LoadedBrand, Project

Maker = Callable[[Any, "Sheet", Scope], list[Box]]
"""Makes the boxes of one block: none when there is nothing to print."""


@dataclasses.dataclass(slots=True)
class Named:
    """What the sheet has named so far: the evidence line and the claims gate ask for it."""

    benefits: dict[str, Benefit] = field(default_factory=dict)
    led: dict[str, None] = field(default_factory=dict)
    """Ids of the strings that were printed under their group's lead-in."""
    strokes: dict[str, None] = field(default_factory=dict)
    safety: dict[str, None] = field(default_factory=dict)
    summed_up: str = ""
    """The block that has already looked at `benefits`: none may be named after it."""

    @property
    def counts(self) -> tuple[int, int, int, int, str]:
        """How much has been named: differs once something more is."""
        found = (len(self.benefits), len(self.led), len(self.strokes), len(self.safety))
        return (*found, self.summed_up)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document while it is made.

    Everything but `structure`, `words`, `named` and `slots` is fixed.
    """

    project: Project
    job: Job
    owner: LoadedBrand
    """The brand; what asks for it in making a box asks for `brand`."""
    styles: Styles
    words: Words
    structure: Structure
    named: Named
    draft: bool
    """Whether the evidence block says that the translation is a draft."""
    makers: Mapping[str, Maker]
    """What makes the boxes of each type of block."""
    slots: Slots
    """Which boxes differ from brand to brand."""
    twin: Sheet | None = None
    """The same sheet in its other language; None when it has one."""
    arrangement: Arrangement = "side"
    """How the two stand here."""

    @property
    def brand(self) -> LoadedBrand:
        """The brand, which the box that is being made now depends on."""
        self.slots.read()
        return self.owner

    @property
    def both(self) -> tuple[Sheet, ...]:
        """The sheet, and the same in its other language if it has one."""
        return (self, self.twin) if self.twin else (self,)

    def afresh(self) -> Sheet:
        """The same sheet with nothing named and no words used yet."""
        named = Named()
        twin = self.twin and replace(self.twin, named=named, words=self.twin.words.afresh())
        return replace(self, named=named, words=self.words.afresh(), twin=twin)

    def paragraph(
        self,
        spans: tuple[Span, ...],
        style: ParagraphStyle,
        *,
        source: str,
        role: Role | None = None,
        node: int | None = None,
    ) -> Text:
        """A paragraph with its element (`node`, or a new one of the style's role)."""
        owner = node if node is not None else self.structure.add(role or style.role)
        return Text(
            node=owner,
            spans=self.words.owned(spans, owner),
            style=style.text,
            lang=self.words.lang,
            source=source,
        )


def spaced(box: Box, style: ParagraphStyle) -> Box:
    """The box with its style's space before and after."""
    if not (style.space_before or style.space_after or style.keep_with_next):
        return box
    return Stack(
        children=(box,),
        padding=Insets(top=style.space_before, bottom=style.space_after),
        keep_with_next=style.keep_with_next,
    )


def insets(sides: Sides) -> Insets:
    """A layout's sides as insets."""
    return Insets(sides.top, sides.end, sides.bottom, sides.start)


@lru_cache(maxsize=1024)
def numbered(items: tuple[str, ...], name: str, digits: str) -> tuple[Mapping[str, Value], ...]:
    """Scopes for a repeat: ``name.id``, ``name.number``, ``name.count`` and plain number, count."""
    from handouts.compose.facts import number

    count = Value(number(len(items), digits), kind="code")
    scopes: list[Mapping[str, Value]] = []
    for at, item in enumerate(items, 1):
        position = Value(number(at, digits), kind="code")
        scopes.append(
            {
                f"{name}.id": Value(item),
                f"{name}.number": position,
                f"{name}.count": count,
                "number": position,
                "count": count,
            }
        )
    return tuple(scopes)
