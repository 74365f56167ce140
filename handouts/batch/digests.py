"""Digests of values: what stands for a catalogue, a layout or a brand in the manifest.

Of values, not of files: a comment or another order of files changes nothing that is printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from handouts.model.base import Model

SIZE = 8
"""Bytes of a digest: two values of one output's past must differ, not all values of the world."""

Feed = Callable[[bytes], None]


def digest(*values: object) -> bytes:
    """A digest of values built of models, dataclasses, mappings, sequences, texts and numbers."""
    state = hashlib.blake2b(digest_size=SIZE)
    for value in values:
        _feed(state.update, value)
    return state.digest()


def _feed(feed: Feed, value: object) -> None:
    """Each value with its kind and length before it, so that no two feed the same bytes."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bytes):
        feed(b"b%d:" % len(value))
        feed(value)
    elif isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        feed(b"s%d:" % len(data))
        feed(data)
    elif isinstance(value, Mapping):
        feed(b"m%d:" % len(value))
        for key, inner in value.items():
            _feed(feed, key)
            _feed(feed, inner)
    elif isinstance(value, set | frozenset):
        _feed(feed, sorted(digest(one) for one in value))
    elif (parts := _parts(value)) is not None:
        feed(b"o%d:%b:" % (len(parts), type(value).__name__.encode()))
        for part in parts:
            _feed(feed, part)
    else:
        data = f"{type(value).__name__}={value!r}".encode()
        feed(b"v%d:" % len(data))
        feed(data)


def _parts(value: Any) -> Collection[object] | None:
    """What a value is made of; None when it is a plain one."""
    if isinstance(value, Model):
        return [part for pair in value.__dict__.items() for part in pair]
    if isinstance(value, tuple | list):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value) if field.compare]
    return None
