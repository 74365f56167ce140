"""Whose letters a text is written in: a script mixed up with another is a wrong file, or a trap.

Python knows no scripts, but the name of every letter begins with its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NAMES = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Hans": ("CJK", "BOPOMOFO"),
    "Hant": ("CJK", "BOPOMOFO"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "Kore": ("HANGUL", "CJK"),
    "Deva": ("DEVANAGARI",),
    "Beng": ("BENGALI",),
    "Guru": ("GURMUKHI",),
    "Gujr": ("GUJARATI",),
    "Orya": ("ORIYA",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",),
    "Sinh": ("SINHALA",),
    "Thai": ("THAI",),
    "Laoo": ("LAO",),
    "Khmr": ("KHMER",),
    "Mymr": ("MYANMAR",),
    "Tibt": ("TIBETAN",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Armn": ("ARMENIAN",),
    "Mong": ("MONGOLIAN",),
    "Syrc": ("SYRIAC",),
    "Thaa": ("THAANA",),
    "Nkoo": ("NKO",),
    "Cher": ("CHEROKEE",),
    "Olck": ("OL",),
    "Adlm": ("ADLAM",),
}
_OF = {name: code for code, names in _NAMES.items() for name in names}
_WHOLE_WORDS = frozenset(("Hans", "Hant", "Jpan", "Kore"))
_DENSE = 3
"""How many Latin letters a character of these scripts is worth."""
_NAME = re.compile(r"(?<=[^.?!] )[A-Z][A-Za-z]+")
"""A word with a capital that does not begin a sentence."""
_LOOK_ALIKE = frozenset(("Latn", "Cyrl", "Grek", "Armn", "Cher"))
"""Scripts that share the looks of letters, so that a word in two of them is a mistake."""


@lru_cache(maxsize=8192)
def script_of(char: str) -> str | None:
    """The script of a letter; None for anything else, and for letters of no single script."""
    if not char.isalpha():
        return None
    first = unicodedata.name(char, "").split(" ")[0]
    return _OF.get(first)


def wrong_letters(text: str, script: str, english: str = "") -> str | None:
    """What is wrong with a text's letters for a language in this script, or None.

    Placeholders count for nothing, and neither do names that stand in the English too.
    """
    names = "|".join(re.escape(name) for name in _NAME.findall(english))
    text = re.sub(rf"\{{[a-z_]+\}}{'|' if names else ''}{names}", " ", text)
    letters = [(char, found) for char in text if (found := script_of(char))]
    own = frozenset(_NAMES.get(script, ()))
    if not letters or not own:
        return None
    mixed = _mixed_word(text)
    if mixed:
        return f"'{mixed}' mixes letters that look alike but are of different scripts"
    mine = [char for char, _ in letters if _belongs(char, own)]
    foreign = [char for char, found in letters if not _belongs(char, own) and found != "Latn"]
    if foreign:
        char = foreign[0]
        return f"'{char}' ({unicodedata.name(char)}) is not of the language's script"
    weight = _DENSE if script in _WHOLE_WORDS else 1
    if len(letters) >= 4 and len(mine) * weight < len(letters) - len(mine):
        return f"most of its letters are not of the language's script ({script})"
    return _wrong_chinese(text, script)


def _belongs(char: str, own: frozenset[str]) -> bool:
    return unicodedata.name(char, "").split(" ")[0].split("-")[0] in own


def _mixed_word(text: str) -> str | None:
    word, seen = "", set[str]()
    for char in f"{text} ":
        if char.isalpha() or unicodedata.combining(char):
            word += char
            found = script_of(char)
            seen |= {found} & _LOOK_ALIKE if found else set()
            continue
        if len(seen) > 1:
            return word
        word, seen = "", set()
    return None


def _wrong_chinese(text: str, script: str) -> str | None:
    """Simplified where traditional is meant, or the other way about.

    The old national character sets say which characters only one of the two has.
    """
    if script not in ("Hans", "Hant"):
        return None
    only = {"Hans": _only(text, "gb2312", "big5"), "Hant": _only(text, "big5", "gb2312")}
    mine, other = only[script], only["Hant" if script == "Hans" else "Hans"]
    if len(other) < 2 or len(other) <= len(mine):
        return None
    names = {"Hans": "simplified", "Hant": "traditional"}
    return f"it is not in {names[script]} characters: {''.join(other[:5])}"


def _only(text: str, here: str, there: str) -> list[str]:
    return [c for c in text if script_of(c) and _encodes(c, here) and not _encodes(c, there)]


@lru_cache(maxsize=8192)
def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
