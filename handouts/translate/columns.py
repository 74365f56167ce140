"""The columns that a spreadsheet and a CSV file have in common, and rows from and to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from handouts.diagnostics import Diagnostic, Place, problem
from handouts.translate.returned import Returned, Row, warning
from handouts.translate.unit import Table, Unit

COLUMNS = (
    "ID",
    "Group",
    "English",
    "Translation",
    "Status",
    "By",
    "On",
    "Note",
    "Room",
    "Earlier English",
    "Source",
    "Exported",
)
OPEN = frozenset(("Translation", "Status", "By", "On"))
"""Columns that are for the translator; the others are locked where a format can."""
_TITLED = re.compile(r"translation\s*(?:\(\s*([\w-]*)\s*\))?", re.I)
_NEEDED = ("id", "translation")


def titles(table: Table) -> tuple[str, ...]:
    """The head row; the translation's column says the language."""
    return tuple(f"{c} ({table.language})" if c == "Translation" else c for c in COLUMNS)


def cells(unit: Unit) -> tuple[str, ...]:
    """A unit as the cells of a row."""
    note = " ".join(remark for remark in unit.remarks if not remark.startswith("Room for"))
    room = str(unit.room) if unit.room is not None else ""
    return (
        unit.id,
        unit.group,
        unit.source,
        unit.target,
        unit.state,
        unit.by,
        unit.on,
        note,
        room,
        unit.previous,
        unit.hash,
        unit.was,
    )


class Head:
    """The head row of a file that came back: which column is where, in any order."""

    def __init__(self, row: Sequence[str], place: Place) -> None:
        self.language = ""
        self.at: dict[str, int] = {}
        self.found: list[Diagnostic] = []
        known = {name.lower() for name in COLUMNS}
        for number, title in enumerate(row):
            key = title.strip().lower()
            titled = _TITLED.fullmatch(key)
            if titled:
                key = "translation"
                self.language = (_TITLED.fullmatch(title.strip()) or titled)[1] or ""
            if key in self.at:
                message = f"there are two columns called {title.strip()}"
                raise problem("columns", message, "take one of them out", place)
            if key in known:
                self.at[key] = number
            elif key:
                self._unknown(title.strip(), place)
        lost = [name for name in _NEEDED if name not in self.at]
        if lost:
            message = f"there is no column called {' or '.join(lost)}"
            hint = f"keep the head row of the export: {', '.join(COLUMNS)}"
            raise problem("columns", message, hint, place)

    def _unknown(self, title: str, place: Place) -> None:
        message = f"the column '{title[:40]}' is not of the export; it is left out"
        self.found.append(warning("unknown-column", message, "nothing in it is taken", place))

    def row(self, values: Sequence[str], place: Place) -> Row:
        """A row's cells by what they are."""
        said: Mapping[str, str] = {
            name: values[at] for name, at in self.at.items() if at < len(values)
        }

        def tidy(name: str) -> str:
            return said.get(name, "").strip()

        return Row(
            id=tidy("id"),
            target=said.get("translation", ""),
            place=place,
            source=said.get("english", ""),
            state=tidy("status").lower(),
            by=tidy("by"),
            on=tidy("on"),
            hash=tidy("source"),
            was=tidy("exported"),
        )


def returned(head: Head, numbered: Iterator[tuple[Place, Sequence[str]]]) -> Returned:
    """The rows under a head; those without an id are reported, empty ones are nothing."""
    rows, found = [], list(head.found)
    for place, values in numbered:
        row = head.row(values, place)
        if row.id:
            rows.append(row)
        elif row.target.strip() or row.source.strip():
            message = "a row without an id is left out"
            found.append(warning("no-id", message, "copy the id from the export", place))
    return Returned(head.language, tuple(rows), found=tuple(found))
