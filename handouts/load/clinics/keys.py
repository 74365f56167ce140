"""Which values of a brand a spreadsheet's cell can hold, and how each is read.

They come from the brand's model, so a key that is added there can be a column at once. Part of
``load``: `columns` matches headings to these keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, TypeGuard, get_origin

from handouts.load import fields
from handouts.model.base import Model
from handouts.model.brand import Brand
from handouts.model.colour import Colour

Kind = Literal[
    "text",
    "when",
    "place",
    "zip",
    "web",
    "email",
    "phone",
    "colour",
    "date",
    "time",
    "file",
    "id",
    "languages",
]
"""How a cell is read: `text`, `when` (words that tell a time) and `place` (an address, of which
`zip` is a part) are words, the others have a form."""

OWN: Mapping[str, Kind] = {"id": "id", "brand": "id", "languages": "languages"}
"""Columns that are no key of a brand."""

PHONES = "contact.phones"
ADDRESS = "contact.address"
_KINDS: Mapping[str, Kind] = {
    ADDRESS: "place",
    "contact.web": "web",
    "contact.email": "email",
    "contact.emergency": "phone",
    "contact.hours": "when",
    PHONES: "phone",
    "class.when": "when",
    "class.next_date": "date",
    "class.next_time": "time",
    "logo.path": "file",
    "logo.clear_space": "id",
    "qr": "web",
    "language": "id",
}


@lru_cache(maxsize=1)
def keys() -> Mapping[str, Kind]:
    """Every dotted key of the brand's model that is one value, and how it is read."""
    return {**dict(_leaves(Brand, "")), **OWN}


@lru_cache(maxsize=1)
def localisable() -> frozenset[str]:
    """Keys that take one text, or one for each language."""
    return frozenset(_localised(Brand, ""))


def kind_of(key: str) -> Kind | None:
    """How the cells of a key are read; None when no cell can hold it.

    Besides the keys of the model: ``name.es``, ``contact.phones.0``, ``color.palette.sea`` and
    ``texts.es.flyer.scan``.
    """
    known = keys().get(key)
    if known:
        return known
    owner, _, last = key.rpartition(".")
    if owner in localisable() or owner == PHONES:
        return keys()[owner]
    if owner == "color.palette" and last:
        return "colour"
    parts = key.split(".", 2)
    return "text" if parts[0] == "texts" and len(parts) == 3 and all(parts) else None


def language_of(key: str) -> str | None:
    """The language a key is for: of ``name.es`` and ``texts.es.flyer.scan``."""
    if key.startswith("texts."):
        return key.split(".", 2)[1]
    owner, _, last = key.rpartition(".")
    return last if owner in localisable() else None


def _leaves(model: type[Model], above: str) -> list[tuple[str, Kind]]:
    found: list[tuple[str, Kind]] = []
    for name, annotation in fields.annotated(model):
        key = above + name
        members = fields.members(annotation)
        inner = next((one for one in members if _is_model(one)), None)
        if key in _KINDS:
            found.append((key, _KINDS[key]))
        elif Colour in members:
            found.append((key, "colour"))
        elif str in members:
            found.append((key, "text"))
        elif inner is not None:
            found.extend(_leaves(inner, f"{key}."))
    return found


def _localised(model: type[Model], above: str) -> list[str]:
    found = []
    for name, annotation in fields.annotated(model):
        key = above + name
        members = fields.members(annotation)
        if str in members and any(get_origin(one) is dict for one in members):
            found.append(key)
        for member in members:
            if _is_model(member):
                found.extend(_localised(member, f"{key}."))
    return found


def _is_model(annotation: object) -> TypeGuard[type[Model]]:
    return isinstance(annotation, type) and issubclass(annotation, Model)
