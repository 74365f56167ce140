"""The common line made quickly: a text of one style in plain Latin that stands on one line.

Beside the flow: what `paragraph`, `lines` and `content` come to for such a text, without what
only breaking into lines needs. A batch sets a name or an address a hundred thousand times where
another stood.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from handouts.model.document import Span
from handouts.typeset.text import content, itemise
from handouts.typeset.text.clean import HANGING, Piece, pieces_of
from handouts.typeset.text.content import Content, Extent, ReadyLine
from handouts.typeset.text.lines import Line
from handouts.typeset.text.shaping import shape


def plain_line(spans: tuple[Span, ...], setup: itemise.Setup) -> Line | None:
    """The only line of a paragraph, however wide; None for a text that is not as plain as that."""
    pieces, styles = pieces_of(spans)
    made = _line(pieces[0], setup) if len(pieces) == 1 else None
    if made is None:
        return None
    return Line(0, len(pieces[0].text), made.width, True, ReadyLine(made, styles))


@lru_cache(maxsize=64)  # A clinic's texts: the next template wants them when all have passed.
def _line(piece: Piece, setup: itemise.Setup) -> Content | None:
    run = itemise.plain_run((piece,), setup)
    if run is None or piece.text[-1] in HANGING:
        return None
    shaped = shape(piece.text, "", "", run.face.font, run.script, False, run.lang)
    if not shaped.glyphs:
        return None
    *_, width = accumulate(shaped.advances, initial=0.0)
    found = content.Piece(0.0, run.face.name, shaped.glyphs, shaped.actual, False, run.style)
    return Content(width, (found,), (Extent(run.style, 0.0, width),) if width else ())
