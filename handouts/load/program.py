"""What the program itself looks like: what is kept on disk is for one state of it alone.

Code is known as Python's own cache of compiled modules knows it, by date and size; libraries by
that of their first file and by the versions that are written beside them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
READING: Sequence[str] = ("pydantic", "pydantic_core", "yaml", "babel", "PIL")
"""Libraries that decide how a project is read."""
SETTING: Sequence[str] = ("uharfbuzz", "icu4py", "pyphen", "babel", "segno")
"""Libraries that decide how a sheet is worded and set."""
_INSTALLED = (".dist-info", ".egg-info")

Stamp = tuple[str, int, int]


def state(folders: Iterable[str], libraries: Iterable[str]) -> tuple[object, ...]:
    """Changes when these folders of the package, its top, or these libraries do."""
    paths = [one for one in os.scandir(PACKAGE) if one.name.endswith(".py")]
    for name in folders:
        paths += _modules(PACKAGE / name)
    code = sorted(_stamp(one.path, one.stat()) for one in paths)
    origins = [(name, _origin(name)) for name in libraries]
    found = [_of_file(origin) if origin else (name, 0, 0) for name, origin in origins]
    homes = {os.path.dirname(os.path.dirname(origin)) for _, origin in origins if origin}  # noqa: PTH120
    versions = sorted(name for home in homes for name in _versions(home))
    return version(), sys.version, sys.platform, code, found, versions


def version() -> bytes:
    """The file that says which version of the program this is."""
    return (PACKAGE / "__init__.py").read_bytes()


def _modules(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    for one in os.scandir(folder):
        if one.name.endswith(".py"):
            yield one
        elif one.is_dir() and not one.name.startswith("_"):
            yield from _modules(one.path)


def _origin(library: str) -> str:
    spec = find_spec(library)
    return (spec.origin or "") if spec else ""


def _versions(home: str) -> list[str]:
    """Names such as ``babel-2.17.0.dist-info`` (PEP 376)."""
    try:
        return [name for name in os.listdir(home) if name.endswith(_INSTALLED)]  # noqa: PTH208
    except OSError:
        return []


def _of_file(path: str) -> Stamp:
    try:
        return _stamp(path, os.stat(path))  # noqa: PTH116
    except OSError:
        return path, 0, 0


def _stamp(path: str, status: os.stat_result) -> Stamp:
    return path, status.st_mtime_ns, status.st_size


__all__ = ["PACKAGE", "READING", "SETTING", "state", "version"]
