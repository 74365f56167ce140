"""How much of a text comes back: its characters in order, and its words whole."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_IGNORED = re.compile("[\\s\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
"""White space, bidi controls, and characters that only say where lines may end."""


def similarity(source: str, text: str) -> float:
    """0 to 100: shared characters in the same order, white space and bidi controls aside.

    A letter that comes back as its parts is another spelling: who searches for it as it is typed
    does not find it.
    """
    one, other = (_IGNORED.sub("", each) for each in (source, text))
    if one == other:
        return 100.0
    # Never 100 unless it is exact.
    return min(SequenceMatcher(None, one, other, autojunk=False).ratio() * 100, 99.9)


def whole_words(source: str, text: str) -> float:
    """Percentage of the words between white space that come back as words."""
    wanted, got = (Counter(_words(each)) for each in (source, text))
    return 100 * (wanted & got).total() / wanted.total()


def _words(text: str) -> list[str]:
    return [word for word in (_IGNORED.sub("", word) for word in text.split()) if word]
