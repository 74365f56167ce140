"""The text core: spans to lines to glyph runs, in every script.

The box engine calls `paragraph`, asks it for lines of a measure and has each line placed.
The way inside: clean, bidi, itemise, shaping, setting, breaks, lines, content, placing; with
squares (Chinese and Japanese), hyphens and justify (with kashida) called in on the way.
"""

from __future__ import annotations

from handouts.typeset.text.lines import Line
from handouts.typeset.text.missing import missing
from handouts.typeset.text.paragraph import Paragraph, paragraph
from handouts.typeset.text.placing import Placed, place
from handouts.typeset.text.plain import plain_line

__all__ = [
    "Line",
    "Paragraph",
    "Placed",
    "missing",
    "paragraph",
    "place",
    "plain_line",
]
