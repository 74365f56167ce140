"""Where a line may end (UAX #14 by ICU, with our exceptions) and where a cluster ends (UAX #29).

The only module that knows ICU: its offsets are UTF-16 code units and become character
offsets here. `lines` chooses among the places this module returns.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from icu4py.breakers import BaseBreaker, CharacterBreaker, LineBreaker

from handouts.typeset.text.clean import SOFT_HYPHEN

_STRICT = frozenset(("ja", "zh", "ko"))
"""Languages whose lines follow the strict prohibition rules (kinsoku)."""

_PHRASES = "ko"
"""Language of running text whose lines end between words, and inside one only at need."""
_BIG_PHRASES = "ja"
"""The same for headings: a word cut in two is seen there at once."""

_REPETITION = "\u0e46\u0ec6\u17d7"
"""Thai, Lao and Khmer repetition marks: ICU's dictionaries let a line begin with one."""

_NEGATION = "\u1019"
"""Burmese for not: ICU's dictionary takes it for a word, but it belongs to the verb after it."""

_BOUND_LETTERS = frozenset(("pl", "cs", "sk", "uk", "ru", "be"))
"""Languages in which a word of one letter never ends a line."""
_ONE_LETTER = re.compile(r"(?<![\w’'-])[^\W\d_] ")

_PARTICLES = frozenset(
    (
        *("ပါ", "တယ်", "ဘူး", "က", "ကို", "မှာ", "မှ", "ရဲ့"),
        *("နဲ့", "တဲ့", "လဲ", "များ", "တွေ", "ဖို့", "သေး", "ခြင်း"),
        *("မှု", "မှုများ", "လာခြင်း", "ချိန်", "နည်း", "ခု"),
    )
)
"""Burmese endings that ICU's dictionary takes for words: they belong to the word before."""

_ETHIOPIC_STOP = re.compile("(?<=[\u1362-\u1368])(?=[\u1200-\u135a])")
"""After these a line may end without a space; UAX #14 calls them letters."""

_STACKERS = "\u0a4d\u0ccd\u1039\u17d2"
"""Signs that put the next letter under the one before, which UAX #29 does not keep together."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/=&#]"
    r"|(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*\w"
    r"|(?<![\w.+\-])[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}(?:/[\w\-.~:/?#@!$&'()*+,;=%]*[\w/=&#]|\b)",
    re.ASCII | re.IGNORECASE,
)
_INSIDE = re.compile(r"(?<=[^/:])/(?=[^/])|[?&#=;]", re.ASCII)
"""After these an address may be cut."""
_RELUCTANT = re.compile(r"[@.\-_]", re.ASCII)
"""After these only when it does not fit on a line."""
_LONG_PIECE = 40
"""More letters than that in one piece, such as the number of a form, and a column beside another
has no room: the piece is cut at its marks, or else anywhere."""


class Breaks(NamedTuple):
    """Ends of possible lines, ascending; the end of the text is the last of `usual`.

    `soft` are those that show a hyphen, `reluctant` the places inside an address or a word that
    are better than cutting anywhere.
    """

    usual: tuple[int, ...]
    soft: tuple[int, ...]
    reluctant: tuple[int, ...]


def line_breaks(text: str, lang: str, big: bool = False) -> Breaks:
    """Where a line of the text may end.

    Args:
        text: text of a paragraph.
        lang: its BCP 47 language.
        big: whether it is set like a heading.
    """
    return _line_breaks(text, lang, big and lang.partition("-")[0].lower() == _BIG_PHRASES)


@lru_cache(maxsize=1024)
def _line_breaks(text: str, lang: str, big: bool) -> Breaks:
    language = lang.partition("-")[0]
    ends, reluctant = _language_ends(text, language.lower(), big)
    if language in _BOUND_LETTERS:
        bound = {match.end() for match in _ONE_LETTER.finditer(text)} - {len(text)}
        ends = [end for end in ends if end not in bound]
    if not text.isascii() and max(text) >= _REPETITION[0]:
        ends = _by_script(text, ends)
    for start, stop in addresses(text):
        ends = _keep_address(text, start, stop, ends, reluctant)
    if SOFT_HYPHEN not in text:
        return Breaks(tuple(ends), (), tuple(reluctant))
    soft = tuple(end for end in ends if text[end - 1] == SOFT_HYPHEN and end < len(text))
    return Breaks(tuple(sorted({*ends} - {*soft})), soft, tuple(reluctant))


def _by_script(text: str, ends: list[int]) -> list[int]:
    """The ends as scripts want them that ICU does not do justice to: Thai is the first of them."""
    if any(mark in text for mark in _REPETITION):
        size = len(text)
        ends = [end for end in ends if end == size or text[end] not in _REPETITION]
    if any("\u1000" <= character <= "\u109f" for character in text):
        ends = _burmese(text, ends)
    return sorted({*ends, *(match.start() for match in _ETHIOPIC_STOP.finditer(text))})


def _burmese(text: str, ends: list[int]) -> list[int]:
    """The ends without those that part an ending, a negation or a doubled syllable."""
    kept: list[int] = []
    before = ""
    for start, end in zip([0, *ends], ends, strict=False):
        word = text[start:end].strip(" ၊။")
        bound = word in _PARTICLES or (word and word == before)
        if bound and kept and kept[-1] == start and text[start - 1] != " ":
            kept.pop()
        if word != _NEGATION or end == len(text):
            kept.append(end)
        before = word
    return kept


def _language_ends(text: str, language: str, big: bool) -> tuple[list[int], list[int]]:
    """Ends by the rules of the language, and those only a word too long for a line has."""
    if language not in _STRICT:
        return _ends(LineBreaker, text, language), []
    ends = _ends(LineBreaker, text, f"{language}@lb=strict")
    if language != _PHRASES and not big:
        return ends, []
    phrases = _ends(LineBreaker, text, f"{language}@lb=strict;lw=phrase")
    return phrases, sorted({*ends} - {*phrases})


def addresses(text: str) -> list[tuple[int, int]]:
    """Where the web and mail addresses of a text stand."""
    return [match.span() for match in _ADDRESS.finditer(text)] if "." in text else []


def _keep_address(
    text: str, start: int, stop: int, ends: list[int], reluctant: list[int]
) -> list[int]:
    """The ends with those inside the address replaced by the ones an address may have."""
    address = text[start:stop]
    kept = [end for end in ends if not start < end < stop]
    if "@" not in address.partition("/")[0]:
        kept += [start + m.end() for m in _INSIDE.finditer(address) if start + m.end() < stop]
    places = {start + m.end() for m in _RELUCTANT.finditer(address)} - {stop}
    kept += _in_long_pieces(start, stop, kept, places)
    places.update(at for at in reluctant if not start < at < stop)
    reluctant[:] = sorted(places.difference(kept))
    return sorted(kept)


def _in_long_pieces(start: int, stop: int, ends: list[int], marks: set[int]) -> list[int]:
    found: list[int] = []
    for first, last in pairwise([start, *sorted(e for e in ends if start < e < stop), stop]):
        if last - first > _LONG_PIECE:
            at = sorted(mark for mark in marks if first < mark < last)
            found += at
            for left, right in pairwise([first, *at, last]):
                found += range(left + 1, right) if right - left > _LONG_PIECE else ()
    return found


@lru_cache(maxsize=1024)
def graphemes(text: str) -> tuple[int, ...]:
    """Ends of the extended grapheme clusters; letters one under the other are one cluster."""
    ends = _ends(CharacterBreaker, text, "en")
    if not text.isascii():
        size = len(text)
        ends = [end for end in ends if end == size or not _stacks(text, end)]
    return tuple(ends)


def _stacks(text: str, end: int) -> bool:
    """Whether the letter at `end` goes under the one before (in Sinhala with a joiner)."""
    return text[end - 1] in _STACKERS or text[end - 2 : end] == "\u0dca\u200d"


def _ends(breaker: type[BaseBreaker], text: str, locale: str) -> list[int]:
    """Ends of ICU's segments as character offsets."""
    ends = [end for _, end in breaker(text, locale).segments()]
    if text.isascii() or max(text) <= "\uffff":
        return ends
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    offsets = {unit: i for i, unit in enumerate(units)}
    return [offsets[end] for end in ends if end in offsets]
