"""What is measured of a language, and what is said about it."""

from __future__ import annotations

from dataclasses import replace

from handouts.model.locale import Locale, LocaleString
from handouts.model.project import Project
from handouts.reading import reading
from handouts.reading.passages import passages, plain


def small(**strings: str) -> Locale:
    found = {
        key.replace("__", "."): LocaleString(text, "approved") for key, text in strings.items()
    }
    return Locale("en", "ltr", "Latn", "0123456789", found)


ENGLISH = small(
    flyer__title="What massage can do",
    benefit__sleep__taught="Better sleep",
    benefit__sleep__hedged="Some studies found **more** sleep. Others found no change.",
    benefit__sleep__short="Sleep",
    cue__yes__title="Yes, I like this",
    cue__yes__coos="Coos or smiles",
    safety__ask="Ask, “May I?”",
    sheet__credit="Based on a list; wording ours.",
    evidence__summary="Based on {studies} studies.",
)


def test_headings_labels_and_small_print_are_left_out() -> None:
    assert [(one.kind, one.id) for one in passages(ENGLISH, ENGLISH)] == [
        ("benefit.*.taught", "benefit.sleep.taught"),
        ("benefit.*.hedged", "benefit.sleep.hedged"),
        ("cue.*", "cue.yes.coos"),
        ("safety.*", "safety.ask"),
        ("other", "evidence.summary"),
    ]


def test_marks_and_placeholders_do_not_count() -> None:
    assert plain("**Ask** {name} now") == "Ask 1 now"


def test_sentences_are_joined_by_kind() -> None:
    found = reading(ENGLISH, ENGLISH)
    assert [(m.kind, m.counts.sentences, m.counts.words) for m in found.kinds] == [
        ("benefit.*.taught", 1, 2),
        ("benefit.*.hedged", 2, 9),
        ("cue.*", 1, 3),
        ("safety.*", 1, 3),
        ("other", 1, 4),
    ]
    assert (found.whole.counts.sentences, found.whole.counts.words) == (6, 21)
    assert found.advice == ()


def test_advice_names_what_is_too_much() -> None:
    text = " ".join(["organisational", "responsibility"] * 12) + "."
    found = reading(small(safety__ask=text), ENGLISH)
    grade, mean, longest = found.advice
    assert grade.startswith("Flesch-Kincaid grade ")
    assert grade.endswith("should be up to 6")
    assert mean == "24.0 words a sentence, should be up to 12"
    assert longest == "1 sentence is longer than 20 words"


def test_too_long_comes_before_hard_and_hard_before_short() -> None:
    long = "Go" + " go" * 20 + "."
    hard = "Immunological stimulation necessitates considerable interdisciplinary deliberation."
    easy = "We go out to see a cat and a dog."
    locale = replace(
        ENGLISH, strings={"safety.ask": LocaleString(f"{easy} {hard} {long}", "draft")}
    )
    assert [one.text for one in reading(locale, ENGLISH).hardest] == [long, hard, easy]


def test_a_language_that_lacks_strings_is_measured_as_far_as_it_goes() -> None:
    found = reading(small(cue__yes__coos="Coos"), ENGLISH)
    assert [measure.kind for measure in found.kinds] == ["cue.*"]


def test_every_real_language_is_measured(real_project: Project) -> None:
    english = real_project.locales["en"]
    assert len(real_project.locales) > 30
    for tag, locale in real_project.locales.items():
        found = reading(locale, english)
        assert found.whole.counts.sentences > 300, tag
        assert sum(m.counts.sentences for m in found.kinds) == found.whole.counts.sentences
        # Nothing that is badly cut: no language says a whole page in one breath.
        assert 2 < found.whole.counts.per_sentence < 26, tag
        assert found.whole.counts.longest < 60, tag
