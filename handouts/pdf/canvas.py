"""The tagged canvas: ReportLab's canvas with exactly two ways to paint.

`marked` paints content of a structure element, `artifact` paints everything else. Whatever gets
into the page's code outside of them, by ReportLab's own methods too, is an error when the page
is shown: an untagged mark cannot reach a file.

Hooks of ReportLab 5.1 used here: `_code`, `_doc`, `_make_preamble`, `_setAnnotations`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, TypeVar

from reportlab.pdfgen.canvas import Canvas

from handouts.model.pages import Artifact
from handouts.pdf import objects
from handouts.pdf.document import TaggedDocument
from handouts.pdf.errors import RenderError
from handouts.pdf.state import GraphicsState
from handouts.pdf.structure import Box, Element, StructureTree

Marked = TypeVar("Marked")


class _Mark(Generic[Marked]):
    """An open mark, ended with its ``with`` block; a generator would cost four times as much."""

    __slots__ = ("_end", "_owner")

    def __init__(self, owner: Marked, end: Callable[[], None]) -> None:
        self._owner, self._end = owner, end

    def __enter__(self) -> Marked:
        return self._owner

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._end()


class TaggedCanvas(Canvas):
    """A canvas on which every mark has an owner."""

    _code: list[str]
    _pageNumber: int
    _pagesize: tuple[float, float]

    def __init__(self, tree: StructureTree) -> None:
        super().__init__(io.BytesIO(), invariant=1, pageCompression=1, pdfVersion=(1, 7))
        self._doc: TaggedDocument = TaggedDocument()
        self._tree = tree
        self._start()

    @property
    def document(self) -> TaggedDocument:
        """The document under the canvas."""
        return self._doc

    @property
    def index(self) -> int:
        """The page being painted, counted from 0."""
        return self._pageNumber - 1

    def _start(self) -> None:
        self.state = GraphicsState()
        self._owners: list[Element] = []
        self._sealed = 0
        self._open = False
        self._links: list[int] = []

    def _make_preamble(self) -> None:
        """Nothing: ReportLab's would select unembedded Helvetica on every page."""
        self._preamble = ""

    def marked(self, node: int) -> _Mark[Element]:
        """Paints content of a structure element."""
        element = self._tree.mark(node, self.index, len(self._owners))
        role = element.node.role
        self._begin(f"/{role}<</MCID {len(self._owners)}>>BDC")
        self._owners.append(element)
        return _Mark(element, self._end)

    def artifact(self, kind: Artifact) -> _Mark[None]:
        """Paints something that is not content."""
        self._begin(f"/Artifact<</Type/{kind}>>BDC")
        return _Mark(None, self._end)

    def _begin(self, operator: str) -> None:
        self._check_sealed()
        if self._open:
            raise RenderError("marked content inside marked content")
        self._open = True
        self._code.append(operator)

    def _end(self) -> None:
        self._code.append("EMC")
        self._open = False
        self._sealed = len(self._code)

    def write(self, operators: str) -> None:
        """Adds operators to the open mark.

        Raises:
            RenderError: outside of any mark.
        """
        if not self._open:
            raise RenderError(f"painted without a mark: {operators[:80]}")
        self._code.append(operators)

    def cover(self, element: Element, box: Box) -> None:
        """Tells an illustration where it stands; the box grows downwards, as in the model."""
        height = self._pagesize[1]
        element.cover(self.index, (box[0], height - box[3], box[2], height - box[1]))

    def link(self, node: int, uri: bytes, contents: str, rect: Box) -> None:
        """Makes a rectangle of the page clickable."""
        height = self._pagesize[1]
        annotation = self.document.add()
        key = self._tree.annotate(node, self.index, annotation)
        box = objects.numbers(rect[0], height - rect[3], rect[2], height - rect[1])
        self.document.fill(
            annotation,
            b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%b]/StructParent %d/Contents%b"
            b"/A<</S/URI/URI%b>>>>"
            % (box.encode("ascii"), key, objects.text(contents), objects.literal(uri)),
        )
        self._links.append(annotation)

    def _check_sealed(self) -> None:
        if not self._open and len(self._code) > self._sealed:
            stray = self._code[self._sealed :]
            raise RenderError(f"painted without a mark: {' '.join(map(str, stray))[:80]}")

    def showPage(self) -> None:
        """Ends the page; nothing on it may be unmarked."""
        if self._open:
            raise RenderError("page ended inside marked content")
        self._check_sealed()
        super().showPage()
        self._start()

    def _setAnnotations(self, page: Any) -> None:
        """Writes the page dictionary's entries, instead of those ReportLab knows."""
        content = self.document.add(objects.flate("\n".join(self._code).encode("ascii")))
        entries = f"/Contents {content} 0 R/Tabs/S"
        if self._links:
            entries += f"/Annots[{' '.join(f'{number} 0 R' for number in self._links)}]"
        if self._owners:
            entries += f"/StructParents {self._tree.page_key(self._owners)}"
        page.box = objects.numbers(*self._pagesize)
        page.entries = entries.encode("ascii")
