"""Leaving out what a fit step drops: optional boxes, and the structure elements they carried."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.document import Box, Document, Node, Section, Table, Text
from handouts.typeset.boxes.laid import TablePart
from handouts.typeset.walk import boxes, changed, roots


def without(box: Box, names: frozenset[str]) -> Box | None:
    """The box without optional boxes of these names; the same object when it had none."""
    if box.optional is not None and box.optional in names:
        return None
    return changed(box, lambda child: without(child, names)) if names else box


def surviving(
    document: Document, dropped: Sequence[tuple[Section, frozenset[str]]]
) -> tuple[Node, ...]:
    """The nodes that are still there: all but those of dropped boxes and parents left childless.

    Ids do not change, so a document that lost a box has gaps in them.
    """
    gone: set[int] = set()
    kept: set[int] = {0}
    if not any(names for _, names in dropped):
        return document.nodes
    for section, names in dropped:
        for root in roots(section):
            left = without(root, names)
            if left is not root:
                gone |= _nodes(root)
            if left is not None:
                kept |= _nodes(left)
    gone -= kept
    if not gone:
        return document.nodes
    return _closed(document.nodes, gone, kept)


def _closed(nodes: tuple[Node, ...], gone: set[int], kept: set[int]) -> tuple[Node, ...]:
    """Children of what is gone go; parents go when all their children went.

    Children have greater ids than their parents.
    """
    parents = {node.parent for node in nodes}
    for node in nodes:
        if node.parent in gone and node.id not in kept:
            gone.add(node.id)
    alive: set[int | None] = set()
    for node in reversed(nodes):
        if node.id in parents and node.id not in alive and node.id not in kept:
            gone.add(node.id)
        if node.id not in gone:
            alive.add(node.parent)
    return tuple([node for node in nodes if node.id not in gone])


def _nodes(root: Box) -> set[int]:
    found: set[int | None] = set()
    for box in boxes(root):
        found.add(box.node)
        if isinstance(box, Text):
            found.update([span.node for span in box.spans])
        if isinstance(box, TablePart):
            box = box.table
        if isinstance(box, Table):
            found.update([row.node for row in (*box.head, *box.rows)])
    return {node for node in found if node is not None}
