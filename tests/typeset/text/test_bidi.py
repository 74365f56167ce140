"""UAX #9 against the Unicode test files: a sample always, all of it when HANDOUTS_FULL is set."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence

import pytest

from handouts.typeset.text.bidi import levels, visual_order

from .samples import UNICODE

STEP = 97
_EXAMPLE = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$", "AN": "\u0661",
    "CS": ",", "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "LRO": "\u202d", "RLE": "\u202b", "RLO": "\u202e", "PDF": "\u202c",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
_BASES = ((1, None), (2, 0), (4, 1))

Case = tuple[str, int | None, int | None, list[str], list[int]]
"""Text, base asked for, base expected (None: not said), levels ("x": any), visual order."""


def class_cases(step: int) -> Iterator[Case]:
    """Cases of BidiTest.txt."""
    wanted: list[str] = []
    order: list[int] = []
    count = 0
    for line in _lines("BidiTest.txt.gz"):
        if line.startswith("@Levels:"):
            wanted = line.partition(":")[2].split()
        elif line.startswith("@Reorder:"):
            order = [int(index) for index in line.partition(":")[2].split()]
        elif not line.startswith("@"):
            count += 1
            if count % step == 0:
                classes, _, bits = line.partition(";")
                text = "".join(_EXAMPLE[name] for name in classes.split())
                for bit, base in _BASES:
                    if int(bits, 16) & bit:
                        yield text, base, None, wanted, order


def character_cases(step: int) -> Iterator[Case]:
    """Cases of BidiCharacterTest.txt."""
    for count, line in enumerate(_lines("BidiCharacterTest.txt.gz"), 1):
        if count % step == 0:
            points, asked, base, wanted, order = line.split(";")
            text = "".join(chr(int(point, 16)) for point in points.split())
            given = {"0": 0, "1": 1, "2": None}[asked]
            yield text, given, int(base), wanted.split(), [int(i) for i in order.split()]


def _lines(name: str) -> Iterator[str]:
    with gzip.open(UNICODE / name, "rt", encoding="utf-8") as file:
        for line in file:
            content = line.partition("#")[0].strip()
            if content:
                yield content


def passes(case: Case) -> bool:
    text, asked, base, wanted, order = case
    found, level = levels(text, asked)
    shown = [i for i, name in enumerate(wanted) if name != "x"]
    return (
        base in (None, level)
        and all(found[i] == int(wanted[i]) for i in shown)
        and [shown[k] for k in visual_order([found[i] for i in shown])] == order
    )


def check(cases: Iterator[Case], least: int) -> None:
    results = [passes(case) for case in cases]
    assert len(results) >= least
    assert results.count(False) == 0


def test_sample_of_classes() -> None:
    check(class_cases(STEP), 7_000)


def test_sample_of_characters() -> None:
    check(character_cases(STEP), 900)


@pytest.mark.full
@pytest.mark.skipif(not os.getenv("HANDOUTS_FULL"), reason="long; set HANDOUTS_FULL to run it")
def test_all() -> None:
    check(class_cases(1), 770_241)
    check(character_cases(1), 91_707)


def test_plain_text_needs_no_rules() -> None:
    assert levels("plain, 12 (a)", 0) == ([0] * 13, 0)


@pytest.mark.parametrize(
    ("line", "order"),
    [([], []), ([0, 0], [0, 1]), ([1, 1], [1, 0]), ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4])],
)
def test_visual_order(line: Sequence[int], order: list[int]) -> None:
    assert visual_order(line) == order
