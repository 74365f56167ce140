"""How far a language is: each string counted once, under the state it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from handouts.model.locale import Translation
from handouts.translate.language import Language
from handouts.translate.unit import STATES, State
from handouts.translate.word_diff import Piece, word_diff

GATES = ("missing", "stale", "machine", "unreviewed", "unapproved")
"""What a release may be stopped for."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A string whose English changed. `before` is empty where the earlier text is not known."""

    id: str
    before: str
    after: str
    text: str
    by: str | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What changed, word by word."""
        return word_diff(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Standing:
    """A language's strings by state, in the order of the English file."""

    language: str
    strings: Mapping[State, tuple[str, ...]]
    stale: tuple[Stale, ...]

    @property
    def counts(self) -> dict[State, int]:
        """Strings in each state; together they are all there are."""
        return {state: len(self.strings[state]) for state in STATES}

    @property
    def total(self) -> int:
        """Strings of the source language."""
        return sum(self.counts.values())

    @property
    def up_to_date(self) -> int:
        """Translated from the English as it is."""
        return self.total - self.counts["missing"] - self.counts["stale"]

    def failing(self, gate: str) -> tuple[str, ...]:
        """Strings that a gate would stop a release for."""
        wanted: dict[str, tuple[State, ...]] = {
            "missing": ("missing",),
            "stale": ("stale",),
            "machine": ("machine",),
            "unreviewed": ("machine", "draft"),
            "unapproved": ("machine", "draft", "reviewed"),
        }
        return tuple(name for state in wanted[gate] for name in self.strings[state])


def standing(language: Language, earlier: Mapping[str, str]) -> Standing:
    """How far a language is.

    Args:
        language: as it is filed.
        earlier: English texts by hash.
    """
    states = {name: language.state(name) for name in language.english}
    assert set(Counter(states.values())) <= set(STATES)
    by_state = {s: tuple(n for n, found in states.items() if found == s) for s in STATES}
    changed = []
    for name in by_state["stale"]:
        entry = language.entry(name)
        assert isinstance(entry, Translation)
        before = earlier.get(entry.source, "")
        changed.append(Stale(name, before, language.english[name], entry.text, entry.by))
    return Standing(language.tag, by_state, tuple(changed))
