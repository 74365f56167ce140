"""Whole PDF files: what is done with them once they are finished (with pypdf).

Names are imported when they are first asked for: whether a file is one of ours can mostly be
told without pypdf, and every command that writes asks it.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.finish.foreign import Reading, read_foreign
    from handouts.finish.identity import Inspection, inspect, is_intact, is_ours
    from handouts.finish.insert import Insert, foreign_pages, insert_pages

_HOMES = MappingProxyType(
    {
        "foreign": ("Reading", "read_foreign"),
        "identity": ("Inspection", "inspect", "is_intact", "is_ours"),
        "insert": ("Insert", "foreign_pages", "insert_pages"),
    }
)

__all__ = [
    "Insert",
    "Inspection",
    "Reading",
    "foreign_pages",
    "insert_pages",
    "inspect",
    "is_intact",
    "is_ours",
    "read_foreign",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            found = getattr(import_module(f"handouts.finish.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
