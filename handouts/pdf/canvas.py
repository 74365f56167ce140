"""The tagged canvas: ReportLab's canvas with exactly two ways to paint.

Whatever gets into the code outside of `marked` and `artifact`, by ReportLab's own methods too,
is an error when the code is taken: an untagged mark cannot reach a file. Plates are drawn on it;
what differs from one document to the next is drawn on a bare `Strip`.

Hooks of ReportLab 5.1 used here: `_code`, `_doc`, `_make_preamble`, `Reference`.
"""

from __future__ import annotations

import io

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from handouts.pdf.errors import RenderError
from handouts.pdf.state import GraphicsState
from handouts.pdf.strip import Strip


class TaggedDocument(pdfdoc.PDFDocument):
    """What ReportLab's canvas takes for its document; objects are registered elsewhere."""

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))

    def Reference(self, obj: object, name: str | None = None) -> None:
        """Refuses objects of ReportLab's own; its font dictionary, made first, is not kept.

        Raises:
            RenderError: for any other object.
        """
        if name != pdfdoc.BasicFonts:
            raise RenderError(f"ReportLab registers an object of its own: {obj}")


class TaggedCanvas(Strip, Canvas):
    """A canvas on which every mark has an owner."""

    def __init__(self) -> None:
        Canvas.__init__(self, io.BytesIO(), invariant=1, pageCompression=1, pdfVersion=(1, 7))
        self._doc = TaggedDocument()
        self.start(GraphicsState())

    def _make_preamble(self) -> None:
        """Nothing: ReportLab's would select unembedded Helvetica on every page."""
        self._preamble = ""
