"""SVG drawings and pictures: what is read, and what is refused with a remedy."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load.files import read
from handouts.load.images import parse_image
from handouts.load.svg import parse_svg
from handouts.load.svg_path import path_segments
from handouts.model.colour import Colour
from handouts.model.drawing import Close, Curve, Drawing, Line, Move
from tests.load.scenes import REPOSITORY, codes, loaded, project, world

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 20 100 50"'


def svg(inside: str, more: str = "") -> Drawing:
    return parse_svg(f"{HEAD} {more}>{inside}</svg>".encode(), "logo.svg")


def refused(text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(HandoutsError) as caught:
        parse_svg(text if isinstance(text, bytes) else text.encode(), "logo.svg")
    return caught.value.diagnostics


def test_origin_moves_to_the_corner() -> None:
    drawing = svg('<path d="M10 20h5v6"/>')
    assert (drawing.width, drawing.height) == (100, 50)
    assert drawing.outlines[0].segments == (Move(0, 0), Line(5, 0), Line(5, 6))
    assert drawing.outlines[0].fill == Colour(0, 0, 0)


@pytest.mark.parametrize(
    ("data", "segments"),
    [
        ("M1 2 3 4", (Move(1, 2), Line(3, 4))),
        ("m1,2-3.5.5z", (Move(1, 2), Line(-2.5, 2.5), Close())),
        ("M0 0zl1 1", (Move(0, 0), Close(), Move(0, 0), Line(1, 1))),
        (
            "M0 0C1 1 2 2 3 3S5 5 6 6",
            (Move(0, 0), Curve(1, 1, 2, 2, 3, 3), Curve(4, 4, 5, 5, 6, 6)),
        ),
        ("M0 0Q3 3 6 0", (Move(0, 0), Curve(2, 2, 4, 2, 6, 0))),
        ("M0 0a0 5 0 0 1 4 0", (Move(0, 0), Line(4, 0))),
        ("", ()),
    ],
)
def test_paths(data: str, segments: object) -> None:
    assert path_segments(data) == segments


def test_compact_arc_flags_make_a_half_circle() -> None:
    segments = path_segments("M0 0a5 5 0 0110 0")
    assert [type(one) for one in segments] == [Move, Curve, Curve]
    middle = segments[1]
    assert isinstance(middle, Curve)
    assert (middle.x, middle.y) == pytest.approx((5, -5))


@pytest.mark.parametrize(
    "data", ["L1 1", "M1", "M0 0a1 1 0 2 0 1 1", "M0 0Lx", "M1e999 0", "M0 0#", "Z"]
)
def test_wrong_paths(data: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        path_segments(data)


def test_roles_and_inheritance() -> None:
    drawing = svg(
        '<g stroke="currentColor" fill="none"><path d="M0 0h1"/>'
        '<path class="accent" d="M0 0h1"/><path class="tint" fill="currentColor" d="M0 0h1"/></g>'
    )
    assert [(o.fill, o.stroke) for o in drawing.outlines] == [
        (None, "current"),
        (None, "accent"),
        ("tint", "tint"),
    ]


def test_transforms_scale_strokes_too() -> None:
    shape = '<line x1="0" x2="1" y2="0" stroke="red" stroke-width="2"/>'
    drawing = svg(f'<g transform="translate(10 20) scale(3)">{shape}</g>')
    assert drawing.outlines[0].segments == (Move(0, 0), Line(3, 0))
    assert drawing.outlines[0].stroke_width == 6
    assert drawing.outlines[0].stroke == Colour(255, 0, 0)


def test_style_attribute_and_class_rules() -> None:
    drawing = svg(
        "<defs><style>.a,.b{fill:#123456} .b{stroke:rgb(1, 2, 3)}</style></defs>"
        '<circle class="b" cx="1" cy="1" r="1"/><rect width="4" height="2" style="fill:none;'
        'stroke:#fff" rx="1"/><polygon points="0,0 1,1 2,0" display="none"/>'
    )
    assert [(str(o.fill), str(o.stroke)) for o in drawing.outlines] == [
        ("#123456", "#010203"),
        ("None", "#ffffff"),
    ]


def test_what_editors_leave_behind_is_ignored() -> None:
    drawing = svg(
        '<metadata><x/></metadata><title>Logo</title><s:namedview xmlns:s="urn:s"><s:grid/>'
        '</s:namedview><path d="M0 0h1v1z" s:type="x" xmlns:s="urn:s"/>'
    )
    assert len(drawing.outlines) == 1


def test_the_bare_document_type_of_drawing_programs_is_ignored() -> None:
    assert len(parse_svg(f"{TYPE}{HEAD}><path d='M0 0h1v1z'/></svg>".encode(), "a.svg").outlines)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
    f"]>{HEAD}><title>&b;</title></svg>"
)
TYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'
EXTERNAL = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}><desc>&x;</desc></svg>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "svg-doctype"),
        (EXTERNAL, "svg-doctype"),
        (f"{TYPE}{HEAD}><title>&x;</title></svg>", "svg-doctype"),
        (f'{HEAD}><path d="M0 0h1"><animate attributeName="d"/></path></svg>', "svg-element"),
        (f'<?xml-stylesheet href="http://x/y.css"?>{HEAD}/>', "svg-instruction"),
        (f"{HEAD}><script>alert(1)</script></svg>", "svg-element"),
        (f'{HEAD} onload="alert(1)"><path d="M0 0h1"/></svg>', "svg-reference"),
        (f'{HEAD}><image href="http://x/y.png"/></svg>', "svg-element"),
        (f'{HEAD}><path d="M0 0h1" href="http://x"/></svg>', "svg-reference"),
        (f"{HEAD}><text>Clinic</text></svg>", "svg-element"),
        (f'{HEAD}><use href="#a"/></svg>', "svg-element"),
        (f'{HEAD}><defs><linearGradient id="a"/></defs><path d="M0 0h1"/></svg>', "svg-element"),
        (f'{HEAD}><path fill="url(#a)" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><path opacity="0.5" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><g clip-path="url(#a)"><path d="M0 0h1"/></g></svg>', "svg-value"),
        (f'{HEAD}><path style="mask:url(#m)" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><path style="filter:blur(2px)" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><path fill="salmonish" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><path transform="spin(3)" d="M0 0h1"/></svg>', "svg-value"),
        (f'{HEAD}><path d="X"/></svg>', "svg-value"),
        (f"{HEAD}><style>@import url(http://x);</style><path d='M0 0h1'/></svg>", "svg-value"),
        (f"{HEAD}><style>path > g {{fill:red}}</style><path d='M0 0h1'/></svg>", "svg-value"),
        (f"{HEAD}></svg>", "svg-empty"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>', "svg-value"),
        (f"{HEAD}><path d='M0 0h1'>", "svg-syntax"),
        ("", "svg-syntax"),
        (b"\x89PNG\r\n", "svg-syntax"),
        ("<html/>", "svg-element"),
        (f"{HEAD}>" + "<g>" * 5000 + "</g>" * 5000 + "</svg>", "svg-too-complex"),
        (f"{HEAD}>" + "<g/>" * 30_000 + "</svg>", "svg-too-complex"),
    ],
)
def test_svg_refused(text: str | bytes, code: str) -> None:
    found = refused(text)
    assert code in [one.code for one in found]
    assert all(one.place and one.place.path == "logo.svg" for one in found)


def test_all_problems_of_a_drawing_at_once() -> None:
    found = refused(f"{HEAD}>\n<text>a</text>\n<image/>\n<path d='M0 0h1' opacity='0.2'/>\n</svg>")
    assert [one.place.line for one in found if one.place] == [2, 3, 4]
    assert all(one.hint for one in found)


def test_every_built_in_drawing_is_readable_and_ids_are_unique() -> None:
    paths = sorted((REPOSITORY / "handouts" / "drawings").rglob("*.svg"))
    assert len(paths) > 50
    assert len({path.stem for path in paths}) == len(paths)
    for path in paths:
        assert parse_svg(path.read_bytes(), path.name).outlines, path


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def test_jpeg_is_kept_but_for_what_tells_of_its_origin() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mine"
    content = encoded(Image.new("RGB", (8, 4), "teal"), "JPEG", exif=exif, comment=b"at home")
    picture = parse_image(content, "a.jpg")
    assert (picture.width, picture.height, picture.encoding) == (8, 4, "jpeg")
    assert b"Camera" in content
    assert b"Camera" not in picture.data
    assert b"home" not in picture.data
    with Image.open(io.BytesIO(picture.data)) as again:
        again.load()
        assert again.size == (8, 4)


def test_exif_orientation_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = parse_image(encoded(Image.new("RGB", (8, 4), "teal"), "JPEG", exif=exif), "a.jpg")
    assert (picture.width, picture.height, picture.encoding) == (4, 8, "raw")


def test_cmyk_jpeg_becomes_rgb() -> None:
    picture = parse_image(encoded(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "JPEG"), "a.jpg")
    assert (picture.components, picture.encoding) == (3, "raw")
    red, green, blue = picture.data[:3]
    assert red > 200 > 60 > green
    assert blue < 60


@pytest.mark.parametrize(
    ("image", "components", "first"),
    [
        (Image.new("RGB", (2, 2), (1, 2, 3)), 3, b"\x01\x02\x03"),
        (Image.new("L", (2, 2), 7), 1, b"\x07"),
        (Image.new("1", (2, 2), 1), 1, b"\xff"),
        (Image.new("P", (2, 2), 0), 3, b"\x00\x00\x00"),
        (Image.new("I;16", (2, 2), 0x8080), 1, b"\x80"),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else "",
)
def test_png_modes(image: Image.Image, components: int, first: bytes) -> None:
    picture = parse_image(encoded(image, "PNG"), "a.png")
    assert (picture.components, picture.encoding, picture.alpha) == (components, "raw", None)
    assert picture.data[: len(first)] == first
    assert len(picture.data) == 4 * components


def test_alpha_is_kept_apart() -> None:
    picture = parse_image(encoded(Image.new("RGBA", (2, 1), (9, 8, 7, 128)), "PNG"), "a.png")
    assert (picture.data, picture.alpha) == (b"\x09\x08\x07" * 2, b"\x80\x80")
    opaque = parse_image(encoded(Image.new("RGBA", (2, 1), (9, 8, 7, 255)), "PNG"), "a.png")
    assert opaque.alpha is None
    assert len(opaque.digest) == 64


def png_head(width: int, height: int) -> bytes:
    """A PNG that only claims its size."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    chunk = struct.pack(">I", len(data)) + b"IDAT" + data
    chunk += struct.pack(">I", zlib.crc32(b"IDAT" + data))
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + body + struct.pack(">I", zlib.crc32(body)) + chunk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (png_head(60_000, 60_000), "image-too-large"),
        (png_head(10_000, 5_000), "image-too-large"),
        (png_head(100, 100), "damaged-image"),
        (encoded(Image.new("RGB", (64, 64), "red"), "PNG")[:60], "damaged-image"),
        (encoded(Image.effect_noise((64, 64), 9), "JPEG")[:-400], "damaged-image"),
        (encoded(Image.new("RGB", (4, 4)), "GIF"), "not-an-image"),
        (b"", "not-an-image"),
        (b"<svg/>", "not-an-image"),
    ],
)
def test_images_refused(content: bytes, code: str) -> None:
    with pytest.raises(HandoutsError) as caught:
        parse_image(content, "a.png")
    assert [one.code for one in caught.value.diagnostics] == [code]


BRAND = 'name: Clinic\ncolor: {{primary: "#1f5e5b"}}\nlogo: {{path: "{}", alt: A leaf}}\n'


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../logo.svg", "path-outside"),
        ("a/../../logo.svg", "path-outside"),
        ("/etc/passwd", "path-outside"),
        ("~/logo.svg", "path-outside"),
        ("C:/logo.svg", "path-outside"),
        ("http://example.org/logo.svg", "path-outside"),
        ("link.svg", "path-outside"),
        ("folder/logo.svg", "path-outside"),
        ("none.svg", "no-such-file"),
        ("logo.gif", "image-format"),
    ],
)
def test_logo_paths_stay_inside(tmp_path: Path, path: str, code: str) -> None:
    outside = project(tmp_path / "outside", {"logo.svg": "<svg/>"})
    folder = project(tmp_path / "inside", {"brand.yaml": BRAND.format(path), "logo.gif": "x"})
    (folder / "link.svg").symlink_to(outside / "logo.svg")
    (folder / "folder").symlink_to(outside)
    assert codes(folder) == [code]


def test_pictures_of_a_layout_are_read(tmp_path: Path) -> None:
    layout = (
        "extends: _base\nid: mine\nname: Mine\ntitle: flyer.title\n"
        "body: [{type: image, path: images/a.png}]\n"
    )
    png = encoded(Image.new("RGB", (3, 2), "red"), "PNG")
    folder = project(tmp_path, {"layouts/mine.yaml": layout, "images/a.png": png})
    pictures = loaded(folder, layouts=["mine"]).project.pictures
    assert list(pictures) == ["images/a.png"]


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HandoutsError) as raised:
        read(world(tmp_path), tmp_path, 100)
    (one,) = raised.value.diagnostics
    assert one.code == "unreadable-file"
    assert one.hint
