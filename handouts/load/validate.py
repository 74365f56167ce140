"""Plain data to a frozen model, or to diagnostics with places. Second step of ``load``.

pydantic finds the problems; this module finds where they stand and says what to do. An error's
location in pydantic names union members too, so it is walked along the data: what is no key
and no index there is the name of a member.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load import fields
from handouts.load.messages import explain
from handouts.load.problems import choose, nearest
from handouts.load.spots import KeyPath, Parsed, Spot
from handouts.model.base import Model

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=Model)


class _Found(NamedTuple):
    """A pydantic error, the place in the data it is about, and whether it is one of a union's."""

    path: KeyPath
    member: bool
    details: ErrorDetails


def validate(model: type[M], parsed: Parsed) -> M:
    """Makes the model of a file's data.

    Raises:
        HandoutsError: with every problem pydantic finds.
    """
    return validated(model, parsed.data, parsed.spot)


def validated(model: type[M], data: Any, spot: Spot) -> M:
    """The same for data that was put together from several files."""
    if not isinstance(data, dict):
        message = f"{fields.described(data)} stands here instead of key: value lines"
        raise HandoutsError([Diagnostic("not-a-mapping", message, "begin with a key", spot.at(()))])
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_locate(details, data) for details in error.errors(include_url=False)]
    written = _numbers_as_text(data, found)
    if written is not None:
        return validated(model, written, spot)
    told = [one for one in _told(found) if not _misspelt(one, found, model, data)]
    raise HandoutsError(_diagnose(one, model, data, spot) for one in told)


def _locate(details: ErrorDetails, data: Any) -> _Found:
    """Follows the location through the data, leaving out the names of union members."""
    path: list[str | int] = []
    member = False
    here = data
    location = details["loc"]
    for step, part in enumerate(location):
        if fields.has(here, part):
            here = here[part]
        elif step == len(location) - 1 and details["type"] == "missing":
            pass
        else:
            member = True
            continue
        path.append(part)
    return _Found(tuple(path), member, details)


def _numbers_as_text(data: Any, found: list[_Found]) -> Any | None:
    """The data with numbers spelt out where the model wants text; None when there are none.

    ``phone: 5551234`` and a hash of digits only are numbers to YAML; both kept their spelling.
    """
    paths = [
        one.path
        for one in found
        if one.details["type"] == "string_type"
        and isinstance(one.details["input"], int | float)
        and not isinstance(one.details["input"], bool)
    ]
    if not paths:
        return None
    data = copy.deepcopy(data)
    for path in dict.fromkeys(paths):
        holder = data
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = str(holder[path[-1]])
    return data


def _told(found: list[_Found]) -> list[_Found]:
    """What to tell of a union: its members all complain, the deepest of them knows most."""
    deep = [one for one in found if not one.member or not _outdone(one, found)]
    told: dict[KeyPath, _Found] = {}
    for one in deep:
        told.setdefault(one.path, one)
    return list(told.values())


def _misspelt(one: _Found, found: list[_Found], model: type[Model], data: Any) -> bool:
    """A missing key of which a misspelling is there: that is one problem, not two."""
    if one.details["type"] != "missing":
        return False
    known = fields.keys(model, data, one.path[:-1])
    return any(
        other.details["type"] == "extra_forbidden"
        and other.path[:-1] == one.path[:-1]
        and nearest(str(other.path[-1]), known) == one.path[-1]
        for other in found
    )


def _outdone(one: _Found, found: list[_Found]) -> bool:
    size = len(one.path)
    return any(len(other.path) > size and other.path[:size] == one.path for other in found)


def _diagnose(one: _Found, model: type[Model], data: Any, spot: Spot) -> Diagnostic:
    kind = one.details["type"]
    name = str(one.path[-1]) if one.path else ""
    if kind == "extra_forbidden":
        known = fields.keys(model, data, one.path[:-1])
        hint = choose(name, known, "known keys", 20)
        return Diagnostic("unknown-key", f"unknown key '{name}'", hint, spot.at(one.path, key=True))
    if kind == "missing":
        note = fields.note(model, data, one.path)
        hint = f"add a line {name}: …" + (f" ({note})" if note else "")
        at = spot.at(one.path[:-1], key=len(one.path) > 1)
        return Diagnostic("missing-key", f"'{name}' is missing", hint, at)
    code, message, hint = explain(one.details, _label(one.path))
    return Diagnostic(code, message, hint, spot.at(one.path))


def _label(path: KeyPath) -> str:
    """How to call a value in a message: its key, and its number in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        owner = next((part for part in reversed(path) if isinstance(part, str)), "the list")
        return f"{owner} (number {path[-1] + 1})"
    return str(path[-1])


def merged(below: Mapping[str, Any], above: Mapping[str, Any], deep: Mapping[str, int]) -> Any:
    """One mapping over another: keys in `deep` are merged so many levels down, others replaced."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        levels = deep.get(key, 0)
        if levels and isinstance(value, dict) and isinstance(old, dict):
            result[key] = merged(old, value, dict.fromkeys([*old, *value], levels - 1))
        else:
            result[key] = value
    return result


def merged_spots(below: Spot, above: Spot, deep: Mapping[str, int]) -> Spot:
    """The spots of `merged`: each points into the file that won."""
    inside = dict(below.inside)
    for key, spot in above.inside.items():
        old = inside.get(key)
        levels = deep.get(str(key), 0)
        if levels and old is not None and old.inside and spot.inside:
            names = dict.fromkeys([str(k) for k in (*old.inside, *spot.inside)], levels - 1)
            inside[key] = merged_spots(old, spot, names)
        else:
            inside[key] = spot
    return above._replace(inside=inside)
