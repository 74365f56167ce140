"""The letters a brand's own words are written with, as far as a language can tell.

Every face of a document carries them in its subset, so that most brands' documents in one
language have the same fonts. Only letters that look the same wherever they stand are worth it:
joined scripts are drawn with other forms, and of Chinese characters there are too many.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable

from handouts.model.locale import Locale, LocaleString

_ALWAYS = string.ascii_letters + string.digits + " .,;:!?'\"&()+-/@_#’–·"
_ALPHABETS = frozenset(("Latn", "Cyrl", "Grek", "Hebr"))
_MOST_KEPT = 64
_KEPT: dict[int, tuple[object, str]] = {}


def letters(locales: Iterable[Locale]) -> str:
    """The letters of a sheet's languages, in code point order."""
    return "".join(sorted(set(_ALWAYS).union(*map(_of, locales))))


def _of(locale: Locale) -> str:
    """A language's letters, both cases of each; kept by the identity of its strings."""
    if locale.script not in _ALPHABETS:
        return ""
    kept = _KEPT.get(id(locale.strings))
    if kept is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        found = set().union(*(_letters(one) for one in locale.strings.values()))
        kept = _KEPT[id(locale.strings)] = (locale.strings, "".join(found))
    return kept[1]


def _letters(one: LocaleString) -> set[str]:
    cased = one.text.upper() + one.text.lower()
    return {char for char in cased if unicodedata.category(char)[0] == "L"}
