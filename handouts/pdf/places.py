"""Places in the file that bookmarks and links lead to (ISO 32000-1, 12.3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.pages import Page
from handouts.pdf import objects
from handouts.pdf.errors import RenderError


class Places(NamedTuple):
    """The pages and their object numbers."""

    pages: Sequence[Page]
    numbers: Sequence[int]

    def view(self, page: int, y: float) -> bytes:
        """The destination that shows a page, counted from 0, from so far down.

        Raises:
            RenderError: when there is no such page.
        """
        if not 0 <= page < len(self.numbers):
            raise RenderError(f"a bookmark or link leads nowhere: to page {page + 1}")
        top = objects.number(self.pages[page].height - y).encode("ascii")
        return b"[%d 0 R/XYZ null %b null]" % (self.numbers[page], top)
