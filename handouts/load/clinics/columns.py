"""The head of a spreadsheet: which row it is, and which key of a brand each column means.

Part of ``load``, between the cells (`csv`, `xlsx`) and the rows (`rows`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, ExitCode, Place
from handouts.load.clinics.cells import brief, letter
from handouts.load.clinics.keys import (
    ADDRESS,
    PHONES,
    Kind,
    keys,
    kind_of,
    language_of,
    localisable,
)
from handouts.load.clinics.words import PARTS, meant, plain, words
from handouts.load.problems import Problems, nearest

HEAD_ROWS = 30
"""The head is looked for in so many rows: titles and notes may stand above it."""

_SHORT = 3
"""So few letters say nothing about what was meant: ``No.`` is no ``nom``."""

_TAGGED = re.compile(r"(?P<said>.*\S)\s*[\[(]\s*(?P<tag>[A-Za-z]{2,3}(?:[-_]\w+)*)\s*[\])]")
_JOINED = re.compile(r"(?P<said>.*\w)\s*[-_.]\s*(?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)")
_HALVES = ("AM", "PM")
"""Halves of a day, not Amharic: a tag of it is written small."""
_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]\s*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is used: its number from 1, and the key its cells are for.

    `part` is its part of an address that stands in several columns, or empty.
    """

    number: int
    heading: str
    key: str
    kind: Kind
    part: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a spreadsheet: its row, the columns used and the headings that are not."""

    row: int
    columns: tuple[Column, ...]
    unused: tuple[tuple[int, str], ...] = ()
    width: int = 0

    def column_of(self, key: str) -> int:
        """The number of the column a value came from; 0 when none did."""
        exact = next((one.number for one in self.columns if one.key == key), 0)
        if exact:
            return exact
        owner = key.rpartition(".")[0]
        return next((one.number for one in self.columns if one.key.startswith(owner)), 0)


def known_columns(
    headings: Sequence[str], languages: Collection[str], renamed: Mapping[str, str | None]
) -> int:
    """How many of the headings mean something: two make a row the head."""
    given = {plain(one) for one, key in renamed.items() if key}
    return sum(bool(_key(h, languages, renamed)) or plain(h) in given for h in headings if h)


def header(
    row: int,
    headings: Sequence[str],
    languages: Collection[str],
    renamed: Mapping[str, str | None],
    path: str,
    problems: Problems,
) -> Header:
    """Matches the headings; what is not used, missing or there twice goes to `problems`.

    Args:
        row: the number of the head's row.
        headings: its cells.
        languages: the tags of all languages, for ``name [es]``.
        renamed: headings that were given a meaning in the job file; None: not to be used.
        path: what messages call the file.
        problems: what is found.
    """
    columns: list[Column] = []
    unused = []
    for number, heading in enumerate(headings, 1):
        if not heading:
            continue
        if _ignored(heading, renamed):
            unused.append((number, heading))
            continue
        key = _key(heading, languages, renamed)
        if key is None:
            unused.append((number, heading))
            problems.add([_unused(Place(path, row, number), heading, languages)])
        else:
            columns.append(_column(number, heading, key, columns))
    _check_twice(columns, row, path, problems)
    if not any(one.key.partition(".")[0] == "name" for one in columns):
        message, hint = "no column holds the clinics' names", "call one 'name'"
        problems.error("missing-column", message, hint, Place(path, row, 1))
    width = max((n for n, heading in enumerate(headings, 1) if heading), default=0)
    return Header(row, tuple(columns), tuple(unused), width)


def check_renamed(
    renamed: Mapping[str, str | None],
    headings: Sequence[str],
    place: Mapping[str, Place],
    problems: Problems,
) -> None:
    """Each heading the job file renames must be there, and mean something that exists."""
    there = {plain(one): one for one in headings if one}
    for heading, key in renamed.items():
        where = place.get(heading)
        if plain(heading) not in there:
            near = nearest(heading, there.values())
            hint = f"did you mean '{near}'?" if near else "take the line out"
            message = f"no column is called '{heading}'"
            problems.error("unknown-column", message, hint, where)
        if key is not None and _asked(key) is None:
            near = nearest(key, [*keys(), *words(), *PARTS])
            hint = f"did you mean '{near}'?" if near else "see the columns in docs/batch.md"
            problems.error("unknown-key", f"'{key}' is nothing a column can be", hint, where)


def _column(number: int, heading: str, key: str, before: Sequence[Column]) -> Column:
    part, _, tag = key.partition(".") if key.split(".")[0] in PARTS else ("", "", "")
    if part:
        key = f"{ADDRESS}.{tag}" if tag else ADDRESS
    elif key == PHONES:
        key = f"{PHONES}.{sum(one.key.startswith(PHONES) for one in before)}"
    kind = kind_of(key)
    assert kind, key
    return Column(number, heading, key, "zip" if part == "zip" else kind, part)


def _key(heading: str, languages: Collection[str], renamed: Mapping[str, str | None]) -> str | None:
    """The key a heading means: by the job file, as it stands, or with a language behind it."""
    for name, key in renamed.items():
        if plain(name) == plain(heading):
            return _asked(key) if key else None
    found = meant(heading) or _dotted(heading, languages)
    for form in (_TAGGED, _JOINED):
        match = None if found else form.fullmatch(heading.strip())
        if match:
            key, tag = meant(match["said"]), _tag(match["tag"], languages)
            if key and tag and (key in localisable() or key in PARTS):
                found = f"{key}.{tag}"
    if found is None and _BRACKETS.search(heading):
        tagged = _TAGGED.fullmatch(heading.strip())
        bare = meant(_BRACKETS.sub(" ", heading))
        language = (
            tagged and (bare in localisable() or bare in PARTS) and _like_a_tag(tagged["tag"])
        )
        found = None if language else bare
    return found


def _asked(key: str) -> str | None:
    """A key as somebody writes it who means it: ``name``, ``contact.web``, ``street``."""
    if key in PARTS:
        return key
    return key if kind_of(key) else meant(key)


def _dotted(heading: str, languages: Collection[str]) -> str | None:
    """A heading that is written as a key of the model with something of one's own behind it."""
    key = heading.strip()
    if "." not in key or not kind_of(key):
        return None
    written = language_of(key)
    if written is None:
        return key
    tag = _tag(written, languages)
    if tag and key.startswith("texts."):
        return f"texts.{tag}{key.removeprefix(f'texts.{written}')}"
    return f"{key.removesuffix(written)}{tag}" if tag else None


def _tag(written: str, languages: Collection[str]) -> str | None:
    if written in _HALVES:
        return None
    lower = written.replace("_", "-").lower()
    return next((tag for tag in languages if tag.lower() == lower), None)


def _like_a_tag(written: str) -> bool:
    """``(xx)`` behind a word is a language that is not there; ``(main)`` a remark."""
    return len(written.partition("-")[0]) == 2 and written.islower()


def _ignored(heading: str, renamed: Mapping[str, str | None]) -> bool:
    return any(plain(name) == plain(heading) and key is None for name, key in renamed.items())


def _unused(place: Place, heading: str, languages: Collection[str]) -> Diagnostic:
    tagged = _TAGGED.fullmatch(heading.strip())
    if tagged and meant(tagged["said"]):
        near = nearest(tagged["tag"], languages)
        hint = f"did you mean [{near}]?" if near else "see 'handouts list languages'"
        message = f"the column '{heading}' is not used: there is no language '{tagged['tag']}'"
    else:
        near = _likely(plain(heading))
        hint = f"did you mean '{near}'?" if near else "call it otherwise, or let it be"
        message = f"the column '{heading}' is not used"
    return _warning("unused-column", f"{letter(place.column)}: {brief(message)}", hint, place)


def _likely(heading: str) -> str | None:
    """A heading that was misspelt; there are so many words that short ones are near to any."""
    near = nearest(heading, (one for one in words() if one[0] == heading[:1]))
    return near if len(heading) > _SHORT else None


def _check_twice(columns: Sequence[Column], row: int, path: str, problems: Problems) -> None:
    seen: dict[tuple[str, str], Column] = {}
    for one in columns:
        first = seen.setdefault((one.key, one.part), one)
        if first is not one:
            message = (
                f"the columns {letter(first.number)} '{first.heading}' and "
                f"{letter(one.number)} '{one.heading}' both hold {one.part or one.key}"
            )
            hint = "rename or delete one of them"
            place = Place(path, row, one.number)
            problems.error("duplicate-column", message, hint, place, ExitCode.CONTENT)


def _warning(code: str, message: str, hint: str, place: Place) -> Diagnostic:
    problems = Problems()
    problems.warning(code, message, hint, place)
    return problems.found[0]
