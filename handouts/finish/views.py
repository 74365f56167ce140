"""Leads links and bookmarks of a pack to the top of its foreign pages, for `insert`.

The pack was drawn with upright empty pages whose origin is a corner. A foreign page may lie on
its side, or begin anywhere; then what was its top is another place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
)

from handouts.finish.geometry import turn


def lead_to_top(writer: PdfWriter, pages: Iterable[PageObject]) -> None:
    """Makes every place on one of these pages its upper left corner, as it is seen."""
    corners = {page.indirect_reference: _corner(page) for page in pages}
    for one in writer._objects:
        for place in _places(one):
            corner = corners.get(list.__getitem__(place, 0))
            if corner is not None:
                place[2:4] = [FloatObject(number) for number in corner]


def _corner(page: PageObject) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(one) for one in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return {0: (x0, y1), 90: (x0, y0), 180: (x1, y0), 270: (x1, y1)}[turn(page)]


def _places(whole: object) -> Iterator[ArrayObject]:
    """All destinations (12.3.2.2) in an object, not in those it refers to."""
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            waiting += dict.values(one)
        elif isinstance(one, ArrayObject):
            entries = list(list.__iter__(one))
            if len(entries) == 5 and entries[1] == NameObject("/XYZ"):
                yield one
            waiting += [entry for entry in entries if not isinstance(entry, IndirectObject)]
