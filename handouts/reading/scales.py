"""The formula that fits each language, and up to where its result is easy.

All are old and rough: they see long words and long sentences and nothing else. LIX, made for
Swedish, serves the alphabets that have no formula of their own: its result tells one text from
another, less so one language from another. Where vowels are not written, or words not apart,
sentences are measured alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.reading.counts import Counts
from handouts.reading.cutting import SQUARE

_ALPHABETS = ("Latn", "Cyrl", "Grek", "Armn", "Geor")
_SYLLABLES_APART = ("vi",)
"""Languages that write each syllable as a word: no formula knows what a long word is there."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A formula. Its result is easy `up_to` a number, or `at_least` one; some have no limit."""

    name: str
    score: Callable[[Counts], float]
    up_to: float | None = None
    at_least: float | None = None

    def easy(self, score: float) -> bool:
        """Whether a parent with few years of school can read it."""
        if self.up_to is not None:
            return score <= self.up_to
        return self.at_least is None or score >= self.at_least

    @property
    def wanted(self) -> str:
        """The limit in words; nothing when there is none."""
        if self.up_to is not None:
            return f"up to {self.up_to:g}"
        return "" if self.at_least is None else f"at least {self.at_least:g}"


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long sentences may be: on average, and the longest; None where nothing is known."""

    unit: str
    mean: float | None
    longest: int


def _flesch(start: float, word: float, sentence: float) -> Callable[[Counts], float]:
    """The form of Flesch (1948), which others fitted to their languages."""
    return lambda c: start - word * c.per_word - sentence * c.per_sentence


def _vienna(c: Counts) -> float:
    """First Vienna formula for prose (Bamberger and Vanecek, 1984), in school years."""
    hard, long, short = (c.share(n) for n in (c.many_syllables, c.long_words, c.one_syllable))
    return 19.35 * hard + 0.1672 * c.per_sentence + 12.97 * long - 3.27 * short - 0.875


KINCAID = Scale(
    "Flesch-Kincaid grade", lambda c: 0.39 * c.per_sentence + 11.8 * c.per_word - 15.59, up_to=6
)
FERNANDEZ_HUERTA = Scale("Fernández-Huerta", _flesch(206.84, 60, 1.02), at_least=70)
KANDEL_MOLES = Scale("Kandel-Moles", _flesch(207, 73.6, 1.015), at_least=70)
AMSTAD = Scale("Flesch-Amstad", _flesch(180, 58.5, 1), at_least=60)
VIENNA = Scale("Wiener 1", _vienna, up_to=6)
DOUMA = Scale("Flesch-Douma", _flesch(206.84, 77, 0.93))
OBORNEVA = Scale("Flesch-Oborneva", _flesch(206.835, 60.1, 1.3))
ATESMAN = Scale("Ateşman", _flesch(198.825, 40.175, 2.61), at_least=70)
GULPEASE = Scale(
    "Gulpease", lambda c: 89 + 300 / max(c.per_sentence, 1) - 10 * c.letters_per_word, at_least=60
)
LIX = Scale("LIX", lambda c: c.per_sentence + 100 * c.share(c.long_words), up_to=35)

_OWN: dict[str, tuple[Scale, ...]] = {
    "en": (KINCAID,),
    "es": (FERNANDEZ_HUERTA,),
    "fr": (KANDEL_MOLES,),
    "de": (AMSTAD, VIENNA),
    "it": (GULPEASE,),
    "nl": (DOUMA,),
    "ru": (OBORNEVA,),
    "tr": (ATESMAN,),
}


def scales(language: str, script: str) -> tuple[Scale, ...]:
    """The formulas for a language, the one that decides first; none where none fits."""
    primary = language.partition("-")[0]
    if primary in _OWN:
        return _OWN[primary]
    fits = script in _ALPHABETS and primary not in _SYLLABLES_APART
    return (LIX,) if fits else ()


def lengths(script: str) -> Lengths:
    """How long sentences may be in a script."""
    return Lengths("characters", None, 40) if script in SQUARE else Lengths("words", 12, 20)
