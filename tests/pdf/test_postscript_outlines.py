"""OpenType fonts with PostScript outlines, where the CID must be the glyph."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from handouts.model.document import Role
from handouts.model.fonts import FontFace, FontFile
from handouts.model.pages import Glyph, GlyphRun, Page, Pages
from handouts.pdf import render
from tests.pdf.builder import Builder
from tests.validators import pagecheck, treecheck, vera

NAME = "Boxes 400"


def _box(width: int) -> object:
    pen = T2CharStringPen(width, {})
    pen.moveTo((50, 0))
    for point in ((50, 700), (width - 50, 700), (width - 50, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.getCharString()


@pytest.fixture(scope="module")
def face() -> FontFace:
    """A font of four boxes, of different widths."""
    widths = {".notdef": 500, "space": 250, "A": 600, "B": 700, "C": 800}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap({32: "space", 65: "A", 66: "B", 67: "C"})
    outlines = {name: _box(width) for name, width in widths.items()}
    builder.setupCFF("Boxes", {"FullName": "Boxes"}, outlines, {})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    data = out.getvalue()
    return FontFace("Boxes", 400, False, FontFile(hashlib.sha256(data).hexdigest(), data))


def _pages(face: FontFace, *glyphs: Glyph) -> Pages:
    build = Builder()
    node = build.node(Role.P)
    run = GlyphRun(NAME, 12, 50, 50, "ink", glyphs, node)
    return Pages(
        build.identity,
        (Page(200, 200, (run,)),),
        tuple(build.nodes),
        {NAME: face},
        build.pages().palette,
    )


def test_passes_and_is_read(face: FontFace) -> None:
    data = render(_pages(face, Glyph(4, "C", 800), Glyph(2, "A", 600)))
    assert pagecheck.problems(data) == []
    assert treecheck.transcript(data) == [("Document>P", "CA")]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        descendant = font.DescendantFonts[0]
        assert descendant.Subtype == "/CIDFontType0"
        assert descendant.FontDescriptor.FontFile3.Subtype == "/OpenType"
        assert descendant.W.as_list() == [2, [600], 4, [800]]
        assert b"<00040002>Tj" in pdf.pages[0].obj.Contents.read_bytes()


def test_second_text_of_a_glyph_is_actual_text(face: FontFace) -> None:
    data = render(_pages(face, Glyph(2, "A", 600), Glyph(2, "Á", 600), Glyph(2, "A", 600)))
    assert treecheck.transcript(data) == [("Document>P", "AÁA")]
    assert pagecheck.problems(data) == []


def test_shows_the_right_glyphs(face: FontFace) -> None:
    data = render(_pages(face, Glyph(4, "C", 800), Glyph(2, "A", 600)))
    document = pypdfium2.PdfDocument(data)
    row = [document[0].render(scale=5).to_pil().convert("L").getpixel((x, 235)) for x in _MIDDLES]
    document.close()
    assert [value < 60 for value in row] == [True, False, True]


_MIDDLES = [round(5 * (50 + 0.012 * at)) for at in (400, 800, 1100)]
"""In the middle of the first box, between the two, and in the middle of the second."""


@pytest.mark.skipif(bool(vera.missing()), reason=vera.missing() or "-")
def test_vera_passes(face: FontFace) -> None:
    data = render(_pages(face, Glyph(4, "C", 800), Glyph(2, "A", 600), Glyph(2, "Á", 600)))
    assert vera.problems({"boxes": data}) == {"boxes": []}
