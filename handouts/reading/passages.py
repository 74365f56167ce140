"""What a parent reads as sentences; headings, lead-ins, labels and alt texts are left out.

Which strings are sentences is told by the English: there, sentences end with a stop, and
headings and labels do not (the rule stands at the top of ``en.yaml``). Items of lists count as
sentences too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handouts.model.locale import Locale

OTHER = "other"
_KINDS = ("group", "safety", "cue", "stroke", "week", "talk")
_SMALL_PRINT = ("sheet.", "evidence.line")
_FILLED = re.compile(r"\{[a-z_]+\}")
_STOPS = (".", "?", "!")


@dataclass(frozen=True, slots=True)
class Passage:
    """A string as it is read, and the kind of string it is."""

    kind: str
    id: str
    text: str


def passages(locale: Locale, source: Locale) -> Iterator[Passage]:
    """Everything a parent reads as sentences; strings the language lacks are passed over.

    Args:
        locale: the language.
        source: the source language, which tells sentences from headings.
    """
    for name, string in source.strings.items():
        if name in locale.strings and _is_read(name, string.text):
            yield Passage(_kind(name), name, plain(locale.strings[name].text))


def plain(text: str) -> str:
    """The text without marks of emphasis; what the program fills in counts as a short word."""
    return _FILLED.sub("1", text.replace("**", ""))


def _is_read(name: str, english: str) -> bool:
    if name.startswith(_SMALL_PRINT):
        return False
    if name.startswith("cue."):
        return not name.endswith(".title")
    if name.endswith(".taught"):
        return True
    return english.rstrip("”").endswith(_STOPS)


def _kind(name: str) -> str:
    first, *rest = name.split(".")
    if first == "benefit":
        return f"benefit.*.{rest[-1]}"
    return f"{first}.*" if first in _KINDS else OTHER
