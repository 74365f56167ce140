"""Syllables as they are spoken, for the languages whose formulas ask for them.

Hyphenation points are no syllables of speech (no break after a lone letter, none before a
silent ending), and the libraries that count those need dictionaries to be fetched. So each
language has its rule here: which vowels are spoken together, and which are silent. Rules of
spelling miss some words; over a page the mistakes are small beside the formulas' own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_ENGLISH = {
    **dict.fromkeys(("ache", "aches", "clothes", "friend", "friends"), 1),
    **dict.fromkeys(("business", "different", "evening", "every", "lifelong", "people"), 2),
    **dict.fromkeys(("science", "someone", "something", "sometimes"), 2),
    **dict.fromkeys(("area", "caregiver", "caregivers", "families", "family", "idea"), 3),
}
"""What the rules below get wrong, among words that handouts use."""
_EN_SILENT = re.compile(
    r"""(?<=[^aeiouy]) (?: (?<![^aeiouy]l) e$              # take, but not little
        | (?<![^aeiouy]l) (?<![sxzcg]) (?<!sh|ch) es$      # strokes, but not bruises, circles
        | (?<![td]) ed$                                    # rubbed, but not wanted
        | (?<![^aeiouy]l) e (?=(?:ly|ful|less|ment|ness)s?$)   # safely, but not suppleness
        )""",
    re.VERBOSE,
)
_EN_APART = re.compile(
    r"""(?<![cstg]) i (?=[aou]) (?!(?<=[aeioul]li)(?:a[nr]|on))   # trial, but not special, million
        | i (?=et)                                         # quiet
        | (?<![cstf]) (?<!fr) i (?=en) | (?<=[^aeiouy]) i (?=er$|est$)   # audience, easier
        | (?<![qg]) u (?=a) | [aeiouy] (?=ing)             # usual, doing
        | (?<=cr) e (?=at(?!u)|ac) | (?<=vid) e (?=o)           # create, but not creature; video
        | (?<=th) m$ | (?<=s) m$                           # rhythm, spasm
    """,
    re.VERBOSE,
)
_EN_GLIDE = re.compile(r"(?<=[aeiou])y(?=[aeiou])")
_EN_GROUP = re.compile(r"[aeiouy]+")


def _english(word: str) -> int:
    if word in _ENGLISH:
        return _ENGLISH[word]
    spelled = _EN_GLIDE.sub("j", word)
    spoken = len(_EN_GROUP.findall(spelled)) + len(_EN_APART.findall(spelled))
    return spoken - len(_EN_SILENT.findall(spelled))


_ES_GROUP = re.compile(r"[aeiouáéíóúü]+")
_ES_LAST = re.compile(r"y$")
_ES_STRONG = re.compile(r"[aeoáéóíú]")


def _spanish(word: str) -> int:
    """Strong vowels and accented weak ones are syllables; other weak ones go with them."""
    groups = _ES_GROUP.findall(_ES_LAST.sub("i", word))
    return sum(max(1, len(_ES_STRONG.findall(group))) for group in groups)


_FR_GROUP = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_FR_MUTE = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])es?$")
_FR_APART = re.compile(r"é(?=[aoiu])|[aou](?=[ëï])")
_FR_GLIDE = re.compile(r"(?<=[aeou])y(?=[aeiouéè])")


def _french(word: str) -> int:
    spelled = _FR_GLIDE.sub("j", word)
    groups = len(_FR_GROUP.findall(spelled)) + len(_FR_APART.findall(spelled))
    return groups - len(_FR_MUTE.findall(spelled))


_DE_GROUP = re.compile(r"ei|ai|ey|ay|au|äu|eu|ie|aa|ee|oo|[aeiouyäöüéèàâêô]")
_DE_APART = re.compile(r"(?:stud|famil|lin|ferien|petersil)ie(?=n?$)|(?<=\bg)e(?=i[nm])")


def _german(word: str) -> int:
    return len(_DE_GROUP.findall(word)) + len(_DE_APART.findall(word))


_NL_GROUP = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyäëïöüáéèê]")
_RU_VOWEL = re.compile(r"[аеёиоуыэюя]")
_TR_VOWEL = re.compile(r"[aeıioöuüâîû]")


def _each(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda word: len(pattern.findall(word))


_RULES: dict[str, Callable[[str], int]] = {
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "de": _german,
    "nl": _each(_NL_GROUP),
    "ru": _each(_RU_VOWEL),
    "tr": _each(_TR_VOWEL),
}
_NO_LETTER = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=65536)
def syllables(word: str, language: str) -> int:
    """How many syllables a word is spoken with: at least one; each digit is one.

    Args:
        word: a word as written, with whatever marks stand at it.
        language: BCP 47 tag.

    Returns:
        0 for a language no rule is known for.
    """
    rule = _RULES.get(language.partition("-")[0])
    if rule is None:
        return 0
    parts = _NO_LETTER.sub(" ", _joined(word)).split()
    return max(1, sum(_part(part, rule) for part in parts))


def _part(part: str, rule: Callable[[str], int]) -> int:
    return len(part) if part.isdigit() else max(1, rule(part))


def _joined(word: str) -> str:
    """In lower case, what an apostrophe cuts off joined to its word: baby’s, l’huile."""
    return word.lower().replace("i̇", "i").replace("’", "").replace("'", "")
