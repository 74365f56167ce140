"""The script of every character of a paragraph (UAX #24).

HarfBuzz carries the Script property; `script_extensions` adds which scripts share a mark,
a comma or a danda. `itemise` cuts runs where the script changes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import uharfbuzz as hb

from handouts.typeset.text.bidi_types import CLOSING, OPENING
from handouts.typeset.text.script_extensions import script_extensions

COMMON = "Zyyy"

CJK = frozenset(("Hani", "Hira", "Kana", "Bopo"))
"""Scripts set without spaces in a square for each character."""


_LETTER = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_BEYOND = re.compile("[^\x00-\u024f]")


def is_latin(text: str) -> bool:
    """Whether a text has no characters but those of Basic Latin up to Latin Extended-B."""
    return text.isascii() or not _BEYOND.search(text)


@lru_cache(maxsize=16384)
def script(character: str) -> str:
    """The character's script as an ISO 15924 code; Zyyy for what no single script owns."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return buffer.script or COMMON


@lru_cache(maxsize=16384)
def is_cjk(character: str) -> bool:
    """Whether text may be opened up beside it: ideographs, kana and their punctuation."""
    return (
        script(character) in CJK
        or "\u3000" <= character <= "\u303f"
        or character in "\u30fb\u30fc"
        or "\uff00" <= character <= "\uff60"
    )


def scripts(text: str) -> list[str]:
    """One script per character; Zyyy only where the whole text has no script of its own.

    Shared characters go with the text before them when that script uses them, closing
    brackets with their opening one (UAX #24, 5.1 and 5.2).
    """
    if is_latin(text):
        return ["Latn" if _LETTER.search(text) else COMMON] * len(text)
    found = [script(character) for character in text]
    if COMMON not in found:
        return found
    brackets: list[tuple[str, str]] = []
    current = COMMON
    for i, character in enumerate(text):
        if found[i] != COMMON:
            current = found[i]
            continue
        if character in CLOSING:
            current = _opened(brackets, CLOSING[character]) or current
        current = found[i] = _shared(character, current, found, i)
        if character in OPENING and current != COMMON:
            brackets.append((OPENING[character], current))
    return _lead(found)


def _opened(brackets: list[tuple[str, str]], close: str) -> str | None:
    for depth in range(len(brackets) - 1, -1, -1):
        if brackets[depth][0] == close:
            chosen = brackets[depth][1]
            del brackets[depth:]
            return chosen
    return None


def _shared(character: str, current: str, found: list[str], at: int) -> str:
    """The script of a shared character: the one before it, or the nearest that uses it.

    A mark always stays with its base: a cluster is never cut.
    """
    shared_by_all = character < "\u0300" or unicodedata.category(character)[0] == "M"
    users = None if shared_by_all else script_extensions().get(character)
    if users is None or current in users:
        return current
    following = next((name for name in found[at + 1 :] if name != COMMON), None)
    return following if following in users else min(users)


def _lead(found: list[str]) -> list[str]:
    """Shared characters at the beginning take the first script that follows."""
    first = next((i for i, name in enumerate(found) if name != COMMON), 0)
    found[:first] = [found[first]] * first
    return found
