"""What went wrong, as data: every stage reports with these types, only the CLI shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """The command's contract with scripts; a batch returns the most severe."""

    OK = 0
    CONTENT = 1
    USAGE = 2
    RESOURCE = 3
    FILE = 4
    FIT = 5
    REVIEW = 6
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: path as the user would type it, line and column from 1 (0: whole file)."""

    path: str
    line: int = 0
    column: int = 0
    source: str = field(default="", compare=False)
    """The text of the line, for the excerpt under the message."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    `code` is stable and greppable (``unknown-key``), `message` says what is wrong with the
    value, `hint` what to do about it, `exit_code` what the command should end with.
    """

    code: str
    message: str
    hint: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR
    exit_code: ExitCode = ExitCode.CONTENT
    string: tuple[str, str] | None = None
    """Language and id of the string it is about, where only its file knows the place."""

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """By file, line, column: the order a person mends them in."""
        place = self.place or Place("")
        return (place.path, place.line, place.column, self.code, self.message)


class HandoutsError(Exception):
    """A stage stopped: carries all problems it found, sorted, never only the first.

    Raised by stages, shown by the CLI; it formats to plain text so that a library caller
    sees something useful too.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        unique = dict.fromkeys(diagnostics)
        self.diagnostics = tuple(sorted(unique, key=Diagnostic.sort_key))
        super().__init__("\n".join(_plain(d) for d in self.diagnostics))

    @property
    def exit_code(self) -> ExitCode:
        """The most severe exit code of the errors it carries."""
        return max((d.exit_code for d in self.diagnostics), default=ExitCode.CONTENT)


def _plain(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.place}: " if diagnostic.place else ""
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return f"{place}{diagnostic.message}{hint} [{diagnostic.code}]"


def dead_link(name: str, target: object) -> Diagnostic:
    """A symbolic link in a file's place: what it leads to may be on a disk that is not there."""
    return Diagnostic(
        "link-in-the-way",
        f"{name} is a link to {target}, where nothing is",
        "remove the link, or see that what it leads to is there",
        exit_code=ExitCode.FILE,
    )


def problem(
    code: str,
    message: str,
    hint: str = "",
    place: Place | None = None,
    exit_code: ExitCode = ExitCode.CONTENT,
) -> HandoutsError:
    """A HandoutsError with a single error, for the cases where nothing more can be collected."""
    return HandoutsError([Diagnostic(code, message, hint, place, Severity.ERROR, exit_code)])
