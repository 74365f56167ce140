"""Collecting problems: every check of ``load`` reports here, and the run stops once at the end."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, Severity


class Problems:
    """A growing list of diagnostics."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(
        self,
        code: str,
        message: str,
        hint: str = "",
        place: Place | None = None,
        exit_code: ExitCode = ExitCode.CONTENT,
    ) -> None:
        """Notes an error."""
        self._found.append(Diagnostic(code, message, hint, place, Severity.ERROR, exit_code))

    def warning(self, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Notes something that does not stop the run."""
        self._found.append(Diagnostic(code, message, hint, place, Severity.WARNING))

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Takes over what another step found."""
        self._found.extend(diagnostics)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Notes what a step raises, and goes on with the next."""
        try:
            yield
        except HandoutsError as error:
            self.add(error.diagnostics)

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything so far, errors and warnings."""
        return tuple(self._found)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What does not stop the run."""
        return tuple(d for d in self._found if d.severity is Severity.WARNING)

    @property
    def failed(self) -> bool:
        """True once there is an error."""
        return any(d.severity is Severity.ERROR for d in self._found)

    def stop(self) -> None:
        """Ends the run if there was an error; warnings come along.

        Raises:
            HandoutsError: with everything found.
        """
        if self.failed:
            raise HandoutsError(self._found)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was most likely meant, or None when nothing is near."""
    known = sorted(set(names))
    lower = {one.lower(): one for one in reversed(known)}
    if name.lower() in lower:
        return lower[name.lower()]
    near = difflib.get_close_matches(name, known, 1, 0.6)
    return near[0] if near else None


def choose(name: str, names: Iterable[str], what: str = "known", limit: int = 12) -> str:
    """A hint for a name that does not exist: the nearest one, and the choice when it is short."""
    known = sorted(set(names))
    near = nearest(name, known)
    start = f"did you mean '{near}'?" if near else ""
    if not known:
        return start or f"there are none ({what})"
    if not limit or (near and len(known) > limit):
        return start
    listed = ", ".join(known[:limit]) + (f" and {len(known) - limit} more" * (len(known) > limit))
    return f"{start} {what}: {listed}".strip()
