"""What has been drawn of a document, numbered and written as a plate.

Objects that vary have the first numbers and the last places in the file, so that no byte of the
others depends on what they say. Fonts and pictures that only one document has come after all.
"""

from __future__ import annotations

from handouts.pdf import catalogue, divide, objects
from handouts.pdf.divide import varying_links
from handouts.pdf.document import Register, start
from handouts.pdf.drawing import Drawing, Piece
from handouts.pdf.elements import Numbers, frame, parent_tree
from handouts.pdf.links import annotation
from handouts.pdf.outline import write_outline
from handouts.pdf.places import Places
from handouts.pdf.plans import (
    FONTS,
    HOLDER,
    METADATA,
    PALETTE,
    PICTURES,
    ElementPlan,
    LinkPlan,
    Ready,
)
from handouts.pdf.plate import Plate


class Writing:
    """The objects that never vary, and the numbers of those that do."""

    def __init__(self, drawn: Drawing) -> None:
        self.drawn, self.pages, self.streams = drawn, drawn.pages, drawn.streams
        own = Register(1)
        for _ in range(HOLDER):
            own.add()
        self.varying = [set(varying_links(page)) for page in self.pages.pages]
        self.contents = [[own.add() if _varies(s) else 0 for s in page] for page in self.streams]
        self.links = [
            [own.add() if at in varying else 0 for at in range(len(page.links))]
            for page, varying in zip(self.pages.pages, self.varying, strict=True)
        ]
        for element in drawn.elements:
            if element.varies:
                element.number = own.add()
        self.register = register = Register(own.end)
        self.root, self.resources, self.page_tree, self.tree = (register.add() for _ in range(4))
        self.places = Places(self.pages.pages, [register.add() for _ in self.pages.pages])

    def plate(self) -> Plate:
        """Writes everything."""
        register, pages, drawn = self.register, self.pages, self.drawn
        self._write_pages()
        elements = self._write_tree()
        ready = self._ready()
        profile = register.add(catalogue.profile())
        outline = register.end + 1  # After the object stream of all this.
        self._write_catalogue(profile, outline)
        bookmarks = Register(outline)
        write_outline(bookmarks, pages.bookmarks, self.places)
        fixed = start().and_then(register)
        return Plate(
            shape=divide.shape(pages),
            faces=frozenset(drawn.faces),
            nodes=pages.nodes,
            pictured=tuple(sorted(element.place for element in elements)),
            titles=tuple(mark.title for mark in pages.bookmarks),
            page_numbers=tuple(self.places.numbers),
            streams=tuple(tuple(s) for page in self.streams for s in page if _varies(s)),
            links=self._link_plans(),
            elements=tuple(elements),
            ready=ready,
            catalogue=self.root,
            fixed=fixed,
            block=fixed.and_then(bookmarks),
            outline=outline,
            end=bookmarks.end,
        )

    def _link_plans(self) -> tuple[LinkPlan, ...]:
        return tuple(
            LinkPlan(page, link, self.drawn.marked[page].links[link])
            for page, varying in enumerate(self.varying)
            for link in sorted(varying)
        )

    def _ready(self) -> Ready:
        """Embeds what the plate is drawn with."""
        drawn, register = self.drawn, self.register
        self.register.fill(
            self.resources,
            b"<</ColorSpace %d 0 R/Font %d 0 R/XObject %d 0 R>>" % (PALETTE, FONTS, PICTURES),
        )
        return Ready(
            fonts=drawn.fonts.used,
            font_rows=drawn.fonts.embed(register),
            runs=drawn.fonts.kept(drawn.runs(slots=True)),
            colours=drawn.colours.names,
            pictures=drawn.pictures.names,
            picture_rows=drawn.pictures.embed(register),
        )

    def _write_catalogue(self, profile: int, outline: int) -> None:
        pages = self.pages
        parts = catalogue.Parts(
            pages=self.page_tree,
            tree=self.tree,
            metadata=METADATA,
            profile=profile,
            outline=outline if pages.bookmarks else None,
        )
        written = catalogue.catalogue(pages.identity.language, pages.direction, parts)
        self.register.fill(self.root, written)

    def _write_pages(self) -> None:
        numbers = self.places.numbers
        kids = " ".join(f"{number} 0 R" for number in numbers)
        self.register.fill(
            self.page_tree, f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>".encode("ascii")
        )
        for index, page in enumerate(self.pages.pages):
            entries = self._contents(index) + self._annotations(index)
            key = self.drawn.marked[index].key
            if key is not None:
                entries += f"/StructParents {key}"
            self.register.fill(
                numbers[index],
                (
                    f"<</Type/Page/Parent {self.page_tree} 0 R"
                    f"/MediaBox[0 0 {objects.numbers(page.width, page.height)}]"
                    f"/Resources {self.resources} 0 R{entries}>>"
                ).encode("ascii"),
            )

    def _contents(self, index: int) -> str:
        numbers = self.contents[index]
        for at, stream in enumerate(self.streams[index]):
            if not numbers[at]:
                (text,) = stream
                assert isinstance(text, str)
                numbers[at] = self.register.add(objects.flate(text.encode("ascii")))
        return f"/Contents {_references(numbers)}/Tabs/S"

    def _annotations(self, index: int) -> str:
        page, numbers = self.pages.pages[index], self.links[index]
        for at, area in enumerate(page.links):
            if not numbers[at]:
                key = self.drawn.marked[index].links[at]
                numbers[at] = self.register.add(annotation(area, key, page.height, self.places))
        refs = " ".join(f"{number} 0 R" for number in numbers)
        return f"/Annots[{refs}]" if numbers else ""

    def _write_tree(self) -> list[ElementPlan]:
        """The structure tree; returns its elements that vary."""
        drawn, register = self.drawn, self.register
        for element in drawn.elements:
            if not element.varies:
                element.number = register.add()
        parents = register.add(parent_tree(drawn.tree.parents))
        register.fill(
            self.tree,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (drawn.elements[0].number, parents, len(drawn.tree.parents)),
        )
        return self._write_elements(Numbers(self.tree, self.places.numbers, self.links))

    def _write_elements(self, numbers: Numbers) -> list[ElementPlan]:
        varying, places = [], {node.id: at for at, node in enumerate(self.pages.nodes)}
        for element in self.drawn.elements:
            around, node = frame(element, numbers), element.node
            written = around.around(node, element.box)
            if element.varies:
                varying.append(ElementPlan(places[node.id], node, written, around, element.box))
            else:
                self.register.fill(element.number, written)
        return varying


def _varies(stream: list[Piece]) -> bool:
    return not all(isinstance(piece, str) for piece in stream)


def _references(numbers: list[int]) -> str:
    refs = " ".join(f"{number} 0 R" for number in numbers)
    return refs if len(numbers) == 1 else f"[{refs}]"
