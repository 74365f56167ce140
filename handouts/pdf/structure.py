"""The structure tree: which element owns which marked content.

Elements come from the pages' nodes. A grouping element's kids stand in node order, which is
reading order; in an element with content of its own, kids stand in paint order, so that a link
is read in the middle of its sentence. How an element stands in the file is `elements`' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handouts.model.document import Node, Role
from handouts.pdf.boxes import Box, union
from handouts.pdf.errors import RenderError

_CELLS = (Role.TD, Role.TH)
_GROUPS = frozenset(
    ["Document", "Part", "Sect", "Div", "TOC", "TOCI", "L", "LI", "Table", "THead", "TBody", "TR"]
)
"""Elements that hold elements, never content (ISO 32000-1, 14.8.4.2 and 14.8.4.3)."""


@dataclass(slots=True)
class Element:
    """A node on its way into the file. Content is (page, MCID)."""

    node: Node
    parent: Element | None
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    areas: list[tuple[int, int]] = field(default_factory=list)
    """(page, index among its links) of a Link's places to click."""
    attached: bool = False
    number: int = 0
    box: Box | None = None
    box_page: int = -1
    varies: bool = False
    """It is an illustration, and something of it stands in a slot: so it may be another one."""

    def attach(self) -> None:
        """Puts the element among its parent's kids at its first content."""
        if not self.attached:
            self.attached = True
            if self.parent is not None:
                self.parent.attach()
                self.parent.kids.append(self)

    def cover(self, page: int, box: Box) -> None:
        """Widens the bounding box of an illustration; it is that of its first page."""
        if page == self.box_page:
            self.box = union(self.box, box)


class StructureTree:
    """The elements of one document, filled mark by mark."""

    def __init__(self, nodes: Sequence[Node], language: str) -> None:
        self._elements: dict[int, Element] = {}
        self._languages: dict[int, str] = {}
        self.parents: list[list[Element] | Element] = []
        """Rows of the parent tree: a page's elements by MCID, or the element of a link area."""
        for node in nodes:
            self._add(node, language)
        if 0 not in self._elements:
            raise RenderError("the pages have no Document node (id 0)")

    def _add(self, node: Node, language: str) -> None:
        number, above, role = node.id, node.parent, node.role
        if number in self._elements:
            raise RenderError(f"two nodes have the id {number}")
        if not (above is None) == (number == 0) == (role == Role.DOCUMENT):
            raise RenderError(f"node {number} ({role}) hangs nowhere")
        parent = None
        if above is not None:
            parent = self._elements.get(above)
            if parent is None:
                raise RenderError(f"node {number} comes before its parent {above}")
            language = self._languages[above]
        check_spoken(node)
        if role == Role.TH and not node.scope:
            raise RenderError(f"header cell {number} does not say what it heads (scope)")
        self._elements[number] = Element(node, parent)
        self._languages[number] = node.lang or language

    def __iter__(self) -> Iterator[Element]:
        return iter(self._elements.values())

    def element(self, node: int) -> Element:
        """The element of a node.

        Raises:
            RenderError: when the pages do not have this node.
        """
        if node not in self._elements:
            raise RenderError(f"painted for node {node}, which the pages do not have")
        return self._elements[node]

    def language(self, node: int) -> str:
        """The language in force for a node's text."""
        return self._languages[node]

    def mark(self, node: int, page: int, mcid: int, slot: bool) -> Element:
        """Records that a marked-content sequence belongs to a node."""
        element = self.element(node)
        if element.node.role in _GROUPS:
            raise RenderError(f"painted for node {node}, a {element.node.role}: paint an artifact")
        element.attach()
        element.kids.append((page, mcid))
        if element.box_page < 0:
            element.box_page = page
        element.varies |= slot and element.node.role == Role.FIGURE
        return element

    def page_key(self, owners: list[Element]) -> int:
        """Key of a page in the parent tree (StructParents); owners are in MCID order."""
        self.parents.append(owners)
        return len(self.parents) - 1

    def annotate(self, node: int, page: int, link: int) -> int:
        """Gives a Link a place to click; returns its key in the parent tree (StructParent)."""
        element = self.element(node)
        if element.node.role != Role.LINK:
            raise RenderError(f"link area of node {node}, which is a {element.node.role}")
        element.areas.append((page, link))
        self.parents.append(element)
        return len(self.parents) - 1

    def pruned(self) -> list[Element]:
        """Elements with content, in tree order, and empty cells of rows that have some."""
        for element in self._elements.values():
            _check_link(element)
            row = element.parent
            if row is not None and row.attached and element.node.role in _CELLS:
                element.attach()
        if not self._elements[0].attached:
            raise RenderError("nothing was painted that belongs to the document's structure")
        kept: list[Element] = []
        _collect(self._elements[0], kept)
        return kept

    def untie(self) -> None:
        """Parents and kids hold one another: once they are written, they are garbage else."""
        for element in self:
            element.kids.clear()


def check_spoken(node: Node) -> None:
    """Refuses a picture nobody could hear of."""
    if node.role == Role.FIGURE and not node.alt:
        raise RenderError(f"figure {node.id} has no alternative text")


def _check_link(element: Element) -> None:
    """A Link is both text and a place to click, or it is dropped altogether."""
    if element.node.role == Role.LINK and element.attached != bool(element.areas):
        state = "painted but has no area" if element.attached else "has an area but no content"
        raise RenderError(f"link {element.node.id} is {state}")


def _collect(element: Element, kept: list[Element]) -> None:
    kept.append(element)
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    if kids and len(kids) == len(element.kids):
        kids.sort(key=lambda kid: kid.node.id)
        element.kids = list(kids)
    for kid in kids:
        _collect(kid, kept)
