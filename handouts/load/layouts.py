"""Layout files to `Layout`: what a layout extends is filled in before it is validated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from handouts.diagnostics import HandoutsError, problem
from handouts.load.files import read_yaml
from handouts.load.overrides import Override, overridden
from handouts.load.places import layouts as available
from handouts.load.places import public
from handouts.load.problems import choose
from handouts.load.spots import Parsed, Spot
from handouts.load.validate import merged, merged_spots, validated
from handouts.model.layout import Layout
from handouts.world import World

MERGED = {"styles": 2, "page": 1}
"""Keys of an extending layout that add to what is there: each style key by key, the page's keys.

All other keys replace what the extended layout says.
"""
_DEEPEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class FiledLayout:
    """A layout with the places of its values, each in the file it came from."""

    layout: Layout
    spot: Spot


def load_layout(
    world: World, project: Path | None, name: str, path: Path, overrides: Sequence[Override]
) -> FiledLayout:
    """Reads a layout and what it extends.

    Raises:
        HandoutsError: with everything that is wrong in these files by themselves.
    """
    chain = _chain(world, available(world, project), path)
    if not overrides:
        return _layout(name, tuple(chain))
    data, spot = _merged(chain)
    return _validated(name, *overridden(Layout, data, spot, overrides))


@lru_cache(maxsize=128)
def _layout(name: str, chain: tuple[Parsed, ...]) -> FiledLayout:
    return _validated(name, *_merged(chain))


def _validated(name: str, data: Any, spot: Spot) -> FiledLayout:
    layout = validated(Layout, data, spot)
    if layout.id != name:
        message = f"id is '{layout.id}', but the file is called {name}.yaml"
        raise problem("wrong-id", message, f"write id: {name}", spot.at(("id",)))
    return FiledLayout(layout, spot)


def _chain(world: World, known: dict[str, Path], path: Path) -> list[Parsed]:
    """The file and those it extends, nearest first."""
    chain = [read_yaml(world, path)]
    seen = [path.stem]
    while isinstance(chain[-1].data, dict) and "extends" in chain[-1].data:
        name = chain[-1].data["extends"]
        place = chain[-1].spot.at(("extends",))
        if not isinstance(name, str) or name not in known:
            raise problem(
                "unknown-layout",
                f"there is no layout '{name}' to extend",
                choose(str(name), known, "layouts"),
                place,
            )
        if name in seen or len(seen) > _DEEPEST:
            rounds = " extends ".join([*seen, name])
            raise problem("extends-itself", rounds, "take one extends out", place)
        seen.append(name)
        chain.append(read_yaml(world, known[name]))
    return chain


def _merged(chain: Sequence[Parsed]) -> tuple[Any, Spot]:
    """The data of the whole chain, without `extends`, and where each value stands."""
    data, spot = chain[-1].data, chain[-1].spot
    for above in reversed(chain[:-1]):
        if not isinstance(data, dict) or not isinstance(above.data, dict):
            raise HandoutsError(_no_mapping(one) for one in chain if not isinstance(one.data, dict))
        data = merged(data, above.data, MERGED)
        spot = merged_spots(spot, above.spot, MERGED)
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key != "extends"}
    return data, spot


def _no_mapping(parsed: Parsed) -> Any:
    error = problem("not-a-mapping", "this is no layout", "begin with id: …", parsed.spot.at(()))
    return error.diagnostics[0]


__all__ = ["FiledLayout", "available", "load_layout", "public"]
