"""Which CID shows which glyph and text in a font of one file.

A CID stands for one (glyph, text) pair in order of first use, so ToUnicode is never ambiguous
and every reader, also one that ignores ActualText, gets the text back. With PostScript outlines
the CID must be the glyph (9.7.4.2); a second text of the same glyph is then said by ActualText.
"""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb

from handouts.model.fonts import FontFile
from handouts.pdf.errors import RenderError
from handouts.pdf.facts import FontFacts, facts

Code = tuple[str, float]
"""Four hexadecimal digits of a CID, and its advance in W."""

_KEPT = 64


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


class Pieces(dict[tuple[int, str] | str, str]):
    """What stands in an operator for a (glyph, text) pair, or for a shift, which is as written."""

    def __init__(self, codes: dict[tuple[int, str], Code]) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, key: tuple[int, str] | str) -> str:
        piece = self[key] = key if isinstance(key, str) else self._codes[key][0]
        return piece


class DocumentFont:
    """A font of a document: a face's, or the second one of a face for glyphs beyond the first."""

    def __init__(self, resource: str, file: FontFile) -> None:
        self.resource = resource
        self.file = file
        self.facts = facts(file)
        self.codes: dict[tuple[int, str], Code] = Codes(self.facts)
        self.pieces = Pieces(self.codes)
        self._said: dict[int, str] = {}

    def ambiguous(self, gid: int, text: str) -> bool:
        """Whether the glyph's code says another text than this (PostScript outlines only)."""
        return self.facts.postscript_outlines and self._said.setdefault(gid, text) != text

    def learn(self, letters: str) -> None:
        """Takes in the letters the file has, if it is a font for them at all."""
        found = _nominal(self.file, letters)
        if 2 * len(found) < len(letters):
            return
        for gid, text in found:
            if not self.ambiguous(gid, text):
                self.codes[gid, text]  # Asking gives it a code.

    def close(self) -> None:
        """From now on, unknown glyphs are a KeyError."""
        self.codes = dict(self.codes)
        self.pieces = Pieces(self.codes)


_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
"""What fonts draw as one glyph, in whatever language; a name may well have one."""


@lru_cache(maxsize=_KEPT)
def _nominal(file: FontFile, letters: str) -> tuple[tuple[int, str], ...]:
    """Glyphs of characters in code point order, then those of ligatures of them."""
    font, known = facts(file).font, set(letters)
    found = [(font.get_nominal_glyph(ord(letter)), letter) for letter in sorted(known)]
    found += [(_ligature(font, word), word) for word in _LIGATURES if known.issuperset(word)]
    return tuple((gid, text) for gid, text in found if gid)


def _ligature(font: hb.Font, word: str) -> int | None:
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    shaped = buffer.glyph_infos
    return shaped[0].codepoint if len(shaped) == 1 else None
