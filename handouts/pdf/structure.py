"""The structure tree: which element owns which marked content, and how it stands in the file.

Elements come from the pages' nodes. A grouping element's kids stand in node order, which is
reading order; in an element with content of its own, kids stand in paint order, so that a link
is read in the middle of its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handouts.model.document import Node, Role
from handouts.pdf import objects
from handouts.pdf.document import TaggedDocument
from handouts.pdf.errors import RenderError

Box = tuple[float, float, float, float]
_NAMES = {role: role.encode("ascii") for role in Role}
_CELLS = (Role.TD, Role.TH)
_GROUPS = frozenset(["Document", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TR"])
"""Elements that hold elements, never content (ISO 32000-1, 14.8.4.2 and 14.8.4.3)."""


@dataclass(slots=True)
class Element:
    """A node on its way into the file. Content is (page, MCID); `objects` are annotations."""

    node: Node
    parent: Element | None
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    annotations: list[tuple[int, int]] = field(default_factory=list)
    """(page, object number) of each."""
    attached: bool = False
    number: int = 0
    box: Box | None = None
    box_page: int = -1

    def attach(self) -> None:
        """Puts the element among its parent's kids at its first content."""
        if not self.attached:
            self.attached = True
            if self.parent is not None:
                self.parent.attach()
                self.parent.kids.append(self)

    def cover(self, page: int, box: Box) -> None:
        """Widens the bounding box of an illustration; it is that of its first page."""
        if self.box is None:
            self.box, self.box_page = box, page
        elif page == self.box_page:
            x0, y0, x1, y1 = self.box
            self.box = (min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))


class StructureTree:
    """The elements of one document, filled while pages are painted."""

    def __init__(self, nodes: Sequence[Node], language: str) -> None:
        self._elements: dict[int, Element] = {}
        self._languages: dict[int, str] = {}
        self._parents: list[list[Element] | Element] = []
        for node in nodes:
            self._add(node, language)
        if 0 not in self._elements:
            raise RenderError("the pages have no Document node (id 0)")

    def _add(self, node: Node, language: str) -> None:
        if node.id in self._elements:
            raise RenderError(f"two nodes have the id {node.id}")
        if not (node.parent is None) == (node.id == 0) == (node.role == Role.DOCUMENT):
            raise RenderError(f"node {node.id} ({node.role}) hangs nowhere")
        if node.parent is not None and node.parent not in self._elements:
            raise RenderError(f"node {node.id} comes before its parent {node.parent}")
        if node.role == Role.FIGURE and not node.alt:
            raise RenderError(f"figure {node.id} has no alternative text")
        if node.role == Role.TH and not node.scope:
            raise RenderError(f"header cell {node.id} does not say what it heads (scope)")
        parent = None if node.parent is None else self._elements[node.parent]
        inherited = language if node.parent is None else self._languages[node.parent]
        self._elements[node.id] = Element(node, parent)
        self._languages[node.id] = node.lang or inherited

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

    def mark(self, node: int, page: int, mcid: int) -> Element:
        """Records that a marked-content sequence belongs to a node."""
        element = self.element(node)
        if element.node.role in _GROUPS:
            raise RenderError(f"painted for node {node}, a {element.node.role}: paint an artifact")
        element.attach()
        element.kids.append((page, mcid))
        return element

    def page_key(self, owners: Sequence[Element]) -> int:
        """Key of a page in the parent tree (StructParents); owners are in MCID order."""
        self._parents.append(list(owners))
        return len(self._parents) - 1

    def annotate(self, node: int, page: int, annotation: int) -> int:
        """Gives a Link its annotation; returns its key in the parent tree (StructParent)."""
        element = self.element(node)
        if element.node.role != Role.LINK:
            raise RenderError(f"link area of node {node}, which is a {element.node.role}")
        element.annotations.append((page, annotation))
        self._parents.append(element)
        return len(self._parents) - 1

    def write(self, document: TaggedDocument) -> int:
        """Adds the tree to the document; returns the number of its root."""
        kept = self._pruned()
        root = document.add()
        for element in kept:
            element.number = document.add()
        for element in kept:
            above = root if element.parent is None else element.parent.number
            document.fill(element.number, _content(element, above, document))
        document.fill(
            root,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (kept[0].number, document.add(self._parent_tree()), len(self._parents)),
        )
        return root

    def _pruned(self) -> list[Element]:
        """Elements with content, in tree order, and empty cells of rows that have some."""
        for element in self._elements.values():
            _check_link(element)
            row = element.parent
            if element.node.role in _CELLS and row is not None and row.attached:
                element.attach()
        kept: list[Element] = []
        _collect(self._elements[0], kept)
        if not self._elements[0].attached:
            raise RenderError("nothing was painted that belongs to the document's structure")
        return kept

    def _parent_tree(self) -> bytes:
        rows = []
        for key, owner in enumerate(self._parents):
            if isinstance(owner, Element):
                rows.append(b"%d %d 0 R" % (key, owner.number))
            else:
                row = b" ".join(b"%d 0 R" % element.number for element in owner)
                rows.append(b"%d[%b]" % (key, row))
        return b"<</Nums[%b]>>" % b"\n".join(rows)


def _check_link(element: Element) -> None:
    """A Link is both text and a place to click, or it is dropped altogether."""
    if element.node.role == Role.LINK and element.attached != bool(element.annotations):
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


def _content(element: Element, above: int, document: TaggedDocument) -> bytes:
    node = element.node
    parts = [b"<</Type/StructElem/S/%b/P %d 0 R" % (_NAMES[node.role], above)]
    page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), -1)
    if page >= 0:
        parts.append(b"/Pg %d 0 R" % document.page_number(page))
    kids = [_kid(kid, page, document) for kid in element.kids]
    if element.annotations:
        kids += [_reference(area, page, document) for area in element.annotations]
    if kids:
        parts.append(b"/K " + kids[0] if len(kids) == 1 else b"/K[%b]" % b" ".join(kids))
    for key, value in (
        (b"/T", node.title),
        (b"/Lang", node.lang),
        (b"/Alt", node.alt),
        (b"/ActualText", node.actual),
    ):
        if value is not None:
            parts.append(key + objects.text(value))
    parts += _attributes(element)
    parts.append(b">>")
    return b"".join(parts)


def _kid(kid: Element | tuple[int, int], page: int, document: TaggedDocument) -> bytes:
    if isinstance(kid, Element):
        return b"%d 0 R" % kid.number
    if kid[0] == page:
        return b"%d" % kid[1]
    return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (document.page_number(kid[0]), kid[1])


def _reference(area: tuple[int, int], page: int, document: TaggedDocument) -> bytes:
    where = b"" if area[0] == page else b"/Pg %d 0 R" % document.page_number(area[0])
    return b"<</Type/OBJR%b/Obj %d 0 R>>" % (where, area[1])


def _attributes(element: Element) -> list[bytes]:
    """Attribute objects (14.8.5): what the role alone does not say."""
    node, parts = element.node, []
    if node.scope:
        parts.append(f"/A<</O/Table/Scope/{node.scope}>>")
    if node.numbering:
        parts.append(f"/A<</O/List/ListNumbering/{node.numbering}>>")
    if node.role == Role.FIGURE and element.box is not None:
        box = objects.numbers(*element.box)
        parts.append(f"/A<</O/Layout/Placement/Block/BBox[{box}]>>")
    return [part.encode("ascii") for part in parts]
