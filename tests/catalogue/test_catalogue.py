"""The catalogue's data: what is there, how well it is supported, what safety requires."""

from __future__ import annotations

import re
from collections import Counter

from handouts.model.catalogue import GRADES, Catalogue


def test_counts(catalogue: Catalogue) -> None:
    groups = Counter(benefit.group for benefit in catalogue.benefits)
    assert [groups[group.id] for group in catalogue.groups] == [5, 9, 9, 9, 6]
    assert len(catalogue.benefits) == len({b.id for b in catalogue.benefits}) == 38
    assert len(catalogue.references) == 64
    assert len(catalogue.guidance) == 21
    assert len(catalogue.safety) == 27
    assert len(catalogue.weeks) == 5
    assert Counter(len(week.strokes) for week in catalogue.weeks).keys() <= {3, 4, 5}


def test_grades_and_policies_are_those_of_the_research(catalogue: Catalogue) -> None:
    grades = Counter(benefit.grade for benefit in catalogue.benefits)
    assert [grades[grade] for grade in GRADES] == [3, 2, 6, 15, 12]
    assert Counter(b.policy for b in catalogue.benefits) == {"ok": 12, "hedge": 20, "omit": 6}
    for benefit in catalogue.benefits:
        if benefit.grade == "traditional":
            assert benefit.certainty == "none", benefit.id
        else:
            assert benefit.certainty in ("low", "very-low"), benefit.id
            assert benefit.sources, benefit.id


def test_twins_name_one_another(catalogue: Catalogue) -> None:
    twins = {b.id: b.same_as for b in catalogue.benefits if b.same_as}
    assert twins
    for one, other in twins.items():
        assert other in {b.id for b in catalogue.benefits}
        assert other != one
        assert twins.get(other) is None, f"{one} and {other} would leave each other out"


def test_every_source_exists_and_is_used(catalogue: Catalogue) -> None:
    known = {*catalogue.references, *catalogue.guidance}
    cited = {s for b in catalogue.benefits for s in b.sources}
    cited |= {s for b in catalogue.benefits for part in b.parts for s in part.sources}
    cited |= {s for note in catalogue.safety.values() for s in note.sources}
    assert cited - known == set()
    assert len(cited & set(catalogue.references)) > 50


def test_seeds_trace_back(catalogue: Catalogue) -> None:
    for group in catalogue.groups:
        numbers = [b.seed.number for b in catalogue.benefits if b.group == group.id]
        assert numbers == sorted(set(numbers)), group.id
    hashes = [b.seed.sha256_12 for b in catalogue.benefits]
    assert all(re.fullmatch("[0-9a-f]{12}", one) for one in hashes)
    assert len(set(hashes)) == 38


def test_required_safety_covers_what_must_be_said(catalogue: Catalogue) -> None:
    required = catalogue.required
    assert set(required.benefit) <= set(catalogue.safety)
    assert set(required.stroke) <= set(catalogue.safety)
    assert {"not-treatment", "fever-ill", "ask-preterm"} <= set(required.benefit)
    must = {note.id for note in catalogue.safety.values() if note.level == "must"}
    assert must - {"ask-you"} <= set(required.stroke)
