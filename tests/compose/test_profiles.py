"""What the two profiles print, and what they never print."""

from __future__ import annotations

from collections import Counter

import pytest

from handouts.compose.selection import best, selected
from handouts.model.catalogue import GRADES
from handouts.model.project import Project
from tests.compose.scenes import BENEFITS, EVIDENCE, SAFETY, job, made, sources, texts

SHEET = (BENEFITS, SAFETY, EVIDENCE)


def _ids(found: list[str]) -> list[str]:
    return [source.split(".")[1] for source in found]


def test_instructors_have_all_as_taught_under_hedged_lead_ins(real_project: Project) -> None:
    document = made(real_project, SHEET)
    found = sources(document, "benefit.")
    assert _ids(found) == [b.id for b in real_project.catalogue.benefits]
    assert all(source.endswith(".taught") for source in found)
    order = [s for s in sources(document) if s.startswith(("benefit.", "group."))]
    lead = ""
    groups = {b.id: b.group for b in real_project.catalogue.benefits}
    for source in order:
        if source.startswith("group."):
            lead = source
        else:
            assert lead == f"group.{groups[source.split('.')[1]]}.lead"
    leads = [text for text in texts(document) if text.source.endswith(".lead")]
    assert len(leads) == 5


def test_the_real_flyer_has_all_38(real_project: Project) -> None:
    from handouts.compose import compose
    from tests.compose.scenes import DATE

    for language in real_project.locales:
        flyer = compose(real_project, job(layout="benefits-flyer", language=language), date=DATE)
        assert len(sources(flyer, "benefit.")) == 38


def test_clinics_have_hedged_sentences_only(real_project: Project) -> None:
    document = made(real_project, SHEET, profile="clinic")
    found = sources(document, "benefit.")
    assert found
    assert all(source.endswith(".hedged") for source in found)
    assert not [s for s in sources(document) if s.endswith((".lead", ".taught"))]
    policy = {b.id: b.policy for b in real_project.catalogue.benefits}
    assert "omit" not in {policy[one] for one in _ids(found)}


def test_details_say_the_hedged_sentence_in_both_profiles(real_project: Project) -> None:
    block = {"type": "benefits", "form": "detail", "group": "relaxes"}
    for profile, wording in (("instructor", "taught"), ("clinic", "short")):
        document = made(real_project, (block, SAFETY, EVIDENCE), profile=profile)
        kinds = Counter(source.rsplit(".")[-1] for source in sources(document, "benefit."))
        assert set(kinds) == {wording, "hedged"}
        assert kinds[wording] == kinds["hedged"] > 3


def test_what_is_omitted_can_be_asked_for_by_id(real_project: Project) -> None:
    omitted = [b.id for b in real_project.catalogue.benefits if b.policy == "omit"]
    assert len(omitted) == 6
    for one in omitted:
        document = made(real_project, SHEET, profile="clinic", include=(one,))
        found = set(_ids(sources(document, "benefit.")))
        assert found & set(omitted) == {one}
        assert f"benefit.{one}.hedged" in sources(document)


def test_twins_are_printed_once(real_project: Project) -> None:
    found = set(_ids(sources(made(real_project, SHEET, profile="clinic"), "benefit.")))
    pairs = [(b.id, b.same_as) for b in real_project.catalogue.benefits if b.same_as]
    assert pairs
    for one, other in pairs:
        assert len({one, other} & found) == 1, (one, other)
        without = made(real_project, SHEET, profile="clinic", exclude=(str(other),))
        assert one in _ids(sources(without, "benefit.")), "its twin is excluded"


def test_nobody_prints_what_is_excluded(real_project: Project) -> None:
    for profile in ("instructor", "clinic"):
        document = made(real_project, SHEET, profile=profile, exclude=("sleep-patterns",))
        assert "sleep-patterns" not in _ids(sources(document, "benefit."))


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 50])
def test_a_limit_takes_the_best_supported(real_project: Project, limit: int) -> None:
    catalogue = real_project.catalogue
    for group in catalogue.groups:
        mine = selected(catalogue, job(profile="clinic"), group.id)
        chosen = best(mine, limit)
        assert len(chosen) == min(limit, len(mine))
        assert [b for b in mine if b in chosen] == list(chosen), "not in seed order"
        worst = max(GRADES.index(b.grade) for b in chosen)
        left = [b for b in mine if b not in chosen]
        assert all(GRADES.index(b.grade) >= worst for b in left)
        if limit < len(mine):
            block = {"type": "benefits", "group": group.id, "limit": {"clinic": limit}}
            document = made(real_project, (block, SAFETY, EVIDENCE), profile="clinic")
            assert _ids(sources(document, "benefit.")) == [b.id for b in chosen]


def test_an_empty_group_leaves_nothing_behind(real_project: Project) -> None:
    everything = tuple(b.id for b in real_project.catalogue.benefits if b.group == "relief")
    block = {"type": "benefits", "group": "relief"}
    heading = {"type": "text", "string": "flyer.title"}
    document = made(real_project, (heading, block), exclude=everything)
    assert [text.source for text in texts(document)] == ["flyer.title"]
    assert len(document.nodes) == 2
