"""A cell to the text a brand file would have in its place, whatever a spreadsheet made of it.

Excel turns ``0117`` into 117, a date into the number of a day and ``+49`` into a formula; people
write 3.3.2026 and rgb(1, 2, 3). What can only mean one thing is put right; what may mean two is
refused with both. Part of ``load``, called by `rows`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from handouts.load.clinics.cells import Cell, Wrong, cell_error, trimmed
from handouts.load.clinics.keys import Kind
from handouts.load.clinics.typed import Warn, formula, no_text, typed

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LOST = "\ufffd"
_YEARS = range(1990, 2101)
_MARKS = ("#", "=", "'", "E", "")
_ERROR = re.compile(r"#[¡¿]?([^\W\d_][\w/]+)[!?]|#{3,}|Err:\d{3}")
"""A word between its marks, in the language of the program; a column that was too narrow for its
number; LibreOffice's own."""
_ENGLISH = ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_NOT_THERE = ("#N/A", "#NV", "#N/D", "#N/DISP", "#N/B", "#I/T", "#Н/Д", "#Δ/Υ", "#PUUTTUU", "#YOK")
_ERRORS = frozenset((*_ENGLISH, *_NOT_THERE))
"""The English ones, which people write small too, and what is not available in the languages that
put no mark behind it."""
_QUOTED_FORMULA = re.compile(r'="(.*)"')
_SCIENTIFIC = re.compile(r"\+?\d(?:[.,]\d+)?[eE]\+?\d{1,3}")
_SEVERAL = re.compile(r"[;\n/|]|, ")
_WEST = ("TRUE", "FALSE", "WAHR", "FALSCH", "VRAI", "FAUX", "VERDADERO", "FALSO", "VERDADEIRO")
_EAST = ("VERO", "PRAWDA", "FAŁSZ", "ИСТИНА", "ЛОЖЬ", "ІСТИНА", "ХИБНІСТЬ", "DOĞRU", "YANLIŞ")
_TRUTHS = frozenset((*_WEST, *_EAST))
"""What a tick box is in a CSV."""
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_RGB = re.compile(
    r"(?:rgb)?\s*\(?\s*(\d{1,3})\s*[,;\s]\s*(\d{1,3})\s*[,;\s]\s*(\d{1,3})\s*\)?", re.I
)
_DAY = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2}):00")
_WHOLE = re.compile(r"\d+(?:\.0+)?")


def read(cell: Cell, kind: Kind, warn: Warn) -> str:
    """The text of a cell.

    Raises:
        Wrong: for one that holds an error, a formula without a result, or may mean two things.
    """
    if isinstance(cell, str):
        text = trimmed(cell)
        if _LOST in text:
            message = "the cell has letters that were lost when the file was saved (\ufffd)"
            raise Wrong("lost-letters", message, "type them again, and save as CSV UTF-8")
        if text[:1] in _MARKS:
            text = _unguarded(text, kind, warn) if text else ""
    else:
        text = typed(cell, kind, warn)
    if not text or kind == "text":
        return text
    form = _FORMS.get(kind)
    return form(text) if form else text


def _unguarded(text: str, kind: Kind, warn: Warn) -> str:
    """Text that a spreadsheet wrote with a mark before it, or that is the name of an error."""
    if _is_error(text):
        raise cell_error(text)
    if text[0] == "'" and text[1:2] in ("=", "+", "-", "@", "'", "0"):
        return text[1:]
    quoted = _QUOTED_FORMULA.fullmatch(text)
    if quoted:
        return trimmed(quoted[1].replace('""', '"'))
    return formula(text, kind, warn) if text[0] == "=" else text


def _is_error(text: str) -> bool:
    """Whether a text is what a program writes for a failure; ``#BabyLove!`` is a text."""
    if text.upper() in _ERRORS:
        return True
    named = _ERROR.fullmatch(text)
    return named is not None and (not named[1] or named[1].isupper())


def _bare(text: str) -> str:
    """A text that a program reads: without signs nobody sees."""
    return _INVISIBLE.sub("", text).strip() if not text.isascii() else text


def _email(text: str) -> str:
    text = _bare(text)
    text = text[7:] if text[:7].lower() == "mailto:" else text
    return text.partition("?")[0].strip("<> ")


def _web(text: str) -> str:
    return _bare(text).strip("<> ")


def _phone(text: str) -> str:
    text = _bare(text)
    if "E" in text or "e" in text:
        lost = next(
            (n for one in _SEVERAL.split(text) if _SCIENTIFIC.fullmatch(n := one.strip())), ""
        )
        if lost:
            hint = "format the column as text and type the number again"
            raise Wrong("lost-digits", f"'{lost}' has lost the last digits of a number", hint)
    if text[:1].isalpha():
        if text.upper() in _TRUTHS:
            raise no_text(text.upper())
        text = text[4:] if text[:4].lower() == "tel:" else text
    return _whole(text)


def _whole(text: str) -> str:
    """Digits without the ``.0`` that a program puts behind them that takes them for a measure."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text


def _colour(text: str) -> str:
    """``#rrggbb`` of the ways a colour is written; a name of the palette stays."""
    text = _bare(text)
    match = _HEX.fullmatch(text.removesuffix(".0"))
    if match:
        return f"#{match[1].lower()}"
    rgb = _RGB.fullmatch(text)
    if rgb and all(int(one) < 256 for one in rgb.groups()):
        return "#" + "".join(f"{int(one):02x}" for one in rgb.groups())
    if text.isdecimal():
        hint = "write it as #rrggbb: zeros before a number are lost"
        raise Wrong("bad-value", f"'{text}' is no colour", hint)
    return text


def _date(text: str) -> str:
    """An ISO day where the text is a day; a text such as ``1 December`` stays."""
    text = _bare(text)
    if _WHOLE.fullmatch(text):
        message = f"the cell holds the number {text} instead of a date"
        raise Wrong("ambiguous-date", message, "write it as 2026-03-03")
    iso = _ISO.fullmatch(text)
    if iso:
        return _iso(text, int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DAY.fullmatch(text)
    if not match:
        return text
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0
    if match[2] == "." or first > 12 or first == second:
        return _iso(text, year, second, first)
    if second > 12:
        return _iso(text, year, first, second)
    both = " or ".join((_iso(text, year, second, first), _iso(text, year, first, second)))
    raise Wrong("ambiguous-date", f"'{text}' may be two days", f"write it as {both}")


def _iso(text: str, year: int, month: int, day: int) -> str:
    if year not in _YEARS:
        message = f"the year {year} of '{text}' is far away"
        raise Wrong("bad-value", message, "write it in the western calendar, as 2026-03-03")
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        message = f"there is no day {text}"
        raise Wrong("bad-value", message, "write it as 2026-03-03") from None


def _time(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    return f"{match[1]}:{match[2]}" if match else text


def _place(text: str) -> str:
    """An address in one line: Alt+Enter in a cell is a comma on a sheet."""
    if "\n" not in text:
        return text
    lines = (line.strip().rstrip(",").strip() for line in text.split("\n"))
    return ", ".join(line for line in lines if line)


def _zip(text: str) -> str:
    return _whole(_place(text))


def _file(text: str) -> str:
    """A path as YAML would have it; Windows writes it with backslashes."""
    return _bare(text).replace("\\", "/").removeprefix("./")


def _ident(text: str) -> str:
    return _bare(text)


_FORMS: Mapping[Kind, Callable[[str], str]] = {
    "place": _place,
    "zip": _zip,
    "web": _web,
    "email": _email,
    "phone": _phone,
    "colour": _colour,
    "date": _date,
    "time": _time,
    "file": _file,
    "id": _ident,
}
