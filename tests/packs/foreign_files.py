"""Files of other programs that have one thing wrong with them, or one thing special."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf

from tests.packs.conftest import foreign_pdf

Name, Array, Dictionary = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary


def changed(change: Callable[[pikepdf.Pdf], None], pages: int = 2) -> bytes:
    """The foreign file with something done to it; its streams stay as they were put in."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(foreign_pdf(pages))) as pdf:
        change(pdf)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


Filters = pikepdf.Name | pikepdf.Array | list[pikepdf.Name] | None


def with_stream(raw: bytes, filters: Filters, where: str = "contents", **keys: str) -> bytes:
    """A file whose second page has these bytes as they are, with these filters."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"", **keys)
        stream.write(raw, filter=filters)
        page = pdf.pages[1].obj
        if where == "contents":
            page.Contents = stream
        elif where == "array":
            page.Contents = Array([page.Contents, stream])
        elif where == "form":
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
            page.Resources.XObject = Dictionary(Fm=stream)
        elif where == "font":
            font = page.Resources.Font.F1
            font.FontDescriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=stream)
        elif where == "look":
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
            look = Dictionary(N=stream)
            mark = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], AP=look)
            page.Annots = Array([mark])

    return changed(change)


def with_page(**keys: object) -> bytes:
    """A file whose second page says this of itself."""

    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in keys.items():
            pdf.pages[1].obj[f"/{key}"] = value

    return changed(change)


def with_fields(*fields: dict[str, object], stale: bool = False) -> bytes:
    """A form with these fields on its second page, each 40 by 20 points."""

    def change(pdf: pikepdf.Pdf) -> None:
        widget = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": Array([9, 9, 49, 29])}
        marks = [
            pdf.make_indirect(Dictionary({**widget, **{f"/{key}": field[key] for key in field}}))
            for field in fields
        ]
        pdf.pages[1].obj.Annots = Array(marks)
        pdf.Root.AcroForm.Fields.extend(marks)
        pdf.Root.AcroForm.NeedAppearances = stale

    return changed(change)
