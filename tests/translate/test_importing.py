"""An import as a whole: all or nothing, in part by name, room on real sheets, new languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import ExitCode, Place, Severity
from handouts.load import load_result
from handouts.load.locale_checks import check_translation
from handouts.load.locales import locale_file
from handouts.load.problems import Problems
from handouts.load.yaml import parse
from handouts.model.locale import source_hash
from handouts.model.project import Project
from handouts.translate.importing import Outcome, Wanted, rehearse
from handouts.translate.language import Language, open_language
from handouts.translate.merge import Signer
from handouts.translate.returned import Returned, Row
from handouts.translate.unit import STATES, digest
from tests.translate.scenes import GERMAN, TITLE, TODAY, WORLD, german, language, row
from tests.translate.test_round_trip import GOOD

OLD = GERMAN
NEW = "Besuchen Sie einen Kurs"


@pytest.fixture(scope="module")
def sheets() -> Project:
    return load_result(WORLD, project=None, languages=(), partial=True).project


def take(
    sheets: Project,
    of: Language,
    *rows: Row,
    by: str = "MK",
    partial: bool = False,
    says: str = "",
    files: Sequence[Returned] = (),
) -> Outcome:
    wanted = Wanted(Path("/nowhere/locales/de.yaml"), Signer(by, TODAY), partial)
    returned = [Returned(says or of.tag, rows), *files]
    return rehearse(WORLD, None, sheets, of, returned, wanted)


def codes(outcome: Outcome, severity: Severity = Severity.ERROR) -> set[str]:
    return {d.code for d in outcome.found if d.severity is severity}


def test_one_string_changes_one_line(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    made = take(sheets, of, row(target=NEW))
    assert codes(made) == set()
    assert made.content is not None
    old, new = of.content.splitlines(), made.content.splitlines()
    assert len(old) == len(new)
    (line,) = [n for o, n in zip(old, new, strict=True) if o != n]
    assert line.count(NEW.encode()) == 1
    entry = locale_file(parse(made.content, "")).strings[TITLE]
    assert not isinstance(entry, str)
    assert (entry.text, entry.by, len(entry.history)) == (NEW, "MK", 1)


def test_the_same_table_changes_nothing(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    rows = [row(name, of.text(name), state=of.state(name)) for name in of.english]
    made = take(sheets, of, *rows)
    assert (made.content, made.changes, made.found) == (None, (), [])


def test_one_wrong_string_stops_all(sheets: Project) -> None:
    rows = (row(target=NEW, line=1), row("flyer.scan", "Сканируйте", line=2))
    made = take(sheets, german(), *rows)
    assert (made.content, made.changes, made.failed) == (None, (), True)
    assert codes(made) == {"script"}


def test_in_part_the_good_ones_are_taken_and_the_others_named(sheets: Project) -> None:
    rows = (
        row(target=NEW, line=1),
        row("flyer.scan", "Сканируйте", line=2),
        row("flyer.scann", "Scannen", line=3),
    )
    made = take(sheets, german(), *rows, partial=True)
    assert [change.id for change in made.changes] == [TITLE]
    assert set(made.left_out) == {"flyer.scan", "flyer.scann"}
    assert made.content is not None
    assert b"flyer.scan" not in made.content
    assert made.failed, "what was left out is still said"


def test_everything_wrong_is_said_at_its_place(sheets: Project) -> None:
    rows = (
        row("flyer.scan", " Scannen {x}", line=3),
        row("flyer.scn", "a", line=4),
        row("week.1.title", "Hallo", line=5),
        row("week.1.title", "Hello", line=6),
    )
    made = take(sheets, german(), *rows)
    told = [
        (d.code, d.place.line) for d in sorted(made.found, key=lambda d: d.sort_key()) if d.place
    ]
    assert told == [
        ("outer-space", 3),
        ("placeholders", 3),
        ("unknown-string", 4),
        ("duplicate-string", 6),
    ]


def test_a_row_twice_with_the_same_text_is_a_remark(sheets: Project) -> None:
    made = take(sheets, german(), row(target=NEW), row(target=NEW, line=2))
    assert codes(made, Severity.WARNING) == {"duplicate-string"}
    assert made.content is not None


def test_two_halves_of_one_work(sheets: Project) -> None:
    """Two people have the same export and do a part of it each."""
    of = german()
    first = row(target=GERMAN, state="draft", was=digest("draft", GERMAN))
    second = row("flyer.scan", "", state="missing", was=digest("missing", ""), line=2)
    one = Returned("de", (replace(first, target=NEW), second))
    other = Returned("de", (first, replace(second, target="Code scannen")))
    for files in ((one, other), (other, one)):
        made = take(sheets, of, files=files)
        assert made.found == []
        assert {c.id: c.new.text for c in made.changes} == {
            TITLE: NEW,
            "flyer.scan": "Code scannen",
        }
    clash = Returned("de", (replace(first, target="Anders"),))
    assert codes(take(sheets, of, files=[one, clash])) == {"duplicate-string"}


def test_nobody_signed(sheets: Project) -> None:
    made = take(sheets, german(), row(target=NEW), by="")
    assert codes(made) == {"unsigned"}
    signed = Returned("de", (row(target=NEW),), translator="Maria K.")
    (change,) = take(sheets, german(), by="", files=[signed]).changes
    assert change.new.by == "Maria K."


def test_the_wrong_language(sheets: Project) -> None:
    made = take(sheets, german(), row(target=NEW), says="fr", partial=True)
    assert codes(made) == {"wrong-language"}
    assert made.content is None, "not even in part"


def test_a_lost_hedge_is_refused(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    made = take(sheets, of, row("group.relief.lead", "Massage bringt Linderung bei", line=9))
    (found,) = [d for d in made.found if d.code == "unhedged-translation"]
    assert found.place is not None
    assert (found.place.path, found.place.line) == ("de.csv", 9)


WORDY = " ".join(["Lassen Sie sich Zeit und schauen Sie Ihr Baby an."] * 4)


def test_what_no_longer_fits_is_named(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    names = [n for n in of.english if n.startswith("safety.") and len(of.english[n]) > 35][:12]
    rows = [row(name, f"{of.text(name)} {WORDY}"[: 5 * len(of.english[name])]) for name in names]
    made = take(sheets, of, *rows, row("flyer.more", of.text("flyer.more").replace("Das", "Dies")))
    assert made.content is None
    found = [d for d in made.found if d.code == "does-not-fit"]
    assert found
    assert {d.exit_code for d in found} == {ExitCode.FIT}
    assert all("mm" in d.message and "changed on it" in d.message for d in found)
    part = take(
        sheets,
        of,
        *rows,
        row("flyer.more", of.text("flyer.more").replace("Das", "Dies")),
        partial=True,
    )
    assert "flyer.more" in {change.id for change in part.changes}
    assert part.left_out
    assert set(part.left_out) < {*names, "flyer.more"}
    # What was taken fits: taking it alone is no error.
    taken = [r for r in rows if r.id not in part.left_out]
    assert codes(take(sheets, of, *taken)) <= set()


def test_a_character_without_a_font(sheets: Project) -> None:
    made = take(sheets, open_language(WORLD, None, "de"), row(TITLE, f"{GERMAN} \U00013000"))
    assert {"missing-glyph"} & codes(made)


def test_a_new_language_begins_in_part(sheets: Project) -> None:
    of = language(b"", "pt-PT")
    assert of.state(TITLE) == "missing"
    rows = (
        row(TITLE, "Venha a uma aula", state="missing"),
        row("contact.web", "Sítio na Internet", state="missing"),
        row("@hedges", "pode; podem; alguns*"),
        row("@terms.infant-massage", "massagem do bebé"),
    )
    made = take(sheets, of, *rows)
    assert codes(made) == set()
    assert made.content is not None
    file = locale_file(parse(made.content, ""))
    assert file.language == "pt-PT"
    assert list(file.strings) == [TITLE, "contact.web"]
    assert file.hedges == ("pode", "podem", "alguns*")
    assert file.terms["infant-massage"].sure == "likely"
    again = take(sheets, language(made.content, "pt-PT"), row("flyer.scan", "Leia o código"))
    assert again.content is not None
    assert list(locale_file(parse(again.content, "")).strings) == [
        TITLE,
        "flyer.scan",
        "contact.web",
    ]


def test_a_new_language_says_what_it_still_needs(sheets: Project) -> None:
    made = take(sheets, language(b"", "pt-PT"), row(TITLE, "Venha a uma aula", state="missing"))
    assert made.content is not None
    assert "no-hedges" in codes(made, Severity.WARNING)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("@hedges", "*; kann", "bad-value"),
        ("@hedges", "может", "script"),
        ("@x", "a", "unknown-string"),
    ],
)
def test_a_wrong_list(sheets: Project, name: str, text: str, code: str) -> None:
    assert code in codes(take(sheets, german(), row(name, text)))


def test_an_old_file_over_a_newer_translation(sheets: Project) -> None:
    of = german(status="reviewed", by="AB")
    old = replace(row(target="Alt"), was=digest("draft", "Noch älter"), state="draft")
    assert codes(take(sheets, of, old)) == {"changed-meanwhile"}


def test_earlier_english_is_kept(sheets: Project, tmp_path: Path) -> None:
    before = "Come to a class of ours"
    given = row(target=NEW, source=before, hash=source_hash(before))
    wanted = Wanted(tmp_path / "locales" / "de.yaml", Signer("MK", TODAY))
    made = rehearse(WORLD, tmp_path, sheets, german(), [Returned("de", (given,))], wanted)
    assert codes(made, Severity.WARNING) == {"old-english"}
    assert made.archive is not None
    path, content = made.archive
    assert path == tmp_path / "sources.yaml"
    kept = parse(content, "").data["sources"]
    assert kept[source_hash(before)] == before
    assert list(tmp_path.iterdir()) == [], "nothing is written here"


@cache
def no_sheets() -> Project:
    """Not a fixture: hypothesis would write all of it out as an argument."""
    return load_result(WORLD, project=None, languages=(), layouts=(), partial=True).project


ANY = st.one_of(GOOD, st.sampled_from(("", " ", OLD, NEW, "{count}", "Woche 1", "Код", "x" * 900)))
SAID = st.sampled_from(("", "nonsense", *STATES))


ROWS = st.builds(
    Row,
    st.sampled_from((TITLE, "flyer.scan", "topic.badge", "@hedges", "@terms.benefits", "no.id")),
    ANY,
    st.builds(Place, st.just("de.csv"), st.integers(1, 9), st.just(1)),
    source=st.one_of(st.just(""), ANY),
    state=SAID,
    by=st.sampled_from(("", "MK", "=x", "JB")),
    on=st.sampled_from(("", "2026-02-01", "0000-00-00")),
    hash=st.sampled_from(("", "000000000000", "zz")),
    was=st.sampled_from(("", "000000000000")),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5), st.sampled_from(("", "JB")))
def test_whatever_comes_back(rows: list[Row], by: str) -> None:
    """No file makes it crash, and what it would write loads and keeps to the rules of load."""
    of = open_language(WORLD, None, "de")
    made = take(no_sheets(), of, *rows, by=by, partial=True)
    if made.content is None:
        return
    path = Path("de.yaml")
    problems = Problems()
    parsed = parse(made.content, str(path))
    check_translation(locale_file(parsed), parsed, of.english_file.strings, problems)
    assert problems.found == ()
    assert {change.id for change in made.changes}.isdisjoint(made.left_out)


def test_german_as_it_is(sheets: Project) -> None:
    """The scenes stand on what is filed."""
    assert open_language(WORLD, None, "de").text(TITLE) == GERMAN


def test_a_file_in_another_language_is_known_by_its_texts(sheets: Project) -> None:
    spanish = open_language(WORLD, None, "es").locale().strings
    german_ = open_language(WORLD, None, "de")
    names = [n for n in spanish if n.startswith("benefit.")][:20]
    found = take(sheets, german_, *(row(n, target=spanish[n].text) for n in names))
    assert "wrong-language" in [d.code for d in found.found]
    assert found.content is None


def test_untouched_word_lists_change_nothing(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    old = row("@hedges", target="kann", was=digest("", "kann"), state="")
    assert take(sheets, of, old).heads == ()


def test_a_file_does_not_loosen_the_lists_for_its_own_sentences(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    name = "benefit.body-systems.hedged"
    bold = row(name, target="Babymassage hilft Ihrem Baby beim Einschlafen.")
    lists = row("@hedges", target="kann; könn*; Baby*; Schwächen; manche*")
    found = take(sheets, of, bold, lists)
    assert "unhedged-translation" in [d.code for d in found.found]
    assert found.content is None
