"""What a model allows at a place in the data: keys, notes, and how values are called."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from handouts.load.spots import KeyPath
from handouts.model.base import Model, Spec, said

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def annotated(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """The key to write for each field, and the field's annotation; pydantic is not asked."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        value = said(model, name)
        settings = value.settings if isinstance(value, Spec) else {}
        alias = settings.get("validation_alias") or settings.get("alias") or name
        yield alias if isinstance(alias, str) else alias[0], hints[name]


def names(name: str, field: FieldInfo) -> tuple[str, ...]:
    """Every key a field may be written as; the one to recommend first."""
    alias = field.validation_alias
    choices: Sequence[Any] | None = getattr(alias, "choices", None)
    if choices is not None:
        return tuple(str(choice) for choice in choices)
    if isinstance(alias, str):
        return (alias,)
    return (name,)


def keys(model: type[Model], data: Any, path: KeyPath) -> tuple[str, ...]:
    """The keys that are allowed in the mapping at a path."""
    owner = _model(model, data, path)
    if owner is None:
        return ()
    return tuple(names(name, field)[0] for name, field in owner.model_fields.items())


def note(model: type[Model], data: Any, path: KeyPath) -> str:
    """The description of the field at a path, or nothing."""
    owner = _model(model, data, path[:-1])
    found = field_named(owner, str(path[-1])) if owner else None
    return (found[1].description or "").rstrip(".") if found else ""


def field_named(model: type[Model], key: str) -> tuple[str, FieldInfo] | None:
    """The field a key of the file stands for."""
    for name, field in model.model_fields.items():
        if key == name or key in names(name, field):
            return name, field
    return None


def _model(model: type[Model], data: Any, path: KeyPath) -> type[Model] | None:
    """The model of the mapping at a path."""
    here: Any = model
    for part in path:
        data = data[part] if has(data, part) else None
        here = inside(here, part, data)
    return _choose(here, data)


def inside(annotation: Any, part: str | int, data: Any = None) -> Any:
    """The annotation one step further in; `data` picks the member of a tagged union."""
    for member in members(annotation):
        if isinstance(member, type) and issubclass(member, Model):
            found = field_named(member, str(part))
            if found:
                return found[1].annotation
        origin = get_origin(member)
        if origin is dict and isinstance(part, str):
            return get_args(member)[1]
        if origin is tuple and isinstance(part, int):
            return _choose(get_args(member)[0], data) or get_args(member)[0]
    return None


def members(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, flat; otherwise the annotation itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return members(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return tuple(one for member in get_args(annotation) for one in members(member))
    return (annotation,)


def _choose(annotation: Any, data: Any) -> type[Model] | None:
    """The model among the members; of several, the one whose type tag the data has."""
    models = [m for m in members(annotation) if isinstance(m, type) and issubclass(m, Model)]
    if len(models) < 2:
        return models[0] if models else None
    tag = data.get("type") if isinstance(data, dict) else None
    for model in models:
        field = model.model_fields.get("type")
        if field and get_origin(field.annotation) is Literal and tag in get_args(field.annotation):
            return model
    return None


def has(data: Any, part: str | int) -> bool:
    """Whether a key or an index is in the data."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def described(value: Any) -> str:
    """A value's kind in words, with the value when it is short."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping (key: value lines)"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    shown = text if len(text) <= 40 else text[:39] + "…"
    return f"the number {shown}" if isinstance(value, int | float) else f"'{shown}'"
