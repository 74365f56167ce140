"""``--set``: typed by the schema, spelt as the file spells it, and never without effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.model.colour import Colour
from handouts.units import Length
from tests.load.scenes import errors, loaded, project

BRAND = """\
name: Clinic
colours:
  palette: {sea: "#005f73"}
  primary: "#1f5e5b"
typography:
  fonts: []
contact:
  phones: ["1", "2"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path, {"brand.yaml": BRAND})


@pytest.mark.parametrize(
    "text",
    [
        "brand.color.primary=#abcdef",
        "brand.colours.primary=#abcdef",
        "brand.colors.primary = #abcdef",
        "brand.color.primary='#abcdef'",
    ],
)
def test_a_colour_by_any_of_its_names(folder: Path, text: str) -> None:
    brand = loaded(folder, overrides=[text]).project.brands["brand"].brand
    assert brand.color.primary == Colour(0xAB, 0xCD, 0xEF)


def test_values_are_typed_by_the_schema(folder: Path) -> None:
    made = loaded(
        folder,
        overrides=[
            "project.profile=clinic",
            "class.next_date=2026-04-01",
            "class.next_time=10:30",
            "project.languages=[en, de]",
            "layout.max_pages=2",
            "layout.page.margins=12mm",
            "layout.styles.body.size=13pt",
            "brand.name.de=Praxis",
            "brand.contact.phones.1=0117 496 0000",
            "brand.qr=https://example.org/#a",
            "brand.color.accent=sea",
        ],
    ).project
    assert made.settings.profile == "clinic"
    assert made.settings.class_.next_date == "2026-04-01"
    assert made.settings.class_.next_time == "10:30"
    assert made.settings.languages == ("en", "de")
    layout = made.layouts["benefits-flyer"]
    assert layout.max_pages == 2
    assert layout.page.margins.top == pytest.approx(34.0157, abs=1e-3)
    assert layout.styles["body"].size == Length(13)
    assert layout.styles["body"].leading == 1.28
    brand = made.brands["brand"].brand
    assert brand.name == {"de": "Praxis"}
    assert brand.contact.phones == ("1", "0117 496 0000")
    assert brand.qr == "https://example.org/#a"


def test_an_item_of_a_list_by_its_name(tmp_path: Path) -> None:
    fonts = "  fonts: [{family: Own, files: [{path: a.ttf}]}]\n"
    files: dict[str, str | bytes] = {
        "brand.yaml": BRAND.replace("  fonts: []\n", fonts),
        "a.ttf": b"",
        "b.ttf": b"",
    }
    folder = project(tmp_path, files)
    text = "brand.typography.fonts.Own.files.0.weight=700"
    brand = loaded(folder, overrides=[text]).project.brands["brand"].brand
    assert brand.typography.fonts[0].files[0].weight == 700


def test_overrides_leave_the_files_as_they_are(folder: Path) -> None:
    loaded(folder, overrides=["brand.color.primary=#000000", "layout.max_pages=9"])
    again = loaded(folder).project
    assert str(again.brands["brand"].brand.color.primary) == "#1f5e5b"
    assert again.layouts["benefits-flyer"].max_pages == 1


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("brand.color.primry=#000000", "bad-override", "did you mean 'primary'?"),
        ("brnad.color.primary=#000000", "bad-override", "did you mean 'brand'?"),
        ("brand=x", "bad-override", "name a key in it"),
        ("brand.color.primary", "bad-override", "write it as"),
        ("=x", "bad-override", "write it as"),
        ("brand.name.de.at=x", "bad-override", "nothing is inside"),
        ("layout.styles.boddy.size=12pt", "bad-override", "did you mean 'body'?"),
        ("layout.header.7.pages=all", "bad-override", "there are none (items)"),
        ("brand.color.palette.see=#000000", "bad-override", "did you mean 'sea'?"),
        ("brand.contact.phones.4=1", "bad-override", "items: 0, 1"),
        ("project.profile=clinc", "unknown-value", "did you mean 'clinic'?"),
        ("project.paper=A44", "unknown-paper", "did you mean 'A4'?"),
        ("layout.max_pages=two", "wrong-type", "whole number"),
        ("brand.color.primary=#12", "unknown-colour", "write it as '#rrggbb'"),
        ("brand.color.primary=", "bad-value", "write a value"),
    ],
)
def test_wrong_overrides(folder: Path, text: str, code: str, said: str) -> None:
    (only,) = errors(folder, overrides=[text])
    assert only.code == code
    assert said in f"{only.message} {only.hint}"
    assert only.place is not None
    assert only.place.path == "--set"
    assert only.place.source == text


def test_all_wrong_overrides_at_once(folder: Path) -> None:
    assert len(errors(folder, overrides=["a.b=1", "brand.c=2", "layout.d=3"])) == 3
