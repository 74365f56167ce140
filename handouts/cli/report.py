"""Diagnostics as a person, a script or a code host wants to read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from handouts.cli.console import Console
from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity

_EXCERPT = 96
"""Columns of a source line that are shown."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic, and the files it kept from being made."""

    diagnostic: Diagnostic
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """All that was found in a run, each thing once however many files it concerns."""

    _files: dict[Diagnostic, list[str]] = field(default_factory=dict)

    def add(self, diagnostics: Iterable[Diagnostic], file: str = "") -> None:
        """Adds what one file, or the project, brought up."""
        for diagnostic in diagnostics:
            files = self._files.setdefault(diagnostic, [])
            if file and file not in files:
                files.append(file)

    def all(self) -> tuple[Finding, ...]:
        """By place, the order a person mends them in."""
        ordered = sorted(self._files, key=Diagnostic.sort_key)
        return tuple(Finding(d, tuple(self._files[d])) for d in ordered)

    def count(self, severity: Severity) -> int:
        """How many errors, or warnings."""
        return sum(d.severity is severity for d in self._files)

    @property
    def exit_code(self) -> ExitCode:
        """The most severe code of the errors."""
        codes = (d.exit_code for d in self._files if d.severity is Severity.ERROR)
        return max(codes, default=ExitCode.OK)


def show(console: Console, findings: Findings, form: str = "text") -> None:
    """Writes all findings to standard error, and how many there are.

    A quiet console shows errors only.
    """
    shown = [f for f in findings.all() if not (console.quiet and _is_warning(f))]
    for finding in shown:
        console.error(annotation(finding) if form == "github" else text(finding))
    if shown and form != "github":
        console.error(_total(findings, console.quiet))


def text(finding: Finding) -> str:
    """``path:line:column: error: what [code]``, the line with a caret, then what to do."""
    d = finding.diagnostic
    place = click.style(f"{clean(str(d.place))}: ", bold=True) if d.place else ""
    kind = click.style(f"{d.severity.value}:", fg=_COLOURS[d.severity], bold=True)
    lines = [f"{place}{kind} {clean(d.message)} {click.style(f'[{d.code}]', dim=True)}"]
    if d.place and d.place.line and d.place.source.strip():
        lines += _excerpt(d.place)
    if finding.files and not d.place:
        lines.append(f"  in {clean(_some(finding.files))}")
    if d.hint:
        lines.append(f"  {click.style('fix:', fg='green')} {clean(d.hint)}")
    return "\n".join(lines)


def annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions, which puts the message beside the line."""
    d = finding.diagnostic
    values = {"title": d.code}
    if d.place:
        values = {"file": d.place.path, **values}
        if d.place.line:
            values |= {"line": str(d.place.line), "col": str(max(1, d.place.column))}
    options = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in values.items())
    files = f"\nin {_some(finding.files)}" if finding.files and not d.place else ""
    fix = f"\nfix: {d.hint}" if d.hint else ""
    return f"::{d.severity.value} {options}::{_escaped(d.message + files + fix)}"


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding in JSON, with every key always there."""
    d = finding.diagnostic
    return {
        "severity": d.severity.value,
        "code": d.code,
        "message": d.message,
        "hint": d.hint,
        "path": d.place.path if d.place else None,
        "line": d.place.line if d.place and d.place.line else None,
        "column": d.place.column if d.place and d.place.line else None,
        "exit_code": int(d.exit_code),
        "files": list(finding.files),
    }


def clean(value: str) -> str:
    """Text that cannot steer the terminal: control characters of user files made visible."""
    return "".join(_visible(c) for c in value)


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _visible(char: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) == "Cc" else char


def _excerpt(place: Place) -> list[str]:
    """The source line, cut around the column, with a caret under it."""
    source = place.source.rstrip("\r\n").replace("\t", " ")
    column = min(max(0, place.column - 1), len(source))
    start = max(0, column - _EXCERPT + 16) if len(source) > _EXCERPT else 0
    piece = clean(source[start : start + _EXCERPT])
    before = sum(columns(c) for c in piece[: column - start])
    number = str(place.line)
    caret = click.style("^", fg="red", bold=True)
    lines = [f"  {number} | {piece}"]
    if place.column:
        lines.append(f"  {' ' * len(number)} | {' ' * before}{caret}")
    return lines


def columns(char: str) -> int:
    """Columns of a terminal a character takes (UAX #11; marks take none)."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _total(findings: Findings, errors_only: bool) -> str:
    errors = findings.count(Severity.ERROR)
    warnings = 0 if errors_only else findings.count(Severity.WARNING)
    pieces = [counted(errors, "error")] if errors else []
    pieces += [counted(warnings, "warning")] if warnings else []
    return ", ".join(pieces)


def _some(files: Sequence[str], most: int = 2) -> str:
    if len(files) <= most:
        return " and ".join(files)
    return f"{', '.join(files[:most])} and {counted(len(files) - most, 'more file')}"


def _escaped(value: str, extra: str = "") -> str:
    for char in "%\r\n" + extra:
        value = value.replace(char, f"%{ord(char):02X}")
    return value


def _is_warning(finding: Finding) -> bool:
    return finding.diagnostic.severity is Severity.WARNING


__all__ = [
    "Finding",
    "Findings",
    "annotation",
    "as_data",
    "clean",
    "columns",
    "counted",
    "show",
    "text",
]
