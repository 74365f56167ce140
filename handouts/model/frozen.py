"""Dataclasses that are frozen for the type checker alone.

A sheet is a thousand small objects, and half of the time of composing one went into
``object.__setattr__``, which is how a frozen dataclass fills itself. So the types that documents
and pages consist of take the decorator from here: mypy refuses whatever assigns to them, as it
does for any frozen dataclass, and they are made four times as quickly.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    Made = TypeVar("Made")

    def dataclass(
        *, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True
    ) -> Callable[[type[Made]], type[Made]]:
        """The standard library's, with the hash of a frozen one."""
        assert frozen
        return dataclasses.dataclass(slots=slots, kw_only=kw_only, eq=eq, unsafe_hash=eq)


__all__ = ["dataclass"]
