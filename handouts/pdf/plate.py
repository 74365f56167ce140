"""A plate: a document of which everything is written but what its slots say.

`Plate.press` writes the rest for one document after the other. It looks at slots, links in
slots, and what is said about the document; that the rest is what the plate was made from is for
the caller to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter

from handouts.model.document import Node
from handouts.model.pages import Pages
from handouts.pdf.divide import shape
from handouts.pdf.document import Block, Register
from handouts.pdf.outline import write_outline
from handouts.pdf.places import Places
from handouts.pdf.plans import ElementPlan, LinkPlan, Painted, Ready, SlotPlan
from handouts.pdf.pressing import Pressing


@dataclass(frozen=True, slots=True)
class Plate:
    """Everything about a document that does not vary, written."""

    shape: object
    faces: frozenset[str]
    """Those that slots use."""
    nodes: Sequence[Node]
    pictured: tuple[int, ...]
    """Places of the nodes of illustrations that vary."""
    titles: tuple[str, ...]
    page_numbers: tuple[int, ...]
    streams: tuple[tuple[str | SlotPlan, ...], ...]
    links: tuple[LinkPlan, ...]
    elements: tuple[ElementPlan, ...]
    ready: Ready
    catalogue: int
    fixed: Block
    """All that does not vary but bookmarks, which are numbered after it."""
    block: Block
    """The same with the bookmarks of the document the plate was made from."""
    outline: int
    """The number of the first bookmark object."""
    end: int
    """The first number that is free."""
    painted: dict[tuple[int, int], Painted | None] = field(default_factory=dict, compare=False)
    """Slots, by page and index, that another document had as the plate's own has them; None for
    those whose painting depends on the document all the same."""

    def press(self, pages: Pages) -> bytes | None:
        """A finished file, or None for pages of another shape.

        Raises:
            RenderError: when the pages contradict themselves (a bug in a stage before).
            HandoutsError: when the identity holds a character a PDF cannot say.
        """
        if shape(pages) != self.shape or not self._same(pages):
            return None
        return Pressing(self, pages).file()

    def _same(self, pages: Pages) -> bool:
        """Whether nodes differ in nothing but what is said of illustrations that vary."""
        mine, theirs, at = self.nodes, pages.nodes, 0
        if len(mine) != len(theirs):
            return False
        for place in self.pictured:
            if mine[at:place] != theirs[at:place] or not _alike(mine[place], theirs[place]):
                return False
            at = place + 1
        return mine[at:] == theirs[at:] and all(
            face in pages.faces and pages.faces[face].file == font.file
            for face, font in self.ready.fonts.items()
        )

    def bookmarked(self, pages: Pages) -> Block:
        """What does not vary, with the bookmarks of these pages."""
        if tuple(mark.title for mark in pages.bookmarks) == self.titles:
            return self.block
        register = Register(self.outline)
        write_outline(register, pages.bookmarks, Places(pages.pages, self.page_numbers))
        return self.fixed.and_then(register)


def _alike(one: Node, other: Node) -> bool:
    """Whether nodes differ in nothing but their alternative text."""
    return one is other or _REST(one) == _REST(other)


_REST = attrgetter(*[one.name for one in fields(Node) if one.name != "alt"])
