"""The base of every model that is read from YAML: frozen, and strict about its keys.

pydantic does the validating, but it is imported only when something has to be validated
(`handouts.model.strict`). Data that was validated before and kept is right already, and then a
command neither imports pydantic nor builds its schemas, which would take longer than a handout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from inspect import get_annotations
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
)

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

F = TypeVar("F", bound=Callable[..., Any])
_REQUIRED: Any = ...


class Spec(NamedTuple):
    """What a model says about a field, as pydantic's own ``Field`` takes it."""

    settings: Mapping[str, Any]


class Tag(NamedTuple):
    """In an ``Annotated`` union: the key that tells its members apart."""

    key: str


class Check(NamedTuple):
    """A check on a whole model: of what was written, or of the model that was made of it."""

    when: Literal["before", "after"]
    function: Callable[..., Any]


def Field(
    *,
    default: Any = _REQUIRED,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    validation_alias: Any = None,
    description: str | None = None,
    **limits: Any,
) -> Any:
    """A field with more than a type: what pydantic's ``Field`` says, without pydantic.

    A sequence of names as `validation_alias` means any of them, the first to be recommended.
    """
    said = {
        "default_factory": default_factory,
        "alias": alias,
        "validation_alias": validation_alias,
        "description": description,
        **limits,
    }
    settings = {key: value for key, value in said.items() if value is not None}
    if default is not _REQUIRED:
        settings["default"] = default
    return Spec(settings)


def before(function: F) -> F:
    """Marks a function of the written value that gives the value to validate."""
    return Check("before", function)  # type: ignore[return-value]


def after(function: F) -> F:
    """Marks a function of the finished model that raises ValueError when it is wrong."""
    return Check("after", function)  # type: ignore[return-value]


class _Fields(Mapping[str, "FieldInfo"]):
    """A model's fields by name; pydantic is asked only for what it knows of one."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._names = {
            name: None
            for one in reversed(model.__mro__)
            if one is not Model and issubclass(one, Model)
            for name in get_annotations(one)
        }

    def __getitem__(self, name: str) -> FieldInfo:
        from handouts.model.strict import twin

        return twin(self._model).model_fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class Model:
    """Frozen; unknown keys are errors, so that a misspelling is never silently ignored."""

    __slots__ = ("__dict__", "_given")
    if TYPE_CHECKING:
        _given: ClassVar[frozenset[str]]
        model_fields: ClassVar[Mapping[str, FieldInfo]]

    def __init_subclass__(cls) -> None:
        cls.model_fields = _Fields(cls)

    def __init__(self, **data: Any) -> None:
        from handouts.model.strict import validated

        made = validated(type(self), data)
        self.__setstate__((made.__dict__, made._given))

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """A model of plain data.

        Raises:
            ValidationError: pydantic's, with every problem.
        """
        from handouts.model.strict import validated

        return validated(cls, data)

    @classmethod
    def model_json_schema(cls, **settings: Any) -> dict[str, Any]:
        """The JSON Schema of what `model_validate` takes."""
        from handouts.model.strict import json_schema

        return json_schema(cls, **settings)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from handouts.model.strict import core_schema

        return core_schema(cls, handler)

    @classmethod
    def made(cls, content: Mapping[str, Any], given: frozenset[str]) -> Self:
        """A model of values that are known to be right."""
        one = cls.__new__(cls)
        one.__setstate__((dict(content), given))
        return one

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """A model of values that are known to be right; the others have their defaults."""
        left = {name: _default(said(cls, name)) for name in cls.model_fields if name not in values}
        content = {name: values.get(name, left.get(name)) for name in cls.model_fields}
        return cls.made({k: v for k, v in content.items() if v is not ...}, frozenset(values))

    @property
    def model_fields_set(self) -> frozenset[str]:
        """Names of the fields that were given, not left to their defaults."""
        return self._given

    def model_copy(self, *, update: Mapping[str, Any] = {}) -> Self:
        """A copy with other values, which are not checked."""
        one = self.__class__.__new__(self.__class__)
        one.__setstate__(({**self.__dict__, **update}, self._given | update.keys()))
        return one

    def model_dump(
        self, *, mode: Literal["python", "json"] = "python", by_alias: bool = False
    ) -> dict[str, Any]:
        """The values as plain data, in JSON's types if that is the mode."""
        fields = self.model_fields
        return {
            (fields[name].alias or name) if by_alias else name: _plain(value, mode, by_alias)
            for name, value in self
        }

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.__dict__.items())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self)
        return f"{type(self).__name__}({said})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __getstate__(self) -> tuple[dict[str, Any], frozenset[str]]:
        return self.__dict__, self._given

    def __setstate__(self, state: tuple[dict[str, Any], frozenset[str]]) -> None:
        object.__setattr__(self, "__dict__", state[0])
        object.__setattr__(self, "_given", state[1])


def said(model: type[Model], name: str) -> Any:
    """What stands after a field's type: a value, a `Spec`, or nothing (``...``)."""
    owner = next(one for one in model.__mro__ if name in get_annotations(one))
    return owner.__dict__.get(name, ...)


def _default(said: Any) -> Any:
    """The value of a field that was left out; ``...`` when it may not be."""
    if not isinstance(said, Spec):
        return said
    factory = said.settings.get("default_factory")
    return factory() if factory else said.settings.get("default", ...)


def _plain(value: Any, mode: str, by_alias: bool) -> Any:
    if isinstance(value, Model):
        return value.model_dump(mode="json" if mode == "json" else "python", by_alias=by_alias)
    if isinstance(value, dict):
        return {key: _plain(one, mode, by_alias) for key, one in value.items()}
    if isinstance(value, tuple):
        items = [_plain(one, mode, by_alias) for one in value]
        return items if mode == "json" else tuple(items)
    known = value is None or isinstance(value, str | int | float)
    return value if known or mode == "python" else str(value)


__all__ = ["Check", "Field", "Model", "Spec", "Tag", "after", "before", "said"]
