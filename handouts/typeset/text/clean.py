"""Spans as one text with style borders, and the text without what is never drawn.

First thing done to a paragraph: control characters become spaces, line ends or nothing;
after the levels are known, bidi marks and isolates are taken out, so that no later step can
turn one into a glyph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.model.document import Span

LINE_END = "\n"
SOFT_HYPHEN = "\u00ad"
HANGING = frozenset(
    " \n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u205f\u3000"
)
"""White space that may stand past the end of a line."""

_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\t\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
BIDI_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_IGNORABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class Piece(NamedTuple):
    """What decides the shape of a piece of text."""

    text: str
    bold: bool
    italic: bool
    lang: str | None


def without_controls(text: str) -> str:
    """Line separators as line feeds, tabs as spaces, no other controls or lone surrogates."""
    if text.isprintable() or not _UNCLEAN.search(text):
        return text
    return _CONTROL.sub("", _BLANK.sub(" ", _ENDS.sub(LINE_END, text)))


def pieces_of(spans: Sequence[Span]) -> tuple[tuple[Piece, ...], tuple[Span, ...]]:
    """Pieces with the span that styles each; neighbours of one style are one piece."""
    if len(spans) == 1:
        span = spans[0]
        text = without_controls(span.text)
        return ((Piece(text, span.bold, span.italic, span.lang),), (span,)) if text else ((), ())
    texts: list[str] = []
    styles: list[Span] = []
    for span in spans:
        text = without_controls(span.text)
        if not text:
            continue
        if styles and _alike(styles[-1], span):
            texts[-1] += text
        else:
            texts.append(text)
            styles.append(span)
    pieces = tuple(
        Piece(text, span.bold, span.italic, span.lang)
        for text, span in zip(texts, styles, strict=True)
    )
    return pieces, tuple(styles)


def _alike(one: Span, other: Span) -> bool:
    return (
        one.node == other.node
        and one.href == other.href
        and one.bold == other.bold
        and one.italic == other.italic
        and one.colour == other.colour
        and one.lang == other.lang
    )


@lru_cache(maxsize=16384)
def is_mark(character: str) -> bool:
    """Whether the character belongs to the one before it: marks, joiners, variation selectors."""
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"


def is_ignorable(character: str) -> bool:
    """Whether no face needs a glyph for it: controls and Default_Ignorable_Code_Point."""
    return bool(_IGNORABLE.match(character))
