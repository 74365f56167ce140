"""Fonts of one document: which CID shows which glyph and text, and the five objects of each.

A CID stands for one (glyph, text) pair in order of first use, so ToUnicode is never ambiguous
and every reader, also one that ignores ActualText, gets the text back. With PostScript outlines
the CID must be the glyph (9.7.4.2); a second text of the same glyph is then said by ActualText.
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model.fonts import FontFace, FontFile
from handouts.pdf import objects
from handouts.pdf.document import TaggedDocument
from handouts.pdf.errors import RenderError
from handouts.pdf.facts import FontFacts, facts
from handouts.pdf.subset import maps, program

Code = tuple[str, float]
"""Four hexadecimal digits of a CID, and its advance in W."""


class Codes(dict[tuple[int, str], Code]):
    """CIDs by (glyph, text); asking for an unknown pair gives it the next one."""

    def __init__(self, font: FontFacts) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, pair: tuple[int, str]) -> Code:
        gid = pair[0]
        if gid == 0:
            raise RenderError(f"missing glyph painted in {self._font.name} for {pair[1]!r}")
        cid = gid if self._font.postscript_outlines else len(self) + 1
        code = self[pair] = (f"{cid:04x}", self._font.advance(gid))
        return code


class DocumentFont:
    """One face in one document."""

    def __init__(self, resource: str, file: FontFile) -> None:
        self.resource = resource
        self.file = file
        self.facts = facts(file)
        self.codes = Codes(self.facts)
        self._said: dict[int, str] = {}

    def ambiguous(self, gid: int, text: str) -> bool:
        """Whether the glyph's code says another text than this (PostScript outlines only)."""
        return self.facts.postscript_outlines and self._said.setdefault(gid, text) != text

    def embed(self, document: TaggedDocument) -> int:
        """Adds the font's objects to the document; returns the number of the Type 0 font."""
        pairs = tuple(self.codes)
        cut = program(self.file, frozenset(gid for gid, _ in pairs))
        tables = maps(self.file, pairs)
        base = objects.name(f"{cut.tag}+{self.facts.name}")
        outlines = self.facts.postscript_outlines
        descriptor = document.add(_descriptor(base, self.facts, document.add(cut.stream)))
        mapped = b""
        if tables.to_glyph is not None:
            mapped = b"/CIDToGIDMap %d 0 R" % document.add(tables.to_glyph)
        descendant = document.add(
            b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%b"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R/W%b%b>>"
            % (0 if outlines else 2, base, descriptor, tables.widths, mapped)
        )
        return document.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (base, descendant, document.add(tables.to_unicode))
        )


def _descriptor(base: bytes, font: FontFacts, file: int) -> bytes:
    values = (
        f"/Flags 4/FontBBox[{' '.join(map(str, font.box))}]"
        f"/ItalicAngle {objects.number(font.angle)}/Ascent {font.ascent}/Descent {font.descent}"
        f"/CapHeight {font.cap_height}/StemV {font.stem}"
        f"/FontFile{3 if font.postscript_outlines else 2} {file} 0 R"
    )
    return b"<</Type/FontDescriptor/FontName%b%b>>" % (base, values.encode("ascii"))


class DocumentFonts:
    """The faces one document uses, named in order of first use."""

    def __init__(self, faces: Mapping[str, FontFace]) -> None:
        self._faces = faces
        self._used: dict[str, DocumentFont] = {}

    def use(self, face: str) -> DocumentFont:
        """The face with this name.

        Raises:
            RenderError: when the pages do not carry such a face.
        """
        known = self._used.get(face)
        if known is None:
            if face not in self._faces:
                raise RenderError(f"face '{face}' is not among the document's faces")
            resource = f"/F{len(self._used) + 1}"
            known = self._used[face] = DocumentFont(resource, self._faces[face].file)
        return known

    def resource(self, document: TaggedDocument) -> bytes:
        """The Font dictionary; embeds every face that was used."""
        rows = (f"{font.resource} {font.embed(document)} 0 R" for font in self._used.values())
        return f"<<{''.join(rows)}>>".encode("ascii")
