"""A project: everything that was loaded, and the file a user keeps it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.model.base import Field, Model
from handouts.model.brand import Brand, ClassDetails
from handouts.model.catalogue import Catalogue, Profile
from handouts.model.drawing import Drawing, Picture
from handouts.model.fonts import FontIndex
from handouts.model.layout import Layout
from handouts.model.locale import Locale


class ProjectFile(Model):
    """``handouts.yaml`` at the top of a project folder. Everything in it is optional."""

    brand: str | None = Field(default=None, description="A brand's id, or a path to its file.")
    languages: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    profile: Profile = "instructor"
    paper: str | None = Field(default=None, description="A4, Letter, …; default: by language.")
    output: str = "output"
    include: tuple[str, ...] = Field(
        default=(), description="Ids of benefits the clinic profile leaves out, to print anyway."
    )
    exclude: tuple[str, ...] = Field(default=(), description="Ids of benefits not to print.")
    allow: tuple[Literal["draft", "stale"], ...] = ()
    class_: ClassDetails = Field(default_factory=ClassDetails, alias="class")


@dataclass(frozen=True, slots=True)
class LoadedBrand:
    """A brand with its logo decoded. `id` is the file's stem; `logo` None when it has none."""

    id: str
    brand: Brand
    logo: Drawing | Picture | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Everything a build may need, checked against one another."""

    settings: ProjectFile
    catalogue: Catalogue
    locales: Mapping[str, Locale]
    layouts: Mapping[str, Layout]
    brands: Mapping[str, LoadedBrand]
    drawings: Mapping[str, Drawing]
    pictures: Mapping[str, Picture | Drawing]
    """Images that layouts name, by the path they name them by."""
    fonts: FontIndex


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make. `part` is a group or week id, or empty for all of them."""

    layout: str
    language: str
    brand: str
    paper: str
    profile: Profile
    part: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow_draft: bool = False
    allow_stale: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The one language, or the two that stand beside one another (``es+en``)."""
        return tuple(self.language.split("+"))
