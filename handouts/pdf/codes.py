"""Which CID shows which glyph and text in a font of one file.

A CID stands for one (glyph, text) pair in order of first use, so ToUnicode is never ambiguous
and every reader, also one that ignores ActualText, gets the text back. With PostScript outlines
the CID must be the glyph (9.7.4.2); a second text of the same glyph is then said by ActualText.
"""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb

from handouts.model.fonts import FontFile
from handouts.model.pages import Glyph
from handouts.pdf.errors import RenderError
from handouts.pdf.facts import FontFacts, facts
from handouts.pdf.objects import number

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


RAISED = "^"
"""In what a glyph shows that stands above or below the baseline."""
_MOST_PIECES = 1024


class Pieces(dict[Glyph, str]):
    """What stands for a glyph in an operator.

    Its code, and shifts beside it where the line goes on otherwise than its width in the file says.
    """

    def __init__(self, codes: dict[tuple[int, str], Code]) -> None:
        super().__init__()
        self.codes = codes

    def __missing__(self, glyph: Glyph) -> str:
        if len(self) >= _MOST_PIECES:
            self.clear()
        gid, text, advance, dx, dy = glyph
        piece, width = self.codes[gid, text]
        if dx:
            piece = f">{number(-dx)}<{piece}"
        over = number(width + dx - advance)
        if over != "0":
            piece += f">{over}<"
        self[glyph] = piece = piece + RAISED if dy else piece
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
        self.codes = self.pieces.codes = dict(self.codes)


_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
"""What fonts draw as one glyph, in whatever language; a name may well have one."""


@lru_cache(maxsize=_KEPT)
def _nominal(file: FontFile, letters: str) -> tuple[tuple[int, str], ...]:
    """Glyphs of characters in code point order, then those some languages have instead.

    Fonts for Chinese and Japanese have other figures for English, which a clinic's name may be
    in, and fonts for Korean other signs for Korean.
    """
    font, known = facts(file).font, set(letters)
    found = [(font.get_nominal_glyph(ord(letter)), letter) for letter in sorted(known)]
    found += [(_shaped(font, word), word) for word in _LIGATURES if known.issuperset(word)]
    signs = [letter for letter in sorted(known) if not letter.isalpha()]
    found += [(_shaped(font, sign, *manner), sign) for manner in _MANNERS for sign in signs]
    return tuple(dict.fromkeys((gid, text) for gid, text in found if gid))


_MANNERS = (("Latn", "en"), ("Hang", "ko"))
"""Scripts and languages in which a font may draw figures and signs otherwise."""


def _shaped(font: hb.Font, word: str, script: str = "Latn", lang: str = "en") -> int | None:
    """The one glyph a word comes to, if it does."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.direction, buffer.script, buffer.language = "ltr", script, lang
    hb.shape(font, buffer)
    shaped = buffer.glyph_infos
    return shaped[0].codepoint if len(shaped) == 1 else None
