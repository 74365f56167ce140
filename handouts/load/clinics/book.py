"""What a workbook says beside its cells: its sheets, how numbers are shown, where its texts are.

Only this is read of its parts, as a stream; what else a program put into them cannot stop us.
Part of ``load``, for `xlsx`.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, cast

from handouts.load.clinics.xml import Damaged, elements

_MAX_FORMATS = 200_000
"""Three times what a workbook may have: more of them are there to fill the memory."""
_MAX_SHEETS = 5_000
_EASTERN = {
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd h:mm"),
    **dict.fromkeys(range(71, 82), "yyyy-mm-dd h:mm"),
    79: "[h]:mm:ss",
}
"""Formats no workbook spells out (ECMA-376 part 1, 18.8.30): days and times as Chinese, Japanese
and Korean programs show them, and as Thai ones do. Which of the two a number is, its size says."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with cells: its name, its part of the archive, whether a person sees it."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its cells and texts."""

    sheets: tuple[Sheet, ...]
    texts: str | None
    """The part that holds the texts, or None."""
    epoch: datetime
    _styles: tuple[int, ...] = field(default=(), repr=False)
    _codes: Mapping[int, str] = field(default_factory=dict, repr=False)

    def format(self, style: int) -> str:
        """How the cells of a style show numbers: ``General``, ``00000``, ``yyyy-mm-dd``."""
        number = self._styles[style] if 0 <= style < len(self._styles) else 0
        return self._codes.get(number) or _built_in(number)


def read_book(archive: zipfile.ZipFile) -> Book:
    """Reads the parts that tell about the others.

    Raises:
        Damaged: when there is no workbook in it, or more than a workbook can have.
        expat.ExpatError: for a part that is no XML.
    """
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    there = set(archive.namelist())
    main = next((t for kind, t in _related(archive, "", there).values() if kind == _MAIN), None)
    if main is None:
        raise Damaged("it has no workbook inside")
    parts = _related(archive, main, there)
    by_kind = {kind: target for kind, target in parts.values()}
    found: list[Sheet] = []
    epoch = CALENDAR_WINDOWS_1900
    for name, given in _started(archive, main):
        if name == "sheet" and len(found) < _MAX_SHEETS:
            kind, target = parts.get(given.get("id", ""), ("", ""))
            if kind == "worksheet":
                hidden = given.get("state", "visible") != "visible"
                found.append(Sheet(given.get("name", ""), target, hidden))
        elif name == "workbookPr" and given.get("date1904") in ("1", "true"):
            epoch = CALENDAR_MAC_1904
    styles, codes = _styles(archive, by_kind.get("styles"))
    usual = posixpath.join(posixpath.dirname(main), "sharedStrings.xml")
    texts = by_kind.get("sharedStrings") or (usual if usual in there else None)
    return Book(tuple(found), texts, epoch, styles, codes)


_MAIN = "officeDocument"


def _related(archive: zipfile.ZipFile, part: str, there: set[str]) -> dict[str, tuple[str, str]]:
    """What a part (the package itself: empty) leads to: kind and part by id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in there:
        return {}
    found = {}
    for element, given in _started(archive, path):
        if element != "Relationship" or given.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))[1:]
        if target in there:
            kind = given.get("Type", "").rpartition("/")[2]
            found[given.get("Id", "")] = (kind, target)
    return found


def _styles(
    archive: zipfile.ZipFile, part: str | None
) -> tuple[tuple[int, ...], Mapping[int, str]]:
    """The number format of each style, and the formats that are the workbook's own."""
    if part is None:
        return (), {}
    styles: list[int] = []
    codes: dict[int, str] = {}
    inside = False
    with archive.open(part) as stream:
        for name, given in elements(cast("BinaryIO", stream)):
            if name == "cellXfs":
                inside = given is not None
            elif given is None:
                continue
            elif name == "xf" and inside:
                styles.append(_number(given.get("numFmtId")))
            elif name == "numFmt":
                codes.setdefault(_number(given.get("numFmtId")), given.get("formatCode", ""))
            if len(styles) > _MAX_FORMATS or len(codes) > _MAX_FORMATS:
                raise Damaged("it has more formats than a workbook can have")
    return tuple(styles), codes


def _started(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    with archive.open(part) as stream:
        for name, given in elements(cast("BinaryIO", stream)):
            if given is not None:
                yield name, given


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _built_in(number: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return str(BUILTIN_FORMATS.get(number) or _EASTERN.get(number, "General"))
