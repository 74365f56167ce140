r"""What a spreadsheet program shows of a number, where its format is the only place of its zeros.

A workbook keeps 1067 and the format ``00000``, and a person saw ``01067``. Only formats of digit
places and words are read (ECMA-376 part 1, 18.8.31); of amounts and measures the number itself is
taken. Part of ``load``, for `values` and `xlsx`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_PLAIN = " $-+/():!^&'~{}<>="
"""Signs that stand for themselves without quotes."""
_PLACES = "0#?"
_PIECE = re.compile(
    r"""(?P<place>[0#?])|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)"""
    r"""|\[(?P<block>[^\]]*)\]|(?P<section>;)|(?P<other>.)""",
    re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}", re.I)
_MONEY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]{1,4})?")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")
_PERCENT = re.compile(r"0(?:\.(0{1,9}))?%")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


class _Section(NamedTuple):
    """One of the forms of a format: when it is taken, and its places and words in order."""

    condition: tuple[str, float] | None
    pieces: tuple[tuple[bool, str], ...]
    """Whether it is a place of a digit; the place's sign, or words."""

    def holds(self, value: int) -> bool:
        """Whether this form is for a number, as far as it says."""
        return self.condition is None or _COMPARED[self.condition[0]](value, self.condition[1])


def shown(value: float, form: str) -> str | None:
    r"""What is shown of a number: ``01234-5678`` of 12345678 in the format ``00000\-0000``.

    Returns:
        The text, empty where the format hides the number; None when the format says anything
        that is neither a digit's place nor words (nor a plain percentage), or the number has
        decimals.
    """
    percent = _PERCENT.fullmatch(form)
    if percent:
        step = Decimal(1).scaleb(-len(percent[1] or ""))
        return f"{(Decimal(repr(value)) * 100).quantize(step, ROUND_HALF_UP)}%"
    whole = isinstance(value, int) or value.is_integer()
    sections = read_format(form) if whole else None
    return _formatted(int(value), sections) if sections else None


@lru_cache(maxsize=1024)
def read_format(form: str) -> tuple[_Section, ...] | None:
    """The sections of a format of digit places and words; None when it is another."""
    sections: list[_Section] = []
    condition: tuple[str, float] | None = None
    pieces: list[tuple[bool, str]] = []
    for piece in _PIECE.finditer(form):
        kind, said = piece.lastgroup, piece[piece.lastindex or 0]
        if kind == "section":
            sections.append(_Section(condition, tuple(pieces)))
            condition, pieces = None, []
        elif kind == "place":
            pieces.append((True, said))
        elif kind == "block":
            words = _block(said)
            if words is None:
                return None
            if isinstance(words, str):
                pieces.append((False, words))
            else:
                condition = words
        elif kind != "fill":
            words = _words(kind, said, pieces, form[piece.end() : piece.end() + 1])
            if words is None:
                return None
            pieces.append((False, words))
    sections.append(_Section(condition, tuple(pieces)))
    places = any(place for section in sections for place, _ in section.pieces)
    return tuple(sections) if places and len(sections) < 5 else None


def _words(
    kind: str | None, said: str, before: Sequence[tuple[bool, str]], after: str
) -> str | None:
    """What is shown of a sign that is no place; None for one with a meaning, such as a comma."""
    if kind == "space":
        return " "
    if kind != "other":
        return said
    if said == "@" and not before and not after:
        return ""  # A form for texts, which comes last.
    fraction = said == "/" and before and before[-1][0] and after and after in _PLACES
    return said if (said in _PLAIN or not said.isascii()) and not fraction else None


def _block(said: str) -> str | tuple[str, float] | None:
    """What is in brackets: a colour shows nothing, ``$€-407`` a sign, ``<=99`` is a condition."""
    condition = _CONDITION.fullmatch(said)
    if condition:
        return condition[1], float(condition[2])
    money = _MONEY.fullmatch(said)
    if money:
        return money[1]
    return "" if _COLOUR.fullmatch(said) else None


def _formatted(value: int, sections: Sequence[_Section]) -> str | None:
    section, sign = _chosen(value, sections[:3])
    if section is None:
        return None
    digits = str(abs(value)) if value else ""
    places = sum(place for place, _ in section.pieces)
    made = [sign]
    at = len(digits) - places
    spare = digits[:at] if at > 0 else ""
    filled = False
    for place, said in section.pieces:
        if not place:
            made.append(said)
            continue
        filled = filled or said == "0"
        blank = "0" if filled else " " if said == "?" else ""
        made.append(spare + (digits[at] if at >= 0 else blank))
        spare, at = "", at + 1
    return "".join(made)


def _chosen(value: int, sections: Sequence[_Section]) -> tuple[_Section | None, str]:
    """The form of a number, and the minus that is shown before it."""
    minus = "-" * (value < 0)
    if any(one.condition for one in sections[:2]):
        if sections[0].condition is None:
            return None, ""
        return next((one for one in sections if one.holds(value)), None), minus
    if len(sections) > 1 and value < 0:
        return sections[1], ""
    return sections[2 if len(sections) > 2 and not value else 0], minus
