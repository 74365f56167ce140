"""Paragraphs of one run: what the text core shaped for each text box, and what no font has.

Stands between the boxes and ``handouts.typeset.text``; asks the text core once per box, so
that fit steps and passes shape nothing again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from handouts.model.document import Box, Document, Span, Text
from handouts.model.fonts import FontLibrary
from handouts.typeset.boxes.laid import Unit
from handouts.typeset.text import Paragraph, missing, paragraph

Direction = Literal["ltr", "rtl"]


class _Same:
    """A library compared by identity: comparing its faces costs more than what is looked up."""

    __slots__ = ("library",)

    def __init__(self, library: FontLibrary) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library

    def __hash__(self) -> int:
        return id(self.library)


@lru_cache(maxsize=8192)
def _shaped(
    spans: tuple[Span, ...],
    families: tuple[str, ...],
    weight: int,
    lang: str,
    direction: Direction,
    same: _Same,
    hyphenate: bool,
    kashida: bool,
) -> tuple[tuple[str, ...], Paragraph]:
    """What is missing and the paragraph together: they are always asked for one after the other."""
    absent = missing(spans, families, weight, lang, same.library)
    made = paragraph(
        spans,
        families,
        weight,
        lang,
        direction,
        same.library,
        hyphenate=hyphenate,
        kashida=kashida,
    )
    return absent, made


class Shaping:
    """Shapes the text boxes of one document, and keeps what no fit step changes about others."""

    def __init__(self, document: Document, library: FontLibrary) -> None:
        self.units: dict[int, tuple[Box, tuple[Unit, ...]]] = {}
        """Units of stacks as the measurers found them; the same under every fit step."""
        self._same = _Same(library)
        self._direction: Direction = document.direction
        self._directions: Mapping[str, Direction] = {
            document.identity.language: document.direction,
            **document.directions,
        }
        self._kept: dict[int, tuple[Text, tuple[str, ...], Paragraph]] = {}

    def paragraph(self, text: Text) -> Paragraph:
        """The shaped paragraph of a text box."""
        kept = self._kept.get(id(text))
        return kept[2] if kept is not None else self._of(text)[2]

    def missing(self, text: Text) -> tuple[str, ...]:
        """Characters of a text box that none of its families has."""
        return self._of(text)[1]

    def missing_characters(self, text: Text, characters: str) -> tuple[str, ...]:
        """Those of `characters` that could not be set in the box's style."""
        return self._shape(text, (Span(characters),))[0]

    def direction(self, text: Text) -> Direction:
        """The paragraph's base direction: that of its language, if it is one of the document's.

        A paragraph in another language follows its first strong character (UAX #9, P2, P3).
        """
        known = self._directions.get(text.lang)
        if known is not None:
            return known
        for span in text.spans:
            for char in span.text:
                kind = unicodedata.bidirectional(char)
                if kind in ("L", "R", "AL"):
                    return "ltr" if kind == "L" else "rtl"
        return self._direction

    def _of(self, text: Text) -> tuple[Text, tuple[str, ...], Paragraph]:
        kept = self._kept.get(id(text))
        if kept is None:
            kept = self._kept[id(text)] = (text, *self._shape(text, text.spans))
        return kept

    def _shape(self, text: Text, spans: tuple[Span, ...]) -> tuple[tuple[str, ...], Paragraph]:
        style, direction = text.style, self.direction(text)
        return _shaped(
            spans,
            style.families,
            style.weight,
            text.lang,
            direction,
            self._same,
            style.hyphenate,
            style.kashida and style.align == "justify",
        )
