"""Reading files with limits, and paths that stay inside the folder they belong to."""

from __future__ import annotations

from os.path import islink
from pathlib import Path

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem
from handouts.load import seen
from handouts.load.spots import Parsed
from handouts.world import World


def read(world: World, path: Path, limit: int, place: Place | None = None) -> bytes:
    """A file's bytes.

    Raises:
        HandoutsError: when it is not there, not readable, or larger than `limit`.
    """
    shown = world.shown(path)
    place = place or Place(shown)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise problem(
            "no-such-file",
            f"there is no file {shown}",
            "mend its name, or put the file there",
            place,
            ExitCode.FILE,
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "see who may read it" if isinstance(error, PermissionError) else "see what is there"
        message = f"{shown} cannot be read: {reason}"
        raise problem("unreadable-file", message, hint, place, ExitCode.FILE) from None
    seen.content(path, content)
    if len(content) > limit:
        message = f"{shown} is larger than {limit / 1e6:g} MB"
        raise problem("file-too-large", message, "use a smaller file", place)
    return content


def read_yaml(world: World, path: Path) -> Parsed:
    """A YAML file's data and places, parsed once for the same bytes."""
    from handouts.load.yaml import parse

    return parse(read(world, path, 1_000_000), world.shown(path))


def within(root: Path, written: str, place: Place | None) -> Path:
    """The file that a path in a YAML file means; it must lie under `root`.

    Raises:
        HandoutsError: for an absolute path, ``..``, a link that leads out, or a drive letter.
    """
    if not written or "\0" in written or "\\" in written or ":" in written:
        raise _outside(written, "write a path such as images/logo.svg", place)
    if written.startswith(("/", "~")) or ".." in written.split("/"):
        raise _outside(written, f"put the file under {root.name}/ and name it from there", place)
    path = root / written
    try:
        real = seen.real(path)
        # A link that leads round in a circle is no error from Python 3.13 on.
        inside = real.is_relative_to(seen.real(root)) and not islink(real)  # noqa: PTH114
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise _outside(written, "it is a link to another place: copy the file here", place)
    return path


def _outside(written: str, hint: str, place: Place | None) -> HandoutsError:
    return problem("path-outside", f"'{written}' is no path inside this folder", hint, place)
