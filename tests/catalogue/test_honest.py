"""The English catalogue says no more than is known, in words that are easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handouts.model.catalogue import Catalogue
from handouts.model.locale import Locale
from handouts.model.project import Project
from handouts.model.wording import find_word
from handouts.reading import KINCAID, Reading, counted, reading, sentences


@pytest.fixture(scope="module")
def locale(real_project: Project) -> Locale:
    return real_project.locales["en"]


def test_effects_are_hedged(catalogue: Catalogue, locale: Locale, english: dict[str, str]) -> None:
    effects = [b for b in catalogue.benefits if b.kind == "effect"]
    assert len(effects) > 15
    careful = (*locale.hedges, *locale.negations)
    said = {b.id: english[f"benefit.{b.id}.hedged"] for b in effects}
    assert {name: text for name, text in said.items() if not find_word(text, careful)} == {}


def test_every_lead_in_says_may(catalogue: Catalogue, english: dict[str, str]) -> None:
    assert {"may", "can", "might"} & set(english["group.relief.lead"].split())
    for group in catalogue.groups:
        assert re.search(r"\b(may|can|might)\b", english[f"group.{group.id}.lead"]), group.id


def claims(strings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is printed as ours: all but the list items that stand under a hedged lead-in."""
    for key, text in strings.items():
        if not key.endswith(".taught"):
            yield key, text


def test_no_blocked_word_is_printed_as_ours(locale: Locale, english: dict[str, str]) -> None:
    said = dict(claims(english))
    assert len(said) > 250
    found = {
        key: sentence
        for key, text in said.items()
        for sentence in sentences(text, "en")
        if find_word(sentence, locale.blocked) and not find_word(sentence, locale.negations)
    }
    assert found == {}


@pytest.mark.parametrize(
    "text", ["It boosts immunity.", "Massage heals.", "Clinically proven!", "raises oxytocin"]
)
def test_the_block_list_can_block(locale: Locale, text: str) -> None:
    assert find_word(text, locale.blocked)


def test_the_block_list_lets_careful_words_pass(locale: Locale) -> None:
    text = "It can help your baby settle. Ask your health professional."
    assert find_word(text, locale.blocked) is None


def test_taught_wordings_name_nothing_blocked_beyond_the_seed(english: dict[str, str]) -> None:
    """Exempt from hedging, for they stand under a lead-in; not from sense."""
    worst = re.compile(r"\bcure|proven|guarantee|detox|toxin|autis|adhd|cortisol|oxytocin", re.I)
    taught = {key: text for key, text in english.items() if key.endswith(".taught")}
    assert len(taught) == 38
    assert {key: text for key, text in taught.items() if worst.search(text)} == {}


def grade(text: str) -> float:
    """Flesch-Kincaid grade level."""
    return KINCAID.score(counted(sentences(text, "en"), "en"))


@pytest.fixture(scope="module")
def level(locale: Locale) -> Reading:
    return reading(locale, locale)


@pytest.mark.parametrize(
    "kind", ["benefit.*.taught", "benefit.*.hedged", "group.*", "safety.*", "cue.*", "stroke.*"]
)
def test_english_reads_easily(level: Reading, kind: str) -> None:
    """Grade 6 for a sheet's worth of sentences."""
    (measure,) = [one for one in level.kinds if one.kind == kind]
    assert measure.counts.sentences > 20
    assert measure.scores[0] <= 6
    assert level.advice == ()


def test_no_english_string_is_hard_alone(english: dict[str, str]) -> None:
    said = {text for text in english.values() if text.rstrip("”").endswith((".", "?", "!"))}
    assert len(said) > 120
    assert {text: grade(text) for text in said if grade(text) > 10} == {}
