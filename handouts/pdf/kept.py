"""Results kept by the identity of what they were made from.

The words, icons and codes of a sheet are the same objects in every document that has them, and
comparing a hundred segments takes longer than writing what they come to.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Kept(Generic[Thing, Result]):
    """At most so many results; the things are kept too, so that no identity comes back."""

    __slots__ = ("_kept", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[tuple[int, Hashable], tuple[Thing, Result]] = {}

    def get(self, thing: Thing, how: Hashable) -> Result | None:
        """What was made of a thing, and how."""
        found = self._kept.get((id(thing), how))
        return None if found is None else found[1]

    def keep(self, thing: Thing, how: Hashable, result: Result) -> Result:
        """Keeps a result, and returns it."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[id(thing), how] = (thing, result)
        return result
