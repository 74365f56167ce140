"""Locale files to `Locale`: complete against the source language, with CLDR's facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, Severity
from handouts.load.files import read_yaml
from handouts.load.problems import Problems, choose, nearest
from handouts.load.protected import protected
from handouts.load.validate import validate
from handouts.load.yaml import Parsed
from handouts.model.locale import (
    SOURCE_LANGUAGE,
    Locale,
    LocaleFile,
    LocaleString,
    Translation,
    placeholders,
    source_hash,
)
from handouts.world import World

_SHOWN = 10


def available(world: World, project: Path | None) -> dict[str, Path]:
    """Every language by tag, the source language first; a project's file hides a built-in one."""
    found: dict[str, Path] = {}
    folders = [world.data("catalogue") / "locales"]
    if project:
        folders.append(project / "locales")
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            found[path.stem] = path
    return dict(sorted(found.items(), key=lambda one: (one[0] != SOURCE_LANGUAGE, one[0])))


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
    mine, problems = _file(parsed).strings, Problems()
    _check_complete(mine, _file(builtin).strings, parsed, problems)
    for name, entry in _file(builtin).strings.items():
        if protected(name) and name in mine and _text(mine[name]) != _text(entry):
            message = f"'{name}' cannot be reworded: it is a health claim, safety or evidence text"
            place = parsed.spot.at(("strings", name))
            problems.error("protected-text", message, f"write: {_text(entry)}", place)
    problems.stop()


def load_locale(
    world: World, tag: str, path: Path, source: Parsed, *, partial: bool = False
) -> tuple[Locale, Parsed]:
    """Reads a language and checks it against the source language's file.

    Args:
        world: the outside world.
        tag: the language.
        path: its file.
        source: the source language's file.
        partial: whether strings may be missing; the locale then names them.

    Raises:
        HandoutsError: for strings that are missing, unknown, or lose a placeholder.
    """
    parsed = source if tag == SOURCE_LANGUAGE else read_yaml(world, path)
    return _locale(tag, parsed, source, partial), parsed


@lru_cache(maxsize=128)
def _locale(tag: str, parsed: Parsed, source: Parsed, partial: bool) -> Locale:
    file = _file(parsed)
    problems = Problems()
    if file.language != tag:
        message = f"language is '{file.language}', but the file is called {tag}.yaml"
        place = parsed.spot.at(("language",))
        problems.error("wrong-language", message, f"write language: {tag}", place)
    direction, script, digits = _facts(tag, parsed.spot.at(("language",)))
    if parsed is source:
        _check_source(file, parsed, problems)
    else:
        if not partial:
            _check_complete(file.strings, _file(source).strings, parsed, problems)
        _check_translation(file, parsed, _file(source), problems)
    problems.stop()
    english = {name: _text(one) for name, one in _file(source).strings.items()}
    missing = tuple(name for name in english if name not in file.strings)
    strings = {name: _ready(one, english[name]) for name, one in file.strings.items()}
    return Locale(tag, direction, script, digits, strings, missing)


@lru_cache(maxsize=128)
def _file(parsed: Parsed) -> LocaleFile:
    return validate(LocaleFile, parsed)


def _text(entry: Translation | str) -> str:
    return entry if isinstance(entry, str) else entry.text


def _ready(entry: Translation | str, english: str) -> LocaleString:
    if isinstance(entry, str):
        return LocaleString(entry, "approved")
    return LocaleString(entry.text, entry.status, entry.source != source_hash(english))


def _check_source(file: LocaleFile, parsed: Parsed, problems: Problems) -> None:
    for name, entry in file.strings.items():
        place = parsed.spot.at(("strings", name))
        if isinstance(entry, Translation):
            message = f"'{name}' is marked as a translation in the source language"
            problems.error("source-translated", message, "write the plain text only", place)
        elif not entry.strip():
            problems.error("empty-value", f"'{name}' is empty", "write its text", place)


def _check_complete(
    mine: Mapping[str, Translation | str],
    wanted: Mapping[str, Translation | str],
    parsed: Parsed,
    problems: Problems,
) -> None:
    missing = [name for name in wanted if name not in mine]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        listed = ", ".join(missing[:_SHOWN]) + more
        count = "1 string is" if len(missing) == 1 else f"{len(missing)} strings are"
        hint = "add them: nothing is printed in their place; other languages can be had with "
        hint += "--language"
        place = parsed.spot.at(("strings",), key=True)
        message = f"{count} missing: {listed}"
        problems.error("missing-translation", message, hint, place, ExitCode.REVIEW)


def _check_translation(
    file: LocaleFile, parsed: Parsed, source: LocaleFile, problems: Problems
) -> None:
    english: Mapping[str, Translation | str] = source.strings
    for name, entry in file.strings.items():
        key = parsed.spot.at(("strings", name), key=True)
        if name not in english:
            near = nearest(name, english)
            hint = f"did you mean '{near}'?" if near else "take it out; en.yaml has no such string"
            problems.error("unknown-string", f"there is no string '{name}'", hint, key)
        elif isinstance(entry, str):
            message = f"'{name}' does not say which English text it was made from"
            hint = f"write {{text: …, source: {source_hash(_text(english[name]))}, status: draft}}"
            problems.error("untracked-translation", message, hint, key)
        else:
            _check_placeholders(name, entry.text, _text(english[name]), key, problems)


def _check_placeholders(
    name: str, text: str, english: str, place: Place, problems: Problems
) -> None:
    here, there = placeholders(text), placeholders(english)
    if here != there:
        lost = [f"{{{one}}} is missing" for one in sorted(there - here)]
        extra = [f"{{{one}}} is not in the English" for one in sorted(here - there)]
        message = f"'{name}': {', '.join(lost + extra)}"
        hint = "keep what stands in braces just as it is"
        problems.error("placeholders", message, hint, place)


def stale(locale: Locale, parsed: Parsed) -> list[Diagnostic]:
    """A warning when English texts changed after they were translated."""
    names = [name for name, one in locale.strings.items() if one.stale]
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return [
        Diagnostic(
            "stale-translation",
            f"{len(names)} of {len(locale.strings)} strings changed in English since they were "
            f"translated: {', '.join(names[:_SHOWN])}{more}",
            "look at each again, then renew its source",
            parsed.spot.at(("strings", names[0]), key=True),
            Severity.WARNING,
        )
    ]


@lru_cache(maxsize=128)
def _facts(tag: str, place: Place) -> tuple[Literal["ltr", "rtl"], str, str]:
    """Direction, script and digits of a language, from CLDR by way of Babel."""
    from babel import Locale as Cldr
    from babel import UnknownLocaleError
    from babel.core import get_global

    try:
        cldr = Cldr.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        from babel.localedata import locale_identifiers

        tags = [one.replace("_", "-") for one in locale_identifiers()]
        raise HandoutsError(
            [
                Diagnostic(
                    "unknown-language",
                    f"'{tag}' is no language that CLDR knows",
                    choose(tag, tags, "tags", 0) or "use a BCP 47 tag such as de or zh-Hans",
                    place,
                )
            ]
        ) from None
    if str(cldr).replace("_", "-") != tag:
        message, hint = f"'{tag}' is written differently", f"write {str(cldr).replace('_', '-')}"
        raise HandoutsError([Diagnostic("unknown-language", message, hint, place)])
    script = cldr.script or _likely_script(tag, get_global("likely_subtags"))
    rtl = cldr.text_direction == "rtl"
    return ("rtl" if rtl else "ltr"), script, _digits(cldr.default_numbering_system)


def _likely_script(tag: str, likely: Mapping[str, str]) -> str:
    """The script a language is usually written in: ``likely_subtags`` of UTS 35."""
    parts = tag.split("-")
    for size in range(len(parts), 0, -1):
        found = likely.get("_".join(parts[:size]), "").split("_")
        if len(found) > 1:
            return found[1]
    return "Latn"


_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "guru": 0xA66}
_ZEROS |= {"gujr": 0xAE6, "orya": 0xB66, "tamldec": 0xBE6, "telu": 0xC66, "knda": 0xCE6}
_ZEROS |= {"mlym": 0xD66, "thai": 0xE50, "laoo": 0xED0, "tibt": 0xF20, "mymr": 0x1040}
_ZEROS |= {"khmr": 0x17E0, "mong": 0x1810, "nkoo": 0x7C0, "olck": 0x1C50, "cakm": 0x11136}
_ZEROS |= {"adlm": 0x1E950, "rohg": 0x10D30, "mtei": 0xABF0, "hmnp": 0x1E140}


def _digits(system: str) -> str:
    """The ten digits of a numbering system; Western ones where CLDR has no ten (hanidec, roman)."""
    zero = _ZEROS.get(system, 0x30)
    return "".join(chr(zero + value) for value in range(10))
