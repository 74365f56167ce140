"""What no layout and no brand can switch off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from handouts.compose import compose
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.colour import Colour
from handouts.model.project import Project
from tests.compose.scenes import (
    BENEFITS,
    DATE,
    EVIDENCE,
    SAFETY,
    job,
    jobs,
    made,
    printed,
    sources,
    with_brand,
    with_locale,
    with_string,
)


def _refusal(project: Project, body: Sequence[Any], **more: Any) -> HandoutsError:
    with pytest.raises(HandoutsError) as caught:
        made(project, body, **more)
    return caught.value


def _codes(error: HandoutsError) -> list[str]:
    return sorted(diagnostic.code for diagnostic in error.diagnostics)


def test_safety_and_evidence_may_not_be_missing(real_project: Project) -> None:
    assert _codes(_refusal(real_project, [BENEFITS])) == ["no-evidence", "no-safety"]
    assert _codes(_refusal(real_project, [BENEFITS, SAFETY])) == ["no-evidence"]
    assert _codes(_refusal(real_project, [BENEFITS, EVIDENCE])) == ["no-safety"]
    made(real_project, [BENEFITS, SAFETY, EVIDENCE])


WEAK: dict[str, Any] = {
    "optional": lambda block: {**block, "optional": "extras"},
    "inside an optional panel": lambda block: {
        "type": "panel",
        "optional": "extras",
        "children": [{"type": "stack", "children": [block]}],
    },
    "under a condition that does not hold": lambda block: {**block, "when": "$brand.logo"},
    "inside a stack under such a condition": lambda block: {
        "type": "stack",
        "when": "$profile == clinic",
        "children": [block],
    },
}


@pytest.mark.parametrize("how", WEAK)
def test_they_may_not_be_where_they_can_be_lost(real_project: Project, how: str) -> None:
    weak = WEAK[how]
    assert _codes(_refusal(real_project, [BENEFITS, weak(SAFETY), EVIDENCE])) == ["no-safety"]
    assert _codes(_refusal(real_project, [BENEFITS, SAFETY, weak(EVIDENCE)])) == ["no-evidence"]


@pytest.mark.parametrize("region", ["header", "footer"])
def test_running_heads_and_feet_do_not_count(real_project: Project, region: str) -> None:
    more = {region: ({"pages": "all", "children": (SAFETY, EVIDENCE)},)}
    error = _refusal(real_project, [BENEFITS], more=more)
    assert _codes(error) == ["no-evidence", "no-safety"]


def test_masthead_and_sidebar_do(real_project: Project) -> None:
    side = {"width": "60mm", "children": (SAFETY,)}
    made(real_project, [BENEFITS, EVIDENCE], more={"sidebar": side})
    made(real_project, [BENEFITS, EVIDENCE], more={"masthead": (SAFETY,)})


def test_strokes_need_more_notes_than_benefits(real_project: Project) -> None:
    stroke = {"type": "text", "over": "strokes", "string": "stroke.{stroke.id}.how"}
    more = {"for_each": "week"}
    for notes, expected in (("benefit", ["no-safety"]), ("stroke", [])):
        body = [stroke, {**SAFETY, "notes": notes}, EVIDENCE]
        if expected:
            assert set(_codes(_refusal(real_project, body, more=more))) == set(expected)
        else:
            made(real_project, body, more=more)


def test_each_section_answers_for_itself(real_project: Project) -> None:
    """The first group's safety block does not speak for the other four sheets."""
    benefits = {"type": "benefits"}
    only_first = {**SAFETY, "when": "$group.id == stimulates"}
    error = _refusal(real_project, [benefits, only_first, EVIDENCE], more={"for_each": "group"})
    assert set(_codes(error)) == {"no-safety"}
    document = made(real_project, [benefits, SAFETY, EVIDENCE], more={"for_each": "group"})
    assert len(document.sections) == 5
    assert sources(document).count("evidence.line") == 5


def test_a_sheet_that_names_nothing_needs_nothing(real_project: Project) -> None:
    made(real_project, [{"type": "text", "string": "flyer.cta.title"}])


def test_safety_is_never_small_print(real_project: Project) -> None:
    error = _refusal(real_project, [BENEFITS, {**SAFETY, "style": "small"}, EVIDENCE])
    assert _codes(error) == ["small-safety"]


@pytest.mark.parametrize("door", ["text", "list", "args", "parts"])
def test_a_benefit_cannot_come_in_by_another_door(real_project: Project, door: str) -> None:
    """As taught it would have no lead-in; hedged it still needs safety and evidence."""
    for wording, codes in (
        ("taught", ["unhedged-claim"]),
        ("hedged", ["no-evidence", "no-safety"]),
    ):
        string = f"benefit.sleep-patterns.{wording}"
        block = {
            "text": {"type": "text", "string": string},
            "list": {"type": "list", "strings": [string]},
            "args": {"type": "text", "string": "class.instructor", "args": {"name": string}},
            "parts": {"type": "text", "parts": ["flyer.scan", string]},
        }[door]
        assert _codes(_refusal(real_project, [block])) == codes
        header = {"header": ({"children": (block,)},)}
        assert _codes(_refusal(real_project, [], more=header)) == codes


def test_a_title_claims_nothing(real_project: Project) -> None:
    title = {"title": "benefit.sleep-patterns.taught"}
    error = _refusal(real_project, [BENEFITS, SAFETY, EVIDENCE], more=title, profile="clinic")
    assert "unhedged-claim" in _codes(error)


def test_evidence_names_the_sources(real_project: Project) -> None:
    text = printed(made(real_project, [BENEFITS, SAFETY, EVIDENCE]))
    line = next(row for row in text.splitlines() if "Last checked" in row)
    assert "Sources: Bennett\N{NO-BREAK SPACE}2013, " in line
    assert line.endswith(" more.")


@pytest.mark.parametrize("block", [EVIDENCE, {"type": "legend"}], ids=["evidence", "legend"])
def test_what_sums_up_benefits_comes_after_them(real_project: Project, block: Any) -> None:
    """In front of them it would name no sources and no grades."""
    some = {"type": "benefits", "group": "relief"}
    for body in ([block, some, SAFETY, EVIDENCE], [some, block, {**some, "group": "relaxes"}]):
        assert _codes(_refusal(real_project, body)) == ["benefits-too-late"]


# ---- Reviewed words ----


def test_drafts_are_refused_in_clinics(real_project: Project) -> None:
    flyer = job(layout="benefits-flyer", language="de", profile="clinic")
    with pytest.raises(HandoutsError) as caught:
        compose(real_project, flyer, date=DATE)
    assert _codes(caught.value) == ["unapproved-translation"]
    assert caught.value.exit_code == ExitCode.REVIEW
    compose(real_project, replace(flyer, allow_draft=True), date=DATE)
    compose(real_project, replace(flyer, language="en"), date=DATE)
    compose(real_project, replace(flyer, profile="instructor"), date=DATE)


def test_reviewed_is_not_yet_approved(real_project: Project) -> None:
    project = with_locale(real_project, "de", status="reviewed")
    flyer = job(layout="benefits-flyer", language="de", profile="clinic")
    with pytest.raises(HandoutsError) as caught:
        compose(project, flyer, date=DATE)
    assert caught.value.exit_code == ExitCode.REVIEW
    approved = with_locale(real_project, "de", status="approved")
    compose(approved, flyer, date=DATE)


def test_stale_strings_are_refused_in_both_profiles(real_project: Project) -> None:
    project = with_string(real_project, "de", "flyer.title", stale=True)
    title = {"type": "text", "string": "flyer.title"}
    error = _refusal(project, [title], language="de")
    assert _codes(error) == ["stale-translation"]
    assert "flyer.title" in str(error)
    assert error.exit_code == ExitCode.REVIEW
    made(project, [title], language="de", allow_stale=True)
    error = _refusal(project, [title], language="de", profile="clinic")
    assert _codes(error) == ["stale-translation", "unapproved-translation"]
    error = _refusal(project, [title], language="de", profile="clinic", allow_draft=True)
    assert _codes(error) == ["stale-translation"]


def test_a_stale_string_that_is_not_printed_does_no_harm(real_project: Project) -> None:
    project = with_string(real_project, "de", "week.1.title", stale=True)
    made(project, [{"type": "text", "string": "flyer.cta.title"}], language="de")


def test_a_draft_says_so_in_both_languages(real_project: Project) -> None:
    for tag in ("de", "es", "ar", "zh-Hans"):
        document = made(real_project, [BENEFITS, SAFETY, EVIDENCE], language=tag)
        text = printed(document)
        assert real_project.locales[tag].strings["sheet.draft"].text in text
        assert real_project.locales["en"].strings["sheet.draft"].text in text
        english = [n for n in document.nodes if n.role == "Span" and n.lang == "en"]
        assert english, tag
    assert "Draft" not in printed(made(real_project, [BENEFITS, SAFETY, EVIDENCE]))


def test_approved_words_are_no_draft(real_project: Project) -> None:
    project = with_locale(real_project, "de", status="approved")
    text = printed(made(project, [BENEFITS, SAFETY, EVIDENCE], language="de"))
    assert "Draft" not in text
    unused = with_string(project, "de", "week.1.title", status="draft")
    assert "Draft" not in printed(made(unused, [BENEFITS, SAFETY, EVIDENCE], language="de"))
    used = with_string(project, "de", "safety.fever-ill", status="draft")
    assert "Draft" in printed(made(used, [BENEFITS, SAFETY, EVIDENCE], language="de"))


def test_the_draft_notice_does_not_make_a_draft(real_project: Project) -> None:
    """All that is printed is approved; only the sentence about drafts is not."""
    project = with_locale(real_project, "de", status="approved")
    project = with_string(project, "de", "sheet.draft", status="draft")
    body = [BENEFITS, SAFETY, EVIDENCE]
    assert "Draft" not in printed(made(project, body, language="de"))
    made(project, body, language="de", profile="clinic")


# ---- Contrast ----

TEXT = {"type": "text", "string": "flyer.cta.title"}


def _with_colours(project: Project, **roles: str) -> Project:
    colours = project.brands["default"].brand.color.model_copy(
        update={name: Colour.parse(value) for name, value in roles.items()}
    )
    return with_brand(project, color=colours)


def _proposed(found: Diagnostic) -> str:
    return "#" + found.hint.split("#")[1][:6]


def test_low_contrast_names_pair_ratio_and_remedy(real_project: Project) -> None:
    project = _with_colours(real_project, ink="#999999")
    (found,) = _refusal(project, [TEXT]).diagnostics
    assert found.code == "low-contrast"
    assert "ink (#999999) on paper (#ffffff)" in found.message
    assert "2.8:1" in found.message
    assert "4.5:1" in found.message
    nearest = Colour.parse(_proposed(found))
    assert nearest.contrast(Colour.parse("#ffffff")) >= 4.5
    assert nearest.contrast(Colour.parse("#ffffff")) < 5


def test_what_it_proposes_passes(real_project: Project) -> None:
    for ink in ("#ff0000", "#00aa00", "#ffcc00", "#8888ff"):
        project = _with_colours(real_project, ink=ink)
        (found,) = _refusal(project, [TEXT]).diagnostics
        made(_with_colours(real_project, ink=_proposed(found)), [TEXT])


def test_large_text_needs_less(real_project: Project) -> None:
    project = _with_colours(real_project, ink="#888888")  # 3.5 to 1
    large = {"styles": {"body": {"size": "18pt"}}}
    made(project, [TEXT], more=large)
    bold = {"styles": {"body": {"size": "14pt", "weight": 700}}}
    made(project, [TEXT], more=bold)
    assert _codes(_refusal(project, [TEXT])) == ["low-contrast"]


def test_only_pairs_that_are_used_count(real_project: Project) -> None:
    project = _with_colours(real_project, warm="#777777")
    made(project, [TEXT])
    panel = {"type": "panel", "fill": "warm", "children": [TEXT]}
    assert "on warm" in str(_refusal(project, [panel]))
    both = {"type": "panel", "fill": "warm", "children": [{**panel, "fill": "paper"}]}
    made(project, [both])


def test_every_ground_is_looked_at(real_project: Project) -> None:
    """Sidebar, masthead, running foot, a table's cell, a backdrop."""
    project = _with_colours(real_project, ink="#999999")
    plain = {"type": "spacer"}
    foot = ({"children": (TEXT,)},)
    for more in (
        {"footer": foot},
        {"header": foot},
        {"masthead": (TEXT,)},
        {"sidebar": {"width": "50mm", "children": (TEXT,)}},
    ):
        assert "low-contrast" in _codes(_refusal(project, [plain], more=more))
    columns = ({"head": "class.next.date", "cell": TEXT},)
    table = {"type": "table", "rows": "groups", "columns": columns}
    assert "low-contrast" in _codes(_refusal(project, [table]))
    soft = _with_colours(real_project, primary="#c9d7d6", ink="#333333")
    hero = {
        "type": "panel",
        "fill": "paper",
        "backdrop": "hero-wave",
        "backdrop_colour": "ink",
        "children": [TEXT],
    }
    assert "ink (#333333) on ink" in str(_refusal(soft, [hero]))


def test_it_must_also_do_as_a_photocopy(real_project: Project) -> None:
    """Every brand that ships passes in grey too: compose would refuse it otherwise."""
    for brand in real_project.brands:
        for one in jobs(real_project, brand=brand):
            compose(real_project, one, date=DATE)


def test_a_sheet_says_something(real_project: Project) -> None:
    for body in ([], [{"type": "spacer"}], [{"type": "text", "string": "$class.where"}]):
        assert _codes(_refusal(real_project, body)) == ["nothing-to-print"]


def test_a_brand_claims_no_more_than_the_evidence(real_project: Project) -> None:
    project = with_brand(real_project, tagline="Massage cures colic", language="en")
    assert _codes(_refusal(project, [TEXT], profile="clinic")) == ["blocked-word"]
    made(project, [TEXT])
