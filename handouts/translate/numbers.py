"""Numbers in a translation: the same as in the English, in whatever digits."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_RUN = re.compile(r"\d+")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "first": 1,
    "second": 2,
    "third": 3,
}
SPELT = 12
"""Numbers up to here are often written in words; that a translation does so is no mistake."""


def numbers(text: str) -> Counter[int]:
    """Every run of decimal digits, of any script."""
    found = Counter[int]()
    for run in _RUN.findall(_PLACEHOLDER.sub(" ", text))[:50]:
        found[int("".join(str(unicodedata.decimal(d)) for d in run[:30]))] += 1
    return found


def compared(english: str, text: str) -> tuple[list[int], list[int]]:
    """Numbers the translation lost, and those it has for itself.

    What English writes in words ("five weeks") a translation may write in digits.
    """
    here, there = numbers(text), numbers(english)
    words = Counter(_WORDS[w] for w in re.findall(r"[a-z]+", english.lower()) if w in _WORDS)
    return list((there - here).elements()), list((here - there - words).elements())
