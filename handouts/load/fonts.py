"""Fonts: the manifests of families, a brand's own files, and their bytes on demand.

A project may have a ``fonts/fonts.yaml`` like the built-in one. Its families hide built-in ones
of the same name; what it says about a script or language goes over what is built in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from handouts.diagnostics import ExitCode, Place, problem
from handouts.load import seen
from handouts.load.filed import FiledBrand
from handouts.load.files import read_yaml, within
from handouts.load.fontfile import font_file, weights
from handouts.load.graphics import find
from handouts.load.problems import Problems, choose
from handouts.load.spots import KeyPath, Parsed
from handouts.model.base import Field, Model
from handouts.model.brand import FontFamilyEntry
from handouts.model.fonts import (
    FontFace,
    FontFile,
    FontIndex,
    FontLibrary,
    LanguageSetting,
    ScriptSetting,
)
from handouts.model.project import LoadedBrand, Project
from handouts.units import Length
from handouts.world import World

FILE = "fonts.yaml"
FOLDER = "fonts"
_SCRIPT = re.compile("[A-Z][a-z]{3}")
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


class FaceEntry(Model):
    """One font file of a family."""

    file: str = Field(description="Path beside fonts.yaml.")
    weight: int = Field(ge=100, le=900)
    italic: bool = False
    sha256: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{64}$",
        description="Checksum of the file; check says when it is another.",
    )


class FamilyEntry(Model):
    """A family of fonts."""

    name: str = Field(min_length=1)
    licence: str = Field(min_length=1, description="SPDX identifier, such as OFL-1.1.")
    licence_file: str | None = Field(default=None, description="Path beside fonts.yaml.")
    source: str = Field(default="", description="Where the files come from.")
    scripts: tuple[str, ...] = Field(
        default=(), description="ISO 15924 codes of the scripts it covers."
    )
    faces: tuple[FaceEntry, ...] = Field(min_length=1)


class ScriptEntry(Model):
    """How a script is set. What is left out is as in Latin, or as the built-in file says."""

    text: tuple[str, ...] = Field(default=(), description="Families, tried in order.")
    heading: tuple[str, ...] = Field(
        default=(), description="Families for headings; left out: those for text."
    )
    size: float | None = Field(
        default=None, ge=0.5, le=2, description="Factor on the layout's sizes; default 1."
    )
    heading_size: float | None = Field(
        default=None, ge=0.5, le=2, description="The same for headings; default: that of size."
    )
    leading: float | None = Field(
        default=None, ge=0.8, le=3, description="Factor on the layout's leading; default 1."
    )
    min_size: Length | None = Field(
        default=None, description="Body text is never set smaller, such as 12pt."
    )
    min_leading: float | None = Field(
        default=None,
        ge=1,
        le=3,
        description="Least distance of lines as a factor on the size, in headings too.",
    )

    def over(self, base: Self) -> Self:
        """This entry, with what it leaves out from another."""
        said = {key: value for key, value in self if value not in ((), None)}
        if self.text and not self.heading:
            said["heading"] = self.text
        return base.model_copy(update=said)


class LanguageEntry(ScriptEntry):
    """How a language is set where its script's entry does not do. Every key is optional."""

    script: str | None = Field(
        default=None,
        description="ISO 15924 code of the script this is about, if the language has several.",
    )


class FontsFile(Model):
    """``fonts/fonts.yaml``."""

    families: tuple[FamilyEntry, ...] = ()
    scripts: dict[str, ScriptEntry] = Field(
        default_factory=dict, description="By ISO 15924 code, such as Deva."
    )
    languages: dict[str, LanguageEntry] = Field(
        default_factory=dict, description="By BCP 47 tag, such as ur; ur-PK is more specific."
    )


@dataclass(frozen=True, slots=True)
class Manifest(FontIndex):
    """The index together with the families it was made from and the folders of their files."""

    entries: Mapping[str, FamilyEntry] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)


class _Filed(NamedTuple):
    """A manifest file that was read."""

    folder: Path
    parsed: Parsed
    content: FontsFile


def load_manifest(world: World, *, project: Path | None = None) -> Manifest:
    """The built-in families, and before them those of a project's own ``fonts/fonts.yaml``.

    Raises:
        HandoutsError: when a manifest is wrong or names a family that nobody has.
    """
    folders = [world.data(FOLDER)]
    if project is not None and seen.is_file(project / FOLDER / FILE):
        folders.append(project / FOLDER)
    files = [_filed(world, folder) for folder in folders]
    owners = {entry.name: (entry, one.folder) for one in files for entry in one.content.families}
    problems = Problems()
    scripts: dict[str, ScriptEntry] = {}
    languages: dict[str, LanguageEntry] = {}
    for one in files:
        _check(one, owners, scripts, problems)
        for code, setting in one.content.scripts.items():
            scripts[code] = setting.over(scripts.get(code, ScriptEntry()))
        for tag, special in one.content.languages.items():
            languages[tag] = special.over(languages.get(tag, LanguageEntry()))
    problems.stop()
    names = [entry.name for one in reversed(files) for entry in one.content.families]
    return Manifest(
        scripts={code: _script_setting(one) for code, one in scripts.items()},
        families=tuple(dict.fromkeys(names)),
        languages={tag: _language_setting(one) for tag, one in languages.items()},
        entries={name: entry for name, (entry, _) in owners.items()},
        folders={name: folder for name, (_, folder) in owners.items()},
    )


def check_manifest(world: World, *, project: Path | None = None) -> None:
    """Compares every file with its checksum: for ``check``, not for every run.

    Raises:
        HandoutsError: naming each file that is missing or not the one that was chosen.
    """
    manifest = load_manifest(world, project=project)
    problems = Problems()
    for entry in manifest.entries.values():
        folder = manifest.folders[entry.name]
        for face in entry.faces:
            path = within(folder, face.file, None)
            with problems.collected():
                digest = font_file(world, path, None).digest
                if face.sha256 not in (None, digest):
                    problems.error(
                        "font-changed",
                        f"{world.shown(path)} is not the file the manifest names",
                        f"put the original back, or write its checksum there: {digest}",
                        Place(world.shown(folder / FILE)),
                        ExitCode.RESOURCE,
                    )
    problems.stop()


def load_fonts(
    world: World,
    project: Project | Path | None,
    brand: LoadedBrand | None,
    families: Sequence[str],
) -> FontLibrary:
    """The faces of these families and of the brand's own, with the bytes of their files.

    Files are read once for as long as they do not change. Their checksums are not compared
    here; `check_manifest` does that.

    Raises:
        HandoutsError: for a family nobody has, and files that are missing or no fonts.
    """
    index = project.fonts if isinstance(project, Project) else None
    folder = project if isinstance(project, Path) else None
    manifest = index if isinstance(index, Manifest) else load_manifest(world, project=folder)
    return load_library(world, manifest, brand, families)


def load_library(
    world: World, manifest: Manifest, brand: LoadedBrand | None, families: Sequence[str]
) -> FontLibrary:
    """The faces of these families and of the brand's own; a brand's family hides a built-in one.

    Raises:
        HandoutsError: for a family nobody has, and for files that are missing or no fonts.
    """
    own = {entry.family: entry for entry in brand.brand.typography.fonts} if brand else {}
    faces: list[FontFace] = []
    problems = Problems()
    for family in dict.fromkeys((*families, *own)):
        with problems.collected():
            if family in own and isinstance(brand, FiledBrand):
                faces += brand_faces(world, brand, own[family])
            elif family in manifest.entries:
                faces += _listed(world, manifest, manifest.entries[family])
            else:
                hint = choose(family, [*manifest.entries, *own], "families")
                message = f"there is no font family '{family}'"
                raise problem("unknown-font", message, hint, exit_code=ExitCode.RESOURCE)
    problems.stop()
    return _library(tuple(faces))


def brand_faces(world: World, brand: FiledBrand, entry: FontFamilyEntry) -> list[FontFace]:
    """The faces of a family the brand brings; a variable file gives one for each weight."""
    faces: list[FontFace] = []
    family = brand.brand.typography.fonts.index(entry)
    for number, one in enumerate(entry.files):
        place = brand.place(("typography", "fonts", family, "files", number, "path"))
        file = font_file(world, find(brand.folders, one.path, place), place)
        faces += _faces(entry.family, file, one.weight, one.style == "italic")
    return faces


@lru_cache(maxsize=32)
def _library(faces: tuple[FontFace, ...]) -> FontLibrary:
    """One object for equal faces, so that what is kept about a library is found again."""
    return FontLibrary(faces)


def _listed(world: World, manifest: Manifest, entry: FamilyEntry) -> list[FontFace]:
    """The faces of a family in a manifest."""
    faces: list[FontFace] = []
    find = _found if seen.noted() else _kept_path
    for face in entry.faces:
        path = find(manifest.folders[entry.name], face.file)
        file = font_file(world, path, None, face.sha256)
        faces += _faces(entry.name, file, face.weight, face.italic)
    return faces


def _found(folder: Path, written: str) -> Path:
    return within(folder, written, None)


_kept_path = lru_cache(maxsize=1024)(_found)
"""Following links takes longer than all else; a batch asks it of the same files again and again."""


@lru_cache(maxsize=64)
def _faces(family: str, file: FontFile, weight: int, italic: bool) -> tuple[FontFace, ...]:
    """A file as a face, or a variable file as one for each weight."""
    found = weights(file.data)
    if not found:
        return (FontFace(family, weight, italic, file),)
    pinned = [FontFile(file.digest, file.data, axes=(("wght", float(one)),)) for one in found]
    pairs = zip(found, pinned, strict=True)
    return tuple([FontFace(family, one, italic, instance) for one, instance in pairs])


def _filed(world: World, folder: Path) -> _Filed:
    from handouts.load.validate import validate

    parsed = read_yaml(world, folder / FILE)
    return _Filed(folder, parsed, validate(FontsFile, parsed))


def _check(
    one: _Filed, families: Iterable[str], below: Mapping[str, ScriptEntry], problems: Problems
) -> None:
    """What the model cannot know: names that must exist, keys of the two mappings."""
    known = list(families)

    def wrong(code: str, message: str, hint: str, path: KeyPath, key: bool = False) -> None:
        problems.error(code, message, hint, one.parsed.spot.at(path, key=key))

    seen: set[str] = set()
    for number, entry in enumerate(one.content.families):
        if entry.name in seen:
            path: KeyPath = ("families", number, "name")
            wrong(
                "duplicate-font", f"'{entry.name}' is there twice", "put its faces together", path
            )
        seen.add(entry.name)
    for section, form, example in (
        ("scripts", _SCRIPT, "an ISO 15924 code such as Deva"),
        ("languages", _LANGUAGE, "a BCP 47 tag such as ur or ur-PK"),
    ):
        entries: Mapping[str, ScriptEntry] = getattr(one.content, section)
        for name, setting in entries.items():
            if not form.fullmatch(name):
                message = f"'{name}' is no key of {section}"
                wrong("bad-value", message, f"write {example}", (section, name), True)
            elif section == "scripts" and not setting.text and name not in below:
                message = f"script {name} names no families"
                wrong("missing-key", message, "add a line text: […]", (section, name), True)
            for use in ("text", "heading"):
                for number, family in enumerate(getattr(setting, use)):
                    if family not in known:
                        hint = choose(family, known, "families")
                        message = f"there is no family '{family}'"
                        wrong("unknown-font", message, hint, (section, name, use, number))


def _script_setting(entry: ScriptEntry) -> ScriptSetting:
    return ScriptSetting(
        text=entry.text,
        heading=entry.heading or entry.text,
        size=entry.size or 1.0,
        leading=entry.leading or 1.0,
        min_size=entry.min_size,
        heading_size=entry.heading_size,
        min_leading=entry.min_leading or 1.0,
    )


def _language_setting(entry: LanguageEntry) -> LanguageSetting:
    return LanguageSetting(
        script=entry.script,
        text=entry.text,
        heading=entry.heading,
        size=entry.size,
        leading=entry.leading,
        min_size=entry.min_size,
        heading_size=entry.heading_size,
        min_leading=entry.min_leading,
    )


__all__ = [
    "FILE",
    "FOLDER",
    "FamilyEntry",
    "FontsFile",
    "Manifest",
    "check_manifest",
    "font_file",
    "load_fonts",
    "load_library",
    "load_manifest",
]
