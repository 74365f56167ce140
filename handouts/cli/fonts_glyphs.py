"""Which characters a text needs and which fonts have them, as the typesetter will find them.

Between ``fonts list`` and ``fonts check`` and the fonts: asks `handouts.typeset.text` itself, so
that no command promises a letter that a sheet then lacks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.model.document import Span

if TYPE_CHECKING:
    from handouts.model.fonts import FontLibrary
    from handouts.model.locale import Locale

WEIGHTS = (400, 700)
"""Plain and bold: a character must be there in both, whatever a sheet does with its string."""


def lacking(text: str, families: Sequence[str], library: FontLibrary) -> tuple[str, ...]:
    """Characters of a text that these families together cannot draw, in plain or in bold."""
    from handouts.typeset.text import missing

    found: dict[str, None] = {}
    for weight in WEIGHTS:
        found |= dict.fromkeys(missing((Span(text),), tuple(families), weight, "", library))
    return tuple(found)


def own_letters(locale: Locale) -> str:
    """Letters and marks that a language's strings have, without Latin names in other scripts.

    What is left out (digits, brackets, names) comes from Noto Sans, whatever the language.
    """
    used = {char for string in locale.strings.values() for char in string.text}
    latin = locale.script == "Latn"
    return "".join(sorted(c for c in used if _letter(c) and (latin or not _is_latin(c))))


def described(character: str) -> str:
    """``U+1E9E LATIN CAPITAL LETTER SHARP S``."""
    name = unicodedata.name(character, "without a name")
    return f"U+{ord(character):04X} {name}"


def as_rows(characters: Iterable[str]) -> list[dict[str, str]]:
    """Characters in JSON."""
    return [
        {
            "character": char,
            "code_point": f"U+{ord(char):04X}",
            "name": unicodedata.name(char, ""),
        }
        for char in characters
    ]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Characters that come from a family that is not one of the language's own."""

    family: str
    characters: tuple[str, ...]


def borrowed(
    characters: str, families: Sequence[str], others: Sequence[str], library: FontLibrary
) -> list[Borrowed]:
    """What `families` lack of the characters, by the first of the others that has it."""
    rest = lacking(characters, families, library)
    found = []
    for family in others:
        still = lacking("".join(rest), (family,), library) if rest else ()
        here = tuple(char for char in rest if char not in still)
        if here:
            found.append(Borrowed(family, here))
        rest = still
    return found


def _letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN ", "FULLWIDTH LATIN "))
