"""The order, groups and notes of a locale file: what its comments say, read line by line.

YAML has no comments once it is parsed, but the notes for translators are comments: the lines
right above an id. A line of dashes heads a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from handouts.load.yaml import Parsed

_HEADING = re.compile(r"\s*#\s*-{2,}\s*(.*?)\s*-{2,}\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a string belongs: its group, and the note for its translator."""

    group: str
    note: str


def heading(line: str) -> str | None:
    """The name of the group a line heads, or None."""
    found = _HEADING.match(line)
    return found[1] if found else None


@lru_cache(maxsize=64)
def outline(parsed: Parsed) -> dict[str, Entry]:
    """Every string of a file, in its order."""
    strings = parsed.spot.inside.get("strings")
    if strings is None:
        return {}
    names = {spot.key_line: str(name) for name, spot in strings.inside.items()}
    found: dict[str, Entry] = {}
    group, note = "", list[str]()
    for number, line in enumerate(parsed.spot.origin.lines):
        name, text = heading(line), line.strip()
        if number in names:
            found[names[number]] = Entry(group, " ".join(note))
            note = []
        elif name is not None:
            group, note = name, []
        elif text.startswith("#"):
            note.append(text.lstrip("#").strip())
        else:
            note = []
    return found
