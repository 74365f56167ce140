"""Where the dictionaries of pyphen let a word be broken.

Beside `breaks`, for paragraphs whose style hyphenates: `setting` joins these places with the
soft hyphens of the text. Only scripts that use a hyphen; a language without a dictionary is
not hyphenated, and neither are addresses, numbers, short words and abbreviations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from handouts.typeset.text.breaks import addresses
from handouts.typeset.text.clean import LINE_END
from handouts.typeset.text.itemise import Run

if TYPE_CHECKING:
    from pyphen import Pyphen

_SCRIPTS = frozenset(("Latn", "Grek", "Cyrl"))

_WORD = re.compile(r"[^\w\s/@#&=?]*(?:[^\W\d_]{1,6}['’])?(?P<word>[^\W\d_]{5,})[^\w/@#&=\u00ad]*")
"""What stands between two breaks, when it is a word: an elided article stays outside."""

_BEFORE = 2
_AFTER = 3
"""Letters that stay together. Some languages allow two after the hyphen; a line that begins
with two letters is no gain in any."""

_SHORT_CAPITALS = 6
"""A word all in capitals with fewer letters is an abbreviation."""

_NAMES = {"no": "nb", "en": "en_US", "de": "de_DE", "pt": "pt_BR"}
"""Dictionaries of languages that have several, and of a name that stands for another."""
_VOWELS = frozenset("aeiouyæœøıаеиоуыэюяєіѣαεηιουω")


class Hyphens(NamedTuple):
    """Places within words; `final` are those in the last word before a line end in the text."""

    inner: tuple[int, ...]
    final: tuple[int, ...]


def hyphens(text: str, ends: Sequence[int], runs: Sequence[Run]) -> Hyphens:
    """Where the words of a text may be broken, each by the rules of its own language.

    Args:
        text: text of the paragraph.
        ends: where its lines may end without a hyphen.
        runs: what says the language and script of each word.
    """
    found: tuple[list[int], list[int]] = ([], [])
    kept_whole = addresses(text)
    for start, end in pairwise((0, *ends)):
        match = _WORD.fullmatch(text, start, end)
        if not match or any(a < end and start < b for a, b in kept_whole):
            continue
        first, last = match.span("word")
        lang = _language(runs, first, last)
        if lang is not None:
            is_final = end == len(text) or text[end - 1] == LINE_END
            found[is_final].extend(first + at for at in _places(match["word"], lang))
    return Hyphens(tuple(found[0]), tuple(found[1]))


def _language(runs: Sequence[Run], start: int, end: int) -> str | None:
    """The language of a word set in one; None for a word that is not."""
    kinds = {(r.lang, r.script) for r in runs if r.start < end and start < r.end}
    lang, script = kinds.pop()
    return lang if script in _SCRIPTS and not kinds else None


@lru_cache(maxsize=4096)
def _places(word: str, lang: str) -> tuple[int, ...]:
    """Where a word may be broken without a change of spelling."""
    dictionary = _dictionary(lang)
    if dictionary is None or len(word.lower()) != len(word):
        return ()
    if len(word) < _SHORT_CAPITALS and word.isupper():
        return ()
    places = [int(place) for place in dictionary.positions(word) if place.data is None]
    return tuple(a for a, b in pairwise((*places, len(word))) if _is_syllable(word[a:b]))


def _is_syllable(part: str) -> bool:
    """Whether a part has a vowel; one without belongs to the part before.

    The patterns of some languages count on rules for compounds that pyphen does not have, and
    cut off single consonants: Kur-s-anmeldung.
    """
    return not _VOWELS.isdisjoint(unicodedata.normalize("NFD", part.lower()))


@lru_cache(maxsize=32)
def _dictionary(lang: str) -> Pyphen | None:
    """The dictionary of a BCP 47 language, read when first needed: that takes half a second."""
    import pyphen

    region = lang.replace("-", "_")
    primary = region.partition("_")[0]
    exact = "_" in region and pyphen.language_fallback(region)
    if not exact or exact == primary:
        exact = pyphen.language_fallback(_NAMES.get(primary, primary))
    return pyphen.Pyphen(lang=exact, left=_BEFORE, right=_AFTER) if exact else None
