"""Justified lines: the slack shared out over spaces, between squares and in Arabic joins.

Between `fragments` and `content`. A line is left ragged rather than torn: when it has no gaps,
or when its gaps would have to grow too much.
"""

from __future__ import annotations

from handouts.typeset.text.fragments import Fragment
from handouts.typeset.text.kashida import elongations
from handouts.typeset.text.scripts import is_cjk
from handouts.typeset.text.setting import Setting
from handouts.typeset.text.squares import LEADING, TRAILING, is_border

_MOST = 520.0
"""What a gap may grow by, in 1/1000 em: a word space (about 260) becomes three."""

_SPACES = " \u00a0"


def open_up(setting: Setting, parts: list[Fragment], slack: float) -> bool:
    """Widens a line by the slack; False, and nothing done, if that cannot be done well."""
    inner = [part for part in parts if not part.hanging]
    end = inner[-1].end if inner else 0
    spots = [(part, index) for part in inner for index in _gaps(setting, part, end)]
    if not spots:
        return False
    longer = elongations(setting.text, inner, slack) if setting.setup.kashida else []
    growth = (slack - sum(each.width for each in longer)) / len(spots)
    if growth > _MOST:
        return False
    for part, index in spots:
        glyph = part.glyphs[index]
        part.glyphs[index] = glyph._replace(advance=glyph.advance + growth)
    for each in longer:
        each.apply()
    return True


def _gaps(setting: Setting, fragment: Fragment, end: int) -> list[int]:
    """Indexes of the glyphs after which the fragment may be opened up, before `end`."""
    text, clusters = setting.text, fragment.clusters
    squares = setting.squares and not fragment.level & 1
    found = []
    for index, cluster in enumerate(clusters):
        if not squares and text[cluster] not in _SPACES:
            continue
        following = cluster + 1
        if following >= end or clusters[index + 1 : index + 2] == [cluster]:
            continue
        if text[cluster] in _SPACES or _parts(text, cluster, following):
            found.append(index)
    return found


def _parts(text: str, before: int, after: int) -> bool:
    """Whether two characters may be parted without a space: not a bracket and what it holds."""
    one, other = text[before], text[after]
    if is_cjk(one) and is_cjk(other):
        return one not in LEADING and other not in TRAILING
    return is_border(text, after)
