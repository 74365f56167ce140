"""A language as it is filed: what it has, where it comes from, what it would be compared with.

Unlike ``load`` this takes a language that is not finished, or not begun: a translator's work
starts there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem
from handouts.load.files import read, read_yaml
from handouts.load.locale_checks import text_of
from handouts.load.locale_facts import facts
from handouts.load.locales import available, load_source, locale_file
from handouts.load.yaml import Parsed, parse
from handouts.model.locale import (
    SOURCE_LANGUAGE,
    Locale,
    LocaleFile,
    LocaleString,
    Translation,
    source_hash,
)
from handouts.translate.outline import Entry, outline
from handouts.translate.unit import State
from handouts.world import World

LIMIT = 1_000_000
"""Bytes of a locale file, as ``load`` has it."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language's file beside the English one.

    `path` is the file that holds it now and `content` its bytes: None and empty for a language
    nobody has begun. `base` holds the strings of the language it is a variant of.
    """

    tag: str
    direction: Literal["ltr", "rtl"]
    script: str
    digits: str
    path: Path | None
    content: bytes
    parsed: Parsed | None
    file: LocaleFile
    base: LocaleFile | None
    english: dict[str, str]
    english_file: LocaleFile
    order: dict[str, Entry]

    def own(self, name: str) -> Translation | None:
        """The language's own translation of a string."""
        found = self.file.strings.get(name)
        return found if isinstance(found, Translation) else None

    def entry(self, name: str) -> Translation | str | None:
        """What is printed: its own translation, or that of its base."""
        return self.own(name) or (self.base.strings.get(name) if self.base else None)

    def text(self, name: str) -> str:
        """The text that is printed, or nothing."""
        found = self.entry(name)
        return text_of(found) if found is not None else ""

    def state(self, name: str) -> State:
        """How far a string is."""
        found = self.entry(name)
        if found is None:
            return "missing"
        if isinstance(found, str):
            return "approved"
        return "stale" if found.source != source_hash(self.english[name]) else found.status

    def locale(self) -> Locale:
        """What ``load`` would make of it, without asking whether it is complete."""
        strings = {}
        for name, english in self.english.items():
            found = self.entry(name)
            if isinstance(found, Translation):
                stale = found.source != source_hash(english)
                strings[name] = LocaleString(found.text, found.status, stale)
            elif found is not None:
                strings[name] = LocaleString(found, "approved")
        parent = self.base or LocaleFile(language=self.tag, strings={})
        return Locale(
            tag=self.tag,
            direction=self.direction,
            script=self.script,
            digits=self.digits,
            strings=strings,
            missing=tuple(name for name in self.english if name not in strings),
            base=self.file.base,
            hedges=self.file.hedges or parent.hedges,
            negations=self.file.negations or parent.negations,
            blocked=(*self.file.blocked, *parent.blocked),
        )


def tags(world: World, project: Path | None) -> tuple[str, ...]:
    """Every language there is a file of, but for the source language."""
    return tuple(tag for tag in available(world, project) if tag != SOURCE_LANGUAGE)


def open_language(
    world: World, project: Path | None, tag: str, file: Path | None = None
) -> Language:
    """Reads a language, or begins one.

    Args:
        world: the outside world.
        project: the project's folder, or None.
        tag: BCP 47 tag; it need not have a file yet.
        file: the file to take instead of the one ``load`` would; it need not be there.

    Raises:
        HandoutsError: for English, a tag CLDR does not know, and a file that is wrong.
    """
    paths = available(world, project)
    path = file if file is not None and file.is_file() else paths.get(tag)
    if tag == SOURCE_LANGUAGE:
        message = "English is the source: it is translated from, not into"
        hint = f"name another language: {', '.join(t for t in paths if t != tag)}"
        raise problem("source-language", message, hint, exit_code=ExitCode.USAGE)
    place = Place(world.shown(path)) if path else Place(f"{tag}.yaml")
    content = read(world, path, LIMIT) if path else b""
    return opened(world, project, tag, path, content, place)


def same_language(one: str, other: str) -> bool:
    """Whether two tags may be one language: ``de`` and ``de-DE``, ``zh-CN`` and ``zh-Hans``.

    Programs for translators like to write a country where we have none. Two countries are two
    languages: ``pt-BR`` and ``pt-PT``.
    """
    if one == other:
        return True
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    if len({region for region in (_region(one), _region(other)) if region}) > 1:
        return False
    from babel import UnknownLocaleError

    try:
        return _script(one) == _script(other)
    except (HandoutsError, ValueError, UnknownLocaleError):
        return False


def _script(tag: str) -> str:
    """The script of a tag that may be written in another way than CLDR's."""
    from babel import Locale as Cldr

    usual = str(Cldr.parse(tag, sep="-")).replace("_", "-")
    return facts(usual, Place(tag)).script


def _region(tag: str) -> str:
    """The country of a tag: two letters, or three digits, behind the language."""
    parts = (p.upper() for p in tag.split("-")[1:])
    return next((p for p in parts if len(p) == 2 or (len(p) == 3 and p.isdigit())), "")


def opened(
    world: World, project: Path | None, tag: str, path: Path | None, content: bytes, place: Place
) -> Language:
    """The same for a file that need not be on the disk yet."""
    paths = available(world, project)
    direction, script, digits = facts(tag, place)
    source = load_source(world, paths[SOURCE_LANGUAGE])
    english = locale_file(source)
    parsed = parse(content, place.path) if content else None
    mine = locale_file(parsed) if parsed else LocaleFile(language=tag, strings={})
    if mine.language != tag:
        message = f"language is '{mine.language}', and not {tag}"
        raise problem("wrong-language", message, f"choose a file in {tag}", place)
    base = None
    if mine.base is not None and mine.base in paths:
        base = locale_file(read_yaml(world, paths[mine.base]))
    return Language(
        tag=tag,
        direction=direction,
        script=script,
        digits=digits,
        path=path,
        content=content,
        parsed=parsed,
        file=mine,
        base=base,
        english={name: text_of(entry) for name, entry in english.strings.items()},
        english_file=english,
        order=outline(source),
    )
