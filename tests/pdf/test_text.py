"""Text: right glyphs at the right place, and the characters back from every reader."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from handouts.model.document import Role
from handouts.model.pages import Glyph, GlyphRun
from handouts.pdf import RenderError, glyphs, render
from handouts.pdf.codes import DocumentFont
from handouts.pdf.state import GraphicsState
from tests.pdf import samples
from tests.pdf.builder import ARABIC, CHINESE, LATIN, Builder, face
from tests.validators import treecheck

EXPECTED = (
    "Touch & care: fi",
    "Ask your midwife or see our pages before you begin,",
    "warm hands",
    "请轻轻按摩。",
    "Page 3 of 3",
)


def _missing(text: str) -> list[str]:
    return [line for line in EXPECTED if line not in " ".join(text.split())]


def test_pypdf_reads_the_text() -> None:
    reader = PdfReader(io.BytesIO(render(samples.full())))
    assert _missing("\n".join(page.extract_text() for page in reader.pages)) == []


def test_pdfium_reads_the_text() -> None:
    document = pypdfium2.PdfDocument(render(samples.full()))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert _missing(text) == []
    assert "عليكم" in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext (poppler-utils)")
def test_poppler_reads_the_text(tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(render(samples.full()))
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert _missing(text) == []
    assert "عليكم" in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext (poppler-utils)")
@pytest.mark.xfail(strict=True, reason="poppler turns round the letters of lam with alef")
def test_poppler_reads_lam_with_alef(tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(render(samples.full()))
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "السلام" in text


def _only_font(name: str, text: str) -> tuple[pikepdf.Pdf, Any]:
    """The file's one font, with the file that keeps it alive."""
    build = Builder()
    build.text(build.node(Role.P), text, 50, 50, name=name)
    build.page()
    pdf = pikepdf.open(io.BytesIO(render(build.pages())))
    (font,) = pdf.pages[0].obj.Resources.Font.values()
    return pdf, font


def test_beyond_the_bmp_and_many_rows() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 400))
    known = "".join(c for c in text if c in _characters(CHINESE))
    _pdf, font = _only_font(CHINESE, known)
    blocks = re.findall(rb"(\d+) beginbfchar", font.ToUnicode.read_bytes())
    assert len(known) > 100
    assert [int(block) for block in blocks][:-1] == [100] * (len(blocks) - 1)
    assert "".join(treecheck.to_unicode(font).values()) == known
    _pdf, astral = _only_font(LATIN, "\U00010783")
    assert list(treecheck.to_unicode(astral).values()) == ["\U00010783"]


def _characters(name: str) -> set[str]:
    import uharfbuzz as hb

    return {chr(code) for code in hb.Face(face(name).file.data).unicodes}


def test_one_glyph_with_two_texts_gets_two_codes() -> None:
    build = Builder()
    node = build.node(Role.P)
    build.text(node, "KK", 50, 50)
    run = build.items[0]
    assert isinstance(run, GlyphRun)
    first, second = run.glyphs
    twins = (first, second._replace(text="\u212a"))
    build.items[0] = GlyphRun(LATIN, 11, 50, 50, "ink", twins, node)
    build.page()
    assert treecheck.transcript(render(build.pages())) == [("Document>P", "K\u212a")]


def test_glyph_without_text_says_nothing() -> None:
    build = Builder()
    node = build.node(Role.P)
    build.text(node, "ab", 50, 50)
    run = build.items[0]
    assert isinstance(run, GlyphRun)
    silent = (run.glyphs[0], run.glyphs[1]._replace(text=""))
    build.items[0] = GlyphRun(LATIN, 11, 50, 50, "ink", silent, node)
    build.page()
    assert treecheck.transcript(render(build.pages())) == [("Document>P", "a")]


def test_missing_glyph_is_refused() -> None:
    build = Builder()
    build.text(build.node(Role.P), "ع", 50, 50, name=LATIN)
    build.page()
    with pytest.raises(RenderError, match="missing glyph"):
        render(build.pages())


def test_arabic_is_marked_as_reversed() -> None:
    build = Builder()
    build.text(build.node(Role.P, lang="ar"), "سلام", 50, 50, name=ARABIC, rtl=True)
    build.page()
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        assert b"/ReversedChars BMC" in pdf.pages[0].obj.Contents.read_bytes()


def test_language_of_a_run_only_where_it_differs() -> None:
    build = Builder()
    build.text(build.node(Role.P, lang="es"), "sí", 50, 50, lang="es")
    build.text(build.node(Role.P), "no", 50, 70, lang="es")
    build.page()
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    assert content.count(b"/Span<</Lang(es)>>BDC") == 1


def test_widths_are_the_programs_widths() -> None:
    _pdf, font = _only_font(LATIN, "Width of fi and W")
    widths = [float(width) for width in font.DescendantFonts[0].W[1]]
    file = DocumentFont("/F1", face(LATIN).file)
    build = Builder()
    build.text(0, "Width of fi and W", 0, 0)
    run = build.items[0]
    assert isinstance(run, GlyphRun)
    unique = dict.fromkeys((glyph.gid, glyph.text) for glyph in run.glyphs)
    assert widths == [file.facts.advance(gid) for gid, _ in unique]


_glyph = st.builds(
    Glyph,
    gid=st.integers(36, 90),
    text=st.just("x"),
    advance=st.floats(0, 2000),
    dx=st.floats(-500, 500),
    dy=st.sampled_from([0.0, 0.0, 120.5, -80.0]),
)


@given(st.lists(_glyph, min_size=1, max_size=30), st.booleans())
def test_every_glyph_stands_where_it_was_placed(placed: list[Glyph], spoken: bool) -> None:
    font = DocumentFont("/F1", face(LATIN).file)
    actual = ((0, len(placed), "x"),) if spoken else ()
    run = GlyphRun(LATIN, 1000, 0, 0, "ink", tuple(placed), 1, actual)
    out = _written(run, font, glyphs.plain(run, font))
    assert out == _written(run, font, glyphs.plain(run, font))
    found = list(_positions("\n".join(out), font))
    pen, expected = 0.0, []
    for glyph in placed:
        expected.append((pen + glyph.dx, glyph.dy))
        pen += glyph.advance
    assert len(found) == len(expected)
    for (x, rise), (wanted, lifted) in zip(found, expected, strict=True):
        assert abs(x - wanted) <= 0.31
        assert abs(rise - lifted) <= 0.01


def _written(run: GlyphRun, font: DocumentFont, shown: str | None) -> list[str]:
    out: list[str] = []
    glyphs.show(run, font, shown, GraphicsState(), out.append)
    return out


def _positions(content: str, font: DocumentFont):  # type: ignore[no-untyped-def]
    """Where a reader would put each glyph: (x, rise) in 1/1000 em."""
    widths = dict(font.codes.values())
    x = rise = 0.0
    content = re.sub(r"/Span<</ActualText<\w+>>>BDC", "", content)
    for lifted, codes, shift in re.findall(
        r"(-?[\d.]+) Ts|<([0-9a-f]+)>|(-?[\d.]+)(?=[\s<\]])", content
    ):
        if lifted:
            rise = float(lifted)
        elif shift:
            x -= float(shift)
        for code in _fours(codes):
            yield x, rise
            x += widths[code]


def _fours(digits: str) -> list[str]:
    return [digits[at : at + 4] for at in range(0, len(digits), 4)]


def test_runs_stand_on_their_baselines() -> None:
    build = Builder()
    node = build.node(Role.P)
    build.text(node, "first", 50, 50)
    build.text(node, "second", 60.5, 80.25)
    build.text(build.node(Role.P), "third", 50, 100.119)
    build.page()
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    assert re.findall(rb"[\d. -]+ Td", content) == [
        b"50 791.89 Td",
        b"10.5 -30.25 Td",
        b"50 741.77 Td",
    ]
