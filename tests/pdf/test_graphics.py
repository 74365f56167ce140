"""Shapes, colours and pictures: the right marks in the right place."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from handouts.model.colour import Colour
from handouts.model.document import Role
from handouts.model.drawing import Close, Curve, Line, Modules, Move, Outline, Picture
from handouts.model.pages import Artifact, Page, Pages, Shape
from handouts.pdf import RenderError, objects, render, shapes
from handouts.pdf.state import GraphicsState
from tests.pdf.builder import Builder, rectangle

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)


def _painted(*items: Shape, height: float = 100) -> str:
    out: list[str] = []
    state = GraphicsState()
    for item in items:
        shapes.paint(item, height, lambda paint: f"/{paint}", state, out.append)
    return "\n".join(out)


def _shape(*outlines: Outline, x: float = 0, y: float = 0, sx: float = 1, sy: float = 1) -> Shape:
    return Shape(outlines, x, y, sx, sy, (0, 0, 0, 0), Artifact.LAYOUT)


def test_rectangle_is_one_operator() -> None:
    box = Outline(rectangle(10, 20, 30, 5), fill="ink")
    assert _painted(_shape(box)) == "/ink cs 0 sc\n10 80 30 -5 re f"


def test_colour_is_selected_once() -> None:
    box = Outline(rectangle(10, 20, 30, 5), fill="ink")
    assert _painted(_shape(box), _shape(box)).count("cs") == 1


def test_rectangle_drawn_the_other_way_round_stays_a_hole() -> None:
    hole = (Move(2, 2), Line(2, 8), Line(8, 8), Line(8, 2), Line(2, 2), Close())
    frame = Outline((*rectangle(0, 0, 10, 10), *hole), fill="ink")
    assert _painted(_shape(frame), height=10).endswith("0 10 10 -10 re 2 2 6 6 re f")
    build = Builder()
    build.paragraph(Role.P, "x", 90, 90)
    red = Outline(frame.segments, fill=RED)
    build.items.append(_shape(red, sx=10, sy=10))
    build.page(100, 100)
    image = _image(build.pages())
    assert image.getpixel((10, 50)) == (255, 0, 0)
    assert image.getpixel((50, 50)) == (255, 255, 255)


def test_every_dark_module_of_a_code_is_painted_and_no_light_one() -> None:
    rows = tuple("".join(str((x * x + y * x // 3) % 2) for x in range(25)) for y in range(25))
    code = Outline((Modules(1, 2, rows),), fill=RED)
    build = Builder()
    build.paragraph(Role.P, "x", 90, 90)
    build.items.append(_shape(code, x=8, y=4, sx=2, sy=2))
    build.items.append(_shape(code, x=60, y=4))
    build.page(100, 100)
    image = _image(build.pages(), scale=2)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            wanted = (255, 0, 0) if module == "1" else (255, 255, 255)
            assert image.getpixel((16 + 4 * (x + 1) + 1, 8 + 4 * (y + 2) + 1)) == wanted
            assert image.getpixel((120 + 2 * (x + 1) + 1, 8 + 2 * (y + 2) + 1)) == wanted


def test_scaled_shape_gets_a_matrix_and_enough_decimals() -> None:
    line = Outline((Move(0.001, 0), Curve(0, 0.5, 1, 0.5, 1, 1)), stroke="ink", stroke_width=0.02)
    written = _painted(_shape(line, x=5, y=10, sx=-80, sy=80))
    assert written.startswith("q\n-80.00000 0 0 -80.00000 5 90 cm")
    assert "0.001 0 m" in written
    assert written.endswith("S\nQ")


def test_pen_and_clip_do_not_leak() -> None:
    dashed = Outline(
        (Move(0, 0), Line(9, 9)), stroke="line", cap="round", join="bevel", dash=(1, 2)
    )
    plain = Outline((Move(0, 0), Line(9, 9)), stroke="line")
    written = _painted(_shape(dashed), _shape(plain))
    assert written.split("\n")[1:4] == ["1 J", "2 j", "[1 2] 0 d"]
    assert written.split("\n")[5:8] == ["0 J", "0 j", "[] 0 d"]
    clip = Outline(rectangle(0, 0, 5, 5), even_odd=True)
    clipped = Shape((plain,), 0, 0, 1, 1, (0, 0, 0, 0), Artifact.LAYOUT, clip)
    assert _painted(clipped) == "q\n0 100 5 -5 re W* n\n/line CS 0 SC\n0 100 m 9 91 l S\nQ"


def test_unpainted_outline_writes_nothing() -> None:
    assert _painted(_shape(Outline((Move(0, 0), Line(9, 9))))) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.001, "0"), (1.5, "1.5"), (100, "100"), (2.005e-9, "0"), (-12.346, "-12.35")],
)
def test_numbers_are_short(value: float, written: str) -> None:
    assert objects.number(value) == written


def _image(pages: Pages, scale: float = 1) -> Image.Image:
    document = pypdfium2.PdfDocument(render(pages))
    image: Image.Image = document[0].render(scale=scale, no_smoothpath=True).to_pil().convert("RGB")
    document.close()
    return image


def _on_page(picture: Picture, count: int = 1) -> Pages:
    build = Builder()
    build.box(Artifact.BACKGROUND, 0, 0, 100, 100, BLUE)
    for at in range(count):
        figure = build.node(Role.FIGURE, alt=f"picture {at}")
        build.picture(figure, picture, 10, 20, 40)
    build.page(100, 100)
    return build.pages()


def test_alpha_shows_what_is_behind() -> None:
    samples, mask = bytes(RED_ROW * 2), bytes((255, 0, 255, 0))
    picture = Picture(2, 2, 3, "raw", samples, mask, "alpha")
    image = _image(_on_page(picture))
    assert image.getpixel((15, 40)) == (255, 0, 0)
    assert image.getpixel((45, 40)) == (0, 0, 255)
    assert image.getpixel((15, 80)) == (0, 0, 255)


RED_ROW = (255, 0, 0, 255, 0, 0)


def test_jpeg_goes_in_as_it_is_and_only_once() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 200, 30)).save(out, "JPEG", quality=95)
    data = out.getvalue()
    picture = Picture(8, 8, 3, "jpeg", data, None, hashlib.sha256(data).hexdigest())
    with pikepdf.open(io.BytesIO(render(_on_page(picture, 3)))) as pdf:
        (stream,) = pdf.pages[0].obj.Resources.XObject.values()
        assert stream.read_raw_bytes() == data
        assert stream.Filter == "/DCTDecode"
    red, green, blue = _image(_on_page(picture)).getpixel((30, 40))  # type: ignore[misc]
    assert abs(red - 10) < 8
    assert abs(green - 200) < 8
    assert abs(blue - 30) < 8


def test_grey_picture() -> None:
    picture = Picture(1, 1, 1, "raw", b"\x80", None, "grey")
    assert _image(_on_page(picture)).getpixel((30, 40)) == (128, 128, 128)


def test_picture_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(RenderError, match="samples"):
        render(_on_page(Picture(2, 2, 3, "raw", b"abc", None, "bad")))


def test_page_sizes_are_kept() -> None:
    build = Builder()
    build.paragraph(Role.P, "x", 5, 15)
    build.page(419.53, 595.28)
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        assert [float(v) for v in pdf.pages[0].mediabox] == [0, 0, 419.53, 595.28]


def test_only_used_colours_are_in_the_file() -> None:
    build = Builder()
    build.paragraph(Role.P, "x", 5, 15)
    build.box(Artifact.LAYOUT, 0, 0, 5, 5, RED)
    build.page()
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        spaces = pdf.pages[0].obj.Resources.ColorSpace
        assert set(spaces.keys()) == {"/Ink", "/ff0000"}
        assert bytes(spaces["/ff0000"][3]) == b"\xff\x00\x00"


def test_stream_data_may_end_in_a_carriage_return() -> None:
    assert objects.stream(b"", b"abc\r").endswith(b"abc\r\r\nendstream")


def test_empty_page_is_a_page() -> None:
    build = Builder()
    build.paragraph(Role.P, "x", 5, 15)
    build.page()
    pages = build.pages()
    more = Pages(
        pages.identity, (*pages.pages, Page(50, 50, ())), pages.nodes, pages.faces, pages.palette
    )
    with pikepdf.open(io.BytesIO(render(more))) as pdf:
        assert len(pdf.pages) == 2
