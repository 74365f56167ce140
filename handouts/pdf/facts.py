"""What a PDF needs to know about a font file, read once per file with HarfBuzz.

The descriptor's values come from the tables ``head``, ``hhea``, ``OS/2``, ``post`` and ``name``
(OpenType 1.9); reading the few fields directly spares the import of fontTools at cold start.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import lru_cache

import uharfbuzz as hb

from handouts.model.fonts import FontFile

_POSTSCRIPT_NAME = 6
_KEPT_FILES = 64


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font file opened for embedding; measures in 1/1000 em."""

    face: hb.Face
    font: hb.Font
    name: str
    postscript_outlines: bool
    scale: float
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    stem: int
    angle: float
    advances: dict[int, float] = field(default_factory=dict)
    """Those that were asked for."""

    def advance(self, gid: int) -> float:
        """Advance of a glyph with two decimals: the very number written into W."""
        known = self.advances.get(gid)
        if known is None:
            known = round(float(self.font.get_glyph_h_advance(gid)) * self.scale, 2)
            self.advances[gid] = known
        return known


@lru_cache(maxsize=_KEPT_FILES)
def facts(file: FontFile) -> FontFacts:
    """Opens a font file, pins its axes and reads its descriptor values."""
    face = file.opened(_face)
    font = hb.Font(face)
    if file.axes:
        font.set_variations(dict(file.axes))
    scale = 1000 / face.upem
    extents = font.get_font_extents("ltr")
    weight, cap_height = _os2(face)
    return FontFacts(
        face=face,
        font=font,
        name=_postscript_name(face),
        postscript_outlines=bool({"CFF ", "CFF2"} & set(face.table_tags)),
        scale=scale,
        box=_box(face, scale),
        ascent=round(extents.ascender * scale),
        descent=round(extents.descender * scale),
        cap_height=round(cap_height * scale) or 700,
        stem=_stem(dict(file.axes).get("wght", weight)),
        angle=_angle(face),
    )


def _face(data: bytes, index: int) -> hb.Face:
    return hb.Face(hb.Blob(data), index)


def _table(face: hb.Face, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data or b"")


def _box(face: hb.Face, scale: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = struct.unpack_from(">4h", _table(face, "head"), 36)
    return round(x0 * scale), round(y0 * scale), round(x1 * scale), round(y1 * scale)


def _os2(face: hb.Face) -> tuple[int, int]:
    """Weight class and cap height; the latter exists since version 2 of the table."""
    table = _table(face, "OS/2")
    if len(table) < 90:
        return 400, 0
    return struct.unpack_from(">H", table, 4)[0], struct.unpack_from(">h", table, 88)[0]


def _angle(face: hb.Face) -> float:
    table = _table(face, "post")
    return struct.unpack_from(">i", table, 4)[0] / 65536 if len(table) >= 8 else 0.0


def _stem(weight: float) -> int:
    """Stem width from weight class, by the usual formula (no font table says it)."""
    return 50 + int((weight / 65) ** 2)


def _postscript_name(face: hb.Face) -> str:
    """The name readers show, reduced to the characters a PostScript name may have."""
    found = face.get_name(_POSTSCRIPT_NAME) or "Font"
    return "".join(c for c in found if c.isascii() and (c.isalnum() or c == "-")) or "Font"
