"""Every key of the YAML languages is documented with its default, and nothing else is."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from pydantic.fields import FieldInfo

from handouts.load.fields import names
from handouts.model import blocks, brand, layout, project
from handouts.model.base import Model
from handouts.units import Length, millimetres
from tests.docs.pages import ROOT, table_rows

BLOCKS = get_args(get_args(blocks.Block)[0])
LAYOUTS = ROOT / "docs" / "layouts.md"
BRAND = ROOT / "docs" / "brand.md"
PRINT = ROOT / "docs" / "print.md"
PROJECT = ROOT / "docs" / "quick-start.md"


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert found, f"no heading '{heading}'"
    return found[1]


def tables(text: str) -> list[dict[str, str]]:
    """Key to default, for each table of a section."""
    pieces = re.split(r"^\| key \|.*$", text, flags=re.M)[1:]
    found = []
    for piece in pieces:
        table = piece.split("\n\n")[0]
        found.append({cells[0].strip("`"): cells[1] for cells in table_rows(table)})
    return found


def default(field: FieldInfo) -> str:
    """A default as the pages write it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    nested = isinstance(value, Model) and not isinstance(value, blocks.Sides)
    if nested or value is None or value in ((), {}, ""):
        return "–"
    return f"`{said(value)}`"


def said(value: Any) -> str:
    if isinstance(value, blocks.Sides):
        sides = {k: v for k, v in value.model_dump().items() if v}
        return ", ".join(f"{k} {said(v)}" for k, v in sides.items()) or "0"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Length):
        return f"{value:g}pt" if value else "0"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def own(model: type[Model], *above: type[Model]) -> dict[str, str]:
    """A model's keys as YAML writes them, without those of the models it is made from."""
    inherited = {name for one in above for name in one.model_fields}
    return {
        names(name, field)[0]: default(field)
        for name, field in model.model_fields.items()
        if name not in inherited and not (above and name == "type")
    }


LAYOUT_TABLES = [
    ("The file", 0, own(layout.Layout) | {"extends": "–"}),
    ("Conditions and repeats", 0, own(blocks.BlockBase)),
    ("Styles", 0, own(layout.Style)),
    ("Page", 0, own(layout.PageSetup)),
    ("Page", 1, own(blocks.Sides)),
    ("Header, footer, masthead, sidebar", 0, own(layout.RegionBlock)),
    ("Header, footer, masthead, sidebar", 1, own(layout.SidebarBlock)),
    ("Blocks", 0, own(blocks.Container, blocks.BlockBase)),
    ("table", 1, own(blocks.TableColumn)),
    ("Fit steps", 0, own(layout.FitStepEntry)),
    ("Two languages", 0, own(layout.Bilingual)),
]


@pytest.mark.parametrize(("heading", "number", "keys"), LAYOUT_TABLES)
def test_layout_tables(heading: str, number: int, keys: dict[str, str]) -> None:
    found = tables(section(LAYOUTS.read_text("utf-8"), heading))[number]
    assert found == keys


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.__name__)
def test_blocks(block: type[Model]) -> None:
    name = get_args(block.model_fields["type"].annotation)[0]
    text = section(LAYOUTS.read_text("utf-8"), name)
    above = blocks.Container if issubclass(block, blocks.Container) else blocks.BlockBase
    keys = own(block, above)
    assert (tables(text) or [{}])[0] == keys
    assert f"type: {name}" in text, "no example"


def test_there_are_blocks() -> None:
    assert len(BLOCKS) > 20


BRAND_TABLES = [
    ("The file", own(brand.Brand)),
    ("Logo", own(brand.Logo)),
    ("Colours", own(brand.Colours)),
    ("Fonts", own(brand.Typography)),
    ("Contact", own(brand.Contact)),
    ("Class", own(brand.ClassDetails)),
]


@pytest.mark.parametrize(("heading", "keys"), BRAND_TABLES)
def test_brand_tables(heading: str, keys: dict[str, str]) -> None:
    assert tables(section(BRAND.read_text("utf-8"), heading))[0] == keys


@pytest.mark.parametrize("model", [brand.FontFamilyEntry, brand.FontFileEntry])
def test_font_entries(model: type[Model]) -> None:
    text = section(BRAND.read_text("utf-8"), "Fonts")
    assert own(model) in tables(text)


def test_project_table() -> None:
    found = tables(section(PROJECT.read_text("utf-8"), "The project file"))[0]
    assert found == own(project.ProjectFile)


def test_margins(real_project: project.Project) -> None:
    """docs/print.md promises how far from the edge everything stays."""
    said = re.search(r"at least (\d+) mm from the edge", PRINT.read_text("utf-8"))
    assert said
    for one in real_project.layouts.values():
        sides = one.page.margins.model_dump().values()
        assert min(sides) >= millimetres(int(said[1])) - 1e-6, one.id
