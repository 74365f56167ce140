"""Where a line may end (UAX #14 by ICU, with our exceptions) and where a cluster ends (UAX #29).

The only module that knows ICU: its offsets are UTF-16 code units and become character
offsets here. `lines` chooses among the places this module returns.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import BaseBreaker, CharacterBreaker, LineBreaker

from handouts.typeset.text.clean import SOFT_HYPHEN

_STRICT = frozenset(("ja", "zh", "ko"))
"""Languages whose lines follow the strict prohibition rules (kinsoku)."""

_REPETITION = "\u0e46\u0ec6\u17d7"
"""Thai, Lao and Khmer repetition marks: ICU's dictionaries let a line begin with one."""

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


class Breaks(NamedTuple):
    """Ends of possible lines, ascending; the end of the text is the last of `usual`.

    `soft` are those after a soft hyphen, `reluctant` the places inside an address that are
    better than cutting anywhere.
    """

    usual: tuple[int, ...]
    soft: tuple[int, ...]
    reluctant: tuple[int, ...]


@lru_cache(maxsize=4096)
def line_breaks(text: str, lang: str) -> Breaks:
    """Where a line of the text may end."""
    language = lang.partition("-")[0].lower()
    ends = _ends(LineBreaker, text, f"{language}@lb=strict" if language in _STRICT else "en")
    if any(mark in text for mark in _REPETITION):
        size = len(text)
        ends = [end for end in ends if end == size or text[end] not in _REPETITION]
    reluctant: list[int] = []
    for match in _ADDRESS.finditer(text) if "." in text else ():
        ends = _keep_address(match, ends, reluctant)
    if SOFT_HYPHEN not in text:
        return Breaks(tuple(ends), (), tuple(reluctant))
    soft = tuple(end for end in ends if text[end - 1] == SOFT_HYPHEN and end < len(text))
    return Breaks(tuple(sorted({*ends} - {*soft})), soft, tuple(reluctant))


def _keep_address(match: re.Match[str], ends: list[int], reluctant: list[int]) -> list[int]:
    """The ends with those inside the address replaced by the ones an address may have."""
    start, stop = match.span()
    address = match[0]
    kept = [end for end in ends if not start < end < stop]
    if "@" not in address.partition("/")[0]:
        kept += [start + m.end() for m in _INSIDE.finditer(address) if start + m.end() < stop]
    reluctant += [start + m.end() for m in _RELUCTANT.finditer(address) if start + m.end() < stop]
    return sorted(kept)


@lru_cache(maxsize=1024)
def graphemes(text: str) -> tuple[int, ...]:
    """Ends of the extended grapheme clusters."""
    return tuple(_ends(CharacterBreaker, text, "en"))


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
