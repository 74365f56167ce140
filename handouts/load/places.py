"""Where things lie: every layout, language, brand and drawing by name, and the project's folder.

Only names are looked at; no file is read. A project's own hide the built-in ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.load import seen
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.world import World

PROJECT_FILE = "handouts.yaml"


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, by name, for help and completion; nothing is read for it."""

    layouts: tuple[str, ...]
    languages: tuple[str, ...]
    brands: tuple[str, ...]


def find_project(start: Path) -> Path | None:
    """The nearest folder with a ``handouts.yaml``: this one, or one above it."""
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    return None


def choices(world: World, project: Path | None) -> Choices:
    """Names of layouts, languages and brands, built in or in the project."""
    return Choices(
        tuple(public(list(layouts(world, project)))),
        tuple(languages(world, project)),
        tuple(brands(world, project)),
    )


def layouts(world: World, project: Path | None) -> dict[str, Path]:
    """Every layout file by stem; a project's own hides a built-in one of the same name."""
    found: dict[str, Path] = {}
    for folder in (world.data("layouts"), *([project / "layouts"] if project else [])):
        found |= {path.stem: path for path in seen.files(folder, "*.yaml")}
    return dict(sorted(found.items()))


def public(names: Sequence[str]) -> list[str]:
    """Layouts that can be printed; a name with an underscore is only there to be extended."""
    return [name for name in names if not name.startswith("_")]


def languages(world: World, project: Path | None) -> dict[str, Path]:
    """Every language by tag, the source language first; a project's file hides a built-in one."""
    found: dict[str, Path] = {}
    folders = [world.data("catalogue") / "locales"]
    if project:
        folders.append(project / "locales")
    for folder in folders:
        found |= {path.stem: path for path in seen.files(folder, "*.yaml")}
    return dict(sorted(found.items(), key=lambda one: (one[0] != SOURCE_LANGUAGE, one[0])))


def brands(world: World, project: Path | None) -> dict[str, Path]:
    """Every brand by id; a project's own hide the built-in ones."""
    found: dict[str, Path] = {}
    folders = [world.data("brands"), *([project / "brands"] if project else [])]
    for folder in folders:
        found |= {path.stem: path for path in seen.files(folder, "*.yaml")}
        found |= {path.parent.name: path for path in seen.files(folder, "*/brand.yaml")}
    if project and seen.is_file(project / "brand.yaml"):
        found["brand"] = project / "brand.yaml"
    return found


def drawings(world: World) -> dict[str, Path]:
    """Every built-in drawing by stem."""
    return {path.stem: path for path in seen.files(world.data("drawings"), "**/*.svg")}
