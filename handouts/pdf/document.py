"""The file around the canvas: object numbers, page tree, cross-reference table and identifier.

ReportLab's document is what its canvas hands pages to; the register of objects and how it is
written are ours, because its writer reads process-wide settings and stamps an identifier of its
own, and because its register costs as much as all the objects in it.
Objects are written plainly: object streams would make a flyer of 34 kB one of 21 kB, and every
single object harder to find and to replace.

Hooks of ReportLab 5.1 used here: `Reference`, `addPage`, `pageCounter`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from reportlab.pdfbase import pdfdoc

from handouts.pdf.errors import RenderError

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class TaggedDocument(pdfdoc.PDFDocument):
    """A register of objects with a deterministic writer, behind ReportLab's canvas."""

    RESOURCES = 1
    """Object number of the resources all pages share."""

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        self._bodies = [b""]
        self.catalogue = self.add()
        self.information = self.add()
        self.page_tree = self.add()
        self._pages: list[int] = []

    def add(self, content: bytes = b"") -> int:
        """Registers an object and returns its number; its content may come later."""
        self._bodies.append(content)
        return len(self._bodies)

    def fill(self, number: int, content: bytes) -> None:
        """Gives a registered object its content."""
        self._bodies[number - 1] = content

    def Reference(self, obj: object, name: str | None = None) -> None:
        """Refuses objects of ReportLab's own; its font dictionary, made first, is not kept.

        Raises:
            RenderError: for any other object.
        """
        if name != pdfdoc.BasicFonts:
            raise RenderError(f"ReportLab registers an object of its own: {obj}")

    def addPage(self, page: Any) -> None:
        """Takes a page from the canvas, which left the dictionary's entries in `entries`."""
        box = f"/MediaBox[0 0 {page.box}]/Resources {self.RESOURCES} 0 R"
        content = b"<</Type/Page/Parent %d 0 R%b%b>>"
        body = content % (self.page_tree, box.encode("ascii"), page.entries)
        self._pages.append(self.add(body))
        self.pageCounter += 1

    def page_number(self, index: int) -> int:
        """Object number of a page that has been shown, counted from 0."""
        return self._pages[index]

    def finished(self) -> bytes:
        """The whole file.

        The identifier is a digest of all that comes before it (14.4): same content, same
        identifier, and a changed document changes it.
        """
        kids = " ".join(f"{number} 0 R" for number in self._pages).encode("ascii")
        tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(self._pages), kids)
        self.fill(self.page_tree, tree)
        parts, offsets, position = [_HEADER], [], len(_HEADER)
        for number, content in enumerate(self._bodies, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, content)
            offsets.append(position)
            parts.append(part)
            position += len(part)
        body = b"".join(parts)
        return body + self._trailer(offsets, hashlib.sha256(body).hexdigest()[:32], len(body))

    def _trailer(self, offsets: list[int], digest: str, start: int) -> bytes:
        rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(offsets) + 1
        return (
            f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
            f"trailer\n<</Size {size}/Root {self.catalogue} 0 R/Info {self.information} 0 R"
            f"/ID[<{digest}><{digest}>]>>\nstartxref\n{start}\n%%EOF\n"
        ).encode("ascii")
