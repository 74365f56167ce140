"""Page numbers: the fields of a text box, filled for one page before it is measured.

The number of pages is known only after a first pass over the document; the second measures
with it, so a filled text always had its room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handouts.model.document import Box, Span, Text
from handouts.typeset.walk import boxes, changed


class Fields:
    """Fills page numbers in each language's digits; keeps what has none as it is."""

    def __init__(self, digits: Mapping[str, str]) -> None:
        self._digits = {tag: str.maketrans("0123456789", ten) for tag, ten in digits.items()}
        self._kept: dict[tuple[int, int, int], tuple[Box, Box]] = {}
        self._plain: dict[int, tuple[Box, bool]] = {}

    def fill(self, box: Box, page: int, pages: int) -> Box:
        """The box with `page` of `pages` in its fields, the same object when it has none."""
        if not self.has(box):
            return box
        key = (id(box), page, pages)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (box, self._filled(box, page, pages))
        return kept[1]

    def has(self, box: Box) -> bool:
        """Whether a page number stands anywhere in the box."""
        kept = self._plain.get(id(box))
        if kept is None:
            kept = self._plain[id(box)] = (box, self._has(box))
        return kept[1]

    def _has(self, box: Box) -> bool:
        for one in boxes(box):
            if isinstance(one, Text):
                for span in one.spans:
                    if span.field is not None:
                        return True
        return False

    def _filled(self, box: Box, page: int, pages: int) -> Box:
        if isinstance(box, Text):
            spans = tuple(self._span(s, s.lang or box.lang, page, pages) for s in box.spans)
            return replace(box, spans=spans)
        new = changed(box, lambda child: self.fill(child, page, pages))
        assert new is not None
        return new

    def _span(self, span: Span, lang: str, page: int, pages: int) -> Span:
        if span.field is None:
            return span
        number = page if span.field == "page" else pages
        return replace(span, text=str(number).translate(self._digits.get(lang, {})))
