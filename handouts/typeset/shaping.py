"""Paragraphs of one run: what the text core shaped for each text box, and what no font has.

Stands between the boxes and ``handouts.typeset.text``; asks the text core once per box, so
that fit steps and passes shape nothing again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal

from handouts.model.document import Box, Document, Span, Text
from handouts.model.fonts import FontLibrary
from handouts.typeset.boxes.laid import Unit
from handouts.typeset.text import Paragraph, paragraph

Direction = Literal["ltr", "rtl"]


class Shaping:
    """Shapes the text boxes of one document, and keeps what no fit step changes about others."""

    def __init__(self, document: Document, library: FontLibrary) -> None:
        self.units: dict[int, tuple[Box, tuple[Unit, ...]]] = {}
        """Units of stacks as the measurers found them; the same under every fit step."""
        self._library = library
        self._direction: Direction = document.direction
        self._directions: Mapping[str, Direction] = {
            document.identity.language: document.direction,
            **document.directions,
        }
        self._kept: dict[int, tuple[Text, Paragraph]] = {}

    def paragraph(self, text: Text) -> Paragraph:
        """The shaped paragraph of a text box."""
        kept = self._kept.get(id(text))
        if kept is None:
            kept = self._kept[id(text)] = (text, self._shape(text, text.spans))
        return kept[1]

    def missing(self, text: Text) -> tuple[str, ...]:
        """Characters of a text box that none of its families has."""
        return self.paragraph(text).missing

    def missing_characters(self, text: Text, characters: str) -> tuple[str, ...]:
        """Those of `characters` that could not be set in the box's style."""
        return self._shape(text, (Span(characters),)).missing

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

    def _shape(self, text: Text, spans: tuple[Span, ...]) -> Paragraph:
        style = text.style
        return paragraph(
            spans,
            style.families,
            style.weight,
            text.lang,
            self.direction(text),
            self._library,
            hyphenate=style.hyphenate,
            kashida=style.kashida and style.align == "justify",
        )
