"""Embedding levels of a paragraph and the visual order of a line (UAX #9).

First step of the text core: `itemise` cuts runs where the level changes, `pieces` orders the
runs of each line. The rules are split by group as the standard is: paragraph level (P) and
levels here, explicit marks (X) in `bidi_explicit`, weak, neutral and implicit types (W, N, I)
in `bidi_resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.typeset.text.bidi_explicit import explicit, matching_isolates, sequences
from handouts.typeset.text.bidi_resolve import resolve
from handouts.typeset.text.bidi_types import ISOLATING, REMOVED, bidi_class, first_strong

_NOT_PLAIN = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Anything that can make a level other than 0 in a left-to-right paragraph."""


def is_plain(text: str) -> bool:
    """Whether all levels are 0 in a left-to-right paragraph, known without running the rules."""
    return text.isascii() or not _NOT_PLAIN.search(text)


def levels(text: str, base: int | None = None) -> tuple[list[int], int]:
    """Embedding levels, one per character, and the paragraph level.

    Args:
        text: one paragraph; a separator inside takes the paragraph level (L1) but resets nothing.
        base: 0 or 1; None finds the first strong character (P2, P3).
    """
    classes = [bidi_class(character) for character in text]
    matches = matching_isolates(classes)
    if base is None:
        base = first_strong(classes, matches, 0, len(classes))
    if base == 0 and is_plain(text):
        return [0] * len(text), 0
    found, types = explicit(classes, matches, base)
    kept = [i for i, name in enumerate(classes) if name not in REMOVED]
    for sequence in sequences(kept, classes, found, matches, base):
        resolve(sequence, text, classes, types, found)
    _fill_removed(classes, found, base)
    _reset_white_space(classes, found, base)
    return found, base


def _fill_removed(classes: list[str], found: list[int], base: int) -> None:
    """Characters X9 takes out get the level of the one before, so that they cut no run."""
    for i, name in enumerate(classes):
        if name in REMOVED:
            found[i] = found[i - 1] if i else base


def _reset_white_space(classes: list[str], found: list[int], base: int) -> None:
    """L1 for separators, white space before them and at the end of the paragraph."""
    trailing = True
    for i in range(len(classes) - 1, -1, -1):
        name = classes[i]
        if name in ("B", "S"):
            trailing = True
        elif not (trailing and (name == "WS" or name in ISOLATING or name in REMOVED)):
            trailing = False
        if trailing:
            found[i] = base


def visual_order(line: Sequence[int]) -> list[int]:
    """L2: indexes of the items of a line from left to right, given each item's level."""
    order = list(range(len(line)))
    lowest_odd = min((level for level in line if level & 1), default=None)
    if lowest_odd is None:
        return order
    for threshold in range(max(line), lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and line[order[end]] >= threshold:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
