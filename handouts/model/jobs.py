"""A job file: what a batch makes, as a person writes it and once its names are settled.

`JobsFile` is the YAML; ``load.jobs`` turns each of its blocks into a `Selection`, in which every
glob has become names. ``batch.matrix`` multiplies those out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handouts.diagnostics import Place
from handouts.model.base import Field, Model, after
from handouts.model.catalogue import Profile

Names = str | tuple[str, ...]
"""A name, or several. ``clinic-*`` stands for many, ``all`` for all there are."""

Allowed = Literal["draft", "stale"]


class ClinicsEntry(Model):
    """A spreadsheet of clinics, one a row."""

    file: str = Field(description="A CSV, TSV or XLSX file.")
    sheet: str | None = Field(
        default=None, description="Which sheet of a workbook; default: the first with clinics."
    )
    encoding: str | None = Field(
        default=None,
        description="A CSV's encoding, such as windows-1251; default: what it looks like.",
    )
    brand: str | None = Field(
        default=None, description="The brand under all rows; default: the project's."
    )
    columns: dict[str, str | None] = Field(
        default_factory=dict,
        description="Headings that are called otherwise, and what they mean; null: not used.",
    )
    only: Names | None = Field(default=None, description="Ids of the clinics to make.")

    @after
    def _encoding_is_known(self) -> ClinicsEntry:
        try:
            "".encode(self.encoding or "utf-8")  # Refuses what makes bytes of bytes, too.
        except (LookupError, ValueError):
            raise ValueError(
                f"there is no encoding '{self.encoding}': write windows-1250, windows-1251, "
                "shift_jis, gb18030 or the like"
            ) from None
        return self


class Match(Model):
    """A part of the matrix: what is left out stands for anything."""

    brand: Names | None = Field(
        default=None, validation_alias=("brand", "brands", "clinic", "clinics")
    )
    language: Names | None = Field(default=None, validation_alias=("language", "languages"))
    layout: Names | None = Field(default=None, validation_alias=("layout", "layouts"))
    size: Names | None = Field(default=None, validation_alias=("size", "sizes", "paper", "papers"))
    profile: Names | None = Field(
        default=None,
        validation_alias=("profile", "profiles", "edition", "editions"),
    )
    part: Names | None = Field(default=None, validation_alias=("part", "parts"))


class JobBlock(Model):
    """One matrix: everything it names, times everything else it names."""

    brands: Names | None = Field(default=None, validation_alias=("brands", "brand"))
    clinics: ClinicsEntry | str | None = Field(
        default=None, description="A spreadsheet of clinics, or a mapping with file: and more."
    )
    languages: Names | None = Field(default=None, validation_alias=("languages", "language"))
    layouts: Names | None = Field(default=None, validation_alias=("layouts", "layout"))
    sizes: Names | None = Field(default=None, validation_alias=("sizes", "size", "papers", "paper"))
    profiles: Names | None = Field(
        default=None,
        validation_alias=("profiles", "profile", "editions", "edition"),
    )
    parts: Names | None = Field(
        default=None,
        validation_alias=("parts", "part"),
        description="Groups or weeks, for layouts that are made for one.",
    )
    exclude: tuple[Match, ...] = Field(
        default=(), description="Combinations that are taken out of the matrix."
    )
    include: tuple[Match, ...] = Field(
        default=(),
        description="Combinations that are made besides; what one leaves out is as here.",
    )
    file_name: str | None = Field(
        default=None,
        validation_alias=("file-name", "file_name"),
        description="A file's path under the output folder, with {brand}, {layout}, …",
    )
    allow: tuple[Allowed, ...] | None = Field(
        default=None, description="Translations to print although they are draft or stale."
    )


class JobsFile(JobBlock):
    """``jobs.yaml``. With `matrix`, the keys beside it are the defaults of each block."""

    output: str | None = Field(
        default=None, description="The output folder, or a URL of a store such as s3://…"
    )
    matrix: tuple[JobBlock, ...] = Field(default=(), description="Several blocks like this file.")


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A spreadsheet to read: `file` as it was written, from the folder of the job file."""

    file: str
    sheet: str | None = None
    brand: str | None = None
    columns: tuple[tuple[str, str | None], ...] = ()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A settled `Match`: names, or None for anything; `brands` are patterns of ids."""

    brands: tuple[str, ...] | None = None
    languages: frozenset[str] | None = None
    layouts: frozenset[str] | None = None
    papers: frozenset[str] | None = None
    profiles: frozenset[str] | None = None
    parts: frozenset[str] | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A settled block: names in the order they were written, none for what the project says.

    `exact` are the names that were written out: a combination with one of them that cannot be
    is an error, where one that a glob found is left out. `only` are patterns of clinic ids, none
    for all; `added` tells that it is an ``include``. `place`, `name_place` and `sheet_place` are
    where the block, its file name and its spreadsheet stand.
    """

    brands: tuple[str, ...] = ()
    spreadsheet: Spreadsheet | None = None
    only: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()
    parts: tuple[str, ...] = ()
    exclude: tuple[Cut, ...] = ()
    file_name: str | None = None
    allow: tuple[Allowed, ...] | None = None
    exact: frozenset[str] = frozenset()
    added: bool = False
    place: Place | None = None
    name_place: Place | None = None
    sheet_place: Place | None = None
