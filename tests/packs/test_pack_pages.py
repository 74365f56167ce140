"""Foreign pages that are scaled, turned or begin elsewhere: as large as they were, and found."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.finish import Insert, insert_pages, read_foreign
from handouts.model.pack import Foreign
from handouts.packing import Binding
from tests.packs.conftest import Make
from tests.packs.foreign_files import changed, with_page

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def packed(make: Make, data: bytes) -> pikepdf.Pdf:
    sizes = read_foreign(data, "rules.pdf").sizes
    binding = Binding(inserts=((Foreign("Rules", "rules.pdf", sizes), "contents"),))
    made = make(("en",), binding, layouts=("benefits-flyer",))
    inserts = [Insert(first, data, one.name) for first, one in made.bound.foreign]
    return pikepdf.open(io.BytesIO(insert_pages(made.data, inserts)))


def large(unit: float, *, parts: bool = False) -> bytes:
    """Page 1 of 200 by 100 units: red on the left, a pattern in the middle, a stamp on the right.

    The pattern is green below and blue above; that of a page lies where the page's space says.
    """

    def change(pdf: pikepdf.Pdf) -> None:
        tile = pdf.make_stream(b"0 1 0 rg 0 0 200 50 re f 0 0 1 rg 0 50 200 50 re f")
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
        tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 200, 100]), 200, 100
        tile.Resources = Dictionary()
        look = pdf.make_stream(b"1 0 0 rg 0 0 20 20 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
        stamp = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=[160, 40, 180, 60], AP=Dictionary(N=look)
        )
        web = Dictionary(S=Name.URI, URI="https://clinic.example/")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[10, 20, 30, 40], A=web)
        page = pdf.pages[0].obj
        del page["/AA"], pdf.Root["/AcroForm"]
        page.Annots = Array([pdf.make_indirect(stamp), pdf.make_indirect(link)])
        page.MediaBox, page.UserUnit = Array([0, 0, 200, 100]), unit
        page.Resources = Dictionary(Pattern=Dictionary(P1=tile))
        painted = (b"1 0 0 rg 0 0 50 100 re f", b"/Pattern cs /P1 scn 50 0 50 100 re f")
        streams = [pdf.make_stream(one) for one in painted]
        page.Contents = Array(streams) if parts else pdf.make_stream(b"\n".join(painted))

    return changed(change)


@pytest.mark.parametrize("parts", [False, True])
@pytest.mark.parametrize("unit", [1, 2, 0.5, 2.5])
def test_pages_are_as_large_as_they_were(make: Make, unit: float, parts: bool) -> None:
    with packed(make, large(unit, parts=parts)) as pdf:
        page = pdf.pages[4].obj
        assert "/UserUnit" not in page
        assert [float(one) for one in page.MediaBox] == [0, 0, 200 * unit, 100 * unit]
        (link,) = page.Annots
        assert [float(one) for one in link.Rect] == [one * unit for one in (10, 20, 30, 40)]
        assert not pdf.check_pdf_syntax()
        out = io.BytesIO()
        pdf.save(out)
    picture = pypdfium2.PdfDocument(out.getvalue())[4].render(scale=2 / unit).to_pil()
    assert picture.size == (400, 200)
    spots = {(50, 100): RED, (150, 20): BLUE, (150, 180): GREEN, (340, 100): RED}
    assert {spot: picture.getpixel(spot) for spot in spots} == spots
    assert picture.getpixel((250, 100)) == (255, 255, 255)


def test_an_empty_page_may_be_large(make: Make) -> None:
    with packed(make, with_page(Contents=Array([]), UserUnit=2)) as pdf:
        assert [float(one) for one in pdf.pages[5].obj.MediaBox] == [0, 0, 800, 1200]


@pytest.mark.parametrize(
    ("rotate", "corner"),
    [(0, (100, 1600)), (90, (100, 1000)), (180, (500, 1000)), (-90, (500, 1600))],
)
def test_contents_and_outline_lead_to_the_top(
    make: Make, rotate: int, corner: tuple[float, float]
) -> None:
    box = Array([100, 1000, 500, 1600])

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox, page.Rotate = box, rotate

    with packed(make, changed(change)) as pdf:
        page = pdf.pages[4].obj
        places: list[Any] = [link.Dest for link in pdf.pages[2].obj.Annots if "/Dest" in link]
        with pdf.open_outline() as outline:
            places += [one.destination for one in outline.root if "Rules" in one.title]
        found = [place for place in places if place[0].objgen == page.objgen]
        assert len(found) >= 2
        for place in found:
            assert tuple(float(one) for one in list(place)[2:4]) == corner
        assert page.Rotate == rotate % 360
