"""Pack files, and the layouts of the pages a pack adds to its handouts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load import layouts as layout_files
from handouts.load.files import read, read_yaml, within
from handouts.load.graphics import graphic
from handouts.load.layout_checks import Known, check_layout, images
from handouts.load.places import Choices
from handouts.load.problems import Problems, choose
from handouts.load.validate import validate
from handouts.load.yaml import KeyPath, Spot
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.pack import CONTENTS, COVER, PackFile
from handouts.model.project import Project
from handouts.units import PAPERS
from handouts.world import World

LARGEST = 50_000_000
"""Bytes a PDF may have that is put into a pack."""

_OWN_STRINGS = ("pack.title", "pack.subtitle")
"""What only the layouts of cover and contents may print: it comes from the pack, not a locale."""


@dataclass(frozen=True, slots=True)
class FiledPack:
    """A pack file that still knows where its values stand."""

    file: PackFile
    path: Path
    spot: Spot

    def insert(self, world: World, number: int) -> bytes:
        """The bytes of a PDF to put in.

        Raises:
            HandoutsError: when it is not beside the pack file, not there or too large.
        """
        place = self.spot.at(("insert", number, "file"))
        path = within(self.path.parent, self.file.insert[number].file, place)
        return read(world, path, LARGEST, place)


def load_pack(world: World, path: Path, known: Choices) -> FiledPack:
    """Reads a pack file and checks the names in it.

    Raises:
        HandoutsError: with everything that is wrong, each with its place.
    """
    parsed = read_yaml(world, path)
    filed = FiledPack(validate(PackFile, parsed), path, parsed.spot)
    problems = Problems()
    _check(filed, known, problems)
    problems.stop()
    return filed


def _check(filed: FiledPack, known: Choices, problems: Problems) -> None:
    def named(what: str, name: str, names: tuple[str, ...], path: KeyPath) -> None:
        if name not in names:
            message = f"there is no {what} '{name}'"
            hint = choose(name, names, f"{what}s")
            problems.error(f"unknown-{what}", message, hint, filed.spot.at(path))

    def languages(tags: tuple[str, ...], path: KeyPath) -> None:
        for number, one in enumerate(tags):
            sides = [tag.strip() for tag in one.split("+")]
            if len(sides) > 2 or len(set(sides)) < len(sides):
                message = f"'{one}' is neither one language nor two"
                hint = "write one tag, or two different ones with a plus between them: es+en"
                place = filed.spot.at((*path, number))
                problems.error("two-languages", message, hint, place)
            for tag in sides:
                named("language", tag, known.languages, (*path, number))

    file = filed.file
    languages(file.languages, ("languages",))
    for key, text in (("title", file.title), ("subtitle", file.subtitle)):
        for tag in text if isinstance(text, dict) else ():
            named("language", tag, known.languages, (key, tag))
    if file.brand is not None:
        named("brand", file.brand, known.brands, ("brand",))
    for number, entry in enumerate(file.parts):
        named("layout", entry.layout, known.layouts, ("parts", number, "layout"))
        languages(entry.languages, ("parts", number, "languages"))
    if file.paper is not None:
        named("paper", file.paper, tuple(PAPERS), ("paper",))
    for number, insert in enumerate(file.insert):
        if isinstance(insert.after, int) and not 1 <= insert.after <= len(file.parts):
            message = f"there is no entry {insert.after} in parts, which has {len(file.parts)}"
            hint = "count the entries of parts from 1, or write cover, contents or end"
            problems.error(
                "no-such-part", message, hint, filed.spot.at(("insert", number, "after"))
            )


def with_front(world: World, folder: Path | None, project: Project) -> Project:
    """The project with the layouts of cover and contents, its own or the built-in ones.

    Raises:
        HandoutsError: with what is wrong in them.
    """
    known = layout_files.available(world, folder)
    strings = frozenset((*project.locales[SOURCE_LANGUAGE].strings, *_OWN_STRINGS))
    names = Known(project.catalogue, strings, frozenset(project.drawings))
    layouts, pictures = dict(project.layouts), dict(project.pictures)
    wrong: list[Diagnostic] = []
    for name in (COVER, CONTENTS):
        filed = layout_files.load_layout(world, folder, name, known[name], ())
        wrong += check_layout(filed, names)
        for written, place in images(filed):
            folders = () if folder is None else (folder,)
            pictures[written] = graphic(world, folders, written, place)[1]
        layouts[name] = filed.layout
    if wrong:
        raise HandoutsError(wrong)
    return replace(project, layouts=MappingProxyType(layouts), pictures=MappingProxyType(pictures))
