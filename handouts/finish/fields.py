"""Form fields whose values cannot be seen in the file, and so would be lost in print.

For `foreign`. A field's value and its look are two things in a PDF: a program may fill in the
value and leave the look to the reader (ISO 32000-1, 12.7.2, NeedAppearances). A pack takes over
looks, and does not make them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

_HIDDEN = 0x02 | 0x20
"""Flags of annotations nobody sees, which `appearance` does not draw either."""

_DEEPEST = 64
"""Fields within fields; a file that goes further goes round in a circle."""

_PUSH_BUTTON = 1 << 16
_SHOWS_TEXT = re.compile(rb"T[jJ]\b|['\"]|\bDo\b")


def unseen(marks: Iterable[DictionaryObject], form: DictionaryObject | None) -> Iterator[str]:
    """Names of the fields with a value that nobody would see, each once.

    Args:
        marks: annotations of all pages.
        form: the file's form. Where it says that readers are to make the looks anew, a look
            without any text is none.
    """
    asked = _object(form.get("/NeedAppearances")) if form is not None else None
    stale = isinstance(asked, BooleanObject) and asked.value
    names: dict[str, None] = {}
    for mark in marks:
        if mark.get("/Subtype") == "/Widget" and not int(mark.get("/F", 0)) & _HIDDEN:
            lineage = tuple(_lineage(mark))
            if _lost(mark, lineage, stale=stale):
                names[_name(lineage)] = None
    yield from names


def _lineage(mark: DictionaryObject) -> Iterator[DictionaryObject]:
    """A field with those it inherits from."""
    one: object = mark
    for _ in range(_DEEPEST):
        if not isinstance(one, DictionaryObject):
            return
        yield one
        one = _object(one.get("/Parent"))


def _lost(mark: DictionaryObject, lineage: tuple[DictionaryObject, ...], *, stale: bool) -> bool:
    kind, value = _inherited(lineage, "/FT"), _inherited(lineage, "/V")
    looks = _object(mark.get("/AP"))
    normal = _object(looks.get("/N")) if isinstance(looks, DictionaryObject) else None
    if kind == "/Btn":
        flags = _inherited(lineage, "/Ff")
        pushed = isinstance(flags, int) and bool(flags & _PUSH_BUTTON)
        return not pushed and _filled(value) and _unticked(mark, normal, str(value))
    if kind not in ("/Tx", "/Ch") or not _filled(value):
        return False
    if not isinstance(normal, StreamObject):
        return True
    return stale and not _SHOWS_TEXT.search(normal.get_data())


def _unticked(mark: DictionaryObject, normal: object, value: str) -> bool:
    """Whether a box that is ticked has no look, or does not say which of its looks it has."""
    if isinstance(normal, StreamObject):
        return False
    if isinstance(normal, DictionaryObject):
        return "/AS" not in mark and value in normal
    return True


def _filled(value: object) -> bool:
    """Whether there is a value that takes up room on paper."""
    if isinstance(value, NameObject):
        return value != "/Off"
    if isinstance(value, ArrayObject):
        return any(_filled(one.get_object()) for one in value)
    if isinstance(value, str | bytes):
        return bool(value.strip())
    return value is not None


def _inherited(lineage: Iterable[DictionaryObject], key: str) -> object:
    for one in lineage:
        found = _object(one.get(key))
        if found is not None:
            return found
    return None


def _name(lineage: tuple[DictionaryObject, ...]) -> str:
    """A field's name with those of the fields it belongs to, as forms write it."""
    names = [str(one["/T"]) for one in reversed(lineage) if "/T" in one]
    return ".".join(names) or "without a name"


def _object(value: object) -> object:
    found = value.get_object() if isinstance(value, PdfObject) else None
    return None if isinstance(found, NullObject) else found
