"""Pseudo-locales: longer, accented, mirrored; and what is filled in still is."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from handouts.load import load, load_result
from handouts.load.pseudo import GROWTH, LABEL, lengthened
from handouts.model.locale import PSEUDO, Locale, placeholders
from handouts.model.project import Project
from tests.load.scenes import codes, project, world


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    here = tmp_path_factory.mktemp("pseudo")
    return load(world(here), project=None, languages=list(PSEUDO), layouts=["benefits-flyer"])


@pytest.fixture(scope="module")
def english(made: Project) -> Locale:
    return made.locales["en"]


@pytest.fixture(scope="module")
def longer(made: Project) -> Locale:
    return made.locales["en-XA"]


def test_they_are_made_of_the_source_language(made: Project, english: Locale) -> None:
    assert list(made.locales) == ["en", "en-XA", "ar-XB"]
    for tag, direction in PSEUDO.items():
        locale = made.locales[tag]
        assert (locale.tag, locale.direction, locale.script) == (tag, direction, "Latn")
        assert locale.missing == ()
        assert set(locale.strings) == set(english.strings)
        assert (locale.hedges, locale.blocked) == (english.hedges, english.blocked)


def test_nobody_makes_them_unasked(tmp_path: Path) -> None:
    folder = project(tmp_path, {"handouts.yaml": "languages: [en]\n"})
    loaded = load_result(world(folder), project=folder, layouts=["benefits-flyer"]).project
    assert set(PSEUDO) & set(loaded.locales) == set()


def test_a_project_may_not_name_them(tmp_path: Path) -> None:
    """They are for trying layouts, not for families."""
    folder = project(tmp_path, {"handouts.yaml": "languages: [en-XA]\n"})
    assert codes(folder) == ["unknown-language"]


def test_mirrored_says_the_same(made: Project, english: Locale) -> None:
    assert made.locales["ar-XB"].strings == english.strings


def test_sentences_grow_by_a_third(english: Locale, longer: Locale) -> None:
    pairs = [(one.text, longer.strings[key].text) for key, one in english.strings.items()]
    long = [(a, b) for a, b in pairs if len(a) > LABEL and not placeholders(a)]
    assert len(long) > 200
    for before, after in long:
        wanted = int(len(before) * GROWTH)
        # Text with few vowels to double stays a little behind.
        assert 0.93 * wanted <= len(after) <= max(wanted, len(before) + 2), before
    assert sum(len(b) for _, b in long) >= 1.32 * sum(len(a) for a, _ in long)


def test_labels_double(english: Locale, longer: Locale) -> None:
    short = [
        (one.text, longer.strings[key].text)
        for key, one in english.strings.items()
        if len(one.text) <= LABEL and not placeholders(one.text)
    ]
    assert len(short) > 40
    assert all(len(after) == 2 * len(before) + 3 for before, after in short)


def test_what_is_filled_in_and_emphasis_are_kept(english: Locale, longer: Locale) -> None:
    filled = 0
    for key, one in english.strings.items():
        text = longer.strings[key].text
        assert placeholders(text) == placeholders(one.text), key
        assert text.count("**") == one.text.count("**"), key
        assert re.findall(r"\d+", text) == re.findall(r"\d+", one.text) or len(one.text) <= LABEL
        filled += bool(placeholders(one.text))
    assert filled > 8


def test_accents_stand_over_and_under_letters(english: Locale, longer: Locale) -> None:
    for key, one in longer.strings.items():
        assert one.text.startswith("["), key
        assert one.text.endswith("]"), key
        assert one.text != english.strings[key].text
        assert unicodedata.is_normalized("NFC", one.text)
    marks = {
        unicodedata.normalize("NFD", c)[1:] for one in longer.strings.values() for c in one.text
    } - {""}
    assert len(marks) > 5
    assert "\N{COMBINING CEDILLA}" in marks, "something that hangs below the line"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sleep", "[Šléép Šléép]"),
        ("of {count}", "[öf {count}]"),
        ("Week **1**", "[Wéék **1**]"),
    ],
)
def test_labels(text: str, wanted: str) -> None:
    assert lengthened(text) == wanted


def test_bold_and_placeholders_inside_a_sentence() -> None:
    text = lengthened("Ask **{name}** before you come to a class, please.")
    assert "**{name}**" in text
    assert text.startswith("[Å")
    assert len(text) == int(50 * GROWTH)
