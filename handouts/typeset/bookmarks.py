"""The outline: headings with the page and height where they are first painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.model.document import Node, Role
from handouts.model.pages import Bookmark
from handouts.typeset.boxes.laid import Laid, SetText
from handouts.typeset.flow import PagePlan

_LEVELS = {Role.H1: 1, Role.H2: 2, Role.H3: 3}

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def bookmarks(plans: Sequence[PagePlan], nodes: Sequence[Node]) -> tuple[Bookmark, ...]:
    """One entry for each heading that is painted, in the order of painting."""
    levels = {node.id: _LEVELS[node.role] for node in nodes if node.role in _LEVELS}
    found: dict[int, Bookmark] = {}
    for page, plan in enumerate(plans):
        for placed in plan.content:
            if not placed.repeated:
                _collect(placed.laid, placed.y, page, levels, found)
    return tuple(found.values())


def _collect(
    laid: Laid, y: float, page: int, levels: Mapping[int, int], found: dict[int, Bookmark]
) -> None:
    detail = laid.detail
    if isinstance(detail, SetText):
        node = detail.text.node
        if node is not None and node in levels and node not in found:
            title = "".join(span.text for span in detail.text.spans).translate(_ISOLATES)
            found[node] = Bookmark(title, levels[node], page, y)
        return
    for child in laid.children:
        if not child.repeated:
            _collect(child.laid, y + child.y, page, levels, found)
