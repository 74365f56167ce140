"""Fonts of one document: those of its plate, and those its slots add.

A plate's face has one font: the glyphs of what never varies, and, if slots use the face, the
letters the pages ask for. A run in a slot is shown with it when it has all the run's glyphs.
Otherwise the run is shown with a second font of the face, which has the glyphs of such runs
only: so a name in unexpected letters costs a small font, and the plate stays as it is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from handouts.model.fonts import FontFace, FontFile
from handouts.model.pages import GlyphRun
from handouts.pdf import glyphs
from handouts.pdf.codes import DocumentFont
from handouts.pdf.document import Register
from handouts.pdf.embed import cut, embed
from handouts.pdf.errors import RenderError

Shown = tuple[DocumentFont, str | None]
"""The font for a run, and the operators that show it unless it has raised glyphs."""
Kept = Mapping[int, tuple[GlyphRun, Shown]]
"""Runs in slots by the identity of their glyphs: what a slot says for every brand, such as the
words around a name, are the same objects in every document."""


_KEPT = 16
_known: dict[Hashable, PlateFonts] = {}


def plate_fonts(
    runs: Sequence[GlyphRun], faces: Mapping[str, FontFace], letters: str, slotted: Sequence[str]
) -> PlateFonts:
    """The fonts for what never varies, which are kept.

    The lines of a text are the same objects in every document that has the text; so documents of
    one template find their fonts by the identity of the lines' glyphs.

    Args:
        runs: all that never varies, in the order in which it is painted.
        faces: the document's.
        letters: characters for faces that slots use.
        slotted: those faces.
    """
    used = sorted({run.face for run in runs}.union(slotted))
    files = tuple([(face, _file(faces, face)) for face in used])
    shown = tuple([(run.face, id(run.glyphs), run.actual) for run in runs])
    key = (letters, tuple(slotted), files, shown)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[key] = PlateFonts(runs, dict(files), letters, slotted)
    return found


class PlateFonts:
    """The faces of what never varies, named in order of first use; nothing comes in later."""

    def __init__(
        self,
        runs: Sequence[GlyphRun],
        files: Mapping[str, FontFile],
        letters: str,
        slotted: Iterable[str],
    ) -> None:
        self.used: dict[str, DocumentFont] = {}
        self._runs, self._files = runs, files
        self._shown: dict[Hashable, str | None] = {}
        for run in runs:
            self._take(run)
        for face in slotted:
            font = self.used.get(face) or self._opened(face)
            font.learn(letters)
            if font.codes:
                self.used[face] = font
        for font in self.used.values():
            font.close()

    def _take(self, run: GlyphRun) -> None:
        """Learns the glyphs of a run, and how it is shown."""
        font = self.used.get(run.face)
        if font is None:
            font = self.used[run.face] = self._opened(run.face)
        shown = glyphs.plain(run, font)
        if shown is None:
            glyphs.learn(run, font)
        self._shown[run.face, id(run.glyphs), run.actual] = shown

    def _opened(self, face: str) -> DocumentFont:
        return DocumentFont(f"/F{len(self.used) + 1}", self._files[face])

    def show(self, run: GlyphRun) -> Shown:
        """The face's font, which has the run's glyphs, and the operators that show them."""
        return self.used[run.face], self._shown[run.face, id(run.glyphs), run.actual]

    def kept(self, runs: Iterable[GlyphRun]) -> Kept:
        """Runs that are shown with these fonts, which are closed."""
        found: dict[int, tuple[GlyphRun, Shown]] = {}
        for run in runs:
            font = self.used.get(run.face)
            if font is not None:
                try:
                    shown = glyphs.plain(run, font)
                except KeyError:
                    continue
                if shown is not None:
                    found[id(run.glyphs)] = (run, (font, shown))
        return found

    def embed(self, register: Register) -> bytes:
        """Registers all fonts; returns their rows of the Font dictionary."""
        return _embedded(self.used.values(), register)


class SlotFonts:
    """The fonts of one document's slots."""

    def __init__(
        self, plate: Mapping[str, DocumentFont], kept: Kept, faces: Mapping[str, FontFace]
    ) -> None:
        self._plate, self._kept, self._faces = plate, kept, faces
        self._seconds: dict[str, DocumentFont] = {}
        self.faces: set[str] = set()
        """Those that were used."""

    @property
    def strayed(self) -> bool:
        """Whether a run had a glyph that the plate's fonts lack."""
        return bool(self._seconds)

    def show(self, run: GlyphRun) -> Shown:
        """The plate's font of the run's face if that has all glyphs, or else the second."""
        self.faces.add(run.face)
        kept = self._kept.get(id(run.glyphs))
        if kept is not None and kept[0].face == run.face and kept[0].actual == run.actual:
            return kept[1]
        font = self._plate.get(run.face)
        if font is not None:
            try:
                shown = glyphs.plain(run, font)
                if shown is None:
                    for glyph in run.glyphs:
                        font.codes[glyph.gid, glyph.text]  # May be a KeyError.
                return font, shown
            except KeyError:
                pass
        font = self._second(run.face)
        return font, glyphs.plain(run, font)

    def _second(self, face: str) -> DocumentFont:
        font = self._seconds.get(face)
        if font is None:
            name = f"/F{len(self._plate) + len(self._seconds) + 1}"
            font = self._seconds[face] = DocumentFont(name, _file(self._faces, face))
        return font

    def embed(self, register: Register) -> bytes:
        """Registers the second fonts; returns their rows of the Font dictionary."""
        return _embedded(self._seconds.values(), register)


def _embedded(fonts: Iterable[DocumentFont], register: Register) -> bytes:
    cuts = ((font, cut(font.file, tuple(font.codes))) for font in fonts)
    rows = [f"{font.resource} {embed(one, register)} 0 R" for font, one in cuts]
    return "".join(rows).encode("ascii")


def _file(faces: Mapping[str, FontFace], face: str) -> FontFile:
    if face not in faces:
        raise RenderError(f"face '{face}' is not among the document's faces")
    return faces[face].file
