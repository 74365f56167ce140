"""A face of a variable font is embedded as the one instance its axes name."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from handouts.model.document import Role
from handouts.model.fonts import FontFace, FontFile
from handouts.model.pages import Glyph, GlyphRun, Page, Pages
from handouts.pdf import render
from tests.pdf.builder import Builder
from tests.validators import pagecheck

NAME = "Grow 700"


@pytest.fixture(scope="module")
def data() -> bytes:
    """A font of one box that is 500 wide at weight 400 and 700 at weight 900."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (450, 700), (450, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": box, "A": box})
    builder.setupHorizontalMetrics({".notdef": (500, 50), "A": (500, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Grow", "styleName": "Regular", "psName": "Grow"})
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (200, 0), (200, 0), (0, 0), (200, 0), (0, 0), (0, 0)]
    builder.setupGvar({"A": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_instance_is_pinned(data: bytes) -> None:
    file = FontFile(hashlib.sha256(data).hexdigest(), data, axes=(("wght", 650.0),))
    build = Builder()
    node = build.node(Role.P)
    run = GlyphRun(NAME, 12, 50, 50, "ink", (Glyph(1, "A", 600),), node)
    faces = {NAME: FontFace("Grow", 700, False, file)}
    page = Page(200, 200, (run,))
    pages = Pages(build.identity, (page,), tuple(build.nodes), faces, build.pages().palette)
    made = render(pages)
    assert pagecheck.problems(made) == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        descendant = font.DescendantFonts[0]
        assert descendant.W.as_list() == [1, [600]]
        program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
    assert "fvar" not in program
    assert program["hmtx"]["glyph00001"][0] == 600
