"""QR codes made from tables are segno's own, for every version, level, length and mask."""

from __future__ import annotations

import random

import pytest
import segno

from handouts.compose import qr
from handouts.compose.qr import qr_rows

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-./:?=&%#~_ABC"


def rows(text: str, **how: object) -> tuple[str, ...]:
    made = segno.make(text, error="m", micro=False, boost_error=True, **how)
    return tuple("".join(map(str, row)) for row in made.matrix)


@pytest.mark.parametrize("length", range(1, 107))
def test_a_symbol_is_one_of_those_segno_makes(length: int) -> None:
    chance = random.Random(length)
    text = "".join(chance.choices(LETTERS, k=length)) if length > 1 else "a"
    text = f"a{text[1:]}"
    assert qr_rows(text) in {rows(text, mask=mask) for mask in range(8)}


def test_all_versions_and_levels_were_seen() -> None:
    seen = {qr._kind(length) for length in range(1, 107)}
    assert set(qr._BLOCKS) == seen


@pytest.mark.parametrize(
    "text", ["HTTPS://EXAMPLE.ORG/A", "12345678", "https://example.org/ü", "a" * 300, "点茗"]
)
def test_what_the_tables_do_not_hold_is_asked_of_segno(text: str) -> None:
    assert qr_rows(text) == rows(text)


def test_the_mask_has_the_least_penalty_by_the_count_of_segno_itself() -> None:
    """Within what format information, which segno leaves out of its count, can change."""
    text = "https://www.example-clinic.org/classes"
    chosen = qr_rows(text)
    scores = {}
    for mask in range(8):
        made = rows(text, mask=mask)
        matrix = tuple(bytearray(map(int, row)) for row in made)
        scores[made] = sum(segno.encoder.mask_scores(matrix, len(made), len(made)))
    assert scores[chosen] <= min(scores.values()) + 40


def test_penalties_are_those_of_the_standard() -> None:
    """Five in a row cost 3, six 4; a square of two 3; a finder pattern beside light 40."""
    rows = 1 << 21 * 25  # Where the rows of version 1 begin; squares count in them alone.
    assert qr._alike(0b011111000 * rows, 21) == 3
    assert qr._alike(0b011111100 * rows, 21) == 4
    assert qr._alike(0b0111101111 * rows, 21) == 0
    assert qr._alike((0b11 | 0b11 << 25) * rows, 21) == 3
    assert qr._alike(0b11 | 0b11 << 25, 21) == 0
    assert qr._finders(0b1011101 << 4) == 1
    assert qr._finders(0b1_1011101_1) == 0


@pytest.mark.parametrize("length", range(1, 107, 3))
def test_tables_say_what_is_said_without_them(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = qr._kind(length)
    assert kind is not None
    words = qr._words(kind, b"https://clinic.example/" * 5)[: sum(qr._BLOCKS[kind][1:])]
    monkeypatch.setattr(qr, "_ASKED", qr.Counter())
    plain = qr._said(kind, words)
    monkeypatch.setattr(qr, "_FAMILIAR", 0)
    assert qr._said(kind, words) == plain
