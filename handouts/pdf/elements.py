"""Structure elements as they stand in the file (ISO 32000-1, 14.7).

An element is written in two pieces around what it says: its place in the tree never varies,
its language and alternative texts may.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.document import Node, Role
from handouts.pdf import objects
from handouts.pdf.boxes import Box
from handouts.pdf.structure import Element


class Numbers(NamedTuple):
    """Object numbers an element refers to."""

    root: int
    pages: Sequence[int]
    links: Sequence[Sequence[int]]
    """Of each page's link annotations."""


class Frame(NamedTuple):
    """An element but for what it says and where it stands."""

    head: str
    tail: str

    def around(self, node: Node, box: Box | None) -> bytes:
        """The element's object; `box` is for an illustration."""
        said = ""
        if node.title is not None:
            said += f"/T{_text(node.title)}"
        if node.lang is not None:
            said += f"/Lang{_text(node.lang)}"
        if node.alt is not None:
            said += f"/Alt{_text(node.alt)}"
        if node.actual is not None:
            said += f"/ActualText{_text(node.actual)}"
        place = ""
        if box is not None and node.role == Role.FIGURE:
            place = f"/A<</O/Layout/Placement/Block/BBox[{objects.numbers(*box)}]>>"
        return f"{self.head}{said}{self.tail}{place}>>".encode("ascii")


def _text(value: str) -> str:
    return objects.text(value).decode("ascii")


def frame(element: Element, numbers: Numbers) -> Frame:
    """What never varies of an element; its number and its relatives' are known."""
    node, page, on = element.node, -1, ""
    above = numbers.root if element.parent is None else element.parent.number
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
            continue
        if page < 0:
            page = kid[0]
            on = f"/Pg {numbers.pages[page]} 0 R"
        kids.append(str(kid[1]) if kid[0] == page else _elsewhere(kid, numbers))
    if element.areas:
        kids += [_reference(area, page, numbers) for area in element.areas]
    held = f"/K[{' '.join(kids)}]" if len(kids) > 1 else f"/K {kids[0]}" if kids else ""
    return Frame(f"<</Type/StructElem/S/{node.role}/P {above} 0 R{on}{held}", _attributes(node))


def _elsewhere(kid: tuple[int, int], numbers: Numbers) -> str:
    return f"<</Type/MCR/Pg {numbers.pages[kid[0]]} 0 R/MCID {kid[1]}>>"


def _reference(area: tuple[int, int], page: int, numbers: Numbers) -> str:
    where = "" if area[0] == page else f"/Pg {numbers.pages[area[0]]} 0 R"
    return f"<</Type/OBJR{where}/Obj {numbers.links[area[0]][area[1]]} 0 R>>"


def _attributes(node: Node) -> str:
    """Attribute objects (14.8.5): what the role alone does not say."""
    found = f"/A<</O/Table/Scope/{node.scope}>>" if node.scope else ""
    if node.numbering:
        found += f"/A<</O/List/ListNumbering/{node.numbering}>>"
    return found


def parent_tree(parents: Sequence[list[Element] | Element]) -> bytes:
    """From a page's MCIDs, and from a link annotation, to their elements."""
    rows = []
    for key, owner in enumerate(parents):
        if isinstance(owner, Element):
            rows.append(f"{key} {owner.number} 0 R")
        else:
            rows.append(f"{key}[{' '.join([f'{element.number} 0 R' for element in owner])}]")
    return f"<</Nums[{chr(10).join(rows)}]>>".encode("ascii")
