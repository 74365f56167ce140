"""The letters a brand's own words are written with, as far as a language can tell.

Every face of a document carries them in its subset, so that most brands' documents in one
language have the same fonts. Only letters that look the same wherever they stand are worth it:
joined scripts are drawn with other forms. Of Chinese characters there are too many, but those of
the sheet's own words around the brand's are known.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from handouts.compose.kept import kept
from handouts.model.locale import Locale, LocaleString

_ALWAYS = string.ascii_letters + string.digits + "\u00a0 .,;:!?'\"&()+-/@_#’–·"
_SQUARE = re.compile("[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_ALPHABETS = frozenset(("Latn", "Cyrl", "Grek", "Hebr"))


def letters(locales: Iterable[Locale], around: Iterable[str]) -> str:
    """The letters of a sheet's languages, in code point order.

    Args:
        locales: the languages.
        around: the sheet's own words in what differs from brand to brand.
    """
    squares = "".join(sorted(set(_SQUARE.findall("".join(around)))))
    return _together((*[_of(locale.strings, locale.script) for locale in locales], squares))


@lru_cache(maxsize=64)
def _together(alphabets: tuple[str, ...]) -> str:
    return "".join(sorted(set(_ALWAYS).union(*alphabets)))


@kept(64)
def _of(strings: Mapping[str, LocaleString], script: str) -> str:
    """A language's letters, both cases of each, in code point order."""
    if script not in _ALPHABETS:
        return ""
    said = "".join([one.text for one in strings.values()])
    cased = sorted(set(said.upper() + said.lower()))
    return "".join([char for char in cased if unicodedata.category(char)[0] == "L"])
