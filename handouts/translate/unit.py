"""The table every format writes: one unit a string. Made by ``table``, read by the formats."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from handouts.model.locale import Step

State = Literal["missing", "stale", "machine", "draft", "reviewed", "approved"]
"""How far a string is, as a translator sees it: missing and stale are computed, never filed."""
STATES: tuple[State, ...] = get_args(State)

META = "@"
"""What begins the id of a unit that is no string: ``@hedges``, ``@terms.benefits``."""
LISTED = ("hedges", "negations", "blocked")
"""Lists of words a language's file has beside its strings; each is one unit."""
BETWEEN = "; "
"""What stands between the words of such a list."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A string to translate, with all a translator may want to know of it.

    `hash` is that of the English text, `previous` the English a stale translation was made from
    where it is known. `prints` says in words where it stands, `references` the same as layout
    and page, `room` how many characters there is room for (None: it is never printed, or has no
    limit). `must`: safety text, never to be left out. `inherited`: the text is that of the
    language this one is a variant of.
    """

    id: str
    group: str
    source: str
    hash: str
    target: str = ""
    state: State = "missing"
    by: str = ""
    on: str = ""
    previous: str = ""
    note: str = ""
    prints: str = ""
    references: tuple[tuple[str, int], ...] = ()
    room: int | None = None
    must: bool = False
    inherited: bool = False
    history: tuple[Step, ...] = ()

    @property
    def meta(self) -> bool:
        """Whether this is a list of words or a term, not something that is printed."""
        return self.id.startswith(META)

    @property
    def was(self) -> str:
        """What it looked like when it went out; `digest` of what comes back says if it changed."""
        return digest(self.state, self.target)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The note and everything else a person should know, a line each."""
        lines = [readable(self.note)] if readable(self.note) else []
        if self.must:
            lines.append("Safety text: it must be translated and never be softer than the English.")
        if self.inherited:
            lines.append("Taken over from the language this is a variant of: change what differs.")
        if self.prints:
            lines.append(f"Prints in {self.prints}")
        if self.room is not None:
            lines.append(f"Room for about {self.room} characters")
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Table:
    """The units of one language, in the order of the English file.

    `date` is the ISO 8601 moment of the export, `edition` the catalogue's, `notes` are what the
    last translator left for the reviewer.
    """

    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    units: tuple[Unit, ...]
    date: str
    edition: str
    plural_forms: str
    base: str | None = None
    notes: tuple[str, ...] = ()


def readable(text: str) -> str:
    """A remark in one line and without control characters, for places that can hold no others."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cn", "Cs", "Zl", "Zp") else c for c in text)
    return " ".join("".join(kept).split())


def digest(state: str, target: str) -> str:
    """Twelve hex digits that change when a text or its state does."""
    return hashlib.sha256(f"{state}\0{target}".encode()).hexdigest()[:12]
