"""The public functions of ``load``: finds a project, and reads what is asked for of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place
from handouts.load import layouts as layout_files
from handouts.load import locales as locale_files
from handouts.load.branding import Against, load_brands
from handouts.load.catalogue import catalogue_of, check_words, load_catalogue
from handouts.load.filed import FiledBrand, Groundwork, LoadResult
from handouts.load.files import read_yaml
from handouts.load.fonts import Manifest, load_manifest
from handouts.load.graphics import Drawings, graphic
from handouts.load.layout_checks import Known, check_layout, images
from handouts.load.layouts import FiledLayout
from handouts.load.locale_checks import check_hedges
from handouts.load.overrides import Override, for_target, overridden, read_overrides
from handouts.load.places import PROJECT_FILE, Choices, choices, find_project, public
from handouts.load.places import languages as language_paths
from handouts.load.places import layouts as layout_paths
from handouts.load.problems import Problems, choose
from handouts.load.pseudo import pseudo_locale
from handouts.load.spots import Origin, Parsed, Spot
from handouts.load.validate import validated
from handouts.model.catalogue import Catalogue
from handouts.model.drawing import Drawing, Picture
from handouts.model.locale import PSEUDO, SOURCE_LANGUAGE, Locale
from handouts.model.project import Project, ProjectFile
from handouts.units import PAPERS
from handouts.world import World

Languages = Sequence[str] | Literal["project"] | None
"""Which languages to load: see `load_result`."""


def load(
    world: World,
    *,
    project: Path | None,
    overrides: Sequence[str] = (),
    brands: Sequence[str] = (),
    languages: Languages = None,
    layouts: Sequence[str] | None = None,
) -> Project:
    """What `load_result` gives, without its warnings.

    Raises:
        HandoutsError: with every problem found.
    """
    return load_result(
        world,
        project=project,
        overrides=overrides,
        brands=brands,
        languages=languages,
        layouts=layouts,
    ).project


def load_result(
    world: World,
    *,
    project: Path | None,
    overrides: Sequence[str] = (),
    brands: Sequence[str] = (),
    languages: Languages = None,
    layouts: Sequence[str] | None = None,
    partial: bool = False,
) -> LoadResult:
    """Reads a project, or the built-in data alone, and checks all of it against one another.

    Args:
        world: the outside world.
        project: the folder of ``handouts.yaml``, or None.
        overrides: ``path=value`` texts; see `handouts.load.overrides`.
        brands: ids or paths; none: what the project file says, or else the neutral brand.
        languages: tags; the source language is always loaded too. "project": those the project
            file names. None: all there are.
        layouts: ids; None: all there are.
        partial: whether languages may lack strings, or fonts: enough to say how far they are.

    Raises:
        HandoutsError: with every problem found, and the warnings beside them.
    """
    loader = Loader(world, project, partial)
    loader.ground(overrides, languages, layouts)
    return loader.result(loader.brands(brands))


class Loader:
    """The steps of a load, each of which goes on after problems in the one before.

    Two halves, which `handouts.load.cache` keeps apart: what is the same for every brand, and
    the brands.
    """

    def __init__(self, world: World, project: Path | None, partial: bool) -> None:
        self.world = world
        self.partial = partial
        self.folder = project
        self.problems = Problems()
        self.all_overrides: tuple[Override, ...] = ()
        self.project_file = ProjectFile()
        self.project_spot: Spot | None = None
        self.drawings = Drawings(world)
        self.found: Catalogue | None = None
        self.catalogue_files: tuple[Parsed, ...] = ()
        self.known: Known | None = None
        self.languages: dict[str, Locale] = {}
        self.language_paths = language_paths(world, project)
        self.filed: dict[str, FiledLayout] = {}
        self.pictures: dict[str, Picture | Drawing] = {}
        self.manifest: Manifest | None = None
        with self.problems.collected():
            self.manifest = load_manifest(world, project=project)

    def ground(
        self, overrides: Sequence[str], languages: Languages, layouts: Sequence[str] | None
    ) -> None:
        """Everything but brands."""
        self._overrides(overrides)
        self._settings()
        self._catalogue()
        self._locales(languages)
        self._layouts(layouts)

    def _overrides(self, texts: Sequence[str]) -> None:
        """Reads ``--set``."""
        with self.problems.collected():
            self.all_overrides = read_overrides(texts)

    def _settings(self) -> None:
        """Reads the project file, if there is a project."""
        wanted = for_target(self.all_overrides, "project")
        with self.problems.collected():
            data: Any = {}
            spot = Spot(Origin(PROJECT_FILE, []), 0, 0, 0, 0, {})
            if self.folder is not None:
                parsed = _project_file(self.world, self.folder)
                data, spot = (parsed.data, parsed.spot) if parsed else (data, spot)
            data, spot = overridden(ProjectFile, data, spot, wanted)
            self.project_spot = spot
            self.project_file = validated(ProjectFile, data, spot)
            self._check_settings(spot)

    def _check_settings(self, spot: Spot) -> None:
        settings = self.project_file
        if settings.paper is not None and settings.paper not in PAPERS:
            hint = choose(settings.paper, PAPERS, "papers")
            message = f"there is no paper '{settings.paper}'"
            self.problems.error("unknown-paper", message, hint, spot.at(("paper",)))
        known = layout_paths(self.world, self.folder)
        for number, name in enumerate(settings.layouts):
            self._known(name, public(list(known)), "layout", spot, ("layouts", number))
        for number, name in enumerate(settings.languages):
            tags = name.split("+")
            if len(tags) > 2 or len(set(tags)) < len(tags):
                message = f"'{name}' is neither one language nor two"
                hint = "write one tag, or two different ones with a plus between them: es+en"
                place = spot.at(("languages", number))
                self.problems.error("two-languages", message, hint, place)
            for tag in tags:
                self._known(tag, self.language_paths, "language", spot, ("languages", number))

    def _catalogue(self) -> None:
        """Reads the catalogue and checks the ids that the project file names in it."""
        loaded = load_catalogue(self.world, self.problems)
        if loaded is None:
            return
        self.found, self.catalogue_files = loaded
        spot = self.project_spot
        known = [benefit.id for benefit in self.found.benefits]
        for key in ("include", "exclude"):
            for number, name in enumerate(getattr(self.project_file, key)):
                if spot is not None:
                    self._known(name, known, "benefit", spot, (key, number))

    def _locales(self, wanted: Languages) -> None:
        """Reads the source language, then the languages that are asked for."""
        source: Parsed | None = None
        with self.problems.collected():
            source = locale_files.load_source(self.world, self.language_paths[SOURCE_LANGUAGE])
        if source is None:
            return
        if wanted == "project":
            wanted = [tag for one in self.project_file.languages for tag in one.split("+")]
        self.problems.add(locale_files.unread(self.world, self.folder))
        tags = list(self.language_paths) if wanted is None else [SOURCE_LANGUAGE, *wanted]
        for tag in dict.fromkeys(tags):
            if tag in PSEUDO and SOURCE_LANGUAGE in self.languages:
                self.languages[tag] = pseudo_locale(tag, self.languages[SOURCE_LANGUAGE])
                continue
            if tag not in self.language_paths:
                self._unknown(tag, self.language_paths, "language", None)
                continue
            with self.problems.collected():
                locale, parsed = locale_files.load_locale(
                    self.world, tag, self.language_paths, source, partial=self.partial
                )
                self.languages[tag] = locale
                self.problems.add(locale_files.stale(locale, parsed))
                self._check_script(locale, parsed)
                if self.found is not None:
                    check_hedges(locale, parsed, self.found, self.problems)
        english = self.languages.get(SOURCE_LANGUAGE)
        if self.found is not None and english is not None:
            files, drawings = self.catalogue_files, frozenset(self.drawings)
            strings = frozenset(english.strings)
            self.known = _known(files, strings, drawings)
            self.problems.add(check_words(files, strings, drawings))

    def _check_script(self, locale: Locale, parsed: Parsed) -> None:
        """A language needs fonts that were chosen for its script."""
        if self.manifest is None or self.partial or locale.script in self.manifest.scripts:
            return
        message = f"there are no fonts for {locale.tag}, which is written in {locale.script}"
        hint = f"add a family and scripts: {locale.script} to fonts/fonts.yaml"
        place = parsed.spot.at(("language",))
        self.problems.error("no-script-fonts", message, hint, place, ExitCode.RESOURCE)

    def _layouts(self, wanted: Sequence[str] | None) -> None:
        """Reads the layouts that are asked for, and checks what they name."""
        known = layout_paths(self.world, self.folder)
        names = public(list(known))
        changes = for_target(self.all_overrides, "layout")
        for name in names if wanted is None else dict.fromkeys(wanted):
            if name not in names:
                self._unknown(name, names, "layout", None)
                continue
            with self.problems.collected():
                filed = layout_files.load_layout(
                    self.world, self.folder, name, known[name], changes
                )
                self.filed[name] = filed
                self._check_layout(filed)

    def _check_layout(self, filed: FiledLayout) -> None:
        if self.known is not None:
            self.problems.add(check_layout(filed, self.known))
        for written, place in images(filed):
            with self.problems.collected():
                folders = () if self.folder is None else (self.folder,)
                self.pictures[written] = graphic(self.world, folders, written, place)[1]

    def brands(self, wanted: Sequence[str]) -> Mapping[str, FiledBrand]:
        """Reads the brands that are asked for, and checks what they name."""
        against = Against(
            self.project_file.brand,
            self._brand_place(),
            self.languages,
            tuple(self.language_paths),
            None if self.manifest is None else self.manifest.families,
        )
        changes = for_target(self.all_overrides, "brand")
        return load_brands(self.world, self.folder, wanted, changes, against, self.problems)

    def groundwork(self) -> Groundwork | None:
        """The first half, when nothing is wrong with it."""
        if self.problems.failed:
            return None
        tags, warnings = tuple(self.language_paths), self.problems.warnings
        return Groundwork(self._project(), self._brand_place(), tags, warnings)

    def result(self, brands: Mapping[str, FiledBrand]) -> LoadResult:
        """The project, or all problems."""
        self.problems.stop()
        return LoadResult(replace(self._project(), brands=brands), self.problems.warnings)

    def _brand_place(self) -> Place | None:
        return self.project_spot.at(("brand",)) if self.project_spot else None

    def _project(self) -> Project:
        assert self.found is not None
        assert self.manifest is not None
        return Project(
            settings=self.project_file,
            catalogue=self.found,
            locales=MappingProxyType(self.languages),
            layouts=MappingProxyType({name: filed.layout for name, filed in self.filed.items()}),
            brands=MappingProxyType({}),
            drawings=self.drawings,
            pictures=MappingProxyType(self.pictures),
            fonts=self.manifest,
        )

    def _known(
        self, name: str, known: Iterable[str], what: str, spot: Spot, path: tuple[str | int, ...]
    ) -> None:
        if name not in known:
            self._unknown(name, known, what, spot.at(path))

    def _unknown(self, name: str, known: Iterable[str], what: str, place: Place | None) -> None:
        code = ExitCode.CONTENT if place else ExitCode.USAGE
        hint = choose(name, known, f"{what}s")
        self.problems.error(f"unknown-{what}", f"there is no {what} '{name}'", hint, place, code)


@lru_cache(maxsize=16)
def _known(files: tuple[Parsed, ...], strings: frozenset[str], drawings: frozenset[str]) -> Known:
    """What layouts may name; the same object for the same files."""
    return Known(catalogue_of(files), strings, drawings)


def _project_file(world: World, folder: Path) -> Parsed | None:
    """The project file's data; None when it is empty, since nothing in it is required."""
    try:
        return read_yaml(world, folder / PROJECT_FILE)
    except HandoutsError as error:
        if [diagnostic.code for diagnostic in error.diagnostics] == ["empty-file"]:
            return None
        raise


def located(
    world: World, project: Path | None, diagnostics: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Diagnostics with the place of the string they are about, where they name one.

    Stages after ``load`` know a string by its id alone.
    """
    paths = language_paths(world, project)
    return tuple(
        replace(one, place=locale_files.place_of(world, paths, *one.string))
        if one.string and one.place is None
        else one
        for one in diagnostics
    )


__all__ = [
    "PROJECT_FILE",
    "Choices",
    "LoadResult",
    "choices",
    "find_project",
    "load",
    "load_result",
    "located",
]
