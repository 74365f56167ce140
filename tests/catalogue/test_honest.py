"""The real catalogue says no more than is known, in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from handouts.model.catalogue import GRADES, Catalogue
from handouts.model.locale import Locale, placeholders, source_hash
from handouts.model.project import Project
from handouts.world import World

TRANSLATIONS = ("ar", "de", "es", "zh-Hans")
MEASURED = re.compile(
    r"\b(may|can|might|some|one (small )?study|small|mixed|many|weak points)\b", re.IGNORECASE
)
ABOUT_ANSWERING = {"self-regulation"}
"""Says what answering cues does, and of massage only that it is a way to answer them."""
NEGATED = re.compile(r"\b(not|no|never|cannot)\b", re.IGNORECASE)
BLOCKED = re.compile(
    r"""\b(
        (boost|strengthen)\w*\ (the\ )?immun\w+ | heal(s|ing)? | cure[sd]? | treats | prevents? |
        proven | guaranteed? | detox\w* | toxins? | rewires? | neural\ pathways? |
        both\ sides\ of\ the\ brain | cortisol | serotonin | dopamine | oxytocin |
        hyperactiv\w* | adhd | autis\w+ | normali[sz]es? | secure\ attachment |
        lifelong\ mental\ health | as\ good\ as | drug-free | clears\ mucus | no\ risk
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.fixture(scope="module")
def catalogue(real_project: Project) -> Catalogue:
    return real_project.catalogue


@pytest.fixture(scope="module")
def english(real_project: Project) -> dict[str, str]:
    return {key: string.text for key, string in real_project.locales["en"].strings.items()}


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


def test_effects_are_hedged(catalogue: Catalogue, english: dict[str, str]) -> None:
    effects = [b for b in catalogue.benefits if b.kind == "effect"]
    assert len(effects) > 15
    bare = {
        b.id: english[f"benefit.{b.id}.hedged"]
        for b in effects
        if not MEASURED.search(english[f"benefit.{b.id}.hedged"])
        and not NEGATED.search(english[f"benefit.{b.id}.hedged"])
    }
    assert set(bare) == ABOUT_ANSWERING


def test_every_lead_in_is_hedged(catalogue: Catalogue, english: dict[str, str]) -> None:
    for group in catalogue.groups:
        assert re.search(r"\b(may|can|might)\b", english[f"group.{group.id}.lead"]), group.id


def _claims(strings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is printed as ours: all but the list items that stand under a hedged lead-in."""
    for key, text in strings.items():
        if not key.endswith(".taught"):
            yield key, text


def test_no_blocked_word_is_printed_as_ours(english: dict[str, str]) -> None:
    claims = dict(_claims(english))
    assert len(claims) > 250
    negations = re.compile(r"does not treat|not (take|been)", re.IGNORECASE)
    found = {
        key: text
        for key, text in claims.items()
        if BLOCKED.search(text) and not negations.search(text)
    }
    assert found == {}


def test_the_block_list_can_block() -> None:
    for text in ("It boosts immunity.", "Massage heals.", "Clinically proven!", "raises oxytocin"):
        assert BLOCKED.search(text)
    assert not BLOCKED.search("It can help your baby settle. Ask your health professional.")


def test_taught_wordings_name_nothing_blocked_beyond_the_seed(english: dict[str, str]) -> None:
    """Exempt from hedging, for they stand under a lead-in; not from sense."""
    worst = re.compile(r"\bcure|proven|guarantee|detox|toxin|autis|adhd|cortisol|oxytocin", re.I)
    taught = {key: text for key, text in english.items() if key.endswith(".taught")}
    assert len(taught) == 38
    assert {key: text for key, text in taught.items() if worst.search(text)} == {}


VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    word = word.lower().replace("’", "").replace("'", "")
    count = len(VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade level."""
    sentences = max(len(re.findall(r"[.!?:]+(?:\s|$|”)", text)), 1)
    words = re.findall(r"[A-Za-z’'-]+", text)
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * total / len(words) - 15.59


def test_the_grade_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45, abs=0.05)
    assert grade("Organisational responsibilities necessitate considerable deliberation.") > 20


@pytest.mark.parametrize("of", ["benefit", "safety", "group", "stroke", "talk", "week", "cue"])
def test_english_reads_easily(english: dict[str, str], of: str) -> None:
    """Grade 6 for a sheet's worth of sentences, none of them alone over grade 10."""
    sentences = [
        text
        for key, text in english.items()
        if key.startswith(f"{of}.") and text.rstrip("”").endswith((".", "?", "!"))
    ]
    if not sentences:
        assert of == "cue"
        return
    assert grade(" ".join(sentences)) <= 6
    assert {text: grade(text) for text in sentences if grade(text) > 10} == {}


def test_languages_are_complete(real_project: Project) -> None:
    assert set(real_project.locales) == {"en", *TRANSLATIONS}
    source = real_project.locales["en"].strings
    assert len(source) > 300
    for tag in TRANSLATIONS:
        locale = real_project.locales[tag]
        assert set(locale.strings) == set(source), tag
        assert locale.missing == ()
        for key, string in locale.strings.items():
            assert string.status == "draft", (tag, key)
            assert not string.stale, (tag, key)
            assert placeholders(string.text) == placeholders(source[key].text), (tag, key)
            assert string.text.count("**") % 2 == 0, (tag, key)
            assert string.text == string.text.strip(), (tag, key)


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_hashes_are_those_of_the_english(
    tag: str, real_world: World, english: dict[str, str]
) -> None:
    path = real_world.data("catalogue") / "locales" / f"{tag}.yaml"
    strings = yaml.safe_load(path.read_text("utf-8"))["strings"]
    assert len(strings) == len(english)
    wrong = [key for key, entry in strings.items() if entry["source"] != source_hash(english[key])]
    assert wrong == []


SCRIPTS = {"ar": r"[\u0600-\u06ff]", "zh-Hans": r"[\u4e00-\u9fff]"}


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_translations_are_translations(real_project: Project, tag: str) -> None:
    source, locale = real_project.locales["en"].strings, real_project.locales[tag]
    same = [k for k, s in locale.strings.items() if s.text == source[k].text and _words(s.text)]
    assert same == []
    pattern = SCRIPTS.get(tag)
    if pattern:
        foreign = [k for k, s in locale.strings.items() if not re.search(pattern, s.text)]
        assert [k for k in foreign if not placeholders(locale.strings[k].text)] == []


def _words(text: str) -> bool:
    """Whether there is more to translate than placeholders and a single name."""
    return len(re.sub(r"\{\w+\}|\W", "", text)) > 12


NEVER = {"es": "[Nn]unca", "de": "[Nn]ie", "ar": "أبد|لا ", "zh-Hans": "不|勿|切勿|绝"}


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_lead_ins_are_hedged_in_every_language(real_project: Project, tag: str) -> None:
    hedge = {
        "es": r"pued\w+|podr[ií]a",
        "de": r"k(ann|önn\w+)",
        "ar": r"قد|يمكن",
        "zh-Hans": r"可能|或许|也许",
    }
    strings = real_project.locales[tag].strings
    for group in real_project.catalogue.groups:
        assert re.search(hedge[tag], strings[f"group.{group.id}.lead"].text), group.id
    assert re.search(NEVER[tag], strings["talk.temper"].text)


def test_digits_survive_translation(real_project: Project) -> None:
    """Numbers in a string (45 minutes, 5 days) are the same in every language."""
    source = real_project.locales["en"].strings
    number = re.compile(r"\d+")
    seen = 0
    for tag in TRANSLATIONS:
        locale: Locale = real_project.locales[tag]
        for key, string in source.items():
            wanted = sorted(number.findall(string.text))
            found = sorted(number.findall(_latin(locale.strings[key].text)))
            assert found == wanted, (tag, key)
            seen += len(wanted)
    assert seen >= 8


def _latin(text: str) -> str:
    return text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
