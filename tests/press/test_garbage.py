"""A document leaves nothing behind that waits for the garbage collector: memory stays flat."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from handouts.diagnostics import HandoutsError
from handouts.model.brand import Brand
from handouts.model.colour import Colour
from handouts.model.project import Job, LoadedBrand, Project
from handouts.press import Press
from handouts.world import World

JOBS = [
    Job("benefits-flyer", "en", "clinic", "A4", "instructor"),
    Job("class-handout", "ar", "clinic", "A4", "instructor", part="week-2"),
    Job("topic-sheet", "ja", "clinic", "Letter", "instructor", part="relaxes"),
]


def named(brand: LoadedBrand, number: int) -> LoadedBrand:
    """The brand under a name of its own."""
    return replace(brand, brand=brand.brand.model_copy(update={"name": f"Willow {number}"}))


def garbage(make: Callable[[], object]) -> Counter[str]:
    """Objects of ours that only the collector finds after `make`."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        make()
        gc.collect()
        kinds = map(type, gc.garbage)
        return Counter(one.__name__ for one in kinds if one.__module__.startswith("handouts"))
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.layout}-{job.language}")
def test_documents_leave_no_cycles(real_project: Project, real_world: World, job: Job) -> None:
    press, brand = Press(real_project, real_world), real_project.brands["willow"]
    for number in range(3):
        press.make(job, named(brand, number))
        press.anew(job, named(brand, number))
    stamped = []

    def more() -> None:
        stamped.extend(press.make(job, named(brand, number)).stamped for number in range(3, 6))
        press.anew(job, named(brand, 6))

    assert garbage(more) == {}
    assert stamped == [True] * 3


def test_templates_let_go_leave_no_cycles(
    real_project: Project, real_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.press._PAGES", 1)
    press, brand = Press(real_project, real_world), real_project.brands["willow"]
    stamped = []

    def each() -> None:
        stamped.extend(press.make(job, brand).stamped for job in JOBS)

    each()
    assert garbage(each) == {}
    assert stamped == [False] * 6


def test_another_way_to_set_a_form_leaves_no_cycles(
    real_project: Project, real_world: World
) -> None:
    press, brand = Press(real_project, real_world), real_project.brands["willow"]
    job, made = JOBS[0], []
    long = brand.brand.model_copy(update={"name": "Willow Tree " * 8})
    press.make(job, brand)

    def other() -> None:
        made.append(press.make(job, replace(brand, brand=long)))

    assert garbage(other) == {}
    assert [one.stamped for one in made] == [False]


def test_what_was_refused_is_not_remembered(real_project: Project, real_world: World) -> None:
    press, brand = Press(real_project, real_world), real_project.brands["willow"]
    for number in range(3):
        texts = {"en": {"sheet.title": f"It cures {number}"}}
        said = brand.brand.model_copy(update={"texts": texts})
        with pytest.raises(HandoutsError):
            press.make(JOBS[0], replace(brand, brand=_pale(said)))
    assert not press._forms


def _pale(brand: Brand) -> Brand:
    colours = brand.color.model_copy(update={"primary": Colour.parse("#ffffee")})
    return brand.model_copy(update={"color": colours})
