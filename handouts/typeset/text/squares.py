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

_Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each."""

_HAN: _Ranges = (
    *((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3041, 0x3096), (0x309D, 0x309F)),
    *((0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
"""Ideographs and kana."""
_WESTERN: _Ranges = (
    *((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA)),
    *((0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1FFF)),
)
"""Letters and digits."""
_BORDER = re.compile("(?<=h)(?=w)|(?<=w)(?=h)")


class _Kinds(dict[int, str]):
    """By code point: ``h`` for an ideograph or kana, ``w`` for a letter or digit, ``-`` for others.

    Sets of so many characters take regular expressions milliseconds to compile.
    """

    def __missing__(self, point: int) -> str:
        kind = "h" if _is_in(_HAN, point) else "w" if _is_in(_WESTERN, point) else "-"
        self[point] = kind
        return kind


def _is_in(ranges: _Ranges, point: int) -> bool:
    return any(first <= point <= last for first, last in ranges)


_KINDS = _Kinds()

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
    for match in _BORDER.finditer(text.translate(_KINDS), start):
        if match.start() > end:
            return
        yield match.start()


def is_border(text: str, place: int) -> bool:
    """Whether there is air at a place of the text."""
    return place > 0 and text[place - 1 : place + 1].translate(_KINDS) in ("hw", "wh")


def begins_han(text: str) -> bool:
    """Whether the first character is an ideograph or kana."""
    return text[:1].translate(_KINDS) == "h"
