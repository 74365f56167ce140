"""Bookmarks as the outline tree (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handouts.model.pages import Bookmark
from handouts.pdf import objects
from handouts.pdf.document import Register
from handouts.pdf.places import Places


@dataclass(slots=True)
class _Entry:
    number: int
    bookmark: Bookmark | None
    kids: list[_Entry] = field(default_factory=list)

    def open_entries(self) -> int:
        """Entries a reader shows under this one when all are open."""
        return sum(1 + kid.open_entries() for kid in self.kids)


def write_outline(register: Register, bookmarks: Sequence[Bookmark], places: Places) -> None:
    """Registers the outline, its root first.

    A level that skips one hangs under the nearest lower level.
    """
    if not bookmarks:
        return
    root = _Entry(register.add(), None)
    path = [(0, root)]
    for bookmark in bookmarks:
        while path[-1][0] >= bookmark.level and len(path) > 1:
            path.pop()
        entry = _Entry(register.add(), bookmark)
        path[-1][1].kids.append(entry)
        path.append((bookmark.level, entry))
    ends = _ends(root)
    register.fill(root.number, b"<</Type/Outlines%b/Count %d>>" % (ends, root.open_entries()))
    _write_kids(register, root, places)


def _ends(entry: _Entry) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (entry.kids[0].number, entry.kids[-1].number)


def _write_kids(register: Register, parent: _Entry, places: Places) -> None:
    for at, entry in enumerate(parent.kids):
        around = b""
        if at:
            around += b"/Prev %d 0 R" % parent.kids[at - 1].number
        if at + 1 < len(parent.kids):
            around += b"/Next %d 0 R" % parent.kids[at + 1].number
        if entry.kids:
            around += _ends(entry) + b"/Count %d" % entry.open_entries()
        assert entry.bookmark is not None  # Only the root has none.
        title = objects.text(entry.bookmark.title)
        place = places.view(entry.bookmark.page, entry.bookmark.y)
        register.fill(
            entry.number,
            b"<</Title%b/Dest%b/Parent %d 0 R%b>>" % (title, place, parent.number, around),
        )
        _write_kids(register, entry, places)
