"""The formulas against worked examples, published or by hand."""

from __future__ import annotations

import pytest

from handouts.reading import Counts, Scale, counted, sentences
from handouts.reading import scales as scales_of
from handouts.reading.scales import (
    AMSTAD,
    ATESMAN,
    DOUMA,
    FERNANDEZ_HUERTA,
    GULPEASE,
    KANDEL_MOLES,
    KINCAID,
    LIX,
    OBORNEVA,
    VIENNA,
    lengths,
)

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


def score(scale: Scale, text: str, language: str) -> float:
    return scale.score(counted(sentences(text, language), language))


def test_flesch_kincaid_on_its_published_example() -> None:
    """13 words, 24 syllables, grade 11.3."""
    counts = counted([PLATYPUS], "en")
    assert (counts.words, counts.syllables) == (13, 24)
    assert KINCAID.score(counts) == pytest.approx(11.3, abs=0.05)


def test_flesch_kincaid_of_a_primer() -> None:
    """Six words of one syllable: 0.39 × 6 + 11.8 − 15.59."""
    assert score(KINCAID, "The cat sat on the mat.", "en") == pytest.approx(-1.45)


# 100 words in 5 sentences with 160 syllables, 480 letters; 20 words of more than six letters,
# 10 of three syllables or more, 60 of one.
SAMPLE = Counts(5, 100, 25, 480, 20, 160, 60, 10)


@pytest.mark.parametrize(
    ("scale", "wanted"),
    [
        (KINCAID, 0.39 * 20 + 11.8 * 1.6 - 15.59),  # 11.09
        (FERNANDEZ_HUERTA, 90.44),  # 206.84 − 0.60 × 160 − 1.02 × 20
        (KANDEL_MOLES, 68.94),  # 207 − 1.015 × 20 − 0.736 × 160
        (AMSTAD, 66.4),  # 180 − 20 − 58.5 × 1.6
        (VIENNA, 5.036),  # 0.1935 × 10 + 0.1672 × 20 + 0.1297 × 20 − 0.0327 × 60 − 0.875
        (DOUMA, 65.04),  # 206.84 − 0.93 × 20 − 0.77 × 160
        (OBORNEVA, 84.675),  # 206.835 − 1.3 × 20 − 60.1 × 1.6
        (ATESMAN, 82.345),  # 198.825 − 40.175 × 1.6 − 2.61 × 20
        (GULPEASE, 56),  # 89 + (300 × 5 − 10 × 480) / 100
        (LIX, 40),  # 20 + 20 %
    ],
    ids=lambda value: value.name if isinstance(value, Scale) else "",
)
def test_by_hand(scale: Scale, wanted: float) -> None:
    assert scale.score(SAMPLE) == pytest.approx(wanted, abs=0.005)


def test_easy() -> None:
    assert KINCAID.easy(6)
    assert not KINCAID.easy(6.1)
    assert AMSTAD.easy(60)
    assert not AMSTAD.easy(59.9)
    assert OBORNEVA.easy(-100)
    assert (KINCAID.wanted, AMSTAD.wanted, OBORNEVA.wanted) == ("up to 6", "at least 60", "")


@pytest.mark.parametrize(
    ("language", "script", "names"),
    [
        ("en-GB", "Latn", ["Flesch-Kincaid grade"]),
        ("es-MX", "Latn", ["Fernández-Huerta"]),
        ("de", "Latn", ["Flesch-Amstad", "Wiener 1"]),
        ("nl", "Latn", ["Flesch-Douma"]),
        ("sv", "Latn", ["LIX"]),
        ("uk", "Cyrl", ["LIX"]),
        ("vi", "Latn", []),
        ("ar", "Arab", []),
        ("ko", "Kore", []),
        ("th", "Thai", []),
    ],
)
def test_each_language_has_what_fits(language: str, script: str, names: list[str]) -> None:
    assert [scale.name for scale in scales_of(language, script)] == names


def test_every_scale_is_somebodys() -> None:
    tags = ("en", "es", "fr", "de", "it", "nl", "ru", "tr", "sv")
    used = {scale.name for tag in tags for scale in scales_of(tag, "Latn")}
    assert len(used) == 10


def test_length_is_in_characters_where_words_are_not_apart() -> None:
    assert (lengths("Jpan").unit, lengths("Jpan").longest) == ("characters", 40)
    assert (lengths("Thai").unit, lengths("Thai").mean, lengths("Thai").longest) == (
        "words",
        12,
        20,
    )
