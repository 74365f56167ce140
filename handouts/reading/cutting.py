"""Texts into sentences and words (UAX #29 by ICU, with what it leaves to the language).

A sentence ends at a full stop, question mark, exclamation mark, colon or semicolon: Flesch's
own rule, and that of those who fitted his formula to other languages. Thai and Lao write no
full stop; there a space ends what is read in one breath, so that is what is measured.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from icu4py.breakers import BaseBreaker, SentenceBreaker, WordBreaker

_BREATHS = ("Thai", "Laoo")
"""Scripts in which a space ends a clause or a sentence and nothing else does."""
_UNSPACED = (*_BREATHS, "Khmr", "Mymr")
"""Scripts whose words ICU finds with a dictionary."""
SQUARE = ("Hans", "Hant", "Hani", "Jpan", "Kore")
"""Scripts whose sentences are measured in characters."""

_PAUSE = re.compile(r"(?<=[:;؛፤])\s+|(?<=[：；])")
_BREATH = re.compile(r"(?<![\d])\s+(?!\d)")
_SPACE = re.compile(r"[\s/–—\u1361]+")


def sentences(text: str, language: str, script: str = "Latn") -> list[str]:
    """The sentences of a text, in order.

    Args:
        text: what a parent reads.
        language: BCP 47 tag.
        script: ISO 15924 code of the language's script.
    """
    pause = _BREATH if script in _BREATHS else _PAUSE
    found = [
        piece.strip()
        for sentence in _segments(SentenceBreaker, text, _primary(language))
        for piece in pause.split(sentence)
    ]
    return [piece for piece in found if has_letter(piece)]


def words(sentence: str, language: str, script: str = "Latn") -> list[str]:
    """The words of a sentence; marks that stand alone are none.

    A compound with a hyphen is one word, as in the formulas. In Chinese, Japanese and Korean
    each character counts, since that is what their sentences are measured in.
    """
    if script in SQUARE:
        return [character for character in sentence if _is_letter(character)]
    if script in _UNSPACED:
        pieces = _segments(WordBreaker, sentence, _primary(language))
    else:
        pieces = tuple(_SPACE.split(sentence))
    return [piece for piece in pieces if has_letter(piece)]


def letters(word: str) -> int:
    """How many letters and digits a word has, without the marks on them."""
    return sum(map(_is_letter, word))


def has_letter(text: str) -> bool:
    """Whether there is anything to read aloud."""
    return any(map(_is_letter, text))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _primary(language: str) -> str:
    return language.partition("-")[0]


@lru_cache(maxsize=4096)
def _segments(breaker: type[BaseBreaker], text: str, language: str) -> tuple[str, ...]:
    """ICU's segments; its offsets count UTF-16 units, of two bytes each."""
    units = text.encode("utf-16-le")
    return tuple(
        units[2 * start : 2 * end].decode("utf-16-le")
        for start, end in breaker(text, language).segments()
    )
