"""The same sheet for another brand: only its slots are made again.

What this gives is what `compose` would, or None. Everything outside of the slots depends on the
brand through conditions alone, and those are decided anew; nodes and strings of a slot have to
be as many, of the same kind and at the same places, so that nothing that follows is counted
otherwise. Whatever would be refused is left to `compose`, which says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handouts.compose.contrast import weak_pairs
from handouts.compose.document import Composed, identity_of
from handouts.compose.gates import refuse_claims
from handouts.compose.palette import palette
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Named, Sheet
from handouts.compose.slots import Slot, Unnoted
from handouts.compose.structure import Structure
from handouts.compose.variables import brand_variables
from handouts.diagnostics import HandoutsError
from handouts.model.document import Box, Node, Rebranded
from handouts.model.project import Job, LoadedBrand


def recomposed(kept: Composed, brand: LoadedBrand, brand_id: str, *, date: str) -> Rebranded | None:
    """The document of `kept` for another brand, or None where it would have another form.

    Args:
        kept: the document as `composed` made it for a brand with the same wordings and fonts.
        brand: the other brand.
        brand_id: its id.
        date: ISO 8601 moment written into the file.
    """
    if kept.slots.entangled:
        return None
    try:
        return _Again(kept, brand, brand_id).document(date)
    except HandoutsError:
        return None


class _Again:
    """One sheet in the making for another brand."""

    def __init__(self, kept: Composed, brand: LoadedBrand, brand_id: str) -> None:
        self._kept, self._brand, self._id = kept, brand, brand_id
        self._structure = Structure(kept.document.identity.language)
        self._slots = Unnoted()
        self._sheets: dict[int, Sheet] = {}
        self._jobs: dict[int, Job] = {}
        self._scopes: dict[int, Scope] = {}
        self._variables: dict[str, Mapping[str, Value]] = {}
        self._changed: set[str] = {""}
        """Variables that have another value; the empty name stands for the brand itself."""

    def document(self, date: str) -> Rebranded | None:
        """The document, unless something about it is decided otherwise for this brand."""
        kept = self._kept
        sheet = self._sheet(kept.sheet)
        titled = self._scope(kept.scope, sheet)
        for decision in kept.slots.decisions:
            scope = self._scope(decision.scope, sheet)
            if scope.holds(decision.condition) is not decision.holds:
                return None
        boxes: dict[int, Box] = {}
        nodes = list(kept.document.nodes)
        for slot in kept.slots.found:
            if not self._made(slot, boxes, nodes):
                return None
        shown = palette(self._brand.brand.color)
        if weak_pairs(kept.pairs, shown):
            return None
        for one in sheet.both:
            refuse_claims(one)
        return Rebranded(
            replace(
                kept.document,
                identity=identity_of(sheet, titled, date),
                palette=shown,
                nodes=tuple(nodes),
            ),
            boxes,
        )

    def _made(self, slot: Slot, boxes: dict[int, Box], nodes: list[Node]) -> bool:
        """Makes the boxes of a slot; whether they have the form of those there were."""
        if self._changed.isdisjoint(slot.asked):
            boxes.update(enumerate(slot.boxes, slot.number))
            return True
        sheet, places = self._sheet(slot.sheet), self._kept.places
        self._structure.resume(slot.mark)
        before = [one.words.begin() for one in sheet.both]
        made = slot.make(sheet, self._scope(slot.scope, sheet))
        used = tuple(one.words.end(was) for one, was in zip(sheet.both, before, strict=True))
        new = self._structure.since(slot.mark)
        if len(made) != len(slot.boxes) or used != slot.used or len(new) != len(slot.nodes):
            return False
        for node, was in zip(new, slot.nodes, strict=True):
            if node is not was and not _alike(node, was):
                return False
            place = places.get(node.id)
            if place is not None:
                nodes[place] = node
        for at, box in enumerate(made):
            boxes[slot.number + at] = box
        return True

    def _sheet(self, sheet: Sheet) -> Sheet:
        """The sheet with this brand; one for all slots of a section."""
        known = self._sheets.get(id(sheet))
        if known is None:
            known = self._sheets[id(sheet)] = Sheet(
                sheet.project,
                self._job(sheet.job),
                self._brand,
                sheet.styles,
                sheet.words.elsewhere(self._structure),
                self._structure,
                Named(),
                sheet.draft,
                sheet.makers,
                self._slots,
                sheet.twin and self._sheet(sheet.twin),
                sheet.arrangement,
            )
        return known

    def _job(self, job: Job) -> Job:
        known = self._jobs.get(id(job))
        if known is None:
            known = self._jobs[id(job)] = replace(job, brand=self._id)
        return known

    def _scope(self, scope: Scope, sheet: Sheet) -> Scope:
        """The scope with this brand's variables in the place of the other's."""
        known = self._scopes.get(id(scope))
        if known is None:
            twin = scope.twin
            known = self._scopes[id(scope)] = Scope(
                self._with_own(scope, sheet),
                self._scope(twin, sheet.twin) if twin and sheet.twin else None,
                self._slots,
            )
        return known

    def _with_own(self, scope: Scope, sheet: Sheet) -> Mapping[str, Value]:
        fixed, before = self._kept.slots.parted(scope)
        lang = sheet.words.lang
        own = self._variables.get(lang)
        if own is None:
            own = self._variables[lang] = brand_variables(sheet)
            names = before.keys() | own.keys()
            self._changed.update([one for one in names if before.get(one) != own.get(one)])
        return {**fixed, **own}


def _alike(node: Node, other: Node) -> bool:
    """Whether two elements differ in nothing but what they say."""
    return (node.id, node.role, node.parent, node.scope, node.numbering) == (
        other.id,
        other.role,
        other.parent,
        other.scope,
        other.numbering,
    )
