"""Fonts: the manifest of built-in families, a brand's own files, and their bytes on demand."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem
from handouts.load.brands import FiledBrand
from handouts.load.files import read, read_yaml, within
from handouts.load.graphics import find
from handouts.load.problems import Problems, choose
from handouts.load.validate import validate
from handouts.model.base import Model
from handouts.model.brand import FontFamilyEntry
from handouts.model.fonts import FontFace, FontFile, FontIndex, FontLibrary, ScriptSetting
from handouts.model.project import LoadedBrand
from handouts.world import World

MAX_BYTES = 40_000_000
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_OPENTYPE = b"OTTO"


class FaceEntry(Model):
    """One font file of a family."""

    file: str = Field(description="Path beside fonts.yaml.")
    weight: int = Field(ge=100, le=900)
    italic: bool = False
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class FamilyEntry(Model):
    """A family that comes with the program."""

    name: str
    licence: str
    licence_file: str
    source: str
    scripts: tuple[str, ...] = Field(description="ISO 15924 codes of the scripts it covers.")
    faces: tuple[FaceEntry, ...]


class ScriptEntry(Model):
    """How a script is set."""

    text: tuple[str, ...]
    heading: tuple[str, ...]
    size: float = Field(default=1.0, gt=0)
    leading: float = Field(default=1.0, gt=0)


class FontsFile(Model):
    """``fonts/fonts.yaml``."""

    families: tuple[FamilyEntry, ...]
    scripts: dict[str, ScriptEntry]


@dataclass(frozen=True, slots=True)
class Manifest(FontIndex):
    """The index together with the files it was made from."""

    folder: Path = field(default_factory=Path)
    entries: Mapping[str, FamilyEntry] = field(default_factory=dict)


def load_manifest(world: World) -> Manifest:
    """The built-in families.

    Raises:
        HandoutsError: when the manifest is wrong or names a family it does not have.
    """
    path = world.data("fonts") / "fonts.yaml"
    parsed = read_yaml(world, path)
    manifest = validate(FontsFile, parsed)
    entries = {entry.name: entry for entry in manifest.families}
    problems = Problems()
    for script, setting in manifest.scripts.items():
        for use, families in (("text", setting.text), ("heading", setting.heading)):
            for number, family in enumerate(families):
                if family not in entries:
                    hint = choose(family, entries, "families")
                    place = parsed.spot.at(("scripts", script, use, number))
                    problems.error("unknown-font", f"there is no family '{family}'", hint, place)
    problems.stop()
    scripts = {
        name: ScriptSetting(s.text, s.heading, s.size, s.leading)
        for name, s in manifest.scripts.items()
    }
    return Manifest(scripts, tuple(entries), path.parent, entries)


def check_manifest(world: World) -> None:
    """Compares every built-in file with its checksum: for ``check``, not for every run.

    Raises:
        HandoutsError: naming each file that is missing or not the one that was chosen.
    """
    manifest = load_manifest(world)
    problems = Problems()
    for entry in manifest.entries.values():
        for face in entry.faces:
            path = within(manifest.folder, face.file, None)
            with problems.collected():
                if font_file(world, path, None).digest != face.sha256:
                    problems.error(
                        "font-changed",
                        f"{world.shown(path)} is not the file the manifest names",
                        "put the original back, or run tools/fonts/manifest.py",
                        Place(world.shown(manifest.folder / "fonts.yaml")),
                        ExitCode.RESOURCE,
                    )
    problems.stop()


def load_library(
    world: World, manifest: Manifest, brand: LoadedBrand | None, families: Sequence[str]
) -> FontLibrary:
    """The faces of these families and of the brand's own; a brand's family hides a built-in one.

    Raises:
        HandoutsError: for a family nobody has, and for files that are missing or no fonts.
    """
    own = {entry.family: entry for entry in brand.brand.typography.fonts} if brand else {}
    faces: list[FontFace] = []
    problems = Problems()
    for family in dict.fromkeys((*families, *own)):
        with problems.collected():
            if family in own and isinstance(brand, FiledBrand):
                faces += brand_faces(world, brand, own[family])
            elif family in manifest.entries:
                faces += _built_in(world, manifest, manifest.entries[family])
            else:
                hint = choose(family, [*manifest.entries, *own], "families")
                message = f"there is no font family '{family}'"
                raise problem("unknown-font", message, hint, exit_code=ExitCode.RESOURCE)
    problems.stop()
    return _library(tuple(faces))


@lru_cache(maxsize=32)
def _library(faces: tuple[FontFace, ...]) -> FontLibrary:
    """One object for equal faces, so that what is kept about a library is found again."""
    return FontLibrary(faces)


def _built_in(world: World, manifest: Manifest, entry: FamilyEntry) -> list[FontFace]:
    return [
        FontFace(
            entry.name,
            face.weight,
            face.italic,
            font_file(world, within(manifest.folder, face.file, None), None, face.sha256),
        )
        for face in entry.faces
    ]


def brand_faces(world: World, brand: FiledBrand, entry: FontFamilyEntry) -> list[FontFace]:
    """The faces of a family the brand brings; a variable file gives one for each weight."""
    faces: list[FontFace] = []
    family = brand.brand.typography.fonts.index(entry)
    for number, one in enumerate(entry.files):
        place = brand.place(("typography", "fonts", family, "files", number, "path"))
        file = font_file(world, find(brand.folders, one.path, place), place)
        italic = one.style == "italic"
        weights = _weights(file.data)
        if not weights:
            faces.append(FontFace(entry.family, one.weight, italic, file))
        for weight in weights:
            pinned = FontFile(file.digest, file.data, axes=(("wght", float(weight)),))
            faces.append(FontFace(entry.family, weight, italic, pinned))
    return faces


def font_file(world: World, path: Path, place: Place | None, digest: str | None = None) -> FontFile:
    """The bytes of a TrueType or OpenType file, read once for as long as it does not change.

    `digest` is the checksum a manifest promises (``check`` compares it); else it is computed.

    Raises:
        HandoutsError: when it is missing, of another format, damaged, or may not be embedded.
    """
    try:
        status = path.stat()
    except OSError:
        message = f"the font file {world.shown(path)} is missing"
        raise problem("no-such-font", message, "", place, ExitCode.RESOURCE) from None
    key = (path, status.st_mtime_ns, status.st_size, digest)
    if key not in _READ:
        content = read(world, path, MAX_BYTES)
        _refuse_unusable(content, place or Place(world.shown(path)))
        _READ[key] = FontFile(digest or hashlib.sha256(content).hexdigest(), content)
    return _READ[key]


_READ: dict[tuple[Path, int, int, str | None], FontFile] = {}


def _refuse_unusable(data: bytes, place: Place) -> None:
    tables = _tables(data, place)
    missing = [tag for tag in ("cmap", "head", "hhea", "hmtx", "maxp") if tag not in tables]
    if missing:
        raise _no_font(f"the font lacks its table {missing[0]}", place)
    _may_embed(data, tables, place)


def _no_font(message: str, place: Place, hint: str = "use a .ttf or .otf file") -> HandoutsError:
    return problem("bad-font", message, hint, place, ExitCode.RESOURCE)


def _tables(data: bytes, place: Place) -> dict[str, tuple[int, int]]:
    """Offset and length of each table (OpenType, the font file's table directory)."""
    start = data[:4]
    if start in (b"wOFF", b"wOF2"):
        raise _no_font("this is a web font (WOFF)", place, "use the .ttf or .otf file instead")
    if start == b"ttcf":
        raise _no_font("this is a collection of fonts (TTC)", place, "use a file for each face")
    if start not in (*_TRUETYPE, _OPENTYPE) or len(data) < 12:
        raise _no_font("this is no TrueType or OpenType font", place)
    count = struct.unpack(">H", data[4:6])[0]
    if len(data) < 12 + 16 * count:
        raise _no_font("the font file is cut off", place, "copy it again")
    tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if offset + length > len(data):
            raise _no_font("the font file is cut off", place, "copy it again")
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def _may_embed(data: bytes, tables: dict[str, tuple[int, int]], place: Place) -> None:
    """OS/2 fsType (OpenType): 2 alone restricts embedding; bits 8 and 9 allow no parts of it."""
    offset, length = tables.get("OS/2", (0, 0))
    allowed = struct.unpack_from(">H", data, offset + 8)[0] if length >= 10 else 0
    whole = "the font's maker does not allow it to be embedded in a document"
    parts = "the font's maker does not allow to embed only the letters that are used"
    if allowed & 0x000F == 0x0002 or allowed & 0x0300:
        raise problem(
            "font-licence",
            whole if allowed & 0x000F == 0x0002 else parts,
            "choose another font, or ask for a licence and a file that allow it",
            place,
            ExitCode.RESOURCE,
        )


def _weights(data: bytes) -> list[int]:
    """Hundreds on a variable font's weight axis; empty for a static font."""
    tables = _tables(data, Place(""))
    offset, length = tables.get("fvar", (0, 0))
    if length < 16:
        return []
    axes, _, count, size = struct.unpack_from(">HHHH", data, offset + 4)
    for index in range(count):
        start = offset + axes + index * size
        if start + 16 > len(data):
            break
        tag, low, _, high = struct.unpack_from(">4slll", data, start)
        if tag == b"wght":
            least, most = low / 65536, high / 65536
            return [weight for weight in range(100, 1000, 100) if least <= weight <= most]
    return []
