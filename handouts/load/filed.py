"""What ``load`` hands on: apart from what reads it, so that a kept project needs no reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handouts.diagnostics import Diagnostic, Place
from handouts.load.spots import KeyPath, Spot
from handouts.model.project import LoadedBrand, Project


@dataclass(frozen=True, slots=True)
class FiledBrand(LoadedBrand):
    """A brand that still knows its file: fonts are read later, and messages need places."""

    folders: tuple[Path, ...] = ()
    spot: Spot | None = field(default=None, compare=False, repr=False)

    def place(self, path: KeyPath) -> Place | None:
        """Where a value stands in the brand's file."""
        return self.spot.at(path) if self.spot else None


@dataclass(frozen=True, slots=True)
class LoadResult:
    """A project, and what is worth saying about it although it can be used."""

    project: Project
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Groundwork:
    """A project before it has brands: what is the same whichever are wanted.

    `brand_place` is where the project file names its brand, `tags` are all languages there are,
    loaded or not.
    """

    project: Project
    brand_place: Place | None
    tags: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
