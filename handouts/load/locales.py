"""Locale files to `Locale`: complete against the source language, with CLDR's facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from handouts.diagnostics import Diagnostic, Place, Severity
from handouts.load import seen
from handouts.load.files import read_yaml
from handouts.load.locale_checks import (
    check_complete,
    check_source,
    check_translation,
    stale,
    text_of,
)
from handouts.load.locale_facts import facts
from handouts.load.places import languages as available
from handouts.load.problems import Problems, choose
from handouts.load.protected import protected
from handouts.load.spots import Parsed
from handouts.load.validate import validate
from handouts.model.locale import (
    SOURCE_LANGUAGE,
    Locale,
    LocaleFile,
    LocaleString,
    Translation,
    source_hash,
)
from handouts.world import World


def unread(world: World, project: Path | None) -> list[Diagnostic]:
    """Warnings for files in the project's ``locales`` that no language can be read from."""
    if project is None:
        return []
    found = []
    for path in seen.files(project / "locales", "*"):
        odd = path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"
        if odd and seen.is_file(path):
            message = "this file is not read: a language's file ends in .yaml"
            hint, place = f"call it {path.stem}.yaml", Place(world.shown(path))
            found.append(Diagnostic("unread-file", message, hint, place, Severity.WARNING))
    return found


def load_source(world: World, path: Path) -> Parsed:
    """Reads the source language. A project's own may reword what is no claim.

    Raises:
        HandoutsError: when it lacks strings of the built-in file, or rewords claims, safety or
            evidence: those are printed under the catalogue's name and edition.
    """
    parsed = read_yaml(world, path)
    own = world.data("catalogue") / "locales" / path.name
    if path != own:
        _check_reworded(parsed, read_yaml(world, own))
    return parsed


@lru_cache(maxsize=8)
def _check_reworded(parsed: Parsed, builtin: Parsed) -> None:
    mine, problems = locale_file(parsed).strings, Problems()
    check_complete(mine, locale_file(builtin).strings, parsed, problems)
    for name, entry in locale_file(builtin).strings.items():
        if protected(name) and name in mine and text_of(mine[name]) != text_of(entry):
            message = f"'{name}' cannot be reworded: it is a health claim, safety or evidence text"
            place = parsed.spot.at(("strings", name))
            problems.error("protected-text", message, f"write: {text_of(entry)}", place)
    problems.stop()


def load_locale(
    world: World,
    tag: str,
    paths: Mapping[str, Path],
    source: Parsed,
    *,
    partial: bool = False,
) -> tuple[Locale, Parsed]:
    """Reads a language and checks it against the source language's file.

    Args:
        world: the outside world.
        tag: the language.
        paths: every language's file; a variant needs its base's too.
        source: the source language's file.
        partial: whether strings may be missing; the locale then names them.

    Raises:
        HandoutsError: for strings that are missing, unknown, or lose a placeholder.
    """
    parsed = source if tag == SOURCE_LANGUAGE else read_yaml(world, paths[tag])
    base = _base(world, tag, parsed, paths, source)
    return _locale(tag, parsed, base, source, partial), parsed


def _base(
    world: World, tag: str, parsed: Parsed, paths: Mapping[str, Path], source: Parsed
) -> Parsed | None:
    """The file of the language that this one is a variant of, if it is one."""
    name = locale_file(parsed).base
    if name is None:
        return None
    problems, place = Problems(), parsed.spot.at(("base",))
    if name not in paths or name == tag:
        hint = choose(name, [one for one in paths if one != tag], "languages")
        problems.error("unknown-language", f"there is no language '{name}'", hint, place)
        problems.stop()
    if not _same_language(tag, name, place):
        message = f"'{tag}' is no variant of '{name}': language and script have to be the same"
        hint = "take base: out and translate every string"
        problems.error("other-language", message, hint, place)
        problems.stop()
    base = source if name == SOURCE_LANGUAGE else read_yaml(world, paths[name])
    if locale_file(base).base is not None:
        message = f"'{name}' is a variant itself"
        hint = f"write base: {locale_file(base).base}"
        problems.error("variant-of-variant", message, hint, place)
        problems.stop()
    return base


def _same_language(tag: str, other: str, place: Place) -> bool:
    """Whether the one can stand in for the other: es-MX for es, but not sr-Latn for sr."""
    alike = tag.split("-")[0] == other.split("-")[0]
    return alike and facts(tag, place).script == facts(other, place).script


@lru_cache(maxsize=128)
def _locale(tag: str, parsed: Parsed, base: Parsed | None, source: Parsed, partial: bool) -> Locale:
    file, problems = locale_file(parsed), Problems()
    parent = locale_file(base) if base else LocaleFile(language=tag, strings={})
    if file.language != tag:
        message = f"language is '{file.language}', but the file is called {tag}.yaml"
        place = parsed.spot.at(("language",))
        problems.error("wrong-language", message, f"write language: {tag}", place)
    direction, script, digits = facts(tag, parsed.spot.at(("language",)))
    english = locale_file(source).strings
    entries = {name: one for name in english if (one := _entry(name, file, parent)) is not None}
    if parsed is source:
        check_source(file, parsed, problems)
    else:
        if not partial:
            check_complete(entries, english, parsed, problems)
        check_translation(file, parsed, english, problems)
    problems.stop()
    return Locale(
        tag=tag,
        direction=direction,
        script=script,
        digits=digits,
        strings={name: _ready(one, text_of(english[name])) for name, one in entries.items()},
        missing=tuple(name for name in english if name not in entries),
        base=file.base,
        hedges=file.hedges or parent.hedges,
        negations=file.negations or parent.negations,
        blocked=(*file.blocked, *parent.blocked),
    )


def _entry(name: str, file: LocaleFile, parent: LocaleFile) -> Translation | str | None:
    return file.strings.get(name, parent.strings.get(name))


def place_of(world: World, paths: Mapping[str, Path], tag: str, name: str) -> Place | None:
    """Where a string stands: in its language's file, or in that of the language it varies.

    None when no file has it, which is so for a brand's own words.
    """
    while tag in paths:
        parsed = read_yaml(world, paths[tag])
        file = locale_file(parsed)
        if name in file.strings:
            return parsed.spot.at(("strings", name), key=True)
        tag = file.base or ""
    return None


@lru_cache(maxsize=4)
def locale_file(parsed: Parsed) -> LocaleFile:
    """The file as it is written.

    Raises:
        HandoutsError: when it is no locale file.
    """
    return validate(LocaleFile, parsed)


def _ready(entry: Translation | str, english: str) -> LocaleString:
    if isinstance(entry, str):
        return LocaleString(entry, "approved")
    return LocaleString(entry.text, entry.status, entry.source != source_hash(english))


__all__ = ["available", "load_locale", "load_source", "locale_file", "place_of", "stale", "unread"]
