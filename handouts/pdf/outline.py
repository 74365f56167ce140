"""Bookmarks as the outline tree (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handouts.model.pages import Bookmark, Page
from handouts.pdf import objects
from handouts.pdf.document import TaggedDocument
from handouts.pdf.errors import RenderError


@dataclass(slots=True)
class _Entry:
    number: int
    bookmark: Bookmark | None
    kids: list[_Entry] = field(default_factory=list)

    def open_entries(self) -> int:
        """Entries a reader shows under this one when all are open."""
        return sum(1 + kid.open_entries() for kid in self.kids)


def write_outline(
    document: TaggedDocument, bookmarks: Sequence[Bookmark], pages: Sequence[Page]
) -> int | None:
    """Adds the outline to the document; returns its object number, or None without bookmarks.

    A level that skips one hangs under the nearest lower level.
    """
    if not bookmarks:
        return None
    root = _Entry(document.add(), None)
    path = [(0, root)]
    for bookmark in bookmarks:
        while path[-1][0] >= bookmark.level and len(path) > 1:
            path.pop()
        entry = _Entry(document.add(), bookmark)
        path[-1][1].kids.append(entry)
        path.append((bookmark.level, entry))
    ends = _ends(root)
    document.fill(root.number, b"<</Type/Outlines%b/Count %d>>" % (ends, root.open_entries()))
    _write_kids(document, root, pages)
    return root.number


def _ends(entry: _Entry) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (entry.kids[0].number, entry.kids[-1].number)


def _write_kids(document: TaggedDocument, parent: _Entry, pages: Sequence[Page]) -> None:
    for at, entry in enumerate(parent.kids):
        around = b""
        if at:
            around += b"/Prev %d 0 R" % parent.kids[at - 1].number
        if at + 1 < len(parent.kids):
            around += b"/Next %d 0 R" % parent.kids[at + 1].number
        if entry.kids:
            around += _ends(entry) + b"/Count %d" % entry.open_entries()
        content = _title_and_place(document, entry.bookmark, pages)
        document.fill(entry.number, b"<<%b/Parent %d 0 R%b>>" % (content, parent.number, around))
        _write_kids(document, entry, pages)


def _title_and_place(
    document: TaggedDocument, bookmark: Bookmark | None, pages: Sequence[Page]
) -> bytes:
    if bookmark is None or not 0 <= bookmark.page < len(pages):
        raise RenderError(f"bookmark leads nowhere: {bookmark}")
    top = objects.number(pages[bookmark.page].height - bookmark.y).encode("ascii")
    page = document.page_number(bookmark.page)
    return b"/Title%b/Dest[%d 0 R/XYZ null %b null]" % (objects.text(bookmark.title), page, top)
