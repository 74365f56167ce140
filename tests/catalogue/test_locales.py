"""Every language is complete, a draft of the present English, and as careful as it is."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

import pytest

from handouts.load.files import read_yaml
from handouts.load.locale_checks import check_hedges
from handouts.load.locales import available, locale_file
from handouts.load.problems import Problems
from handouts.model.catalogue import Catalogue
from handouts.model.locale import (
    SOURCE_LANGUAGE,
    Locale,
    LocaleFile,
    LocaleString,
    Translation,
    placeholders,
)
from handouts.model.project import Project
from handouts.model.wording import find_word
from handouts.reading import sentences
from handouts.typeset.text.scripts import COMMON, script
from handouts.world import World

PROMISED = (
    "am ar bn de en-GB es fa fil fr he hi ht it ja km ko my pa pl pt-BR ro ru so ta th tr uk ur vi "
    "zh-Hans zh-Hant"
)
TAGS = sorted(set(available(World.system(), None)) - {SOURCE_LANGUAGE})
OF_SCRIPT = {
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Jpan": {"Hani", "Hira", "Kana"},
    "Kore": {"Hang", "Hani"},
}
every_language = pytest.mark.parametrize("tag", TAGS)
full_language = pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en-GB"])
"""Those that are no variant of another."""


def read(world: World, tag: str) -> LocaleFile:
    return locale_file(read_yaml(world, available(world, None)[tag]))


def own(file: LocaleFile) -> dict[str, Translation]:
    """The file's own strings, which must all say what they were made from."""
    found = {key: one for key, one in file.strings.items() if isinstance(one, Translation)}
    assert len(found) == len(file.strings)
    return found


def failing(strings: Mapping[str, LocaleString], wrong: re.Pattern[str]) -> dict[str, str]:
    return {key: one.text for key, one in strings.items() if wrong.search(one.text)}


def test_the_promised_languages_are_there(real_project: Project) -> None:
    assert set(PROMISED.split()) - set(TAGS) == set()
    assert set(real_project.locales) == {SOURCE_LANGUAGE, *TAGS}


@every_language
def test_complete_and_a_draft(
    tag: str, real_project: Project, real_world: World, english: dict[str, str]
) -> None:
    locale = real_project.locales[tag]
    assert set(locale.strings) == set(english)
    assert locale.missing == ()
    strings = own(read(real_world, tag))
    assert len(strings) == len(english) or locale.base
    assert {key: one.status for key, one in strings.items() if one.status != "draft"} == {}


@every_language
def test_made_from_the_present_english(
    tag: str, real_world: World, english: dict[str, str]
) -> None:
    """The hash is computed here again: it is what finds a stale translation."""
    wanted = {
        key: hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]
        for key, text in english.items()
    }
    strings = own(read(real_world, tag))
    assert strings
    assert {key: one.source for key, one in strings.items() if one.source != wanted[key]} == {}


@every_language
def test_what_is_filled_in_is_kept(
    tag: str, real_project: Project, english: dict[str, str]
) -> None:
    strings = real_project.locales[tag].strings
    lost = {k for k, one in strings.items() if placeholders(one.text) != placeholders(english[k])}
    assert lost == set()


def numbers(text: str) -> list[int]:
    """The numbers of a text, in whatever digits it writes them."""
    latin = (str(unicodedata.digit(c)) if c.isdigit() else " " for c in text)
    return sorted(map(int, "".join(latin).split()))


def test_numbers_are_seen_in_every_script() -> None:
    assert numbers("45 · ٤٥ · ۴۵ · ४५ · ၄၅ · ៤៥") == [45] * 6


@every_language
def test_numbers_survive(tag: str, real_project: Project, english: dict[str, str]) -> None:
    wanted = {key: found for key, text in english.items() if (found := numbers(text))}
    assert len(wanted) >= 2
    strings = real_project.locales[tag].strings
    changed = {k: one.text for k, one in strings.items() if numbers(one.text) != wanted.get(k, [])}
    assert changed == {}


@every_language
def test_written_cleanly(tag: str, real_project: Project) -> None:
    """No stray spaces, no bidi controls (the program sets those), no typewriter's quotes."""
    strings = real_project.locales[tag].strings
    assert failing(strings, re.compile(r"^\s|\s$|  |\n")) == {}
    assert failing(strings, re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")) == {}
    assert failing(strings, re.compile('"')) == {}
    assert {key for key, one in strings.items() if one.text.count("**") % 2} == set()
    loose = {k for k, one in strings.items() if unicodedata.normalize("NFC", one.text) != one.text}
    assert loose == set()


def letters(text: str) -> list[str]:
    """Letters that belong to a script, outside what the program fills in."""
    bare = re.sub(r"\{\w+\}", "", text)
    return [c for c in bare if unicodedata.category(c)[0] == "L" and script(c) != COMMON]


NAMES = re.compile(r"\b(Linda Storm|Infant Massage USA|QR([ -]?[Cc]ode)?)\b", re.ASCII)


@every_language
def test_written_in_its_script(tag: str, real_project: Project) -> None:
    """Names keep their letters."""
    locale = real_project.locales[tag]
    scripts = OF_SCRIPT.get(locale.script, {locale.script})
    found = {
        key: [script(c) in scripts for c in letters(NAMES.sub("", one.text))]
        for key, one in locale.strings.items()
    }
    assert {key for key, mine in found.items() if mine and sum(mine) < 0.7 * len(mine)} == set()
    every = [one for mine in found.values() for one in mine]
    assert sum(every) > 0.99 * len(every) > 3000


@pytest.mark.parametrize(("tag", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "big5")])
def test_chinese_characters_are_of_one_kind(tag: str, charset: str, real_project: Project) -> None:
    """The old national character sets hold the simplified, or the traditional forms, not both."""
    text = "".join(one.text for one in real_project.locales[tag].strings.values())
    characters = {c for c in text if script(c) == "Hani"}
    assert len(characters) > 300
    assert {c for c in characters if not c.encode(charset, "ignore")} == set()


@full_language
def test_nothing_is_left_in_english(
    tag: str, real_project: Project, english: dict[str, str]
) -> None:
    strings = real_project.locales[tag].strings
    same = {key for key, one in strings.items() if one.text == english[key]}
    assert {key for key in same if len(letters(english[key])) > 12} == set()
    assert len(same) < 10


@every_language
def test_never_shake_denies(tag: str, real_project: Project) -> None:
    locale = real_project.locales[tag]
    said = sentences(locale.strings["talk.temper"].text, tag, locale.script)
    assert find_word(said[-1], locale.negations, locale.script)


PROHIBITION = re.compile(r"\b(Do not|Never|never)\b")


@every_language
def test_what_is_forbidden_stays_forbidden(
    tag: str, real_project: Project, english: dict[str, str]
) -> None:
    """Each safety rule that says do not, or never, has a word that denies."""
    locale = real_project.locales[tag]
    rules = [key for key, text in english.items() if PROHIBITION.search(text)]
    assert len(rules) > 12
    softened = {
        key: text
        for key in rules
        if not find_word(text := locale.strings[key].text, locale.negations, locale.script)
    }
    assert softened == {}


@every_language
def test_claims_no_blocked_thing(tag: str, real_project: Project) -> None:
    """What a brand may not claim, a translation does not either, except to deny it."""
    locale = real_project.locales[tag]
    assert len(locale.blocked) > 10
    found = {
        (key, word): sentence
        for key, one in locale.strings.items()
        if not key.endswith(".taught")
        for sentence in sentences(one.text, tag, locale.script)
        if (word := find_word(sentence, locale.blocked, locale.script))
        and not find_word(sentence, locale.negations, locale.script)
    }
    assert found == {}


def unhedged(locale: Locale, catalogue: Catalogue, world: World) -> set[str]:
    """Strings the loader refuses for want of a hedge."""
    problems = Problems()
    parsed = read_yaml(world, available(world, None)[locale.tag])
    check_hedges(locale, parsed, catalogue, problems)
    assert {one.code for one in problems.found} <= {"unhedged-translation"}
    return {one.message.split("'")[1] for one in problems.found}


@every_language
def test_a_hedge_cannot_be_lost(
    tag: str, real_project: Project, catalogue: Catalogue, real_world: World
) -> None:
    """The loader looks at every effect and every lead-in, and finds the one without a hedge."""
    locale = real_project.locales[tag]
    effects = {f"benefit.{b.id}.hedged" for b in catalogue.benefits if b.kind == "effect"}
    leads = {f"group.{group.id}.lead" for group in catalogue.groups}
    assert unhedged(locale, catalogue, real_world) == set()
    blind = replace(locale, hedges=("\N{SNOWMAN}",), negations=())
    assert unhedged(blind, catalogue, real_world) == effects | leads
    for name, bare in (
        ("benefit.sleep-patterns.hedged", "benefit.sleep-patterns.short"),
        ("group.relaxes.lead", "benefit.calm-hormones-sleep.taught"),
    ):
        strings = {**locale.strings, name: locale.strings[bare]}
        assert unhedged(replace(locale, strings=strings), catalogue, real_world) == {name}


@full_language
def test_says_what_it_is_sure_of(tag: str, real_world: World) -> None:
    """The key terms and how sure they are; a reviewer is told of what has to be asked."""
    file = read(real_world, tag)
    assert set(file.terms) == {"infant-massage", "benefits"}
    assert file.notes
    notes = " ".join(file.notes)
    asked = {name: term.text for name, term in file.terms.items() if term.sure == "ask"}
    assert {n for n, text in asked.items() if text not in notes and n not in notes} == set()


def test_british_english_holds_what_differs(
    real_project: Project, real_world: World, english: dict[str, str]
) -> None:
    file = read(real_world, "en-GB")
    assert (file.base, bool(file.notes)) == ("en", True)
    strings = own(file)
    assert 10 < len(strings) < 60
    assert {key for key, one in strings.items() if one.text == english[key]} == set()
    american = re.compile(
        r"\b(diapers?|cribs?|poops?|pooping|moms?|pediatric\w*|nurse|caregivers?|toward|outward"
        r"|color\w*|center|pacifiers?|strollers?|\w+iz(e|es|ed|ing))\b",
        re.IGNORECASE,
    )
    assert failing(real_project.locales["en-GB"].strings, american) == {}
    assert failing(real_project.locales["en"].strings, american) != {}
