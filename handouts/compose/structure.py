"""Builds the list of structure elements in reading order while the boxes are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from handouts.model.document import Node, Role


class _Inside:
    """An open element, closed with its ``with`` block; every list item opens one."""

    __slots__ = ("_node", "_parents")

    def __init__(self, parents: list[int], node: int) -> None:
        self._parents, self._node = parents, node

    def __enter__(self) -> None:
        self._parents.append(self._node)

    def __exit__(self, *error: object) -> None:
        self._parents.pop()


class Mark(NamedTuple):
    """A moment in the making of the elements: what the next one would be, and under what."""

    next: int
    parents: tuple[int, ...]
    muted: int
    speech: tuple[str, int] | None


class Structure:
    """Hands out node ids in reading order; inside `as_artifact` it hands out none.

    Mutable, as few things in this stage are: it lives for one document and ends as a tuple.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        """The document's language: of a sheet in two, the first one's."""
        self._nodes = [Node(0, Role.DOCUMENT, None, lang=lang)]
        self._parents = [0]
        self._muted = 0
        self._speech: tuple[str, int] | None = None
        self._first = 0
        """Id of the first element that is here."""

    def mark(self) -> Mark:
        """Where the making has come to."""
        next_ = self._first + len(self._nodes)
        return Mark(next_, tuple(self._parents), self._muted, self._speech)

    def resume(self, mark: Mark) -> None:
        """Goes on as from a mark of another document's making, without what came before it."""
        self._first, self._nodes = mark.next, []
        self._parents, self._muted = list(mark.parents), mark.muted
        self._speech = mark.speech

    def since(self, mark: Mark) -> tuple[Node, ...]:
        """The elements added since then."""
        return tuple(self._nodes[mark.next - self._first :])

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All elements so far."""
        return tuple(self._nodes)

    @property
    def muted(self) -> bool:
        """True while artifacts are made."""
        return self._muted > 0

    def add(
        self,
        role: Role,
        *,
        lang: str | None = None,
        alt: str | None = None,
        actual: str | None = None,
        scope: Literal["Column", "Row"] | None = None,
        numbering: Literal["Disc", "Decimal", "None"] | None = None,
        title: str | None = None,
        parent: int | None = None,
    ) -> int | None:
        """A new element under `parent`, by default the open one; None inside `as_artifact`."""
        if self._muted:
            return None
        over = self._parents[-1] if parent is None else parent
        if self._speech and lang is None and over < self._speech[1]:
            lang = self._speech[0]
        at = self._first + len(self._nodes)
        self._nodes.append(Node(at, role, over, lang, alt, actual, scope, numbering, title))
        return at

    def within(self, node: int | None) -> _Inside:
        """Elements added inside become children of `node`; None changes nothing."""
        return _Inside(self._parents, self._parents[-1] if node is None else node)

    @contextmanager
    def speaking(self, lang: str) -> Iterator[None]:
        """Elements added inside are in another language than those around them."""
        before, self._speech = self._speech, (lang, self.mark().next)
        try:
            yield
        finally:
            self._speech = before

    def keep(self, painted: Collection[int]) -> None:
        """Forgets elements that nothing is painted for, here or in what they hold."""
        kept = set(painted) | {0}
        for node in reversed(self._nodes):
            if node.id in kept and node.parent is not None:
                kept.add(node.parent)
        self._nodes = [node for node in self._nodes if node.id in kept]

    @contextmanager
    def as_artifact(self) -> Iterator[None]:
        """Running headers and footers have no elements."""
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1
