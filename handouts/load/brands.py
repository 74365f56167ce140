"""A brand file to a `LoadedBrand`, with its logo decoded and its names checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from handouts.diagnostics import ExitCode, Place, problem
from handouts.load import seen
from handouts.load.brand_words import check_words
from handouts.load.filed import FiledBrand
from handouts.load.files import read_yaml, within
from handouts.load.graphics import find, graphic
from handouts.load.overrides import Override, overridden
from handouts.load.places import brands as available
from handouts.load.problems import Problems, choose
from handouts.load.protected import protected
from handouts.load.spots import KeyPath, Spot
from handouts.load.validate import validated
from handouts.model.brand import Brand, Colours, FamilyChoice
from handouts.model.colour import Colour
from handouts.model.locale import Locale, placeholders
from handouts.world import World

DEFAULT = "default"


def locate(
    world: World, project: Path | None, wanted: str | None, place: Place | None
) -> tuple[str, Path]:
    """The id and file of the brand that is meant by an id or a path.

    Without a wish it is ``brand.yaml`` in the project, or else the built-in neutral one.

    Raises:
        HandoutsError: when there is none.
    """
    known = available(world, project)
    if wanted is None:
        wanted = "brand" if project and known.get("brand") == project / "brand.yaml" else DEFAULT
    if wanted in known:
        return wanted, known[wanted]
    if wanted.endswith((".yaml", ".yml")) or "/" in wanted:
        path = _by_path(world, project, wanted, place)
        return (path.parent.name if path.stem == "brand" else path.stem), path
    message = f"there is no brand '{wanted}'"
    code = ExitCode.CONTENT if place else ExitCode.USAGE
    raise problem("unknown-brand", message, choose(wanted, known, "brands"), place, code)


def _by_path(world: World, project: Path | None, wanted: str, place: Place | None) -> Path:
    """A path in the project file stays inside the project; one that was typed may go anywhere."""
    if place is not None and project is not None:
        path = within(project, wanted, place)
    else:
        path = world.cwd / Path(wanted).expanduser()
        if project and not seen.exists(path):
            path = project / wanted
    if seen.is_folder(path):
        path = path / "brand.yaml"
    if not seen.is_file(path):
        message = f"there is no brand file '{wanted}'"
        raise problem("no-such-file", message, "mend the path", place, ExitCode.FILE)
    return path


def load_brand(
    world: World,
    project: Path | None,
    name: str,
    path: Path,
    overrides: Sequence[Override],
    problems: Problems,
) -> FiledBrand:
    """Reads a brand and its logo; what is wrong with colours and logo is noted in `problems`.

    Raises:
        HandoutsError: with everything that is wrong in the file by itself.
    """
    parsed = read_yaml(world, path)
    data, spot = overridden(Brand, parsed.data, parsed.spot, overrides)
    brand = validated(Brand, data, spot)
    folders = tuple(dict.fromkeys([path.parent, *([project] if project else [])]))
    _check_colours(brand.color, spot, problems)
    check_words(brand, data, spot, problems)
    logo = None
    if brand.logo:
        with problems.collected():
            _, logo = graphic(world, folders, brand.logo.path, spot.at(("logo", "path")))
    return FiledBrand(name, brand, logo, folders, spot)


def _check_colours(colours: Colours, spot: Spot, problems: Problems) -> None:
    """A role is a colour or the name of one in the palette."""
    for name in type(colours).model_fields:
        value = getattr(colours, name)
        if name == "palette" or value is None or isinstance(value, Colour):
            continue
        if value not in colours.palette:
            hint = choose(value, colours.palette, "in the palette") if colours.palette else ""
            hint = hint if not value.startswith("#") else "write it as '#rrggbb'"
            place = spot.at(_colour_path(spot, name))
            message = f"'{value}' is no colour and no name in the palette"
            problems.error("unknown-colour", message, hint or "write it as '#rrggbb'", place)


def _colour_path(spot: Spot, name: str) -> KeyPath:
    other = {"accent": "secondary", "ink": "foreground", "paper": "background"}
    top = next((key for key in ("color", "colours", "colors") if key in spot.inside), "color")
    here = spot.inside.get(top)
    return (top, name if here is None or name in here.inside else other.get(name, name))


def check_brand(
    brand: FiledBrand,
    families: Sequence[str],
    source: Locale,
    languages: Sequence[str],
    problems: Problems,
) -> None:
    """Checks what a brand names in other files: fonts, and the strings it rewords."""
    _check_fonts(brand, families, problems)
    for language, texts in brand.brand.texts.items():
        place = brand.spot.at(("texts", language), key=True) if brand.spot else None
        if language not in languages:
            hint = choose(language, languages, "languages")
            problems.error("unknown-language", f"there is no language '{language}'", hint, place)
        _check_texts(brand, language, texts, source, problems)


def _check_fonts(brand: FiledBrand, families: Sequence[str], problems: Problems) -> None:
    typography = brand.brand.typography
    known = [*families, *(entry.family for entry in typography.fonts)]
    for use in ("base", "headings"):
        choice = getattr(typography, use)
        family = choice.family if isinstance(choice, FamilyChoice) else choice
        if family is not None and family not in known:
            place = brand.place(("typography", use))
            near = choose(family, known, "families")
            joint = " or" if near.endswith("?") else "; or"
            hint = f"{near}{joint} list its files under typography.fonts"
            problems.error("unknown-font", f"there is no font family '{family}'", hint, place)
    for number, entry in enumerate(typography.fonts):
        for index, one in enumerate(entry.files):
            place = brand.place(("typography", "fonts", number, "files", index, "path"))
            with problems.collected():
                find(brand.folders, one.path, place)


def _check_texts(
    brand: FiledBrand,
    language: str,
    texts: Mapping[str, str],
    source: Locale,
    problems: Problems,
) -> None:
    """A brand may reword a string, but no claim and nothing that says how sure it is."""
    for name, text in texts.items():
        spot = brand.spot
        place: Any = spot.at(("texts", language, name), key=True) if spot else None
        if protected(name):
            message = f"'{name}' cannot be reworded: it is a health claim, safety or evidence text"
            problems.error("protected-text", message, "take this line out", place)
        elif name not in source.strings:
            hint = choose(name, source.strings, "strings", 0)
            problems.error("unknown-string", f"there is no string '{name}'", hint, place)
        elif not text.strip():
            hint = "write something, or take the line out"
            problems.error("empty-value", f"'{name}' is empty", hint, place)
        else:
            extra = placeholders(text) - placeholders(source.strings[name].text)
            if extra:
                message = f"'{name}' has no {{{sorted(extra)[0]}}} to fill in"
                problems.error("unknown-placeholder", message, "take it out", place)


__all__ = ["DEFAULT", "FiledBrand", "available", "check_brand", "load_brand", "locate"]
