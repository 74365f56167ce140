"""What a row changes, and who may do it: states, signatures, history, conflicts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import ExitCode
from handouts.model.locale import Step, source_hash
from handouts.translate.language import Language
from handouts.translate.merge import Change, Judged, Signer, is_program, judge
from handouts.translate.unit import STATES, digest
from tests.translate.scenes import (
    ENGLISH,
    GERMAN,
    TITLE,
    TODAY,
    filed,
    german,
    language,
    translation,
)
from tests.translate.scenes import row as row_

NEW = "Besuchen Sie einen Kurs"
OLD_ENGLISH = "Come to class"
HASH = source_hash(ENGLISH)


def judged(of: Language, target: str = GERMAN, by: str = "", **more: str) -> Judged:
    return judge(of, row_(target=target, **more), Signer(by, TODAY))


def changed(of: Language, target: str = GERMAN, by: str = "", **more: str) -> Change:
    found = judged(of, target, by, **more)
    assert found.change is not None, found.found
    return found.change


def codes(of: Language, target: str = GERMAN, by: str = "", **more: str) -> list[str]:
    found = judged(of, target, by, **more)
    assert found.change is None
    return [d.code for d in found.found]


@pytest.mark.parametrize("status", ["machine", "draft"])
@pytest.mark.parametrize("state", ["", "missing"])
def test_nothing_changed_is_nothing(status: str, state: str) -> None:
    of = german(status=status)
    assert judged(of, state=state) == Judged(None)
    assert judged(of, state=status) == Judged(None)


def test_a_new_text_is_a_draft_with_its_history() -> None:
    of = german(status="approved", by="AB", on="2026-01-05")
    found = judged(of, NEW, "MK", state="approved")
    assert found.change is not None
    new = found.change.new
    assert (new.text, new.status, new.by, new.on, new.source) == (NEW, "draft", "MK", TODAY, HASH)
    step = Step(status="approved", source=HASH, by="AB", on=date(2026, 1, 5), text=GERMAN)
    assert new.history == (step,)
    assert [d.code for d in found.found] == ["review-lost"]


def test_a_missing_string_is_a_draft() -> None:
    new = changed(language(), NEW, "MK", state="missing").new
    assert (new.status, new.by, new.history) == ("draft", "MK", ())
    assert changed(language(), NEW, "DeepL").new.status == "machine"


def test_a_person_mends_what_a_program_made() -> None:
    of = german(status="machine", by="DeepL")
    assert changed(of, NEW, "MK", state="machine").new.status == "draft"
    assert changed(of, NEW, "DeepL", state="machine").new.status == "machine"
    kept = changed(of, GERMAN, "MK", state="draft").new
    assert (kept.status, kept.by) == ("draft", "MK")


def test_a_review_by_another_person() -> None:
    of = german(by="AB")
    new = changed(of, GERMAN, "MK", state="reviewed").new
    assert (new.status, new.by) == ("reviewed", "MK")
    assert new.history == (Step(status="draft", source=HASH, by="AB"),)
    assert new.translator == "AB"


@pytest.mark.parametrize("name", ["AB", "ab", "A. B.", " AB "])
@pytest.mark.parametrize("state", ["reviewed", "approved"])
@pytest.mark.parametrize("target", [GERMAN, NEW])
def test_nobody_reviews_their_own(name: str, state: str, target: str) -> None:
    found = judged(german(by="AB"), target, name, state=state)
    assert found.change is None
    assert found.found[0].code in ("own-review", "approved-unreviewed")
    assert found.found[0].exit_code is ExitCode.REVIEW


def test_a_review_lowered_and_raised_again_is_still_the_translators() -> None:
    of = german(
        status="reviewed", by="MK", history='[{status: draft, by: AB, source: "' + HASH + '"}]'
    )
    low = changed(of, GERMAN, "MK", state="draft").new
    assert (low.status, low.by, low.translator) == ("draft", "AB", "AB")


@pytest.mark.parametrize(
    ("status", "by", "state", "code"),
    [
        ("draft", "", "reviewed", "unsigned-review"),
        ("draft", "DeepL", "approved", "machine-review"),
        ("draft", "review-bot", "reviewed", "machine-review"),
        ("machine", "MK", "approved", "approved-unreviewed"),
        ("draft", "MK", "done", "status"),
    ],
)
def test_refused(status: str, by: str, state: str, code: str) -> None:
    assert codes(german(status=status), GERMAN, by, state=state) == [code]


def test_a_new_text_is_not_approved_at_once() -> None:
    assert codes(german(by="AB"), NEW, "MK", state="approved") == ["approved-unreviewed"]
    assert codes(language(), NEW, "MK", state="reviewed") == ["own-review"]
    assert changed(german(by="AB"), NEW, "MK", state="reviewed").new.status == "reviewed"


def test_the_row_says_who_and_when() -> None:
    of = german(by="AB", on="2026-01-05")
    own = judge(of, row_(target=NEW, by="CD", on="2026-02-01"), Signer("MK", TODAY)).change
    assert own is not None
    assert (own.new.by, own.new.on) == ("CD", date(2026, 2, 1))
    # A signature that was there already is the last one's.
    other = judge(of, row_(target=NEW, by="AB", on="2026-01-05"), Signer("MK", TODAY)).change
    assert other is not None
    assert (other.new.by, other.new.on) == ("MK", TODAY)


@pytest.mark.parametrize("on", ["1.2.2026", "2026-13-01", "2027-01-01"])
def test_a_day_that_is_none(on: str) -> None:
    assert codes(german(), NEW, "MK", on=on) == ["bad-date"]


def test_an_empty_cell_deletes_nothing() -> None:
    assert codes(german(), " ", "MK") == ["empty"]
    assert judged(language(), "") == Judged(None)


def stale() -> Language:
    return language(filed({TITLE: translation(GERMAN, OLD_ENGLISH, by="AB")}))


def test_a_stale_string_is_confirmed_by_its_state() -> None:
    assert judged(stale(), state="stale") == Judged(None)
    new = changed(stale(), GERMAN, "MK", state="draft", source=ENGLISH).new
    assert (new.source, new.status, new.text) == (HASH, "draft", GERMAN)
    assert new.history == (Step(status="draft", source=source_hash(OLD_ENGLISH), by="AB"),)
    assert changed(stale(), NEW, "MK", state="stale", source=ENGLISH).new.source == HASH


def test_a_text_made_from_earlier_english_is_stale() -> None:
    found = judged(german(), NEW, "MK", source=OLD_ENGLISH, hash=source_hash(OLD_ENGLISH))
    assert found.change is not None
    assert found.change.new.source == source_hash(OLD_ENGLISH)
    assert [d.code for d in found.found] == ["old-english"]


def test_english_that_was_edited_in_the_file() -> None:
    assert codes(german(), NEW, "MK", source="Come!", hash=HASH) == ["source-edited"]


def test_an_untouched_row_of_an_old_file_overwrites_nothing() -> None:
    of = german(status="reviewed", by="MK")
    old = digest("draft", NEW)
    assert judged(of, NEW, "AB", state="draft", was=old) == Judged(None)


def test_both_sides_changed() -> None:
    of = german(status="reviewed", by="MK")
    was = digest("draft", "Was es vorher war")
    assert codes(of, NEW, "AB", state="draft", was=was) == ["changed-meanwhile"]
    # The same file once more changes nothing.
    assert judged(of, GERMAN, "MK", state="reviewed", was=was) == Judged(None)


def test_accents_are_joined() -> None:
    found = judged(german(), "Ko\u0308ln", "MK")
    assert found.change is not None
    assert found.change.new.text == "Köln"
    assert [d.code for d in found.found] == ["not-nfc"]


def test_a_variant_takes_over_what_is_the_same() -> None:
    of = language(
        b"language: en-GB\nbase: en\nstrings: {flyer.scan: {text: A, source: '000000000000'}}",
        "en-GB",
    )
    assert of.state(TITLE) == "approved"
    assert judged(of, ENGLISH, "MK", state="draft") == Judged(None)
    assert changed(of, "Come to our class", "MK").new.history == ()


@given(
    st.sampled_from(["machine", "draft", "reviewed", "approved"]),
    st.sampled_from(["", "AB", "MK", "DeepL"]),
    st.sampled_from(["", *STATES]),
    st.sampled_from(["", "AB", "MK", "DeepL"]),
    st.sampled_from([GERMAN, NEW]),
)
def test_no_way_leads_to_ones_own_review(
    status: str, by: str, state: str, signer: str, target: str
) -> None:
    """Whatever a row says: a raised string has a person's name who did not translate it."""
    if status in ("reviewed", "approved") and by in ("", "DeepL"):
        return  # Such a file does not load.
    of = german(status=status, **({"by": by} if by else {}))
    change = judged(of, target, signer, state=state).change
    if change is not None and change.new.status in ("reviewed", "approved"):
        assert change.new.by
        assert not is_program(change.new.by)
        assert change.new.by != change.new.translator
        assert change.new.history


def test_a_review_that_rewrites_is_a_draft_of_its_own() -> None:
    of = german(by="MK")
    small, whole = "Kommen Sie in unseren Kurs", "Massage macht jedes Baby schlau"
    assert changed(of, small, "JB", state="reviewed").new.status == "reviewed"
    rewritten = changed(of, whole, "JB", state="reviewed").new
    assert (rewritten.status, rewritten.translator) == ("draft", "JB")


def test_who_reworded_while_reviewing_does_not_approve() -> None:
    step = f"[{{status: draft, source: {HASH}, by: MK, text: Kommt}}]"
    of = german(status="reviewed", by="JB", history=step)
    for name in ("JB", "MK", "M.K.", "j b"):
        assert codes(of, by=name, state="approved") == ["own-review"]
    assert changed(of, by="AL", state="approved").new.status == "approved"


def test_translated_while_the_english_changed_is_stale_not_a_conflict() -> None:
    content = filed({TITLE: translation(GERMAN, OLD_ENGLISH)})
    exported = digest("draft", GERMAN)
    found = judged(language(content), NEW, "MK", was=exported, source=OLD_ENGLISH)
    assert found.change is not None
    assert found.change.new.source == source_hash(OLD_ENGLISH)
    assert "old-english" in [d.code for d in found.found]
