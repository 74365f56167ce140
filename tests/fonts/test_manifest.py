"""The fonts that come along: what the manifest promises of each file, and what they weigh."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handouts.load import load_manifest
from handouts.load.fonts import FamilyEntry, Manifest
from tests.load.scenes import REPOSITORY, world

FONTS = REPOSITORY / "fonts"
MOST = 40_000_000
# fmt: off
SCRIPTS = {
    "Latn", "Grek", "Cyrl", "Arab", "Hebr", "Deva", "Beng", "Guru", "Gujr",
    "Taml", "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Khmr", "Mymr",
    "Tibt", "Ethi", "Geor", "Armn", "Hans", "Hant", "Jpan", "Kore",
}
# fmt: on


@lru_cache
def manifest() -> Manifest:
    return load_manifest(world(REPOSITORY))


FAMILIES = list(manifest().entries.values())


def test_every_script_of_the_world_we_serve() -> None:
    assert set(manifest().scripts) >= SCRIPTS
    assert {code for entry in FAMILIES for code in entry.scripts} >= SCRIPTS
    assert "ur" in manifest().languages


def test_all_of_it_stays_small() -> None:
    total = sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file())
    assert 10_000_000 < total < MOST


def test_no_file_is_there_that_nobody_lists() -> None:
    listed = {FONTS / face.file for entry in FAMILIES for face in entry.faces}
    found = {path for path in FONTS.rglob("*") if path.suffix in (".ttf", ".otf")}
    assert found == listed
    assert len(found) >= 50


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda e: e.name)
def test_family(entry: FamilyEntry) -> None:
    assert entry.licence == "OFL-1.1"
    licence = (FONTS / str(entry.licence_file)).read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright" in licence.splitlines()[0]
    assert {face.weight for face in entry.faces} >= {400, 700}
    # Whether the checksums are true is for tests/load: `check_manifest`.
    assert all(face.sha256 for face in entry.faces)
    for face in entry.faces:
        assert Path(face.file).parent == Path(str(entry.licence_file)).parent


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda e: e.name)
def test_faces_are_static_truetype_under_their_own_name(entry: FamilyEntry) -> None:
    licence = (FONTS / str(entry.licence_file)).read_text("utf-8")
    reserved = re.findall(r"Reserved Font Name '([^']+)'", licence)
    assert not any(name in entry.name for name in reserved)
    for face in entry.faces:
        with TTFont(FONTS / face.file, lazy=True) as font:
            assert "glyf" in font
            assert "fvar" not in font
            bold = bool(font["OS/2"].fsSelection & 0x20)  # Nastaliq's Bold calls itself 400.
            assert face.weight == font["OS/2"].usWeightClass or (bold and face.weight == 700)
            assert font["OS/2"].fsType == 0
            assert font["name"].getBestFamilyName() == entry.name


@pytest.mark.parametrize(
    ("tag", "script", "least"),
    [("th", "Thai", 1.5), ("km", "Khmr", 1.5), ("hi", "Deva", 1.5), ("ur", "Arab", 1.8)],
)
def test_lines_have_room_for_their_marks(tag: str, script: str, least: float) -> None:
    setting = manifest().setting(tag, script)
    assert max(1.28 * setting.leading, setting.min_leading) >= least


def test_cut_down_faces_have_the_characters_of_their_region() -> None:
    sys.path.insert(0, str(REPOSITORY / "tools" / "fonts"))
    try:
        from subset_cjk import REGIONS, charset
    finally:
        sys.path.pop(0)
    for name, region in REGIONS.items():
        folder = FONTS / f"noto-sans-{name.lower()}"
        with TTFont(folder / f"NotoSans{name}-Bold.ttf", lazy=True) as font:
            there = set(font.getBestCmap())
        assert there <= charset(region)
        assert set(map(ord, region.extra)) <= there
        letters = {point for point in charset(region) if chr(point).isalpha()}
        # A few signs and unassigned places of the blocks are not in the face.
        assert len(letters - there) < 60, name
        assert f"{len(there):,} of the" in (folder / "CHARSET.md").read_text("utf-8")
