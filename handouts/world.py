"""The outside world as one frozen object: what the command line hands to the stages.

Nothing else below the command line looks at the working directory, the clock or the
environment, so the same world and the same files give the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path

from handouts.diagnostics import ExitCode, problem

_PACKAGE = Path(__file__).resolve().parent
_NO_CACHE = frozenset({"", "0", "off", "no"})


@dataclass(frozen=True, slots=True)
class World:
    """Where we stand, which day it is, what the environment says, and our own data.

    `builtin` is the package folder. In a checkout ``layouts`` and ``fonts`` lie beside it, in
    an installed wheel inside it.
    """

    cwd: Path
    today: Date
    env: Mapping[str, str]
    builtin: Path = _PACKAGE

    @classmethod
    def system(cls) -> World:
        """The real world; ``SOURCE_DATE_EPOCH`` stands in for the clock when it is set."""
        env = dict(os.environ)
        moment = _source_date(env) or datetime.now(UTC)
        return cls(_working_directory(), moment.date(), env)

    @property
    def date(self) -> str:
        """The ISO 8601 moment a document is dated with; midnight when only the day is known."""
        fixed = _source_date(self.env)
        return fixed.isoformat() if fixed else f"{self.today.isoformat()}T00:00:00+00:00"

    def data(self, name: str) -> Path:
        """A built-in data folder: catalogue, brands, drawings, layouts or fonts."""
        inside = self.builtin / name
        return inside if inside.is_dir() else self.builtin.parent / name

    @property
    def cache(self) -> Path | None:
        """The folder for what is only kept to be faster next time; None: nothing is kept.

        HANDOUTS_CACHE names it, or is empty or ``off``. Else it is where the system keeps such
        things: XDG_CACHE_HOME (its specification: absolute, default ``~/.cache``),
        ``~/Library/Caches``, or LOCALAPPDATA.
        """
        chosen = self.env.get("HANDOUTS_CACHE")
        if chosen is not None:
            return self.cwd / chosen if chosen not in _NO_CACHE else None
        return _cache_folder(self.env, sys.platform)

    def shown(self, path: Path) -> str:
        """A path as a person in the working directory would type it."""
        try:
            return path.relative_to(self.cwd).as_posix()
        except ValueError:
            return path.as_posix()


def _cache_folder(env: Mapping[str, str], platform: str) -> Path | None:
    home = env.get("HOME", "")
    if platform == "win32":
        local = env.get("LOCALAPPDATA", "")
        return Path(local, "handouts", "cache") if Path(local).is_absolute() else None
    named = env.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named, "handouts")
    if not home.startswith("/"):
        return None
    return Path(home, *(("Library", "Caches") if platform == "darwin" else (".cache",)), "handouts")


def _working_directory() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise problem(
            "no-working-directory",
            "the folder you are in is not there any more",
            "go to another one with cd",
            exit_code=ExitCode.FILE,
        ) from None


def _source_date(env: Mapping[str, str]) -> datetime | None:
    """The moment SOURCE_DATE_EPOCH names (reproducible-builds.org), or None without it."""
    text = env.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        raise problem(
            "source-date-epoch",
            f"SOURCE_DATE_EPOCH is '{text}', which is no date",
            "give whole seconds since 1970, or unset it",
            exit_code=ExitCode.USAGE,
        ) from None
