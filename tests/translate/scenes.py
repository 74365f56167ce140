"""Tables, rows and languages to test with: the real English, and as much of another as is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handouts.diagnostics import Place
from handouts.model.locale import source_hash
from handouts.translate.language import Language, opened
from handouts.translate.returned import Row
from handouts.translate.unit import State, Table, Unit
from handouts.translate.yaml_text import quoted
from handouts.world import World

TODAY = date(2026, 3, 2)
WORLD = World(Path("/nowhere"), TODAY, {})
TITLE = "flyer.cta.title"
ENGLISH = "Come to a class"
GERMAN = "Kommen Sie in einen Kurs"


def unit(name: str = TITLE, source: str = ENGLISH, target: str = GERMAN, **more: object) -> Unit:
    state: State = "draft" if target else "missing"
    return Unit(name, "Flyer", source, source_hash(source), target, **{"state": state, **more})  # type: ignore[arg-type]


def table(*units: Unit, language: str = "de", direction: str = "ltr") -> Table:
    return Table(
        language=language,
        name="German",
        direction="rtl" if direction == "rtl" else "ltr",
        units=units,
        date="2026-03-02T00:00:00+00:00",
        edition="1.0",
        plural_forms="nplurals=2; plural=(n != 1)",
    )


def filed(strings: Mapping[str, str], tag: str = "de", head: str = "") -> bytes:
    """A locale file whose strings are given as YAML."""
    lines = "".join(f"  {name}: {value}\n" for name, value in strings.items())
    return f"language: {tag}\n{head}hedges: [kann]\nstrings:\n{lines}".encode()


def translation(text: str, english: str, **more: object) -> str:
    said = {"text": quoted(text), "source": quoted(source_hash(english)), "status": "draft"}
    said |= {key: str(value) for key, value in more.items()}
    return f"{{{', '.join(f'{key}: {value}' for key, value in said.items())}}}"


def language(content: bytes = b"", tag: str = "de", world: World = WORLD) -> Language:
    return opened(world, None, tag, None, content, Place(f"{tag}.yaml"))


def german(**more: object) -> Language:
    """German with one string."""
    return language(filed({TITLE: translation(GERMAN, ENGLISH, **more)}))


def row(name: str = TITLE, target: str = GERMAN, line: int = 1, **more: str) -> Row:
    return Row(name, target, Place("de.csv", line, 1), **more)
