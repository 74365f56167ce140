"""Full-width punctuation and foreign words in Chinese and Japanese lines (JLREQ 3.1, CLREQ 3.1).

Punctuation drawn in half of its square gives the other half away beside other punctuation and
at the edges of a line; between an ideograph or kana and a Latin letter or digit there is some
air. `shaping` does both; `setting` asks what a line edge changes. A line edge has no
neighbour: the text beyond it is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

AIR = 1000 / 6
"""Between ideograph and Latin, in 1/1000 em. CLREQ 3.2.2 has a quarter as the most, practice an
eighth as the least; a sixth parts the scripts and is still narrower than any word space."""

MOST_GIVEN = 1000 + AIR
"""By how much a line may be narrower than the sum of its advances: half an em at each edge, and
the air after its last character."""

_STOPS = "、。，．"
_MARKS = "：；！？"
"""In the left half of the square in mainland China only; elsewhere in its middle."""
_CLOSING = "）」』】〉》〕］｝〗〙”’"
_OPENING = "（「『【〈《〔［｛〖〘“‘"

LEADING = frozenset(_OPENING)
"""Blank in the first half: trimmed where a line begins."""
TRAILING = frozenset(_STOPS + _MARKS + _CLOSING)
"""Blank in the second half, in some language at least: trimmed where a line ends."""

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WESTERN = (
    "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
    "\u1e00-\u1fff"
)
_BORDER = re.compile(f"(?<=[{_HAN}])(?=[{_WESTERN}])|(?<=[{_WESTERN}])(?=[{_HAN}])")
_BEGINS_HAN = re.compile(f"[{_HAN}]")

_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
_TRADITIONAL_LANGUAGES = frozenset(("yue", "nan", "hak", "lzh"))
"""Sinitic languages that are written in Traditional characters unless the tag says otherwise."""


def half(text: str, lang: str) -> list[tuple[int, int]]:
    """Ranges of punctuation that takes half its width; text ends are line edges."""
    return [match.span() for match in _loose(lang).finditer(text)]


@lru_cache(maxsize=64)
def _loose(lang: str) -> re.Pattern[str]:
    """Of two marks the first gives its blank half away, if it has one on that side.

    In Traditional Chinese stops stand in the middle of their square: only brackets give.
    """
    parts = lang.lower().split("-")
    centred = not _TRADITIONAL.isdisjoint(parts) or (
        parts[0] in _TRADITIONAL_LANGUAGES and "hans" not in parts
    )
    stops = "" if centred else _STOPS + (_MARKS if parts[0] == "zh" else "")
    before = _OPENING + (_STOPS if centred else "")
    near = _CLOSING + _OPENING + _STOPS + _MARKS
    return re.compile(
        rf"[{stops}{_CLOSING}](?![^{near}\n])|(?<![^{before}\n])[{_OPENING}]",
    )


def borders(text: str, start: int, end: int) -> Iterator[int]:
    """Places from `start` up to `end` where an ideograph or kana meets a letter or digit."""
    for match in _BORDER.finditer(text, start):
        if match.start() > end:
            return
        yield match.start()


def is_border(text: str, place: int) -> bool:
    """Whether there is air at a place of the text."""
    return bool(_BORDER.match(text, place))


def begins_han(text: str) -> bool:
    """Whether the first character is an ideograph or kana."""
    return bool(_BEGINS_HAN.match(text))
