"""Words that are looked for in a text: hedges, negations, and claims nobody may make.

A pattern is a word or a few, compared without regard to capitals. It stands for whole words;
``*`` at its beginning or end stands for any letters, since languages inflect: ``*ebilir``. In a
script written without spaces there are no whole words to find, so it counts wherever it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_UNSPACED = frozenset(("Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Hans", "Hant", "Jpan", "Hani"))


def find_word(text: str, patterns: Iterable[str], script: str = "Latn") -> str | None:
    """The first of the patterns that stands in the text, or None.

    Args:
        text: what is searched.
        patterns: words, each with ``*`` where it may go on.
        script: ISO 15924 code of the text's script.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    return next((p for p in patterns if _stands(folded, p, script in _UNSPACED)), None)


def _stands(text: str, pattern: str, anywhere: bool) -> bool:
    core, opens, closes = _read(pattern)
    at = text.find(core)
    while at >= 0:
        end = at + len(core)
        before, after = text[at - 1 : at], text[end : end + 1]
        if anywhere or ((opens or not _letter(before)) and (closes or not _letter(after))):
            return True
        at = text.find(core, at + 1)
    return False


@lru_cache(maxsize=4096)
def _read(pattern: str) -> tuple[str, bool, bool]:
    """What to look for, and whether a word may go on before and after it."""
    core = unicodedata.normalize("NFC", pattern.strip("*")).casefold()
    return core, pattern.startswith("*"), pattern.endswith("*")


def _letter(character: str) -> bool:
    """Whether a word goes on: letters, the marks on them and digits."""
    return bool(character) and unicodedata.category(character)[0] in "LMN"
