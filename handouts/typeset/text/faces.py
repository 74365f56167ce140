"""Faces as HarfBuzz sees them, and the order in which they are asked for a character.

`itemise` picks a face per cluster here, `shaping` shapes with it. Loading a font is dear, so
a font file is loaded once per process whatever library names it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import uharfbuzz as hb

from handouts.model.fonts import FontFace, FontFile, FontLibrary
from handouts.model.pages import Glyph

BOLD = 700
_LIBRARIES = 16
_MAX_GLYPHS = 4096
_MAX_PLAIN = 1024
"""Glyphs of letters a font keeps for `plain`: a language's, each with some of its kernings."""
_SIGN = re.compile(r"(\d+)(?:@(-?\d+),(-?\d+))?\+(-?\d+)(?:,(-?\d+))?")

_Position = tuple[int, int, float, int]
"""Offset x, y and advance x, y in font units, as HarfBuzz gives it."""


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font file opened for shaping. Measures in 1/1000 em; `descent` positive downwards."""

    shaper: hb.Font
    scale: float
    ascent: float
    descent: float
    points: hb.Set
    carrier: int | None
    """A glyph without ink and width, to say a character that no glyph of its own stands for."""
    _drawn: set[str] = field(default_factory=set)
    _glyphs: dict[tuple[int, str, _Position], Glyph] = field(default_factory=dict)
    _written: dict[tuple[str, str], Glyph] = field(default_factory=dict)
    _plain: dict[tuple[str, str], Glyph] = field(default_factory=dict)

    def covers(self, text: Iterable[str]) -> bool:
        """Whether HarfBuzz can draw all the characters with this font."""
        if self._drawn.issuperset(text):
            return True
        for character in set(text) - self._drawn:
            if not self._can_draw(character):
                return False
            self._drawn.add(character)
        return True

    def _can_draw(self, character: str) -> bool:
        if ord(character) in self.points:
            return True
        if unicodedata.category(character) == "Zs":
            return 0x20 in self.points
        if character == "\N{NON-BREAKING HYPHEN}":
            return ord("\N{HYPHEN}") in self.points
        pieces = unicodedata.normalize("NFD", character)
        return pieces != character and all(ord(piece) in self.points for piece in pieces)

    def glyph(self, gid: int, text: str, position: _Position) -> Glyph:
        """The glyph at a position in font units; kept, for the same ones come back."""
        key = (gid, text, position)
        known = self._glyphs.get(key)
        if known is None:
            if len(self._glyphs) >= _MAX_GLYPHS:
                self._glyphs.clear()
            known = self._glyphs[key] = self._made(gid, text, position)
        return known

    def _made(self, gid: int, text: str, position: _Position) -> Glyph:
        dx, dy, advance, _ = position
        scale = self.scale
        return Glyph(gid, text, advance * scale, dx * scale, dy * scale)

    def glyphs(
        self, gids: Iterable[int], texts: Iterable[str], positions: Iterable[_Position]
    ) -> list[Glyph]:
        """The same for all glyphs of a run."""
        known = self._glyphs.get
        keys = zip(gids, texts, positions, strict=True)
        return [known(key) or self.glyph(*key) for key in keys]

    def written(self, signs: Iterable[str], texts: Iterable[str]) -> list[Glyph]:
        """The same from what HarfBuzz writes: number, offset and advance, as in ``36@10,0+600``."""
        known = self._written.get
        keys = zip(signs, texts, strict=True)
        return [known(key) or self._read(key) for key in keys]

    def learn(self, signs: Sequence[str], text: str) -> None:
        """Notes the glyphs of a Latin run in which every character is a glyph, for `plain`."""
        if len(self._plain) >= _MAX_PLAIN:
            self._plain.clear()
        nominal = self.shaper.get_nominal_glyph
        for key in zip(signs, text, strict=True):
            glyph = self._written.get(key) or self._read(key)
            if glyph.gid == nominal(ord(key[1])):
                self._plain[key] = glyph

    def plain(self, signs: Sequence[str], text: str) -> list[Glyph] | None:
        """The glyphs of a Latin text without marks, if each is its character's own; else None.

        Then nothing was joined or taken apart, and every character is a cluster.
        """
        if len(signs) != len(text):
            return None
        try:
            return list(map(self._plain.__getitem__, zip(signs, text, strict=True)))
        except KeyError:
            return None

    def _read(self, key: tuple[str, str]) -> Glyph:
        sign, text = key
        found = _SIGN.match(sign)
        assert found, sign
        gid, dx, dy, advance, down = (int(number or 0) for number in found.groups())
        if len(self._written) >= _MAX_GLYPHS:
            self._written.clear()
        known = self._written[key] = self._made(gid, text, (dx, dy, advance, down))
        return known

    def hyphen(self, text: str) -> Glyph:
        """The hyphen a broken word shows, standing for `text`."""
        point = 0x2010 if 0x2010 in self.points else 0x2D
        gid = self.shaper.get_nominal_glyph(point) or 0
        return self.glyph(gid, text, (0, 0, self.shaper.get_glyph_h_advance(gid), 0))


@lru_cache(maxsize=64)
def load(file: FontFile) -> Font:
    """Opens a font file; equal files (same digest) share one Font."""
    face = file.opened(_face)
    shaper = hb.Font(face)
    if file.axes:
        shaper.set_variations(dict(file.axes))
    scale = 1000 / face.upem
    extents = shaper.get_font_extents("ltr")
    ascent, descent = extents.ascender * scale, -extents.descender * scale
    return Font(shaper, scale, ascent, descent, face.unicodes, _carrier(shaper))


def _face(data: bytes, index: int) -> hb.Face:
    return hb.Face(hb.Blob(data), index)


def _carrier(shaper: hb.Font) -> int | None:
    """A format character's glyph that is as empty as it should be; some fonts draw them."""
    for point in (0x200B, 0x200C, 0x200D, 0x034F):
        gid = shaper.get_nominal_glyph(point)
        if not gid or shaper.get_glyph_h_advance(gid):
            continue
        extents = shaper.get_glyph_extents(gid)
        if extents is None or not (extents.width or extents.height):
            return int(gid)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face of a library with its opened font."""

    name: str
    font: Font


@dataclass(slots=True, eq=False)
class Faces:
    """A library made ready for look-ups. Compared by identity, which makes it a cheap cache key."""

    library: FontLibrary
    _opened: dict[str, Face] = field(default_factory=dict)
    _fallback: dict[tuple[tuple[str, ...], int, bool, bool], tuple[Face, ...]] = field(
        default_factory=dict
    )

    def fallback(
        self, families: tuple[str, ...], weight: int, *, bold: bool, italic: bool
    ) -> tuple[Face, ...]:
        """The faces to ask for a character, in order.

        Raises:
            LookupError: if the library has none of the families.
        """
        key = (families, weight, bold, italic)
        if key not in self._fallback:
            self._fallback[key] = self._find(
                families, max(weight, BOLD) if bold else weight, italic
            )
        return self._fallback[key]

    def _find(self, families: tuple[str, ...], weight: int, italic: bool) -> tuple[Face, ...]:
        wanted = (self._emphatic(family, weight, italic) for family in families)
        found = tuple(dict.fromkeys(self._open(face) for face in wanted if face))
        if not found:
            raise LookupError(f"no face of {', '.join(families) or 'no family'} in the library")
        return found

    def _emphatic(self, family: str, weight: int, italic: bool) -> FontFace | None:
        """The family's face; where it has no italic, a bold one, so that stress is still seen.

        Most scripts have no italic, and a slanted upright is not one.
        """
        face = self.library.face(family, weight, italic)
        if italic and face is not None and not face.italic:
            return self.library.face(family, max(weight, BOLD), False)
        return face

    def _open(self, face: FontFace) -> Face:
        if face.name not in self._opened:
            self._opened[face.name] = Face(face.name, load(face.file))
        return self._opened[face.name]


_by_identity: dict[int, tuple[FontLibrary, Faces]] = {}


def faces_of(library: FontLibrary) -> Faces:
    """The Faces of a library.

    Hashing a library means hashing all its files, so the object itself is looked up first;
    an equal library gets the Faces of the first, and with it everything cached on them.
    """
    known = _by_identity.get(id(library))
    if known is None:
        if len(_by_identity) >= _LIBRARIES:
            _by_identity.clear()
        known = _by_identity[id(library)] = (library, _by_content(library))
    return known[1]


@lru_cache(maxsize=_LIBRARIES)
def _by_content(library: FontLibrary) -> Faces:
    return Faces(library)
