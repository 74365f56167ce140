"""Paragraph: the text core's face to the box engine.

A setting (shared, size-free) together with the spans that give its pieces colour, owner and
link. Everything is in 1/1000 em; the size comes in with `placing`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from handouts.model.document import Span
from handouts.model.fonts import FontLibrary
from handouts.model.frozen import dataclass
from handouts.typeset.text import lines as breaking
from handouts.typeset.text.clean import pieces_of
from handouts.typeset.text.faces import faces_of
from handouts.typeset.text.itemise import Setup
from handouts.typeset.text.lines import Line
from handouts.typeset.text.missing import absent
from handouts.typeset.text.setting import Setting, setting


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph ready to be broken into lines. Compared by identity: equal calls share it."""

    setting: Setting
    styles: tuple[Span, ...]
    """The span that styles each piece of the setting."""
    missing: tuple[str, ...]
    """Characters that none of the families has a glyph for."""

    @property
    def text(self) -> str:
        """What is set: without bidi marks and isolates; offsets of lines count in it."""
        return self.setting.text

    @property
    def level(self) -> int:
        """Base level: 0 left to right, 1 right to left."""
        return self.setting.level

    @property
    def ascent(self) -> float:
        """Ascent of the first family's face."""
        return self.setting.ascent

    @property
    def descent(self) -> float:
        """Descent of the first family's face, positive downwards."""
        return self.setting.descent

    @property
    def widest(self) -> float:
        """Width of the longest line when only line ends in the text break it."""
        return self._remember("widest", breaking.widest)

    @property
    def narrowest(self) -> float:
        """Width of the widest piece that cannot be broken."""
        return self._remember("narrowest", breaking.narrowest)

    def _remember(self, name: str, measure: Callable[[Setting], float]) -> float:
        known = self.setting.cache.get(name)
        if not isinstance(known, float):
            known = self.setting.keep(name, measure(self.setting))
        return known

    def lines(self, measure: float, start: int = 0, *, hyphenate: bool = False) -> tuple[Line, ...]:
        """The lines from character `start`, none wider than `measure` if it can be helped."""
        key = (measure, start, hyphenate)
        known = self.setting.cache.get(key)
        if not isinstance(known, tuple):
            found = breaking.lines(self.setting, measure, start, hyphenate=hyphenate)
            known = self.setting.keep(key, found)
        return known


def paragraph(
    spans: tuple[Span, ...],
    families: tuple[str, ...],
    weight: int,
    lang: str,
    direction: Literal["ltr", "rtl"],
    library: FontLibrary,
    *,
    hyphenate: bool = False,
    kashida: bool = False,
) -> Paragraph:
    """Shapes a paragraph. Pure and memoised.

    Args:
        spans: text in logical order; fields already filled.
        families: in order of preference, the first gives ascent and descent.
        weight: of text that is not bold; bold text is at least 700.
        lang: BCP 47 language of spans that have none.
        direction: base direction.
        library: the faces there are.
        hyphenate: whether lines may use the dictionary of each word's language.
        kashida: whether justified Arabic lines may lengthen the joins of their words.

    Raises:
        LookupError: if the library has none of the families.
    """
    level = int(direction == "rtl")
    faces = faces_of(library)
    return _paragraph(spans, Setup(families, weight, lang, level, faces, hyphenate, kashida))


@lru_cache(maxsize=512)
def _paragraph(spans: tuple[Span, ...], setup: Setup) -> Paragraph:
    pieces, styles = pieces_of(spans)
    return Paragraph(setting(pieces, setup), styles, absent(spans, setup))
