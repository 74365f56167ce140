"""The five objects of a font in the file (four with PostScript outlines, which need no map)."""

from __future__ import annotations

from typing import NamedTuple

from handouts.model.fonts import FontFile
from handouts.pdf import objects
from handouts.pdf.document import Register
from handouts.pdf.facts import FontFacts, facts
from handouts.pdf.subset import Maps, Pairs, Program, maps, program


class Cut(NamedTuple):
    """A font cut down to the glyphs of its codes."""

    file: FontFile
    program: Program
    maps: Maps


def cut(file: FontFile, pairs: Pairs) -> Cut:
    """The font with these CIDs."""
    return Cut(file, program(file, frozenset(gid for gid, _ in pairs)), maps(file, pairs))


def embed(font: Cut, register: Register) -> int:
    """Registers the font's objects; returns the number of the Type 0 font."""
    known, tables = facts(font.file), font.maps
    base = objects.name(f"{font.program.tag}+{known.name}")
    descriptor = register.add(_descriptor(base, known, register.add(font.program.stream)))
    mapped = b""
    if tables.to_glyph is not None:
        mapped = b"/CIDToGIDMap %d 0 R" % register.add(tables.to_glyph)
    descendant = register.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%b"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/W%b%b>>"
        % (0 if known.postscript_outlines else 2, base, descriptor, tables.widths, mapped)
    )
    return register.add(
        b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (base, descendant, register.add(tables.to_unicode))
    )


def _descriptor(base: bytes, font: FontFacts, file: int) -> bytes:
    values = (
        f"/Flags 4/FontBBox[{' '.join(map(str, font.box))}]"
        f"/ItalicAngle {objects.number(font.angle)}/Ascent {font.ascent}/Descent {font.descent}"
        f"/CapHeight {font.cap_height}/StemV {font.stem}"
        f"/FontFile{3 if font.postscript_outlines else 2} {file} 0 R"
    )
    return b"<</Type/FontDescriptor/FontName%b%b>>" % (base, values.encode("ascii"))
