"""The law of the press: stamped bytes are the bytes of the full way, for any brand."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts import pipeline
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.brand import Brand, Contact
from handouts.model.project import Job, LoadedBrand, Project
from handouts.press import Made, Press
from handouts.world import World
from tests.press.shapes import NAMES, NUMBERS, brands, neighbours

LAYOUTS = ("benefits-flyer", "class-handout", "topic-sheet")
LANGUAGES = ("en", "de", "ar", "zh-Hans", "hi", "es+en", "ar+en")


def jobs(project: Project, layout: str, language: str, paper: str) -> tuple[Job, ...]:
    parts = ("week-2", "relaxes")
    wish = pipeline.Wish(
        layouts=(layout,), languages=(language,), brands=("willow",), papers=(paper,), parts=parts
    )
    return tuple(replace(job, brand="clinic") for job in pipeline.plan(project, wish))


def hold(
    press: Press, project: Project, world: World, job: Job, seen: Sequence[LoadedBrand]
) -> Counter[str]:
    """Makes the brands' documents both ways, one after the other; counts made and stamped."""
    counts: Counter[str] = Counter()
    for brand in seen:
        made, full = tried(press.make, job, brand), tried(press.anew, job, brand)
        if isinstance(made, Made) and isinstance(full, Made):
            assert made.data == full.data
            counts.update(made=1, stamped=made.stamped)
            made = replace(made, stamped=full.stamped)
        assert made == full
    return counts


def tried(
    make: Callable[[Job, LoadedBrand], Made], job: Job, brand: LoadedBrand
) -> Made | tuple[Diagnostic, ...]:
    """The document, or what is wrong with it."""
    try:
        return make(job, brand)
    except HandoutsError as error:
        return error.diagnostics


def test_stamped_bytes_are_those_of_the_full_way(real_project: Project, real_world: World) -> None:
    counts: Counter[str] = Counter()

    @given(
        layout=st.sampled_from(LAYOUTS),
        language=st.sampled_from(LANGUAGES),
        paper=st.sampled_from(("A4", "Letter")),
        seen=st.lists(brands(), min_size=2, max_size=4),
    )
    @settings(max_examples=30, deadline=None)
    def law(layout: str, language: str, paper: str, seen: list[LoadedBrand]) -> None:
        press = Press(real_project, real_world)
        # The first once more in the end: what was made since must not have changed it.
        again = [*seen, seen[0]]
        for job in jobs(real_project, layout, language, paper):
            counts.update(hold(press, real_project, real_world, job, again))

    law()
    # A press that never stamped would keep the law too.
    assert counts["stamped"] * 25 > counts["made"] > 40, counts


def test_one_value_more_or_less_wide_keeps_the_law(
    real_project: Project, real_world: World
) -> None:
    counts: Counter[str] = Counter()

    @given(
        layout=st.sampled_from(LAYOUTS),
        language=st.sampled_from(LANGUAGES),
        paper=st.sampled_from(("A4", "Letter")),
        seen=neighbours(6),
    )
    @settings(max_examples=20, deadline=None)
    def law(layout: str, language: str, paper: str, seen: list[LoadedBrand]) -> None:
        press = Press(real_project, real_world)
        job = jobs(real_project, layout, language, paper)[-1]
        counts.update(hold(press, real_project, real_world, job, seen))

    law()
    assert counts["stamped"] * 4 > counts["made"] > 40, counts


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_a_word_that_widens_its_column_is_not_stamped_into_that_of_another(
    real_project: Project, real_world: World, language: str
) -> None:
    press, willow = Press(real_project, real_world), real_project.brands["willow"]
    job = jobs(real_project, "benefits-flyer", language, "A4")[0]
    seen = []
    for phone in NUMBERS[::-1]:
        contact = Contact(phones=(phone,), web="clinic.example")
        said = Brand.model_validate({"name": "Willow", "color": {"primary": "#1f5e5b"}})
        brand = said.model_copy(update={"contact": contact})
        seen.append(replace(willow, brand=brand, logo=None))
    assert hold(press, real_project, real_world, job, seen)["made"] == len(NUMBERS)


def test_a_word_that_had_to_be_cut_on_the_way_is_not_stamped_with_one_that_fits(
    real_project: Project, real_world: World
) -> None:
    """The sheet with the long word took another fit step, where in the end it stands uncut."""
    press = Press(real_project, real_world)
    job = jobs(real_project, "benefits-flyer", "am", "A4")[0]
    colours = {"primary": "#1f5e5b"}
    said = [Brand.model_validate({"name": n, "color": colours}) for n in ("W" * 40, NAMES[1])]
    seen = [LoadedBrand("clinic", one) for one in said]
    assert hold(press, real_project, real_world, job, seen) == Counter(made=2, stamped=0)


def _alike(brand: LoadedBrand, number: int) -> LoadedBrand:
    """Another clinic of the same shape."""
    said = brand.brand
    contact = said.contact.model_copy(
        update={"phones": (f"+49 30 555 {number:04d}",), "email": f"c{number}@clinic.example"}
    )
    update = {"name": f"Clinic {number}", "contact": contact, "qr": f"https://c.example/{number}"}
    return LoadedBrand("clinic", said.model_copy(update=update), brand.logo)


def _sample(project: Project) -> list[tuple[str, str]]:
    every = [(layout, language) for layout in LAYOUTS for language in project.locales]
    return every if os.environ.get("HANDOUTS_FULL") else every[::7]  # noqa: TID251


def test_clinics_of_one_shape_share_a_template(real_project: Project, real_world: World) -> None:
    press = Press(real_project, real_world)
    willow = real_project.brands["willow"]
    sample = _sample(real_project)
    assert len(sample) > 10
    for layout, language in sample:
        job = jobs(real_project, layout, language, "A4")[0]
        clinics = [_alike(willow, number) for number in (11, 47, 85)]
        counts = hold(press, real_project, real_world, job, clinics)
        assert counts["stamped"] == 2, (layout, language)
