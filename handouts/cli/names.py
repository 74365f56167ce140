"""Names a person can choose from, found without reading a single file; and near misses."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem
from handouts.world import World

ALL = "all"
"""What to type for every language there is."""


def available() -> dict[str, list[str]]:
    """Built-in layouts, languages and brands, and those of a project around here.

    For help pages and completion, where reading the files themselves would take too long.
    """
    try:
        world = World.system()
    except HandoutsError:
        return {}
    own = world.cwd
    return {
        "layouts": _stems(world.data("layouts"), own / "layouts"),
        "languages": _stems(world.data("catalogue") / "locales", own / "locales"),
        "brands": _stems(world.data("brands"), own / "brands"),
    }


def hint(name: str, known: Iterable[str]) -> str:
    """``did you mean flyer? There are: flyer, poster``."""
    names = list(known)
    near = nearest(name, names)
    start = f"did you mean {near}? " if near else ""
    return f"{start}there are: {', '.join(names)}" if names else "there are none"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most likely meant, whatever its case, or else one with such a word in it."""
    lower = {one.lower(): one for one in names}
    words = {word: one for low, one in lower.items() for word in low.split("-") if len(word) > 3}
    longer = [one for low, one in lower.items() if low.startswith(f"{name.lower()}-")]
    if longer:
        return longer[0]
    for known, likeness in ((lower, 0.6), (words, 0.7)):
        near = difflib.get_close_matches(name.lower(), known, 1, likeness)
        if near:
            return known[near[0]]
    return None


def pick(what: str, name: str, known: Iterable[str], aliases: Mapping[str, str] = {}) -> str:
    """The name as it is written in the data; case, ``_`` for ``-`` and aliases are forgiven.

    Raises:
        HandoutsError: ``unknown-<what>``, with the nearest name and all there are.
    """
    names = list(known)
    same = {one.lower(): one for one in names}
    key = name.strip().lower()
    for candidate in (key, key.replace("_", "-"), aliases.get(key, "").lower()):
        if candidate in same:
            return same[candidate]
    raise problem(
        f"unknown-{what}",
        f"there is no {what} '{name}'",
        hint(name, names),
        exit_code=ExitCode.USAGE,
    )


def tags_of(typed: str) -> list[str]:
    """The one language that was typed, or the two of a sheet in both: ``es+en``.

    Raises:
        HandoutsError: when there are more, the same one twice, or nothing beside a plus.
    """
    tags = [tag.strip() for tag in typed.split("+")]
    same = len({tag.lower() for tag in tags}) < len(tags)
    if len(tags) > 2 or same or "" in tags or (len(tags) == 2 and ALL in tags):
        raise problem(
            "two-languages",
            f"'{typed}' is neither one language nor two",
            "write one tag, or two different ones with a plus between them: es+en",
            exit_code=ExitCode.USAGE,
        )
    return tags


def collected(
    wrong: list[Diagnostic], given: Iterable[str], check: Callable[[str], str]
) -> tuple[str, ...]:
    """Names that are right; what is wrong with the others goes to `wrong`."""
    right: dict[str, None] = {}
    for name in given:
        try:
            right[check(name)] = None
        except HandoutsError as error:
            wrong.extend(error.diagnostics)
    return tuple(right)


def _stems(*folders: Path) -> list[str]:
    """Names of the YAML files and of folders that hold one; a leading underscore hides."""
    found = {}
    for folder in folders:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix == ".yaml" or (path.is_dir() and any(path.glob("*.yaml"))):
                found[path.name.removesuffix(".yaml")] = True
    return [name for name in found if not name.startswith(("_", "."))]
