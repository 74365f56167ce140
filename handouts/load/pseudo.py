"""Languages nobody speaks, made from the source language for authors of layouts and for tests.

``en-XA`` is English with accents, a third longer, labels twice as long: what fits with it fits
in most languages. ``ar-XB`` is English on mirrored pages: what stands on the wrong side there
would in Arabic. Tags and purpose are CLDR's (pseudo-locales).
"""

from __future__ import annotations

import re
from dataclasses import replace

from handouts.model.locale import PSEUDO, Locale, LocaleString

GROWTH = 1.35
"""How much longer a sentence is than in English."""
LABEL = 20
"""Characters up to which a text is a label, and doubled."""

_KEPT = re.compile(r"\{[a-z_]+\}|\*\*")
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñöşüýÅÇÉÎÑØŠÛÝ")
_VOWELS = frozenset("áéíöüýÅÉÎØÛÝ")


def pseudo_locale(tag: str, source: Locale) -> Locale:
    """The pseudo-locale of this tag, made from the source language."""
    if PSEUDO[tag] == "rtl":
        return replace(source, tag=tag, direction="rtl")
    strings = {
        name: LocaleString(lengthened(one.text), one.status) for name, one in source.strings.items()
    }
    return replace(source, tag=tag, strings=strings)


def lengthened(text: str) -> str:
    """The text with accents and a third longer, in brackets that show when it is cut.

    Placeholders and marks of emphasis stay as they are.
    """
    accented = _accented(text)
    if len(text) <= LABEL:
        return f"[{accented} {accented}]" if not _KEPT.search(text) else f"[{accented}]"
    wanted, have = int(len(text) * GROWTH), len(text) + 2
    out: list[str] = []
    for piece in _pieces(accented):
        for character in piece:
            out.append(character)
            if not _KEPT.fullmatch(piece) and character in _VOWELS and have < wanted:
                out.append(character.lower())
                have += 1
    return f"[{''.join(out)}]"


def _accented(text: str) -> str:
    return "".join(
        piece if _KEPT.fullmatch(piece) else piece.translate(_ACCENTS) for piece in _pieces(text)
    )


def _pieces(text: str) -> list[str]:
    """The text cut into what is kept as it is and what is not."""
    return [piece for piece in re.split(f"({_KEPT.pattern})", text) if piece]
