"""Characters that no face can draw, found before anything is set.

Beside the flow: `typeset` refuses a document with missing characters, naming them.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.document import Span
from handouts.model.fonts import FontLibrary
from handouts.typeset.text.clean import LINE_END, is_ignorable, without_controls
from handouts.typeset.text.faces import faces_of
from handouts.typeset.text.itemise import Setup


def missing(
    spans: Sequence[Span],
    families: tuple[str, ...],
    weight: int,
    lang: str,
    library: FontLibrary,
) -> tuple[str, ...]:
    """The characters no face of the families has, each once, in order of appearance.

    Controls, isolates, joiners and variation selectors need no glyph and are never missing.
    """
    return absent(spans, Setup(families, weight, lang, 0, faces_of(library)))


def absent(spans: Sequence[Span], setup: Setup) -> tuple[str, ...]:
    """The same for a paragraph's setup; its language and level change nothing about it."""
    found: dict[str, None] = {}
    for span in spans:
        wanted = setup.wanted(bold=span.bold, italic=span.italic)
        text = without_controls(span.text)
        if wanted[0].font.covers(text):
            continue
        for character in dict.fromkeys(text):
            if character == LINE_END or is_ignorable(character):
                continue
            if not any(face.font.covers((character,)) for face in wanted):
                found[character] = None
    return tuple(found)
