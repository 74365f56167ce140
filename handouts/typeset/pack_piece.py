"""One piece of a pack on its pages: fitted with the others' page numbers, then painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from handouts.model.document import Box, Document, Node, Span, Stack, Text
from handouts.model.fonts import FontLibrary
from handouts.model.pack import Piece
from handouts.model.pages import Bookmark, Page
from handouts.typeset.bookmarks import bookmarks
from handouts.typeset.engine import painted
from handouts.typeset.fit import Fitted, Fitter
from handouts.typeset.flow import PagePlan
from handouts.typeset.prune import surviving
from handouts.typeset.report import check_fit, check_glyphs
from handouts.typeset.shaping import Shaping
from handouts.typeset.walk import boxes, changed

INSIDE = "#"
"""What a link inside the file begins with; the number of a piece follows."""

_WESTERN = "0123456789"


class Placed(NamedTuple):
    """A piece on its pages: the first counts from 0, blank ones in front of it left out."""

    first: int
    pages: tuple[Page, ...]
    nodes: tuple[Node, ...]
    bookmarks: tuple[Bookmark, ...]


class Setter:
    """Fits one piece again and again, keeping what it measured."""

    def __init__(self, piece: Piece, library: FontLibrary) -> None:
        self.piece = piece
        self._fitted: tuple[Fitted, ...] = ()
        self._document = document = piece.document
        if document is None:
            return
        self._shaping = Shaping(document, library)
        self._targets = any(_targets(box) for s in document.sections for box in boxes(s.body))
        self._fitter = Fitter(document, self._shaping)

    @property
    def guess(self) -> tuple[int, ...]:
        """Pages of its sections before anything is known: as many as they may have."""
        if self.piece.foreign is not None:
            return (len(self.piece.foreign.sizes),)
        assert self._document is not None
        return tuple(section.max_pages or 1 for section in self._document.sections)

    def fit(
        self, counts: Sequence[int], starts: Sequence[int], first: int, total: int, settled: bool
    ) -> tuple[int, ...]:
        """Pages of its sections, when it begins on page `first` of `total`."""
        if self._document is None:
            return tuple(counts)
        if self._targets:
            self._document = self._numbered(starts)
            self._fitter = Fitter(self._document, self._shaping)
        self._fitted = self._fitter.fit(counts, settled=settled, before=first, total=total)
        return tuple(len(one.flowed.pages) for one in self._fitted)

    @property
    def short(self) -> bool:
        """Whether something has no room, so that no further pass can help."""
        return any(one.flowed.shortfalls for one in self._fitted)

    def check_glyphs(self) -> None:
        """Raises ``missing-glyph`` for characters of the piece that no font has."""
        if self._document is not None:
            check_glyphs(self._document, self._shaping)

    def check_fit(self) -> None:
        """Raises ``does-not-fit`` for what has no room."""
        if self._document is not None:
            check_fit(self._document, self._fitted)

    def placed(self, first: int) -> Placed:
        """Its pages, painted, with ids of its own."""
        document = self._document
        if document is None:
            assert self.piece.foreign is not None
            empty = tuple(Page(*size, items=()) for size in self.piece.foreign.sizes)
            return Placed(first, empty, (), ())
        plans = [plan for one in self._fitted for plan in one.flowed.pages]
        pages = tuple(_page(document, plan, self._shaping) for plan in plans)
        nodes = surviving(document, [(one.section, one.dropped) for one in self._fitted])
        return Placed(first, pages, nodes, bookmarks(plans, nodes))

    def blank(self, last: Page, number: int, total: int) -> Page:
        """A page after the piece with its running regions and nothing else, all of it artifacts."""
        document = self._document
        if document is None:
            return Page(last.width, last.height, ())
        empty = Stack(children=())
        section = replace(document.sections[-1], body=empty, masthead=None, sidebar=None)
        document = replace(document, sections=(section,))
        fitted = Fitter(document, self._shaping).fit([1], before=number, total=total)
        check_fit(document, fitted)
        return _page(document, fitted[0].flowed.pages[0], self._shaping)

    def _numbered(self, starts: Sequence[int]) -> Document:
        """The piece's document with the page numbers other pieces begin on filled in."""
        document = self.piece.document
        assert document is not None
        sections = []
        for section in document.sections:
            body = _filled(section.body, document, starts)
            assert isinstance(body, Stack)
            sections.append(replace(section, body=body))
        return replace(document, sections=tuple(sections))


def _page(document: Document, plan: PagePlan, shaping: Shaping) -> Page:
    """A page of a pack, which is made for one brand alone."""
    return replace(painted(document, plan, shaping), slots=())


def _targets(box: Box) -> bool:
    return isinstance(box, Text) and any(span.field == "target" for span in box.spans)


def _filled(box: Box, document: Document, starts: Sequence[int]) -> Box | None:
    if not isinstance(box, Text):
        return changed(box, lambda child: _filled(child, document, starts))
    if not _targets(box):
        return box
    digits = document.digits.get(box.lang, _WESTERN)
    return replace(box, spans=tuple(_numbered(span, digits, starts) for span in box.spans))


def _numbered(span: Span, digits: str, starts: Sequence[int]) -> Span:
    if span.field != "target" or span.href is None:
        return span
    page = starts[int(span.href.removeprefix(INSIDE))] + 1
    return replace(span, field=None, text=str(page).translate(str.maketrans(_WESTERN, digits)))
