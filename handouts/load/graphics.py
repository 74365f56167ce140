"""Logos, pictures and the built-in drawings: which file an id or a path means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path

from handouts.diagnostics import Place, problem
from handouts.load import seen
from handouts.load.files import read, within
from handouts.load.places import drawings as drawing_paths
from handouts.model.drawing import Drawing, Picture
from handouts.world import World

_SVG_BYTES = 1_000_000
_IMAGE_BYTES = 25_000_000
FORMATS = (".svg", ".png", ".jpg", ".jpeg")


class Drawings(Mapping[str, Drawing]):
    """The built-in drawings by id (the file's stem); a file is read when it is first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._paths = drawing_paths(world)
        self._read: dict[str, Drawing] = {}
        self.notes: seen.Notes = {}
        """What was read for these drawings (`handouts.load.seen`)."""

    def seen_from(self, world: World) -> Drawings:
        """The same drawings, read through another world; what was read need not be read again."""
        other = copy(self)
        other._world = world
        return other

    def __getitem__(self, name: str) -> Drawing:
        drawing = self._read.get(name)
        if drawing is None:
            path = self._paths[name]
            with seen.listening() as notes:
                data = read(self._world, path, _SVG_BYTES)
            drawing = self._read[name] = _svg(data, self._world.shown(path))
            self.notes |= notes
        return drawing

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths


def graphic(
    world: World, folders: tuple[Path, ...], written: str, place: Place | None
) -> tuple[Path, Drawing | Picture]:
    """The file a path in YAML means, looked for in each folder, and what is in it.

    Raises:
        HandoutsError: when it is outside, not there, of another format, or not printable.
    """
    path = find(folders, written, place)
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        hint = "use SVG, PNG or JPEG"
        raise problem("image-format", f"'{written}' is not an image we can read", hint, place)
    if suffix == ".svg":
        return path, _svg(read(world, path, _SVG_BYTES, place), world.shown(path))
    from handouts.load.images import parse_image

    return path, parse_image(read(world, path, _IMAGE_BYTES, place), world.shown(path))


def _svg(data: bytes, shown: str) -> Drawing:
    """The drawing in a file. The parser is imported only when there is one to read."""
    from handouts.load.svg import parse_svg

    return parse_svg(data, shown)


def find(folders: tuple[Path, ...], written: str, place: Place | None) -> Path:
    """The first of the folders that has the file.

    Raises:
        HandoutsError: when none has it, or the path leads out of them.
    """
    for folder in folders:
        path = within(folder, written, place)
        with suppress(OSError):  # A name that is longer than a disk takes.
            if seen.is_file(path):
                return path
    where = " or ".join(f"{folder.name}/" for folder in dict.fromkeys(folders))
    hint = f"put it in {where}, or mend the path" if folders else "start a project folder first"
    raise problem("no-such-file", f"there is no file '{written}'", hint, place)
