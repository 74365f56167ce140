"""Explicit levels, overrides and isolates (UAX #9, BD9, X1 to X10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.typeset.text.bidi_types import INITIATORS, first_strong

MAX_DEPTH = 125


class Isolating(NamedTuple):
    """An isolating run sequence (BD13) with the types assumed before and after it."""

    indexes: list[int]
    level: int
    before: str
    after: str


class _Entry(NamedTuple):
    level: int
    override: str | None
    isolate: bool


@dataclass(slots=True)
class _Status:
    """The directional status stack and the three counters of X1."""

    stack: list[_Entry]
    overflow_isolates: int = 0
    overflow_embeddings: int = 0
    valid_isolates: int = 0
    levels: list[int] = field(default_factory=list)

    def next_level(self, right: bool) -> int | None:
        """The least higher odd or even level; None when it or an overflow forbids it."""
        level = self.stack[-1].level
        level = (level + 1) | 1 if right else (level + 2) & ~1
        free = not self.overflow_isolates and not self.overflow_embeddings
        return level if level <= MAX_DEPTH and free else None

    def embed(self, name: str) -> None:
        """X2 to X5."""
        level = self.next_level(name[0] == "R")
        if level is not None:
            override = {"RLO": "R", "LRO": "L"}.get(name)
            self.stack.append(_Entry(level, override, False))
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def isolate(self, right: bool) -> None:
        """X5a to X5c."""
        level = self.next_level(right)
        if level is None:
            self.overflow_isolates += 1
        else:
            self.valid_isolates += 1
            self.stack.append(_Entry(level, None, True))

    def end_isolate(self) -> None:
        """X6a."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1].isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def end_embedding(self) -> None:
        """X7."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.stack[-1].isolate and len(self.stack) > 1:
            self.stack.pop()


def matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: isolate initiator to its PDI and back."""
    matches: dict[int, int] = {}
    open_initiators: list[int] = []
    for i, name in enumerate(classes):
        if name in INITIATORS:
            open_initiators.append(i)
        elif name == "PDI" and open_initiators:
            start = open_initiators.pop()
            matches[start], matches[i] = i, start
    return matches


def explicit(
    classes: Sequence[str], matches: Mapping[int, int], base: int
) -> tuple[list[int], list[str]]:
    """X1 to X8: explicit levels, and the classes with overrides applied."""
    status = _Status([_Entry(base, None, False)])
    levels, types = [base] * len(classes), list(classes)
    for i, name in enumerate(classes):
        if name == "B":
            continue
        if name == "PDI":
            status.end_isolate()
        elif name == "PDF":
            status.end_embedding()
        entry = status.stack[-1]
        levels[i] = entry.level
        if name in ("RLE", "LRE", "RLO", "LRO"):
            status.embed(name)
            continue
        if entry.override and name not in ("BN", "PDF"):
            types[i] = entry.override
        if name in INITIATORS:
            status.isolate(_opens_right(name, classes, matches, i))
    return levels, types


def _opens_right(name: str, classes: Sequence[str], matches: Mapping[int, int], at: int) -> bool:
    if name == "FSI":
        return first_strong(classes, matches, at + 1, matches.get(at, len(classes))) == 1
    return name == "RLI"


def sequences(
    kept: Sequence[int],
    classes: Sequence[str],
    levels: Sequence[int],
    matches: Mapping[int, int],
    base: int,
) -> list[Isolating]:
    """X10: level runs of the characters X9 keeps, joined across isolates (BD13)."""
    runs: list[list[int]] = []
    for i in kept:
        if runs and levels[runs[-1][-1]] == levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    starts = {run[0]: run for run in runs}
    place = {i: k for k, i in enumerate(kept)}
    found: list[Isolating] = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in matches:
            continue
        indexes = list(run)
        while classes[indexes[-1]] in INITIATORS and matches.get(indexes[-1]) in starts:
            indexes += starts[matches[indexes[-1]]]
        first, last = place[indexes[0]], place[indexes[-1]]
        level = levels[indexes[0]]
        before = levels[kept[first - 1]] if first else base
        open_ended = classes[indexes[-1]] in INITIATORS and indexes[-1] not in matches
        at_end = open_ended or last + 1 == len(kept)
        after = base if at_end else levels[kept[last + 1]]
        found.append(Isolating(indexes, level, _side(level, before), _side(level, after)))
    return found


def _side(level: int, neighbour: int) -> str:
    """The type of a border: that of the higher of the two levels."""
    return "R" if max(level, neighbour) & 1 else "L"
