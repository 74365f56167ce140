"""Answers kept by the identity of what they are about."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from handouts.compose.kept import kept


@dataclass
class Thing:
    """Equal to every other, so that only identity tells two of them apart."""

    name: str = "same"


def test_the_same_thing_is_asked_once_and_an_equal_one_anew() -> None:
    asked: list[str] = []

    @kept(8)
    def answer(thing: Thing, how: str) -> list[str]:
        asked.append(how)
        return [thing.name, how]

    one, other = Thing(), Thing()
    assert answer(one, "a") is answer(one, "a")
    assert answer(one, "b") == ["same", "b"]
    assert answer(other, "a") is not answer(one, "a")
    assert asked == ["a", "b", "a"]


def test_two_things_by_identity() -> None:
    @kept(8, things=2)
    def answer(one: list[int], other: list[int]) -> int:
        return sum(one) + sum(other)

    first, second = [1], [2]
    assert answer(first, second) == 3
    first.append(10)
    assert answer(first, second) == 3, "asked only once"
    assert answer(second, first) == 13, "the order counts"


def test_what_is_forgotten_is_asked_again_and_nothing_holds_more_than_it_may() -> None:
    asked: list[int] = []

    @kept(2)
    def answer(thing: Thing, number: int) -> int:
        asked.append(number)
        return number

    thing = Thing()
    for number in (1, 2, 3, 1):
        assert answer(thing, number) == number
    assert asked == [1, 2, 3, 1]


def test_an_identity_never_comes_back_for_another_thing() -> None:
    @kept(1000)
    def answer(thing: Thing) -> str:
        return thing.name

    assert [answer(Thing(str(number))) for number in range(500)] == [str(n) for n in range(500)]


def test_an_error_is_not_kept() -> None:
    tries: list[int] = []

    @kept(4)
    def answer(thing: Thing) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("first")
        return len(tries)

    thing = Thing()
    with pytest.raises(ValueError, match="first"):
        answer(thing)
    assert answer(thing) == 2
