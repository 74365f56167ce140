"""First stage: files to a `Project`, everything read, typed and checked against everything else.

Nothing here opens a network connection, and no file is trusted. All problems of a run are
raised together, each with the place of the value that is wrong.

Names are imported when they are first asked for: a project that was kept on disk
(`handouts.load.cache`) needs neither the YAML parser nor the models' validators.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.load.cache import load_kept
    from handouts.load.filed import LoadResult
    from handouts.load.fonts import check_manifest, load_fonts, load_manifest
    from handouts.load.places import Choices, choices, find_project
    from handouts.load.project import load, load_result, located

_HOMES = MappingProxyType(
    {
        "cache": ("load_kept",),
        "filed": ("LoadResult",),
        "fonts": ("check_manifest", "load_fonts", "load_manifest"),
        "places": ("Choices", "choices", "find_project"),
        "project": ("load", "load_result", "located"),
    }
)

__all__ = [
    "Choices",
    "LoadResult",
    "check_manifest",
    "choices",
    "find_project",
    "load",
    "load_fonts",
    "load_kept",
    "load_manifest",
    "load_result",
    "located",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            found = getattr(import_module(f"handouts.load.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
