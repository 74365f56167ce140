"""Makes a page that counts in larger units one that counts in points, for `insert`.

A page's UserUnit says how many points its unit has. Many readers, among them those print queues
are made of, take no notice of it and show such a page at a fraction of its size. So a pack has
no such pages: boxes and content are enlarged instead.
"""

from __future__ import annotations

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

_NAME = "/HandoutsPage"


def enlarge(writer: PdfWriter, page: PageObject, unit: float) -> None:
    """Enlarges a page of the writer in place.

    What is painted goes into a form XObject with a matrix, not behind a ``cm``: only the space
    of a form takes the patterns in it along (ISO 32000-1, 8.7.2).
    """
    box = page.mediabox
    bounds = RectangleObject(tuple(float(one) for one in box))
    for key in ("/MediaBox", "/CropBox"):
        if key in page:
            given = page[key]
            assert isinstance(given, ArrayObject)
            enlarged = tuple(round(float(one) * unit, 4) for one in given)
            page[NameObject(key)] = RectangleObject(enlarged)
    form = _painted(page.get("/Contents"))
    if form is None:
        return
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = bounds
    numbers = [FloatObject(unit), *[NumberObject(0)] * 2, FloatObject(unit), *[NumberObject(0)] * 2]
    form[NameObject("/Matrix")] = ArrayObject(numbers)
    form[NameObject("/Resources")] = dict.get(page, "/Resources") or DictionaryObject()
    painted = DictionaryObject({NameObject(_NAME): writer._add_object(form)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): painted})
    page[NameObject("/Contents")] = stream_of(writer, f"{_NAME} Do")


def stream_of(writer: PdfWriter, operators: str) -> PdfObject:
    """A stream of content with these operators, as a part of the file."""
    stream = DecodedStreamObject()
    stream.set_data(operators.encode("ascii"))
    return writer._add_object(stream)


def _painted(contents: PdfObject | None) -> StreamObject | None:
    """A page's content as one stream of its own; several are parts of one (7.8.2)."""
    found = contents.get_object() if contents is not None else NullObject()
    if isinstance(found, StreamObject):
        whole = type(found)()
        whole.update(found)
        whole._data = found._data
        return whole
    parts = [one.get_object() for one in found] if isinstance(found, ArrayObject) else []
    streams = [one.get_data() for one in parts if isinstance(one, StreamObject)]
    joined = DecodedStreamObject()
    joined.set_data(b"\n".join(streams))
    return joined.flate_encode() if streams else None
