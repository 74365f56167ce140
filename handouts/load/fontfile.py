"""A single font file: read once, and refused when it is no font or may not be embedded.

Below `fonts`, which knows the families; here only bytes and what their tables say.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem
from handouts.load import seen
from handouts.load.files import read
from handouts.model.fonts import FontFile
from handouts.world import World

MAX_BYTES = 40_000_000
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_OPENTYPE = b"OTTO"
_READ: dict[tuple[Path, int, int, str | None], FontFile] = {}


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
    if key in _READ:
        if seen.noted():
            seen.content(path, _READ[key].data)
    else:
        content = read(world, path, MAX_BYTES)
        refuse_unusable(content, place or Place(world.shown(path)))
        _READ[key] = FontFile(digest or hashlib.sha256(content).hexdigest(), content)
    return _READ[key]


def refuse_unusable(data: bytes, place: Place) -> None:
    """Whether these are the bytes of a font that a PDF may hold a part of.

    Raises:
        HandoutsError: ``bad-font`` or ``font-licence``.
    """
    tables = _tables(data, place)
    missing = [tag for tag in ("cmap", "head", "hhea", "hmtx", "maxp") if tag not in tables]
    if missing:
        raise _no_font(f"the font lacks its table {missing[0]}", place)
    _may_embed(data, tables, place)


def weights(data: bytes) -> list[int]:
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
