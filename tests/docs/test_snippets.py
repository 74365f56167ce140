"""Every YAML example is read as a project's file would be; layouts and blocks are also set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from handouts.load import load
from handouts.load.fonts import FamilyEntry, ScriptEntry
from handouts.load.yaml import parse
from handouts.model.catalogue import Benefit
from handouts.model.locale import LocaleFile
from handouts.model.project import Job, Project
from handouts.pipeline import place
from tests.docs.pages import ROOT, Snippet, snippets
from tests.load.scenes import project, world

SNIPPETS = snippets("yaml")
KINDS = (
    "layout",
    "block",
    "brand",
    "project",
    "pack",
    "jobs",
    "locale",
    "benefits",
    "families",
    "scripts",
)
BARE = {"id": "example", "extends": "_base", "name": "Example", "title": "flyer.title"}
SAFE = [{"type": "safety", "notes": "stroke"}, {"type": "evidence"}]


def of(kind: str) -> pytest.MarkDecorator:
    found = [s for s in SNIPPETS if s.info == f"yaml {kind}"]
    return pytest.mark.parametrize("snippet", found, ids=[s.name for s in found])


def test_every_snippet_says_what_it_is() -> None:
    unknown = [s.name for s in SNIPPETS if s.info not in {f"yaml {kind}" for kind in KINDS}]
    assert not unknown
    assert {s.info for s in SNIPPETS} == {f"yaml {kind}" for kind in KINDS}


def data(snippet: Snippet) -> Any:
    """What the program itself reads in the example."""
    return parse(snippet.body.encode(), snippet.name).data


def folder(tmp_path: Path, files: dict[str, Any]) -> Path:
    """A project with these files (JSON is YAML too), and a logo, photo and fonts to name."""
    texts = {name: json.dumps(content) for name, content in files.items()}
    here = project(tmp_path, texts)
    brands = ROOT / "handouts" / "brands"
    shutil.copy(brands / "willow" / "logo.svg", here / "logo.svg")
    shutil.copy(brands / "marisol" / "logo.png", here / "photo.png")
    (here / "fonts").mkdir()
    for name in ("Regular", "Bold"):
        source = ROOT / "fonts" / "noto-sans" / f"NotoSans-{name}.ttf"
        shutil.copy(source, here / "fonts" / f"Friendly-{name}.ttf")
    return here


def loaded(here: Path, layout: str, brand: str | None = None) -> Project:
    brands = (brand,) if brand else ()
    return load(world(here), project=here, layouts=[layout], languages=["en"], brands=brands)


def set_pages(loaded_project: Project, here: Path, layout: str) -> int:
    brand = next(iter(loaded_project.brands))
    paper = loaded_project.layouts[layout].page.papers[0]
    job = Job(layout, "en", brand, paper, "instructor")
    return len(place(loaded_project, world(here), job).pages)


@of("layout")
def test_layouts(snippet: Snippet, tmp_path: Path) -> None:
    said = data(snippet)
    layout = {**({} if "extends" in said else {"body": []}), **BARE, **said}
    name = layout["id"]
    here = folder(tmp_path, {f"layouts/{name}.yaml": layout})
    assert set_pages(loaded(here, name, "willow"), here, name)


@of("block")
def test_blocks(snippet: Snippet, tmp_path: Path) -> None:
    blocks = data(snippet)
    assert isinstance(blocks, list)
    inside = {"type": "stack", "children": blocks}
    layout = {**BARE, "for_each": "week", "max_pages": None, "body": [inside, *SAFE]}
    here = folder(tmp_path, {"layouts/example.yaml": layout})
    assert set_pages(loaded(here, "example", "willow"), here, "example")


@of("brand")
def test_brands(snippet: Snippet, tmp_path: Path) -> None:
    bare = {"name": "Example", "color": {"primary": "#1f5e5b"}}
    here = folder(tmp_path, {"brand.yaml": {**bare, **data(snippet)}})
    assert set_pages(loaded(here, "benefits-flyer"), here, "benefits-flyer")


@of("project")
def test_projects(snippet: Snippet, tmp_path: Path) -> None:
    brand = {"name": "Example", "color": {"primary": "#1f5e5b"}}
    files = {"handouts.yaml": data(snippet), "brand.yaml": brand}
    here = folder(tmp_path, files)
    assert load(world(here), project=here, layouts=["benefits-flyer"], languages=["en"])


@of("locale")
def test_locales(snippet: Snippet) -> None:
    said = data(snippet)
    assert LocaleFile.model_validate({"language": "fr", **said}).strings


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("benefits", tuple[Benefit, ...]),
        ("families", tuple[FamilyEntry, ...]),
        ("scripts", dict[str, ScriptEntry]),
    ],
)
def test_other_files(kind: str, model: Any) -> None:
    found = [s for s in SNIPPETS if s.info == f"yaml {kind}"]
    assert found
    for snippet in found:
        assert TypeAdapter(model).validate_python(data(snippet)), snippet.name
