"""A clinic's row laid over a brand: what every document of a batch begins with.

It is called once for each document, so it makes no model anew: parts of the brand that the row
does not touch are shared, and only what it says is read. `checks` has looked at the row
before, so nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from handouts.load.clinics.keys import localisable
from handouts.load.filed import FiledBrand
from handouts.model.batch import Clinic
from handouts.model.brand import Brand, ClassDetails, Colours, Contact, Localised, Logo, Typography
from handouts.model.colour import Colour
from handouts.model.drawing import Drawing, Picture
from handouts.model.project import LoadedBrand
from handouts.units import Length

Logos = Mapping[str, Drawing | Picture]
"""Logos that were read, by the path a clinic names them by; see `logos`."""

_FIELDS = {"class": "class_"}
_TYPES: Mapping[str, type[Any]] = {
    "contact": Contact,
    "class": ClassDetails,
    "color": Colours,
    "typography": Typography,
}


def branded(base: LoadedBrand, clinic: Clinic, logos: Logos) -> LoadedBrand:
    """The brand of a clinic: its row over the brand underneath.

    Args:
        base: the brand underneath.
        clinic: the row, checked before.
        logos: the logo the row names, decoded; others may be there too.

    Raises:
        KeyError: for a logo that is not there.
        ValueError: for a colour that is none.
    """
    brand, values = base.brand, _tree(clinic.values, base.brand)
    update: dict[str, Any] = {}
    for key, value in values.items():
        if key in _TYPES:
            name = _FIELDS.get(key, key)
            update[name] = _part(key, getattr(brand, name), value)
        elif key == "logo":
            update["logo"] = _logo(brand.logo, value)
        elif key == "texts":
            mine = {tag: {**brand.texts.get(tag, {}), **texts} for tag, texts in value.items()}
            update["texts"] = {**brand.texts, **mine}
        else:
            update[key] = value
    path = values["logo"].get("path") if "logo" in values else None
    logo = base.logo if path is None else logos[path]
    made = brand.model_copy(update=update)
    if isinstance(base, FiledBrand):
        return FiledBrand(clinic.id, made, logo, base.folders, base.spot)
    return LoadedBrand(clinic.id, made, logo)


def _tree(values: tuple[tuple[str, str], ...], brand: Brand) -> dict[str, Any]:
    """The values as the keys of YAML nest them; texts per language over those of the brand."""
    tree: dict[str, Any] = {}
    tagged: list[tuple[str, str, str]] = []
    for key, text in values:
        above, name, kind = _place(key)
        if kind == "tagged":
            tagged.append((above[0], name, text))
            continue
        here = tree
        for part in above:
            below = here.get(part)
            if below is None:
                below = here[part] = {}
            here = below
        if kind == "list":
            here.setdefault(name, []).append(text)
        else:
            here[name] = text
    for owner, tag, text in tagged:
        _tag(tree, brand, owner, tag, text)
    return tree


@lru_cache(maxsize=1024)
def _place(key: str) -> tuple[tuple[str, ...], str, Literal["", "list", "tagged"]]:
    """Where a value belongs: the names above it and its own; whether it is one of several."""
    top, dot, rest = key.partition(".")
    owner, _, last = key.rpartition(".")
    if dot and owner in localisable():
        return (owner,), last, "tagged"
    if dot and rest.startswith("phones"):
        return (top,), "phones", "list"
    deep = top == "texts" or rest.startswith("palette.")
    inner, _, name = rest.partition(".")
    if deep:
        return (top, inner), name, ""
    return ((top,), rest, "") if dot else ((), top, "")


def _tag(tree: dict[str, Any], brand: Brand, owner: str, tag: str, text: str) -> None:
    top, dot, name = owner.partition(".")
    here = tree.setdefault(top, {}) if dot else tree
    last = name if dot else top
    if last in here:
        below: Localised | None = here[last]
    elif dot:
        part = getattr(brand, _FIELDS.get(top, top))
        below = None if part is None or top == "logo" else getattr(part, last)
    else:
        below = getattr(brand, last)
    if not isinstance(below, dict):
        below = {} if below is None else {tree.get("language", brand.language): below}
    here[last] = {**below, tag: text}


def _part(key: str, below: Any, values: dict[str, Any]) -> Any:
    """A section of the brand with the row's values in it."""
    if key == "color":
        values = {name: _colour(value) for name, value in values.items()}
        if "palette" in values:
            values["palette"] = {**below.palette, **values["palette"]}
    elif "phones" in values:
        values["phones"] = tuple(values["phones"])
    return below.model_copy(update=values)


def _colour(value: Any) -> Any:
    """A colour, or a name of the palette; a palette of colours."""
    if isinstance(value, dict):
        return {name: _parsed(text) for name, text in value.items()}
    return _parsed(value) if value.startswith("#") else value


_parsed = lru_cache(maxsize=4096)(Colour.parse)


def _logo(below: Logo | None, values: dict[str, Any]) -> Logo | None:
    """The row's own logo says something else than the brand's, so it needs its own words."""
    if "clear_space" in values:
        values["clear_space"] = Length.parse(values["clear_space"])
    if "path" not in values:
        return below.model_copy(update=values) if below else None
    if below is not None:
        values.setdefault("clear_space", below.clear_space)
    return Logo.made({"alt": "", "clear_space": Length(6), **values}, frozenset(values))


__all__ = ["Logos", "branded"]
