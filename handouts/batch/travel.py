"""Inputs of a batch on their way to other machines, and whether the program there is the same.

Between an engine that reaches over machines and `Worker`: `pack` here, `Trunk.unpack` there, once
for each worker. Everything of a project travels: its texts, layouts, brands, logos, images, and
the files of its own fonts. What is built in does not; it comes with the program, and
`Program` tells whether it is the same program. The environment stays at home (there are keys in
it), but for the date of the batch.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import lru_cache
from pathlib import Path

import handouts
from handouts.batch.inputs import program
from handouts.batch.worker import Payload, portable
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.load.brands import FiledBrand
from handouts.load.files import within
from handouts.load.fonts import Manifest
from handouts.load.graphics import find
from handouts.model.drawing import Drawing, Picture
from handouts.model.project import LoadedBrand, Project
from handouts.world import World

BUILT_IN = Path(handouts.__file__).resolve().parent
_NOWHERE = World(Path("/"), Date.min, {})
_OWN_DATA = ("catalogue", "brands", "layouts", "fonts", "__pycache__")
"""Folders of the package that are not program: their content travels, or is asked for apart."""


@dataclass(frozen=True, slots=True)
class Program:
    """What must be the same on two machines for the same bytes to come out.

    `code` is a digest of the package's own files, so that two checkouts that say the same
    version are still told apart.
    """

    versions: tuple[tuple[str, str], ...]
    code: str

    def differences(self, other: Program) -> tuple[str, ...]:
        """What is not the same there, in words."""
        theirs = dict(other.versions)
        found = [
            f"{name} {theirs.get(name) or 'missing'} instead of {mine or 'none'}"
            for name, mine in self.versions
            if theirs.get(name, "") != mine
        ]
        if not found and other.code != self.code:
            found.append("other program files under the same version")
        return tuple(found)


@lru_cache(maxsize=1)
def here() -> Program:
    """The program of this process."""
    return Program((*program(), ("python", _python())), _code())


def unlike(address: str, wanted: Program, there: Program) -> Diagnostic | None:
    """Why a worker cannot help, or None when it can."""
    found = wanted.differences(there)
    if not found:
        return None
    return Diagnostic(
        "other-program",
        f"worker {address} is not the same program: {', '.join(found)}",
        "install the same version there and start the workers again",
        exit_code=ExitCode.RESOURCE,
    )


@dataclass(frozen=True, slots=True)
class Trunk:
    """A payload without its places: `fonts` are files by the name they get where they arrive."""

    content: bytes
    fonts: tuple[tuple[str, bytes], ...]
    built_in: tuple[tuple[str, str], ...]
    """Built-in font files, by their path under fonts/, with the checksums they must have."""
    own: tuple[str, ...]
    """Families of the project: their files are in `fonts`."""

    def unpack(self, folder: Path, builtin: Path) -> Payload:
        """The payload again: with its own files in `folder`, and what is built in there."""
        for name, data in self.fonts:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        payload: Payload = pickle.loads(self.content)
        world = replace(payload.world, builtin=builtin)
        project = _settled(payload.project, self.own, folder, world)
        return replace(payload, project=portable(project, world), world=world)

    def strangers(self, builtin: Path) -> tuple[str, ...]:
        """Built-in font files that are missing, or not those of where the trunk was packed."""
        root = replace(_NOWHERE, builtin=builtin).data("fonts")
        return tuple(name for name, digest in self.built_in if _digest(root / name) != digest)


def pack(payload: Payload) -> Trunk:
    """Packs a payload for other machines.

    Raises:
        HandoutsError: when a font file of a brand or of the project is missing.
    """
    project, world = payload.project, _bare(payload.world)
    own, files, built_in = _families(project, world)
    for name, brand in project.brands.items():
        files += [(f"brands/{name}/{path}", data) for path, data in _brand_files(brand)]
    packed = replace(
        payload,
        project=portable(project, world),
        world=world,
        logos=_Logos.of(payload.logos),
    )
    return Trunk(pickle.dumps(packed, 5), tuple(files), tuple(built_in), tuple(own))


@dataclass(frozen=True, slots=True)
class _Logos(Mapping[str, Drawing | Picture]):
    """Logos that travel; of those that cannot be read only what is wrong with them does.

    Rows that name such a one were left out, or it was lost since they were checked: whoever asks
    for it over there is told what he would have been told here.
    """

    found: Mapping[str, Drawing | Picture]
    wrong: Mapping[str, tuple[Diagnostic, ...]]

    @classmethod
    def of(cls, logos: Mapping[str, Drawing | Picture]) -> _Logos:
        """All of these, read now."""
        found: dict[str, Drawing | Picture] = {}
        wrong: dict[str, tuple[Diagnostic, ...]] = {}
        for path in logos:
            try:
                found[path] = logos[path]
            except HandoutsError as error:
                wrong[path] = error.diagnostics
        return cls(found, wrong)

    def __getitem__(self, path: str) -> Drawing | Picture:
        if path in self.wrong:
            raise HandoutsError(self.wrong[path])
        return self.found[path]

    def __contains__(self, path: object) -> bool:
        return path in self.found or path in self.wrong

    def __iter__(self) -> Iterator[str]:
        yield from self.found
        yield from self.wrong

    def __len__(self) -> int:
        return len(self.found) + len(self.wrong)


def _bare(world: World) -> World:
    """The world without the environment, but for the date."""
    kept = {key: world.env[key] for key in ("SOURCE_DATE_EPOCH",) if key in world.env}
    return replace(world, env=kept)


def _families(
    project: Project, world: World
) -> tuple[list[str], list[tuple[str, bytes]], list[tuple[str, str]]]:
    """Own families, their files, and the checksums of the built-in ones."""
    own: list[str] = []
    files: list[tuple[str, bytes]] = []
    built_in: list[tuple[str, str]] = []
    if not isinstance(project.fonts, Manifest):
        return own, files, built_in
    root = world.data("fonts")
    for name, entry in project.fonts.entries.items():
        folder = project.fonts.folders[name]
        if folder == root:
            built_in += [(one.file, one.sha256) for one in entry.faces if one.sha256]
            continue
        own.append(name)
        paths = [(one.file, within(folder, one.file, None)) for one in entry.faces]
        files += [(f"project/{file}", path.read_bytes()) for file, path in paths]
    return own, list(dict(files).items()), built_in


def _brand_files(brand: LoadedBrand) -> Iterator[tuple[str, bytes]]:
    if isinstance(brand, FiledBrand):
        for entry in brand.brand.typography.fonts:
            for one in entry.files:
                yield one.path, find(brand.folders, one.path, None).read_bytes()


def _settled(project: Project, own: tuple[str, ...], folder: Path, world: World) -> Project:
    """The project with its folders where they are now."""
    fonts = project.fonts
    if isinstance(fonts, Manifest):
        root = world.data("fonts")
        folders = {name: folder / "project" if name in own else root for name in fonts.entries}
        fonts = replace(fonts, folders=folders)
    brands = {
        name: replace(one, folders=(folder / "brands" / name,))
        if isinstance(one, FiledBrand)
        else one
        for name, one in project.brands.items()
    }
    return replace(project, fonts=fonts, brands=brands)


def _python() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _code() -> str:
    total = hashlib.sha256()
    for path in sorted(BUILT_IN.rglob("*")):
        inside = path.relative_to(BUILT_IN)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not hidden and not set(_OWN_DATA) & set(inside.parts):
            total.update(f"{inside.as_posix()}\0{_digest(path)}\n".encode())
    return total.hexdigest()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


__all__ = ["BUILT_IN", "Program", "Trunk", "here", "pack", "unlike"]
