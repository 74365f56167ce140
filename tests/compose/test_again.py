"""Which boxes of a sheet are made again for another brand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts import pipeline
from handouts.compose import composed, recomposed
from handouts.model.brand import ClassDetails
from handouts.model.document import Box, Text
from handouts.model.project import LoadedBrand, Project
from handouts.typeset.walk import boxes
from handouts.world import World
from tests.press.shapes import LONG


def altered(brand: LoadedBrand, **values: Any) -> LoadedBrand:
    return replace(brand, brand=brand.brand.model_copy(update=values))


@pytest.mark.parametrize(
    ("values", "sources"),
    [
        ({}, set()),
        ({"disclaimer": LONG}, {"sheet.language"}),
        ({"class_": ClassDetails(when="Mondays", where="Room 1")}, {"$class.when"}),
        ({"disclaimer": LONG, "instructor": "Ana"}, {"sheet.language"}),
    ],
)
def test_only_what_asked_for_another_value(
    real_project: Project, real_world: World, values: dict[str, Any], sources: set[str]
) -> None:
    wish = pipeline.Wish(
        layouts=("benefits-flyer",), languages=("en",), brands=("willow",), papers=("A4",)
    )
    (job,) = pipeline.plan(real_project, wish)
    class_ = ClassDetails(when="Tuesdays", where="Room 1")
    brand = altered(real_project.brands["willow"], class_=class_, disclaimer="Ask us.")
    project = replace(real_project, brands={"willow": brand})
    kept = composed(project, job, date=real_world.date)
    changed = recomposed(kept, altered(brand, **values), "willow", date=real_world.date)
    assert changed is not None
    # Whoever asks for the brand itself, as contacts and pictures do, may depend on all of it.
    whole = [slot for slot in kept.slots.found if "" in slot.asked]
    assert whole
    assert all(changed.boxes[one.number] is not one.boxes[0] for one in whole)
    rest = [slot for slot in kept.slots.found if "" not in slot.asked]
    new = [changed.boxes[one.number] for one in rest]
    made = [box for box, one in zip(new, rest, strict=True) if box is not one.boxes[0]]
    assert {said for box in made for said in _sources(box)} == sources


def _sources(box: Box) -> set[str]:
    return {one.source for one in boxes(box) if isinstance(one, Text)}
