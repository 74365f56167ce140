"""What comes back in a file, before anything is believed of it. Made by the formats' readers."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity


@dataclass(frozen=True, slots=True)
class Row:
    """A string as the file has it; empty where the file says nothing.

    `hash` and `was` are those of `Unit`: which English the translator saw, and what the
    translation was when it went out.
    """

    id: str
    target: str
    place: Place
    source: str = ""
    state: str = ""
    by: str = ""
    on: str = ""
    hash: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A whole file: the language it says it is in, its rows, and who signed it as a whole."""

    language: str
    rows: tuple[Row, ...]
    translator: str = ""
    found: tuple[Diagnostic, ...] = ()
    """Remarks on the file as such: columns nobody knows, rows that say nothing."""


def warning(code: str, message: str, hint: str, place: Place | None) -> Diagnostic:
    """A remark that does not stop an import."""
    return Diagnostic(code, message, hint, place, Severity.WARNING)


def error(
    code: str,
    message: str,
    hint: str,
    place: Place | None,
    exit_code: ExitCode = ExitCode.CONTENT,
) -> Diagnostic:
    """Something that must be mended before the string, or the file, can be taken."""
    return Diagnostic(code, message, hint, place, Severity.ERROR, exit_code)
