"""The committed schemas are those of the models, and every YAML file names its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.load.schema import MODELS, schema, text
from tests.load.scenes import REPOSITORY

FOLDER = REPOSITORY / "docs" / "schema"
_MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def shipped() -> list[Path]:
    places = ("layouts", "fonts", "handouts/catalogue", "handouts/brands")
    found = (path for place in places for path in (REPOSITORY / place).rglob("*.yaml"))
    # The archive of English texts is kept by the program, not by hand.
    return sorted(path for path in found if path.name != "sources.yaml")


@pytest.mark.parametrize("name", MODELS)
def test_committed_schema_is_current(name: str) -> None:
    committed = (FOLDER / f"{name}.json").read_text("utf-8")
    assert committed == text(name), "run: python -m handouts.load.schema"


def test_nothing_else_is_in_the_folder() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(MODELS)


def test_every_shipped_file_names_its_schema() -> None:
    files = shipped()
    assert len(files) >= 12
    for path in files:
        first = path.read_text("utf-8").splitlines()[0]
        match = _MODELINE.fullmatch(first)
        assert match, f"{path}: first line must be # yaml-language-server: $schema=…"
        target = (path.parent / match[1]).resolve()
        assert target.parent == FOLDER, path
        assert target.stem in MODELS, path


def test_a_layout_that_extends_needs_only_its_id() -> None:
    made = schema("layout")
    assert {"required": ["id", "extends"]} in made["anyOf"]
    assert "required" not in made
    assert "extends" in made["properties"]
    assert made["$defs"]["Sides"]["anyOf"][1]["properties"].keys() >= {"x", "y", "top"}


def test_unknown_keys_are_errors_in_the_editor_too() -> None:
    assert all(schema(name)["additionalProperties"] is False for name in MODELS)
