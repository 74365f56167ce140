"""Link annotations (ISO 32000-1, 12.5.6.5), which lead out of the file or inside of it."""

from __future__ import annotations

from urllib.parse import quote

from handouts.model.pages import LinkArea
from handouts.pdf import objects
from handouts.pdf.places import Places

_URI_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Characters RFC 3986 lets stand in a URI; the rest is percent-encoded."""


def annotation(area: LinkArea, key: int, height: float, places: Places) -> bytes:
    """A clickable rectangle on a page of this height; `key` is its row in the parent tree.

    Raises:
        RenderError: when it leads to a page that does not exist.
    """
    x0, y0, x1, y1 = area.rect
    box = objects.numbers(x0, height - y1, x1, height - y0)
    return (
        b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%b]/StructParent %d/Contents%b%b>>"
        % (box.encode("ascii"), key, objects.text(area.contents), _action(area, places))
    )


def _action(area: LinkArea, places: Places) -> bytes:
    if area.target is not None:
        return b"/Dest" + places.view(*area.target)
    uri = quote(area.uri, safe=_URI_SAFE).encode("ascii")
    return b"/A<</S/URI/URI%b>>" % objects.literal(uri)
