"""Weak types, brackets, neutrals and implicit levels (UAX #9, W1 to W7, N0 to N2, I1, I2).

Every rule is a function on the list of types of one isolating run sequence, changed in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.typeset.text.bidi_explicit import Isolating
from handouts.typeset.text.bidi_types import CLOSING, ISOLATING, NEUTRAL, OPENING

MAX_OPEN_BRACKETS = 63
_SIDE = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""Strong side of a resolved type; numbers count as right for N0 to N2."""


def resolve(
    sequence: Isolating, text: str, classes: Sequence[str], types: list[str], levels: list[int]
) -> None:
    """Sets the levels of one sequence; rules in the order of the standard."""
    current = [types[i] for i in sequence.indexes]
    marks(current, sequence.before)
    numbers_after_arabic(current, sequence.before)
    separators(current)
    terminators(current)
    numbers_after_latin(current, sequence.before)
    embedding = "R" if sequence.level & 1 else "L"
    if "ON" in current:
        brackets(current, sequence, text, classes, embedding)
    neutrals(current, sequence, embedding)
    for i, name in zip(sequence.indexes, current, strict=True):
        levels[i] = sequence.level + _implicit(name, sequence.level)


def marks(current: list[str], before: str) -> None:
    """W1: a mark takes the type of what it stands on; after an isolate's end it is neutral."""
    previous = before
    for k, name in enumerate(current):
        if name == "NSM":
            current[k] = previous
        else:
            previous = "ON" if name in ISOLATING else name


def numbers_after_arabic(current: list[str], before: str) -> None:
    """W2 and W3."""
    strong = before
    for k, name in enumerate(current):
        if name in ("L", "R", "AL"):
            strong = name
        elif name == "EN" and strong == "AL":
            current[k] = "AN"
    for k, name in enumerate(current):
        if name == "AL":
            current[k] = "R"


def separators(current: list[str]) -> None:
    """W4: one separator between two numbers of a kind joins them."""
    for k in range(1, len(current) - 1):
        left, right = current[k - 1], current[k + 1]
        if left != right:
            continue
        if (current[k] == "ES" and left == "EN") or (current[k] == "CS" and left in ("EN", "AN")):
            current[k] = left


def terminators(current: list[str]) -> None:
    """W5 and W6: terminators beside a European number join it, what is left is neutral."""
    k = 0
    while k < len(current):
        if current[k] != "ET":
            k += 1
            continue
        end = _end_of(current, k, frozenset(("ET",)))
        if (k and current[k - 1] == "EN") or (end < len(current) and current[end] == "EN"):
            current[k:end] = ["EN"] * (end - k)
        k = end
    for k, name in enumerate(current):
        if name in ("ES", "ET", "CS"):
            current[k] = "ON"


def numbers_after_latin(current: list[str], before: str) -> None:
    """W7."""
    strong = before
    for k, name in enumerate(current):
        if name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            current[k] = "L"


def brackets(
    current: list[str], sequence: Isolating, text: str, classes: Sequence[str], embedding: str
) -> None:
    """N0: both brackets of a pair go the same way, that of what they hold or stand in."""
    for start, end in _pairs(current, sequence.indexes, text):
        inside = {_SIDE[name] for name in current[start + 1 : end] if name in _SIDE}
        if not inside:
            continue
        side = embedding
        if embedding not in inside:
            before = (_SIDE[n] for n in reversed(current[:start]) if n in _SIDE)
            side = next(before, sequence.before)
        for bracket in (start, end):
            current[bracket] = side
            for k in range(bracket + 1, len(current)):
                if classes[sequence.indexes[k]] != "NSM":
                    break
                current[k] = side


def _pairs(current: list[str], indexes: list[int], text: str) -> list[tuple[int, int]]:
    """BD16: bracket pairs in the order of their opening brackets."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for k, name in enumerate(current):
        if name != "ON":
            continue
        character = text[indexes[k]]
        if character in OPENING:
            if len(waiting) == MAX_OPEN_BRACKETS:
                break
            waiting.append((OPENING[character], k))
        elif character in CLOSING:
            close = CLOSING[character]
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == close:
                    pairs.append((waiting[depth][1], k))
                    del waiting[depth:]
                    break
    return sorted(pairs)


def neutrals(current: list[str], sequence: Isolating, embedding: str) -> None:
    """N1 and N2: neutrals between two of a side take it, others the embedding direction."""
    k = 0
    while k < len(current):
        if current[k] not in NEUTRAL:
            k += 1
            continue
        end = _end_of(current, k, NEUTRAL)
        left = _SIDE[current[k - 1]] if k else sequence.before
        right = _SIDE[current[end]] if end < len(current) else sequence.after
        current[k:end] = [left if left == right else embedding] * (end - k)
        k = end


def _end_of(current: list[str], start: int, names: frozenset[str]) -> int:
    end = start
    while end < len(current) and current[end] in names:
        end += 1
    return end


def _implicit(name: str, level: int) -> int:
    """I1 and I2: what the resolved type adds to the level."""
    if level & 1:
        return 0 if name == "R" else 1
    return {"L": 0, "R": 1}.get(name, 2)
