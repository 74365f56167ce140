"""A cell to the text a brand file would have in its place, whatever a spreadsheet made of it.

Excel turns ``0117`` into 117, a date into the number of a day and ``+49`` into a formula; people
write 3.3.2026 and rgb(1, 2, 3). What can only mean one thing is put right; what may mean two is
refused with both. Part of ``load``, called by `rows`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from handouts.load.clinics.cells import Cell, Raw, Wrong, too_long, trimmed
from handouts.load.clinics.keys import Kind

Warn = Callable[[str, str, str], None]
"""Takes the code, message and hint of what is worth saying about a cell that can be used."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LOST = "\ufffd"
_YEARS = range(1990, 2101)
_MARKS = ("#", "=", "'", "")
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)
_QUOTED_FORMULA = re.compile(r'="(.*)"')
_TYPED_PHONE = re.compile(r"=\s*(\+[\d\s()/.-]+)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
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
        text = _typed(cell, kind, warn)
    if not text or kind == "text":
        return text
    form = _FORMS.get(kind)
    return form(text) if form else text


def _unguarded(text: str, kind: Kind, warn: Warn) -> str:
    """Text that a spreadsheet wrote with a mark before it, or that is the name of an error."""
    if text.upper() in _ERRORS:
        raise Wrong("cell-error", f"the cell holds the error {text}", "mend it and save again")
    if text[0] == "'" and text[1:2] in ("=", "+", "-", "@", "'", "0"):
        return text[1:]
    quoted = _QUOTED_FORMULA.fullmatch(text)
    if quoted:
        return trimmed(quoted[1].replace('""', '"'))
    return _formula(text, kind, warn) if text[0] == "=" else text


def _formula(text: str, kind: Kind, warn: Warn) -> str:
    """``+49 30 1234`` that was taken for a sum is still what was typed."""
    phone = _TYPED_PHONE.fullmatch(text) if kind == "phone" else None
    if phone is None:
        hint = "write the text itself into the cell, or open and save the file in Excel"
        raise Wrong("formula", f"the cell holds the formula {text[:40]} without a result", hint)
    warn("formula", f"a formula is read as the number {phone[1]}", "format the column as text")
    return trimmed(phone[1])


def _typed(cell: Raw, kind: Kind, warn: Warn) -> str:
    value = cell.value
    if cell.kind == "long":
        raise too_long()
    if cell.kind == "error":
        raise Wrong("cell-error", f"the cell holds the error {value}", "mend it and save again")
    if cell.kind in ("formula", "uncounted"):
        text = str(value)
        if cell.kind == "uncounted" or kind == "phone":
            return _formula(text, kind, warn)
        return text
    if isinstance(value, bool):
        message = f"the cell holds {str(value).upper()}, which is no text"
        raise Wrong("wrong-type", message, "write the text itself, with the cell formatted as text")
    if isinstance(value, int | float):
        return _number(value, cell.format, kind, warn)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return _moment(value, kind)
    return trimmed("" if value is None else str(value))


def _number(value: int | float, form: str, kind: Kind, warn: Warn) -> str:
    whole = isinstance(value, int) or value.is_integer()
    text = str(int(value)) if whole else repr(value)
    if kind == "time" and not whole and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if kind == "date":
        message = f"the cell holds the number {text} instead of a date"
        raise Wrong("ambiguous-date", message, "write it as 2026-03-03, or format it as a date")
    digits = form.count("0")
    if whole and digits > 1 and not form.strip("0 ()/-"):
        return _filled(text.zfill(digits), form)
    if kind == "phone":
        hint = "format the column as text and type the number again"
        message = f"the cell is a number ({text}): zeros or a plus before it may be lost"
        warn("number-as-text", message, hint)
    return text


def _filled(digits: str, form: str) -> str:
    """A number as its format shows it: ``00000 000000``."""
    spare = len(digits) - form.count("0")
    left = iter(digits[spare:])
    return digits[:spare] + "".join(next(left) if sign == "0" else sign for sign in form)


def _moment(value: datetime.date | datetime.time | datetime.timedelta, kind: Kind) -> str:
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.datetime):
        if kind == "time":
            return value.strftime("%H:%M")
        if kind == "date" or (value.hour, value.minute) == (0, 0):
            return value.date().isoformat()
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


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
    if _SCIENTIFIC.fullmatch(text):
        hint = "format the column as text and type the number again"
        raise Wrong("lost-digits", f"'{text}' has lost the last digits of a number", hint)
    text = text[4:] if text[:4].lower() == "tel:" else text
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


def _file(text: str) -> str:
    """A path as YAML would have it; Windows writes it with backslashes."""
    return _bare(text).replace("\\", "/").removeprefix("./")


def _ident(text: str) -> str:
    return _bare(text)


_FORMS: Mapping[Kind, Callable[[str], str]] = {
    "place": _place,
    "web": _web,
    "email": _email,
    "phone": _phone,
    "colour": _colour,
    "date": _date,
    "time": _time,
    "file": _file,
    "id": _ident,
}
