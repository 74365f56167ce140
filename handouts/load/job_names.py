"""Names and globs of a job file to the names there are. Part of ``load``, for `jobs`.

A name that is written out may differ in case and in ``_`` for ``-``. ``clinic-*`` is every name
that fits, ``all`` every name; neither may stand for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from handouts.diagnostics import ExitCode, Place
from handouts.load.problems import Problems, choose
from handouts.model.jobs import Names

ALL = "all"
At = Callable[[int | None], Place | None]
"""The place of a name: the n-th of a list, or the only one."""


def listed(names: Names | None) -> tuple[str, ...]:
    """One name or several as several."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def is_glob(name: str) -> bool:
    """Whether a name stands for others."""
    return name.lower() == ALL or any(sign in name for sign in "*?[")


def fits(name: str, pattern: str) -> bool:
    """Whether a name is meant by a pattern: a name, a glob, or ``all``."""
    lower = pattern.lower()
    return lower == ALL or fnmatchcase(name.lower(), lower)


class Expander:
    """Turns the names of one key after the other into those that exist."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self.exact: set[str] = set()
        """Names that were written out, of all keys so far."""

    def names(
        self, what: str, written: Names | None, known: Collection[str], at: At
    ) -> tuple[str, ...]:
        """The names that are meant, in the order they are written; problems are noted."""
        found: dict[str, None] = {}
        several = not isinstance(written, str)
        for number, name in enumerate(listed(written)):
            place = at(number if several else None)
            found.update(dict.fromkeys(self._one(what, name.strip(), known, place)))
        return tuple(found)

    def languages(
        self, written: Names | None, known: Collection[str], extra: Collection[str], at: At
    ) -> tuple[str, ...]:
        """The same for languages: ``es+en`` is one sheet in both, ``*+en`` many of them.

        `extra` are languages that ``all`` does not mean.
        """
        found: dict[str, None] = {}
        several = not isinstance(written, str)
        for number, name in enumerate(listed(written)):
            place = at(number if several else None)
            sides = [side.strip() for side in name.split("+")]
            if len(sides) == 1:
                found.update(dict.fromkeys(self._language(sides[0], known, extra, place)))
            elif len(sides) == 2 and all(sides) and sides[0].lower() != sides[1].lower():
                found.update(dict.fromkeys(self._pairs(name, sides, known, extra, place)))
            elif sides != ["*", "*"]:
                message = f"'{name}' is neither one language nor two"
                hint = "write two different ones with a plus between them: es+en"
                self._error("two-languages", message, hint, place)
            else:
                found.update(dict.fromkeys(f"{a}+{b}" for a in known for b in known if a != b))
        return tuple(found)

    def _pairs(
        self,
        name: str,
        sides: Sequence[str],
        known: Collection[str],
        extra: Collection[str],
        place: Place | None,
    ) -> Iterable[str]:
        first, second = (self._language(side, known, extra, place) for side in sides)
        found = [f"{a}+{b}" for a in first for b in second if a != b]
        if found and not any(map(is_glob, sides)):
            self.exact.update(found)
        return found

    def _language(
        self, name: str, known: Collection[str], extra: Collection[str], place: Place | None
    ) -> Iterable[str]:
        there = known if is_glob(name) else [*known, *extra]
        return self._one("language", name, there, place)

    def _one(
        self, what: str, name: str, known: Collection[str], place: Place | None
    ) -> Iterable[str]:
        if is_glob(name):
            found = [one for one in known if fits(one, name)]
            if not found:
                message = f"no {what} fits '{name}'"
                hint = choose(name.strip("*?"), known, f"{what}s", 40)
                self._error("no-match", message, hint, place)
            return found
        same = {one.lower(): one for one in known}
        key = name.lower()
        for candidate in (key, key.replace("_", "-"), f"week-{key}"):
            if candidate in same:
                self.exact.add(same[candidate])
                return [same[candidate]]
        hint = choose(name, known, f"{what}s", 40)
        self._error(f"unknown-{what}", f"there is no {what} '{name}'", hint, place)
        return []

    def _error(self, code: str, message: str, hint: str, place: Place | None) -> None:
        exit_code = ExitCode.CONTENT if place else ExitCode.USAGE
        self._problems.error(code, message, hint, place, exit_code)
