"""Types that are frozen for the type checker alone behave like frozen ones in all else."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from handouts.model.document import Node, Role, Span, Text, TextStyle
from handouts.model.frozen import dataclass
from handouts.units import Length

STYLE = TextStyle(families=("Noto Sans",), size=Length(11), floor=Length(9))


def text(words: str, slot: int | None = None) -> Text:
    return Text(node=3, spans=(Span(words),), style=STYLE, lang="en", slot=slot)


def test_equal_ones_have_one_hash() -> None:
    assert text("a") == text("a")
    assert hash(text("a")) == hash(text("a"))
    assert text("a") != text("b")
    assert len({text("a"), text("a"), text("b")}) == 2
    assert text("a", slot=1) == text("a", slot=2), "a slot is no part of what a box is"


def test_they_have_slots_and_can_be_replaced_and_pickled() -> None:
    node = Node(1, Role.P, 0, lang="en")
    assert not hasattr(node, "__dict__")
    assert dataclasses.replace(node, lang="fr") == Node(1, Role.P, 0, lang="fr")
    assert node.lang == "en"
    assert pickle.loads(pickle.dumps(text("a"))) == text("a")


def test_what_is_not_declared_frozen_is_refused() -> None:
    with pytest.raises(AssertionError):

        @dataclass(frozen=False, slots=True)
        class Loose:
            value: int
