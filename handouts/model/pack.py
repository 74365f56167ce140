"""A pack: several handouts in one file, as a person asks for it and as ``compose`` binds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.model.base import Field, Model
from handouts.model.brand import Localised
from handouts.model.catalogue import Profile
from handouts.model.colour import Colour
from handouts.model.document import Document, Identity, Role
from handouts.model.project import Job

COVER, CONTENTS = "_cover", "_contents"
"""Layouts of the pages a pack adds. Like all layouts a project may have its own of these names."""

PACK = "pack"
"""What the file's identity gives as its layout."""

Start = Literal["right", "any"]
Order = Literal["language", "part"]


class PackEntry(Model):
    """Handouts of one layout, one after another."""

    layout: str = Field(description="Id of a layout.")
    languages: tuple[str, ...] = Field(
        default=(), description="Tags, or two with a plus (es+en); default: those of the pack."
    )
    weeks: tuple[str, ...] = Field(default=(), description="Only these weeks: 1 or week-1.")
    groups: tuple[str, ...] = Field(default=(), description="Only these groups of benefits.")


class PackInsert(Model):
    """Pages of another PDF."""

    file: str = Field(description="A PDF beside the pack file.")
    title: str = Field(description="What contents and outline call it.")
    after: Literal["cover", "contents", "end"] | int = Field(
        default="end",
        description="Where it goes: after the cover, after the contents, at the end, or after "
        "the handouts of this entry of parts, counted from 1.",
    )


class PackFile(Model):
    """A file such as ``pack.yaml``: what goes into a pack, and in which order."""

    title: Localised | None = Field(
        default=None, description="Title on the cover; default: the name of the class."
    )
    subtitle: Localised | None = Field(default=None, description="A line under the title.")
    brand: str | None = Field(default=None, description="A brand's id; default: the project's.")
    languages: tuple[str, ...] = Field(
        default=(), description="Languages of parts that name none; default: the project's, or en."
    )
    profile: Profile | None = Field(default=None, description="Default: the project's.")
    paper: str | None = Field(default=None, description="Default: by the first language.")
    parts: tuple[PackEntry, ...] = Field(min_length=1, description="What is in it, in order.")
    order: Order = Field(
        default="language",
        description="language: everything in one language, then in the next; part: each handout "
        "in all languages, then the next handout.",
    )
    cover: bool = Field(default=True, description="A first page with title, logo and contact.")
    contents: bool = Field(default=True, description="A list of all handouts with their pages.")
    start: Start = Field(
        default="right",
        description="right: each handout begins on a right-hand page, after a blank one if need "
        "be; any: on the next page.",
    )
    insert: tuple[PackInsert, ...] = Field(default=(), description="Pages of other PDFs.")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Pages of another PDF: their title, the file's name, and the size of each in points."""

    title: str
    name: str
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PackJob:
    """A pack to make: `items` in the order of its pages, all for one brand and paper.

    `front` stands for the pages the pack adds itself: language (one or two), brand, paper,
    profile; its layout is each of theirs in turn.
    """

    front: Job
    items: tuple[Job | Foreign, ...]
    title: Localised | None = None
    subtitle: Localised | None = None
    after_cover: tuple[Foreign, ...] = ()
    cover: bool = True
    contents: bool = True
    start: Start = "right"
    order: Order = "language"

    @property
    def several(self) -> bool:
        """Whether there are handouts in one language and in another."""
        return len({one.language for one in self.items if isinstance(one, Job)}) > 1

    @property
    def grouped(self) -> bool:
        """Whether contents and outline have a heading for each language."""
        return self.several and self.order == "language"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents: piece number `piece`, its title in one language or two.

    `group` is the heading it stands under (a language's own name), `section` a line above several
    entries that belong together. Its marker is a `number`, or an `icon`.
    """

    piece: int
    titles: tuple[tuple[str, str], ...]
    """(text, language)"""
    group: str = ""
    group_lang: str = ""
    section: str = ""
    number: str = ""
    icon: str = "heart"


@dataclass(frozen=True, slots=True)
class FrontJob(Job):
    """A page the pack adds; of the contents, what they list."""

    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bound pack: a document of its own, or the room for foreign pages.

    `group` is the heading it stands under in the outline (a language's name), `level` its own
    level there.
    """

    title: str
    lang: str
    document: Document | None = None
    foreign: Foreign | None = None
    role: Role = Role.PART
    group: str = ""
    level: int = 1
    outlined: bool = True
    """Whether its own headings stand in the outline, under its title."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What ``typeset`` sets: pieces one after another, with pages counted through.

    A span with the field ``target`` and the link ``#3`` is filled with the number of the page
    that piece 3 begins on (counted from 0).
    """

    identity: Identity
    direction: Literal["ltr", "rtl"]
    palette: Mapping[str, Colour]
    pieces: tuple[Piece, ...]
    start: Start = "right"
