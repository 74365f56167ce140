"""What a script or language needs reaches the paragraph styles."""

from __future__ import annotations

import pytest

from handouts.compose.styles import Styles
from handouts.load import load_manifest
from handouts.model.layout import Style
from handouts.units import Length
from tests.load.scenes import REPOSITORY, world

MANIFEST = load_manifest(world(REPOSITORY))
STYLES = {
    "body": Style(size=Length(12), leading=1.3),
    "small": Style(size=Length(10), small_print=True),
    "h1": Style(size=Length(24), leading=1.1, role="H1"),
    "figure": Style(size=Length(30), leading=1.0),
}


def styles(language: str, script: str, brand: str | None = None) -> Styles:
    return Styles(STYLES, MANIFEST, script, {"text": brand, "heading": None}, language=language)


def test_latin_is_as_the_layout_says() -> None:
    body = styles("en", "Latn")["body"].text
    assert (body.size, body.leading, body.floor) == (12, 1.3, 11)
    assert body.families[0] == "Noto Sans"
    assert styles("en", "Latn")["h1"].text.leading == 1.1


def test_urdu_is_nastaliq_and_arabic_is_not() -> None:
    urdu, arabic = styles("ur", "Arab")["body"].text, styles("ar", "Arab")["body"].text
    assert urdu.families[0] == "Noto Nastaliq Urdu"
    assert arabic.families[0] == "Noto Sans Arabic"
    assert urdu.leading >= 1.8 > arabic.leading
    assert styles("ur", "Arab")["h1"].text.size < 24 < styles("ar", "Arab")["h1"].text.size
    assert urdu.floor == 11.5 > arabic.floor


def test_small_print_keeps_its_distance_from_body_text() -> None:
    assert styles("en", "Latn")["small"].text.floor == 9
    assert styles("ur", "Arab")["small"].text.floor == pytest.approx(11.5 * 9 / 11)


@pytest.mark.parametrize(("tag", "script"), [("km", "Khmr"), ("bo", "Tibt"), ("ur", "Arab")])
def test_lines_of_a_heading_do_not_touch(tag: str, script: str) -> None:
    made, setting = styles(tag, script), MANIFEST.setting(tag, script)
    assert made["h1"].text.leading == setting.min_leading > 1.1 * 1.2
    assert made["figure"].text.leading == setting.leading


def test_a_brands_family_comes_first_and_all_scripts_last() -> None:
    families = styles("hi", "Deva", "Own")["body"].text.families
    assert families[:3] == ("Own", "Noto Sans Devanagari", "Noto Sans")
    assert set(families[3:]) | set(families[:3]) >= set(MANIFEST.text_families)
    assert len(families) == len(set(families))
