"""Models held against pydantic: each has a twin there, made when it is first validated.

A twin has the fields, limits and aliases of its model and makes its data; the model is made of
that. pydantic finds its way from one model to the next by `Model.__get_pydantic_core_schema__`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    TypeAdapter,
    create_model,
)
from pydantic_core import core_schema as schemas

from handouts.model.base import Check, Model, Spec, Tag, said

M = TypeVar("M", bound=Model)
_TWINS: dict[type[Model], type[BaseModel]] = {}
_ADAPTERS: dict[type[Model], TypeAdapter[Any]] = {}
_CONFIG = ConfigDict(extra="forbid", populate_by_name=True, defer_build=True)


def twin(model: type[Model]) -> type[BaseModel]:
    """The pydantic model with the same fields, made once."""
    if model not in _TWINS:
        _TWINS[model] = _twin(model)
    return _TWINS[model]


def _twin(model: type[Model]) -> type[BaseModel]:
    hints = get_type_hints(model, include_extras=True)
    fields = {name: (_hint(hints[name]), _default(model, name)) for name in model.model_fields}
    return create_model(
        model.__name__,
        __config__=_CONFIG,
        __doc__=model.__doc__ if "__doc__" in model.__dict__ else None,
        __module__=model.__module__,
        **cast("dict[str, Any]", fields),
    )


def validated(model: type[M], data: Any) -> M:
    """A model of plain data.

    Raises:
        ValidationError: pydantic's, with every problem.
    """
    return cast("M", _adapter(model).validate_python(data))


def json_schema(model: type[Model], **settings: Any) -> dict[str, Any]:
    """The JSON Schema of what a model is made of."""
    return _adapter(model).json_schema(**settings)


def core_schema(model: type[Model], handler: GetCoreSchemaHandler) -> schemas.CoreSchema:
    """How pydantic makes a model: its twin first, with the model's own checks around it."""
    checks = list(_checks(model))
    first = [one for when, one in checks if when == "before"]
    last = [one for when, one in checks if when == "after"]

    new, put = model.__new__, object.__setattr__

    def read(value: Any, make: Callable[[Any], BaseModel]) -> Model:
        if isinstance(value, model):
            return value
        for check in first:
            value = check(model, value)
        made = make(value)
        one = new(model)
        put(one, "__dict__", made.__dict__)
        put(one, "_given", frozenset(made.__pydantic_fields_set__))
        for check in last:
            check(one)
        return one

    return schemas.no_info_wrap_validator_function(read, handler.generate_schema(twin(model)))


def _adapter(model: type[Model]) -> TypeAdapter[Any]:
    if model not in _ADAPTERS:
        _ADAPTERS[model] = TypeAdapter(model)
    return _ADAPTERS[model]


def _checks(model: type[Model]) -> Iterator[tuple[Literal["before", "after"], Any]]:
    """Checks of a model and of those it is made from, which come first."""
    for one in reversed(model.__mro__):
        for value in vars(one).values():
            if isinstance(value, Check):
                yield value


def _default(model: type[Model], name: str) -> Any:
    """What stands after the field's type: nothing, a value, or a Field."""
    value = said(model, name)
    return _field(value) if isinstance(value, Spec) else value


def _field(spec: Spec) -> Any:
    settings = dict(spec.settings)
    names = settings.get("validation_alias")
    if isinstance(names, Sequence) and not isinstance(names, str):
        settings["validation_alias"] = AliasChoices(*names)
    return Field(**settings)


def _hint(hint: Any) -> Any:
    """A type with our marks replaced by pydantic's."""
    origin, parts = get_origin(hint), get_args(hint)
    if not parts or origin is Literal:
        return hint
    if origin is Annotated:
        return Annotated[(_hint(parts[0]), *(_mark(one) for one in parts[1:]))]
    inner = tuple(_hint(one) for one in parts)
    if origin in (Union, UnionType):
        return Union[inner]  # noqa: UP007 - of a tuple
    return origin[inner]


def _mark(mark: Any) -> Any:
    if isinstance(mark, Tag):
        return Discriminator(mark.key)
    return _field(mark) if isinstance(mark, Spec) else mark
