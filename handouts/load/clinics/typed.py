"""What a workbook typed, a number or a moment, to the text a person saw in its place.

Part of ``load``, for `values`, which reads texts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from handouts.load.clinics.cells import Raw, Wrong, cell_error, too_long, trimmed
from handouts.load.clinics.keys import Kind
from handouts.load.clinics.numbers import shown

Warn = Callable[[str, str, str], None]
"""Takes the code, message and hint of what is worth saying about a cell that can be used."""

_TYPED_PHONE = re.compile(r"=\s*(\+[\d\s()/.-]+)")
_WORDS_AROUND = re.compile(r"^[^\d+(]+|[^\d)]+$")
"""What stands before and behind the number of a phone."""
_AGAIN = "format the column as text and type it again"


def typed(cell: Raw, kind: Kind, warn: Warn) -> str:
    """The text of a cell that is no text.

    Raises:
        Wrong: for an error, a formula without a result, and a value that is none for its column.
    """
    value = cell.value
    if cell.kind == "long":
        raise too_long()
    if cell.kind == "error":
        raise cell_error(str(value))
    if cell.kind in ("formula", "uncounted"):
        text = str(value)
        if cell.kind == "uncounted" or kind == "phone":
            return formula(text, kind, warn)
        return text
    if isinstance(value, bool):
        raise no_text(str(value).upper())
    if isinstance(value, int | float):
        return _number(value, cell.format, kind, warn)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return _moment(value, kind, warn)
    return trimmed("" if value is None else str(value))


def formula(text: str, kind: Kind, warn: Warn) -> str:
    """``+49 30 1234`` that was taken for a sum is still what was typed."""
    phone = _TYPED_PHONE.fullmatch(text) if kind == "phone" else None
    if phone is None:
        hint = "write the text itself into the cell, or open and save the file in Excel"
        raise Wrong("formula", f"the cell holds the formula {text[:40]} without a result", hint)
    warn("formula", f"a formula is read as the number {phone[1]}", "format the column as text")
    return trimmed(phone[1])


def no_text(said: str) -> Wrong:
    """What is said of a cell that is true or false."""
    hint = "write the text itself, with the cell formatted as text"
    return Wrong("wrong-type", f"the cell holds {said}, which is no text", hint)


def _number(value: int | float, form: str, kind: Kind, warn: Warn) -> str:
    whole = isinstance(value, int) or value.is_integer()
    bare = str(int(value)) if whole else repr(value)
    if kind == "time" and not whole and 0 < value < 1:
        return _clock(value * 24 * 60)
    if kind == "date":
        message = f"the cell holds the number {bare} instead of a date"
        raise Wrong("ambiguous-date", message, "write it as 2026-03-03, or format it as a date")
    said = shown(value, form)
    text = bare if said is None else trimmed(said)
    if kind == "phone" and text:
        text = _phone(text, bare, warn)
    return text


def _phone(said: str, bare: str, warn: Warn) -> str:
    """The number that is shown; a sheet has its own words before it."""
    text = _WORDS_AROUND.sub("", said)
    if text != said:
        message = f"of '{said}' only the number is taken: {text}"
        warn("number-as-text", message, _AGAIN)
    elif text == bare:
        message = f"the cell is a number ({text}): zeros or a plus before it may be lost"
        warn("number-as-text", message, "format the column as text and type the number again")
    return text


def _moment(
    value: datetime.date | datetime.time | datetime.timedelta, kind: Kind, warn: Warn
) -> str:
    """A day or a time where one belongs; in other columns a program made it of ``3-5``."""
    day = time = ""
    if isinstance(value, datetime.timedelta):
        time = _clock(value.total_seconds() / 60)
    elif isinstance(value, datetime.time):
        time = value.strftime("%H:%M")
    elif isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        time = value.strftime("%H:%M") if (value.hour, value.minute) != (0, 0) else ""
    else:
        day = value.isoformat()
    wanted = {"date": day, "time": time, "when": f"{day} {time}".strip() if time else ""}
    if wanted.get(kind):
        other = {"date": time and f"time {time}", "time": day and f"date {day}"}.get(kind)
        if other:
            hint = "give the date and the time a column each: 'next date', 'next time'"
            warn("half-used", f"the {other} in the cell is not used", hint)
        return wanted[kind]
    said = f"the date {day} {time}".strip() if day else f"the time {time}"
    other = {"date": "a date", "time": "a time"}.get(kind, "the text that was typed")
    raise Wrong("wrong-type", f"the cell holds {said} instead of {other}", _AGAIN)


def _clock(minutes: float) -> str:
    return f"{round(minutes) // 60:02d}:{round(minutes) % 60:02d}"
