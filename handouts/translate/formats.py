"""Which module writes and reads a format, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from handouts.diagnostics import ExitCode, Place, problem
from handouts.translate import limits
from handouts.translate.returned import Returned
from handouts.translate.unit import Table


class Format(NamedTuple):
    """A format: the module that knows it, the ending it is written with, endings it is read by."""

    module: str
    ending: str
    endings: tuple[str, ...]


FORMATS = {
    "po": Format("po", ".po", (".po", ".pot")),
    "xliff": Format("xliff", ".xlf", (".xlf", ".xliff")),
    "xlsx": Format("workbook", ".xlsx", (".xlsx",)),
    "csv": Format("csv_file", ".csv", (".csv", ".tsv", ".txt")),
}


def named(path: PurePath) -> str | None:
    """The format that a file's name says, or None."""
    ending = path.suffix.lower()
    return next((name for name, form in FORMATS.items() if ending in form.endings), None)


def write(form: str, table: Table) -> bytes:
    """A table in a format. Its library is imported when it is asked for."""
    writer: Callable[[Table], bytes] = _module(form).write
    return writer(table)


def read(content: bytes, shown: str) -> Returned:
    """What came back in a file.

    Args:
        content: the file's bytes.
        shown: its name as messages call it; the ending says which format it is.

    Raises:
        HandoutsError: for endings nobody knows, and files that are not what they say.
    """
    place = Place(shown)
    form = named(PurePath(shown))
    if form is None:
        known = ", ".join(ending for one in FORMATS.values() for ending in one.endings)
        message = f"{shown} has an ending that no format here has"
        raise problem("unknown-format", message, f"use one of {known}", place, ExitCode.USAGE)
    limits.check_size(content, place)
    reader: Callable[[bytes, str], Returned] = _module(form).read
    found = reader(content, shown)
    if len(found.rows) > limits.MAX_ROWS:
        message = f"{shown} has {len(found.rows)} strings, more than any language"
        raise problem("file-too-large", message, "choose the file that was exported", place)
    return found


def _module(form: str):  # type: ignore[no-untyped-def]  # each has write and read
    return import_module(f"handouts.translate.{FORMATS[form].module}")
