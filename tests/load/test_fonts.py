"""Fonts: the built-in families, a brand's own files, and files that are no fonts."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from handouts.diagnostics import ExitCode, HandoutsError
from handouts.load import check_manifest, load_fonts, load_manifest
from handouts.load.fonts import font_file
from handouts.model.fonts import FontLibrary
from tests.load.scenes import REPOSITORY, loaded, project, world

NOTO = REPOSITORY / "fonts" / "noto-sans" / "NotoSans-Regular.ttf"
BRAND = """\
name: Clinic
color: {{primary: "#1f5e5b"}}
typography:
  base: Own
  fonts: [{{family: Own, files: [{{path: {}, weight: 500}}]}}]
"""


def library(folder: Path, font: bytes, name: str = "own.ttf") -> FontLibrary:
    project(folder, {"brand.yaml": BRAND.format(name), name: font})
    made = loaded(folder, layouts=[]).project
    return load_fonts(world(folder), made, made.brands["brand"], ["Noto Sans"])


def test_built_in_families() -> None:
    manifest = load_manifest(world(REPOSITORY))
    faces = load_fonts(world(REPOSITORY), None, None, manifest.families).faces
    assert len(faces) >= 8
    assert {face.family for face in faces} == set(manifest.families)
    assert {"Latn", "Arab", "Hans"} <= set(manifest.scripts)
    again = load_fonts(world(REPOSITORY), None, None, manifest.families).faces
    assert all(a.file is b.file for a, b in zip(faces, again, strict=True))


def test_checksums_of_the_built_in_files() -> None:
    check_manifest(world(REPOSITORY))


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    (fonts / "noto-sans").mkdir(parents=True)
    (tmp_path / "package").mkdir()
    text = (REPOSITORY / "fonts" / "fonts.yaml").read_text("utf-8")
    (fonts / "fonts.yaml").write_text(text, "utf-8")
    (fonts / "noto-sans" / NOTO.name).write_bytes(NOTO.read_bytes() + b"\0")
    with pytest.raises(HandoutsError) as caught:
        check_manifest(world(tmp_path, tmp_path / "package"))
    codes = [one.code for one in caught.value.diagnostics]
    assert codes.count("font-changed") == 1
    assert codes.count("no-such-font") == len(codes) - 1 > 0
    assert caught.value.exit_code is ExitCode.RESOURCE


def test_a_family_nobody_has() -> None:
    with pytest.raises(HandoutsError, match="did you mean 'Noto Sans'"):
        load_fonts(world(REPOSITORY), None, None, ["Noto Sanz"])


def test_a_brands_own_font(tmp_path: Path) -> None:
    faces = library(tmp_path, NOTO.read_bytes()).faces
    assert [face.name for face in faces if face.family == "Own"] == ["Own 500"]
    assert any(face.family == "Noto Sans" for face in faces)


def with_tables(tables: dict[bytes, bytes]) -> bytes:
    """A font file's table directory with just enough behind it."""
    wanted = {tag: b"\0" * 8 for tag in (b"cmap", b"head", b"hhea", b"hmtx", b"maxp")} | tables
    offset = 12 + 16 * len(wanted)
    head, body = b"\0\1\0\0" + struct.pack(">HHHH", len(wanted), 0, 0, 0), b""
    for tag, data in wanted.items():
        head += struct.pack(">4sLLL", tag, 0, offset + len(body), len(data))
        body += data
    return head + body


def test_a_variable_font_has_a_face_for_each_weight(tmp_path: Path) -> None:
    axis = struct.pack(">4slllHH", b"wght", 300 << 16, 400 << 16, 700 << 16, 0, 256)
    fvar = struct.pack(">HHHHHHHH", 1, 0, 16, 2, 1, 20, 0, 0) + axis
    own = [f for f in library(tmp_path, with_tables({b"fvar": fvar})).faces if f.family == "Own"]
    assert [face.weight for face in own] == [300, 400, 500, 600, 700]
    assert own[-1].file.axes == (("wght", 700.0),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no TrueType"),
        (b"wOF2" + b"\0" * 50, "web font"),
        (b"ttcf" + b"\0" * 50, "collection"),
        (b"\0\1\0\0\0\xff" + b"\0" * 50, "cut off"),
        (with_tables({})[:-30], "cut off"),
        (with_tables({}).replace(b"cmap", b"xxxx"), "lacks its table cmap"),
        (with_tables({b"OS/2": b"\0" * 8 + b"\0\2" + b"\0" * 68}), "does not allow"),
    ],
)
def test_files_that_are_no_fonts(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(HandoutsError) as caught:
        library(tmp_path, content)
    (only,) = caught.value.diagnostics
    assert said in only.message
    assert only.exit_code is ExitCode.RESOURCE
    assert str(only.place) == "brand.yaml:5:40"


def test_a_font_that_is_not_there_is_noticed_when_the_brand_is_read(tmp_path: Path) -> None:
    project(tmp_path, {"brand.yaml": BRAND.format("fonts/none.ttf")})
    with pytest.raises(HandoutsError, match=r"no file 'fonts/none\.ttf'"):
        loaded(tmp_path, layouts=[])


@pytest.mark.parametrize(("flags", "refused"), [(0, False), (2, True), (0x0100, True), (8, False)])
def test_what_a_font_allows(flags: int, refused: bool, tmp_path: Path) -> None:
    """Files hold a part of a font, so a font that allows no part of it cannot be used."""
    content = bytearray(NOTO.read_bytes())
    count = int.from_bytes(content[4:6], "big")
    records = [content[12 + 16 * n : 28 + 16 * n] for n in range(count)]
    start = next(int.from_bytes(r[8:12], "big") for r in records if r[:4] == b"OS/2")
    content[start + 8 : start + 10] = flags.to_bytes(2, "big")
    (tmp_path / "a.ttf").write_bytes(content)
    if refused:
        with pytest.raises(HandoutsError, match="font-licence"):
            font_file(world(tmp_path), tmp_path / "a.ttf", None)
    else:
        assert font_file(world(tmp_path), tmp_path / "a.ttf", None).data == bytes(content)
