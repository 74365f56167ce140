"""Every text that a language and a brand bring to a sheet, with the place where it is written.

For ``fonts check``: what is looked at letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from handouts.cli.project import project_folder
from handouts.cli.session import Session
from handouts.diagnostics import Place

if TYPE_CHECKING:
    from handouts.load.yaml import KeyPath
    from handouts.model.locale import Locale
    from handouts.model.project import LoadedBrand, Project


class Said(NamedTuple):
    """A text, what to call it, and where it stands."""

    name: str
    text: str
    place: Place | None = None


def strings(session: Session, project: Project, locale: Locale) -> list[Said]:
    """The language's strings and digits, and what the project's brands print in it."""
    from handouts.load.locales import available, place_of

    world, paths = session.world, available(session.world, project_folder(session))
    found = [
        Said(name, one.text, place_of(world, paths, locale.tag, name))
        for name, one in locale.strings.items()
    ]
    found.append(Said("digits", locale.digits))
    for name, brand in project.brands.items():
        found += _printed(name, brand, locale.tag)
    return found


def _printed(name: str, brand: LoadedBrand, tag: str) -> Iterator[Said]:
    from handouts.load.brands import FiledBrand

    for path, text in _texts(brand, tag):
        place = brand.place(path) if isinstance(brand, FiledBrand) else None
        yield Said(f"{name}: {'.'.join(map(str, path))}", text, place)


def _texts(brand: LoadedBrand, tag: str) -> Iterator[tuple[KeyPath, str]]:
    """What a sheet in this language may print of a brand, by its path in the file."""
    values = brand.brand
    for name in ("name", "tagline", "disclaimer", "instructor", "qr"):
        yield from _value((name,), getattr(values, name), tag)
    for key, part in (("contact", values.contact), ("class", values.class_)):
        for name, said in part:
            yield from _value((key, name), said, tag)
    for name, said in values.texts.get(tag, {}).items():
        yield ("texts", tag, name), said


def _value(path: KeyPath, said: object, tag: str) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(said, str):
        yield path, said
    elif isinstance(said, dict) and tag in said:
        yield from _value((*path, tag), said[tag], tag)
    elif isinstance(said, tuple):
        for number, one in enumerate(said):
            yield from _value((*path, number), one, tag)
