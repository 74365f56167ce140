"""What an output depends on, as eight small digests: a second run compares them and says why.

Digests of most parts are the same for all outputs of a template, so an output costs one brand's
digest and a concatenation. Two parts need to know what a sheet really used, which the last run
noted: the texts (a new translation of a string makes only those sheets stale that show it), and
the fonts (those of the sheet's own scripts, or all there are once a name needed another's).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from operator import attrgetter
from pathlib import Path

import handouts
from handouts.batch.digests import SIZE, digest
from handouts.batch.events import Cause, Reason
from handouts.load.brands import FiledBrand
from handouts.load.fonts import Manifest as FontManifest
from handouts.load.fonts import brand_faces
from handouts.model.base import Model
from handouts.model.batch import Clinic
from handouts.model.brand import Brand, FamilyChoice
from handouts.model.drawing import Drawing, Picture
from handouts.model.project import Job, LoadedBrand, Project
from handouts.world import World

PARTS = (
    Cause.PROGRAM,
    Cause.OPTIONS,
    Cause.CATALOGUE,
    Cause.LAYOUT,
    Cause.DRAWINGS,
    Cause.FONTS,
    Cause.BRAND,
    Cause.STRINGS,
)
"""In the order they stand in an output's inputs, and in which the first that changed is named."""

_LIBRARIES = ("reportlab", "uharfbuzz", "icu4py", "pyphen", "babel", "segno", "pillow", "deflate")

_ALL_BUT_BRAND = attrgetter(*(one.name for one in fields(Job) if one.name != "brand"))

Used = tuple[tuple[str, str], ...]
"""(language, id) of the strings a sheet used."""


@dataclass(frozen=True, slots=True)
class BrandInputs:
    """A brand's digest, and the base brand whose fonts it sets its sheets in."""

    digest: bytes
    base: str


class Template:
    """Inputs that the documents of one template share, each put together once.

    `number` counts templates, `job` is without a brand.
    """

    def __init__(self, inputs: Inputs, number: int, job: Job) -> None:
        self.number, self.job = number, job
        self._inputs, self.languages = inputs, job.languages
        self._head = inputs.head(job)
        self._heads: dict[tuple[str, bool], bytes] = {}
        self._all_texts = inputs.texts(job.languages, ())

    def output(self, brand: BrandInputs, texts: bytes, *, foreign: bool) -> bytes:
        """All parts in a row; `texts` and `foreign` as `Inputs.texts` and `.foreign` say."""
        key = (brand.base, foreign)
        head = self._heads.get(key)
        if head is None:
            fonts = self._inputs.fonts(self.languages, brand.base, foreign=foreign)
            head = self._heads[key] = self._head + fonts
        return head + brand.digest + texts

    def plan(self, brand: BrandInputs) -> bytes:
        """The same without what only a run can tell: what an interrupted batch is known by.

        Fonts of other scripts are left out: all of them would have to be read.
        """
        return self.output(brand, self._all_texts, foreign=False)


class Inputs:
    """Digests of one project, each worked out once."""

    def __init__(self, project: Project, world: World, logos: Mapping[str, Drawing | Picture]):
        self._project, self._world, self._logos = project, world, logos
        self._program = digest(program())
        self._catalogue = digest(project.catalogue)
        self._drawings = _folder_digest(world.data("drawings"))
        self._kept: dict[object, bytes] = {}
        self._templates: dict[object, Template] = {}
        self._families: dict[str, tuple[bytes, frozenset[str]]] = {}
        self._owned: dict[tuple[tuple[str, ...], str], frozenset[str]] = {}

    @property
    def brands(self) -> Collection[str]:
        """Ids of the project's brands: all others are clinics."""
        return self._project.brands

    def of_brand(self, name: str) -> BrandInputs:
        """A brand of the project."""
        brand = self._project.brands[name]
        key = ("brand", name)
        if key not in self._kept:
            self._kept[key] = digest(name, brand.brand, brand.logo)
        return BrandInputs(self._kept[key], name)

    def of_clinic(self, clinic: Clinic) -> BrandInputs:
        """A row over its brand: the brand, the row's values, and the logo they name."""
        named = [value for key, value in clinic.values if key == "logo.path"]
        logos = [self._logos[path] for path in named if path in self._logos]
        base = self.of_brand(clinic.base).digest
        return BrandInputs(digest(clinic.id, base, repr(clinic.values), logos), clinic.base)

    def template(self, job: Job) -> Template:
        """The template of a job; the same object for all jobs that differ in their brand only."""
        key = _ALL_BUT_BRAND(job)
        found = self._templates.get(key)
        if found is None:
            number = len(self._templates)
            found = self._templates[key] = Template(self, number, replace(job, brand=""))
        return found

    def texts(self, languages: tuple[str, ...], used: Used) -> bytes:
        """Texts and states of strings, and how their languages are written.

        Without a list of what was used: of all strings of the languages.
        """
        if used:
            return self._texts(languages, used)
        key = ("texts", languages)
        if key not in self._kept:
            self._kept[key] = self._texts(languages, ())
        return self._kept[key]

    def foreign(self, languages: tuple[str, ...], base: str, fonts: Collection[str]) -> bool:
        """Whether a sheet has (or, with no list, may have) fonts beyond its own scripts'."""
        return not fonts or not self._own(languages, base).issuperset(fonts)

    def _texts(self, languages: tuple[str, ...], used: Used) -> bytes:
        locales = self._project.locales
        facts = [replace(locales[tag], strings={}) for tag in languages]
        if not used:
            return digest(facts, [locales[tag].strings for tag in languages])
        texts = [
            (tag, name, locales[tag].strings.get(name) if tag in locales else None)
            for tag, name in sorted(used)
        ]
        return digest(facts, texts)

    def head(self, job: Job) -> bytes:
        """The parts that depend on nothing but the template."""
        return (
            self._program
            + digest(job, self._project.settings.class_)
            + self._catalogue
            + self._layout(job.layout)
            + self._drawings
        )

    def _layout(self, name: str) -> bytes:
        key = ("layout", name)
        if key not in self._kept:
            layout, pictures = self._project.layouts[name], self._project.pictures
            named = sorted(one for one in _texts(layout) if one in pictures)
            self._kept[key] = digest(layout, [pictures[one] for one in named])
        return self._kept[key]

    def fonts(self, languages: tuple[str, ...], base: str, *, foreign: bool) -> bytes:
        """Fonts of the languages and of the base brand; all there are when one is `foreign`."""
        key = ("fonts", languages, base, foreign)
        if key not in self._kept:
            project = self._project
            settings = [project.fonts.setting(t, project.locales[t].script) for t in languages]
            families = project.fonts.families if foreign else self._own_families(languages, base)
            files = [self._family(name)[0] for name in families]
            self._kept[key] = digest(settings, files, self._brand_fonts(base)[0])
        return self._kept[key]

    def _own(self, languages: tuple[str, ...], base: str) -> frozenset[str]:
        """Digests, as outcomes give them, of font files the sheet may use anyway."""
        key = (languages, base)
        if key not in self._owned:
            found = set(self._brand_fonts(base)[1])
            for name in self._own_families(*key):
                found |= self._family(name)[1]
            self._owned[key] = frozenset(found)
        return self._owned[key]

    def _own_families(self, languages: tuple[str, ...], base: str) -> tuple[str, ...]:
        project = self._project
        settings = [project.fonts.setting(t, project.locales[t].script) for t in languages]
        names = [name for one in settings for name in (*one.text, *one.heading)]
        names += _chosen(project.brands[base].brand)
        return tuple(dict.fromkeys(names))

    def _family(self, name: str) -> tuple[bytes, frozenset[str]]:
        """A family's digest, and its files' digests as outcomes give them."""
        if name not in self._families:
            self._families[name] = self._read_family(name)
        return self._families[name]

    def _read_family(self, name: str) -> tuple[bytes, frozenset[str]]:
        fonts = self._project.fonts
        if not isinstance(fonts, FontManifest) or name not in fonts.entries:
            return digest(name), frozenset()
        entry, folder = fonts.entries[name], fonts.folders[name]
        real = [_file_digest(folder / face.file) for face in entry.faces]
        promised = (face.sha256 or one for face, one in zip(entry.faces, real, strict=True))
        return digest(name, [(f.weight, f.italic) for f in entry.faces], real), frozenset(promised)

    def _brand_fonts(self, base: str) -> tuple[bytes, frozenset[str]]:
        key = f"\0{base}"
        if key not in self._families:
            found = _brand_files(self._world, self._project.brands[base])
            self._families[key] = digest(sorted(found)), found
        return self._families[key]


def why(current: bytes, before: bytes, job: Job) -> Reason | None:
    """The first part that changed since, or None when all are the same."""
    if current == before:
        return None
    for number, cause in enumerate(PARTS):
        part = slice(number * SIZE, (number + 1) * SIZE)
        if current[part] != before[part]:
            return Reason(cause, _detail(cause, job))
    return Reason(Cause.PROGRAM)


@lru_cache(maxsize=1)
def program() -> tuple[tuple[str, str], ...]:
    """This program's version, and those of the libraries whose work is in the files.

    Python's part are its tables of characters.
    """
    libraries = ((name, _version(name)) for name in _LIBRARIES)
    characters = ("unicodedata", unicodedata.unidata_version)
    return (("handouts", handouts.__version__), characters, *libraries)


def _detail(cause: Cause, job: Job) -> str:
    details = {Cause.BRAND: job.brand, Cause.LAYOUT: job.layout, Cause.STRINGS: job.language}
    return details.get(cause, "")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _chosen(brand: Brand) -> list[str]:
    choices = (brand.typography.base, brand.typography.headings)
    return [one.family if isinstance(one, FamilyChoice) else one for one in choices if one]


def _brand_files(world: World, brand: LoadedBrand) -> frozenset[str]:
    """Digests of the font files a brand brings along."""
    if not isinstance(brand, FiledBrand):
        return frozenset()
    entries = brand.brand.typography.fonts
    return frozenset(f.file.digest for one in entries for f in brand_faces(world, brand, one))


def _texts(value: object) -> Iterable[str]:
    """Every text in a model, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for inner in value.__dict__.values():
            yield from _texts(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)


def _folder_digest(folder: Path) -> bytes:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest([(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files])


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
