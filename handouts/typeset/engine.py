"""The stage: a document in, placed pages out. Reads like the list of its steps."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.document import Document
from handouts.model.fonts import FontFace, FontLibrary
from handouts.model.pages import Artifact, GlyphRun, Page, Pages
from handouts.typeset.bookmarks import bookmarks
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.fit import Fitted, Fitter
from handouts.typeset.flow import PagePlan
from handouts.typeset.paint.paint import paint
from handouts.typeset.paint.sheet import Sheet
from handouts.typeset.prune import surviving
from handouts.typeset.report import check_fit, check_glyphs
from handouts.typeset.shaping import Shaping
from handouts.typeset.trace import Trace

PASSES = 4
"""Greatest number of passes until page counts agree; from the third on no page may rely on
being the last one, so that the counts settle."""


def typeset(document: Document, library: FontLibrary) -> Pages:
    """Sets a document: breaks it into lines and pages and places everything.

    Pure: the same document and fonts give the same pages.

    Raises:
        HandoutsError: ``missing-glyph`` or ``does-not-fit``, all there are of the one kind.
    """
    return _set(document, library, None)


def typeset_traced(document: Document, library: FontLibrary) -> tuple[Pages, Trace]:
    """The same, and how the boxes that differ from brand to brand had a part in it.

    Raises:
        HandoutsError: as `typeset` does.
    """
    trace = Trace(document)
    return _set(document, library, trace), trace


def _set(document: Document, library: FontLibrary, trace: Trace | None) -> Pages:
    shaping = Shaping(document, library)
    check_glyphs(document, shaping)
    fitted = _settle(document, shaping, trace)
    check_fit(document, fitted)
    plans = [plan for one in fitted for plan in one.flowed.pages]
    pages = tuple(painted(document, plan, shaping, trace) for plan in plans)
    if trace:
        trace.finish()
    nodes = surviving(document, [(one.section, one.dropped) for one in fitted])
    return Pages(
        identity=document.identity,
        pages=pages,
        nodes=nodes,
        faces=faces_of(pages, library),
        palette=document.palette,
        bookmarks=bookmarks(plans, nodes),
        direction=document.direction,
        letters=document.letters,
    )


def _settle(document: Document, shaping: Shaping, trace: Trace | None) -> tuple[Fitted, ...]:
    """Passes until the page counts that went in are those that come out.

    The first pass takes every section for as long as it may be; most handouts need no second.
    """
    fitter = Fitter(document, shaping, trace.measurer if trace else Measurer)
    counts: Sequence[int] = [section.max_pages or 1 for section in document.sections]
    for number in range(PASSES):
        fitted = fitter.fit(counts, settled=number < 2)
        found = [len(one.flowed.pages) for one in fitted]
        if found == counts or any(one.flowed.shortfalls for one in fitted):
            break
        counts = found
    return fitted


def painted(
    document: Document, plan: PagePlan, shaping: Shaping, trace: Trace | None = None
) -> Page:
    """A page with everything in its place."""
    paper = document.paper
    sheet = Sheet(paper.width, paper.height, document.direction == "rtl", shaping)
    for region in plan.regions:
        paint(sheet, region.laid, region.x, region.y, Artifact.PAGINATION)
    for part in plan.content:
        # On every page but its first a sidebar has been said already.
        artifact = Artifact.PAGINATION if part.repeated else None
        paint(sheet, part.laid, part.x, part.y, artifact)
    if trace:
        trace.painted(sheet.spots)
    return sheet.page()


def faces_of(pages: Sequence[Page], library: FontLibrary) -> dict[str, FontFace]:
    """The faces that were used, in the library's order."""
    used = {item.face for page in pages for item in page.items if isinstance(item, GlyphRun)}
    return {face.name: face for face in library.faces if face.name in used}
