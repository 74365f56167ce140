"""Whether a face can put marks where they belong, over or under their letters.

A font may have a mark's glyph and still not know where it goes: drawn where the next letter
begins, it stands over that. Beside `itemise`, which asks before it takes a face.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import uharfbuzz as hb

from handouts.typeset.text.faces import Font

_MARKS = "\u0300-\u034e\u0350-\u035b\u0363-\u036f\u1ab0-\u1aff\u1dc0-\u1dcc\u1dce-\u1dff"
"""Marks of Latin, Greek and Cyrillic letters; not those that span two of them."""
_MARKED = re.compile(f"[^{_MARKS}][{_MARKS}]+")


def sets(font: Font, text: str) -> bool:
    """Whether the font has all the characters, and puts their marks where they belong."""
    if not font.covers(text):
        return False
    return text.isascii() or all(_stands(font, one) for one in _MARKED.findall(text))


@lru_cache(maxsize=4096)
def _stands(font: Font, cluster: str) -> bool:
    """Whether all marks of a letter come out over its width, none in the place of another."""
    buffer = hb.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.CHARACTERS
    hb.shape(font.shaper, buffer)
    glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    width = pen = glyphs[0][1].x_advance
    taken = set()
    for info, position in glyphs[1:]:
        extents = font.shaper.get_glyph_extents(info.codepoint)
        if extents is None or not extents.width:
            continue
        middle = pen + position.x_offset + extents.x_bearing + extents.width / 2
        place = unicodedata.combining(cluster[info.cluster]), position.y_offset
        if not 0 <= middle <= width or place in taken:
            return False
        taken.add(place)
        pen += position.x_advance
    return True
