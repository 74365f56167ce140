"""``--set brand.color.primary=#005f73``: values from the command line, over those of the files.

An override is applied to the data before it is validated, so the models type it; its place in
messages is the command line. One that names nothing is an error, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from handouts.diagnostics import ExitCode, HandoutsError, Place
from handouts.load import fields
from handouts.load.problems import Problems, choose
from handouts.load.spots import Origin, Spot
from handouts.model.base import Model
from handouts.model.brand import Brand
from handouts.model.layout import Layout
from handouts.model.project import ProjectFile

TARGETS: dict[str, type[Model]] = {"brand": Brand, "project": ProjectFile, "layout": Layout}
_NAMES = ("name", "id", "family")
"""Keys that name an item of a list, so that it need not be counted."""


@dataclass(frozen=True, slots=True)
class Override:
    """One override: what file it changes, the keys that lead to the value, and the value."""

    target: str
    path: tuple[str, ...]
    value: Any
    spot: Spot


def read_overrides(texts: Sequence[str]) -> tuple[Override, ...]:
    """Reads the command line's ``path=value`` texts.

    Raises:
        HandoutsError: with every one that is malformed or names nothing.
    """
    problems = Problems()
    found: list[Override] = []
    for text in texts:
        with problems.collected():
            found.append(_read(text))
    problems.stop()
    return tuple(found)


def _read(text: str) -> Override:
    path, equals, value = text.partition("=")
    origin = Origin("--set", [text.encode(errors="replace").decode()])
    if text != origin.lines[0]:
        hint = "type it in a terminal that speaks UTF-8"
        raise _error(origin, 0, "the text is not UTF-8", hint)
    keys = tuple(path.strip().split("."))
    if not equals or not all(keys):
        raise _error(origin, 0, f"'{text}' has no value", "write it as brand.color.primary=#005f73")
    if keys[0] == "class":
        keys = ("project", *keys)
    if keys[0] not in TARGETS or len(keys) < 2:
        names = [*TARGETS, "class"]
        hint = choose(keys[0], names, "begin with one of") if len(keys) > 1 else "name a key in it"
        raise _error(origin, 0, f"'{path}' is nothing that can be set", hint)
    _check_path(TARGETS[keys[0]], keys[1:], origin, path)
    column = len(path) + 1
    spot = Spot(origin, 0, column, 0, 0, {})
    return Override(keys[0], keys[1:], _value(value.strip()), spot)


def _value(text: str) -> Any:
    """The value as YAML reads it; ``#005f73`` needs no quotes here."""
    if not text:
        return None
    if text.startswith("#") or ": " in text or " #" in text:
        return text
    from handouts.load.yaml import parse

    try:
        return parse(text.encode(), "--set").data
    except HandoutsError:
        return text


def _check_path(model: type[Model], keys: tuple[str, ...], origin: Origin, path: str) -> None:
    """Every key must lead somewhere in the model."""
    here: Any = model
    column = path.find(".") + 1 if path.startswith(tuple(TARGETS)) else 0
    for number, key in enumerate(keys):
        options = fields.members(here)
        below = _below(options, key)
        if below is None:
            known = [
                fields.names(name, one)[0]
                for option in options
                if isinstance(option, type) and issubclass(option, Model)
                for name, one in option.model_fields.items()
            ]
            hint = choose(key, known, "known keys", 20) if known else "nothing is inside this value"
            column = path.find(key) if number else column
            raise _error(origin, max(column, 0), f"'{key}' in '{path}' is unknown", hint)
        here = below


def _below(options: tuple[Any, ...], key: str) -> Any:
    """The annotation inside, or None. Items of a list are checked when the data is known."""
    for option in options:
        if get_origin(option) is tuple:
            return get_args(option)[0]
    for option in options:
        found = fields.inside(option, key)
        if found is not None:
            return found
    return None


def overridden(
    model: type[Model], data: Any, spot: Spot, overrides: Sequence[Override]
) -> tuple[Any, Spot]:
    """The data with the overrides of its kind in it. The data itself is left as it was.

    Raises:
        HandoutsError: for an item of a list, or a name in a mapping, that is not there.
    """
    problems = Problems()
    for override in overrides:
        with problems.collected():
            data, spot = _set(model, data, spot, override.path, override)
    problems.stop()
    return data, spot


def _set(
    annotation: Any, data: Any, spot: Spot, keys: tuple[str, ...], override: Override
) -> tuple[Any, Spot]:
    if not keys:
        return override.value, override.spot
    key: str | int = keys[0]
    if data is None and any(get_origin(one) is tuple for one in fields.members(annotation)):
        data = []
    if isinstance(data, list):
        key = _item(data, keys[0], override)
        below = fields.inside(annotation, key, data[key])
    else:
        data = data if isinstance(data, dict) else {}
        key = _written(annotation, data, keys[0])
        below = fields.inside(annotation, key)
        _must_exist(annotation, data, key, override)
    empty = Spot(override.spot.origin, 0, 0, 0, 0, {})
    old = data.get(key) if isinstance(data, dict) else data[key]
    value, inner = _set(below, old, spot.inside.get(key, empty), keys[1:], override)
    spot = spot._replace(inside={**spot.inside, key: inner})
    if isinstance(data, list):
        return [value if index == key else one for index, one in enumerate(data)], spot
    return {**data, key: value}, spot


def _written(annotation: Any, data: dict[str, Any], key: str) -> str:
    """The key as this file spells it: ``colours`` when ``color`` was asked for."""
    for member in fields.members(annotation):
        if isinstance(member, type) and issubclass(member, Model):
            found = fields.field_named(member, key)
            if found:
                choices = (found[0], *fields.names(*found))
                return next((one for one in choices if one in data), fields.names(*found)[0])
    return key


def _item(data: list[Any], key: str, override: Override) -> int:
    """The index of a list's item, by its number from 0 or by its id, name or family."""
    if key.isdecimal() and int(key) < len(data):
        return int(key)
    named = {
        str(item[name]): index
        for index, item in enumerate(data)
        if isinstance(item, dict)
        for name in _NAMES
        if name in item
    }
    if key in named:
        return named[key]
    known = list(named) or [str(index) for index in range(len(data))]
    message = f"the list has no item '{key}'"
    raise _error(override.spot.origin, 0, message, choose(key, known, "items"))


def _must_exist(annotation: Any, data: dict[str, Any], key: str, override: Override) -> None:
    """A style or a palette colour that nothing has yet would have no effect."""
    for member in fields.members(annotation):
        if get_origin(member) is dict and key not in data:
            inner = fields.members(get_args(member)[1])
            if any(isinstance(one, type) and one is not str for one in inner):
                message = f"there is no '{key}' to change"
                raise _error(override.spot.origin, 0, message, choose(key, data, "there are"))


def _error(origin: Origin, column: int, message: str, hint: str) -> HandoutsError:
    place: Place = origin.place(0, column)
    problems = Problems()
    problems.error("bad-override", message, hint, place, ExitCode.USAGE)
    return HandoutsError(problems.found)


def for_target(overrides: Sequence[Override], target: str) -> tuple[Override, ...]:
    """The overrides of one kind of file."""
    return tuple(one for one in overrides if one.target == target)
