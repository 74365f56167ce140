"""Builds the list of structure elements in reading order while the boxes are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

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


class Structure:
    """Hands out node ids in reading order; inside `as_artifact` it hands out none.

    The one mutable thing in this stage: it lives for one document and ends as a tuple.
    """

    def __init__(self, lang: str) -> None:
        self._nodes = [Node(0, Role.DOCUMENT, None, lang=lang)]
        self._parents = [0]
        self._muted = 0

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
        node = Node(
            id=len(self._nodes),
            role=role,
            parent=self._parents[-1] if parent is None else parent,
            lang=lang,
            alt=alt,
            actual=actual,
            scope=scope,
            numbering=numbering,
            title=title,
        )
        self._nodes.append(node)
        return node.id

    def within(self, node: int | None) -> _Inside:
        """Elements added inside become children of `node`; None changes nothing."""
        return _Inside(self._parents, self._parents[-1] if node is None else node)

    @contextmanager
    def as_artifact(self) -> Iterator[None]:
        """Running headers and footers have no elements."""
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1
