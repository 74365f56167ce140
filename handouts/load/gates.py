"""The first gate: a sheet that names a benefit or shows a stroke carries safety and evidence.

``compose`` looks at the finished document again; here the author of a layout hears of it first.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.load import values
from handouts.load.problems import Problems
from handouts.load.spots import Spot
from handouts.load.style_checks import is_small
from handouts.load.walk import Found
from handouts.model.blocks import BenefitsBlock, EvidenceBlock, SafetyBlock, TableBlock
from handouts.model.layout import Layout


def check_gates(layout: Layout, spot: Spot, found: Sequence[Found], problems: Problems) -> None:
    """Safety and evidence are there when they must be, and nothing can take them away."""
    strokes = next((one for one in found if _shows_stroke(one)), None)
    benefits = next((one for one in found if _names_benefit(one)), None)
    _check_kept(layout, spot, found, problems)
    cause = strokes or benefits
    if cause is None:
        return
    why = "shows strokes" if strokes else "names benefits"
    place = spot.at(cause.where.path)
    notes = {one.block.notes for one in _sure(found) if isinstance(one.block, SafetyBlock)}
    if not notes or (strokes and "stroke" not in notes):
        kind = "stroke" if strokes else "benefit"
        hint = f"add a block {{type: safety, notes: {kind}}}, without when or optional"
        message = f"layout '{layout.id}' {why}, but has no block of safety notes for that"
        problems.error("no-safety", message, hint, place)
    if not any(isinstance(one.block, EvidenceBlock) for one in _sure(found)):
        message = f"layout '{layout.id}' {why}, but does not say what that rests on"
        hint = "add a block {type: evidence}, without when or optional"
        problems.error("no-evidence", message, hint, place)


def _sure(found: Sequence[Found]) -> list[Found]:
    """Blocks that are on every sheet."""
    return [one for one in found if not one.where.optional and not one.where.conditional]


def _check_kept(layout: Layout, spot: Spot, found: Sequence[Found], problems: Problems) -> None:
    for one in found:
        if not isinstance(one.block, SafetyBlock | EvidenceBlock):
            continue
        place = spot.at(one.where.path)
        if one.where.optional:
            message = f"optional: {one.where.optional[-1]} would let a fit step drop this"
            hint = "safety and evidence are never dropped: take optional out"
            problems.error("optional-safety", message, hint, place)
        if isinstance(one.block, SafetyBlock) and is_small(layout, one.block.style):
            message = "safety notes are never small print"
            path = (*one.where.path, "style")
            problems.error("small-safety", message, "use the style body", spot.at(path))


def _shows_stroke(found: Found) -> bool:
    block = found.block
    repeats = block.over == "strokes" or (isinstance(block, TableBlock) and block.rows == "strokes")
    named = [value for _, value in values.named(block, found.where)]
    return repeats or any(value.startswith("stroke.") for value in named)


def _names_benefit(found: Found) -> bool:
    named = [value for _, value in values.named(found.block, found.where)]
    return isinstance(found.block, BenefitsBlock) or any(
        value.startswith("benefit.") for value in named
    )
