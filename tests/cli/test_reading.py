"""``check --reading``: advice, in tables and in JSON."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run, Stages


def test_named_languages_are_shown_by_kind(run: Run, stages: Stages) -> None:
    result = run("check", "--reading", "--language", "DE", "--language", "en")
    assert result.code == 0
    german, english = result.out.split("\n\n")[:2]
    assert german.startswith("German (de)")
    assert "Flesch-Amstad at least 60" in german
    assert english.startswith("English (en)")
    assert "benefit.*.hedged" in english
    assert "hardest" not in result.out
    assert stages.placed == [], "no sheet is set for it"


def test_all_languages_take_a_line_each(run: Run) -> None:
    result = run("check", "--reading")
    assert result.code == 0
    lines = {line.split()[0]: line for line in result.out.splitlines()}
    assert {"language", "en", "en-GB", "de", "ja"} <= set(lines)
    assert lines["en"].endswith("easy")
    assert "characters" in lines["ja"]


def test_verbose_names_the_hardest_sentences(run: Run) -> None:
    result = run("check", "--reading", "--language", "fr", "-v")
    _, _, sentences = result.out.partition("hardest sentences:")
    assert len([line for line in sentences.splitlines() if line.strip()]) == 10
    assert "benefit." in sentences


def test_hard_words_are_no_error(run: Run) -> None:
    """A language with advice ends with 0 all the same."""
    result = run("check", "--reading", "--language", "uk")
    assert "should be up to 35" in result.out
    assert (result.code, "error" in result.err) == (0, False)


def test_json(run: Run) -> None:
    result = run("check", "--reading", "--language", "de", "--json")
    document = json.loads(result.out)
    (found,) = document["reading"]
    assert (result.code, document["schema"], document["diagnostics"]) == (0, 1, [])
    assert found["language"] == "de"
    assert found["scales"][0] == {"name": "Flesch-Amstad", "up_to": None, "at_least": 60}
    assert set(found["scores"]) == {"Flesch-Amstad", "Wiener 1"}
    assert found["words"] == sum(kind["words"] for kind in found["kinds"])
    assert {"id", "text", "words", "scores"} <= set(found["hardest"][0])


@pytest.mark.parametrize(
    "option",
    [("--layout", "benefits-flyer"), ("--size", "A4"), ("--profile", "clinic"), ("--allow-draft",)],
)
def test_options_without_effect_are_refused(run: Run, option: tuple[str, ...]) -> None:
    result = run("check", "--reading", *option)
    assert result.code == 2
    assert f"{option[0]} changes nothing" in result.err


def test_an_unknown_language_is_refused(run: Run) -> None:
    result = run("check", "--reading", "--language", "xx")
    assert result.code == 2
    assert "there is no language 'xx'" in result.err
