"""Runs into glyphs with HarfBuzz, and the characters each glyph stands for.

Between `itemise` and `lines`. Shaping is cached by text, face and language, so a sentence
that returns in another document of a batch costs a look-up.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, groupby
from operator import attrgetter

import uharfbuzz as hb

from handouts.model.frozen import dataclass
from handouts.model.pages import Glyph
from handouts.typeset.text import squares
from handouts.typeset.text.faces import Font
from handouts.typeset.text.scripts import CJK, is_latin

CONTEXT = 5
"""How many characters before and after a run HarfBuzz looks at."""

_INVISIBLE = 0xFFFF
"""Glyph id HarfBuzz is told to put in place of characters that are never seen."""
_HIDDEN = str(_INVISIBLE)

_SILENT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Characters without a place in extracted text: they only say where lines may end."""

_STACKED = frozenset(("Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Latn", "Grek", "Cyrl"))
"""Scripts whose clusters readers reorder by position, or part from their accents: only
ActualText keeps them whole."""

_DOTTED = frozenset(("tr", "az", "crh", "gag", "tt", "kk"))
"""Turkic languages, where i and ı differ: a ligature of f and i takes the dot away."""

_Place = tuple[int, int, float, int]
"""Offset x, y and advance x, y in font units, as HarfBuzz gives it."""

_Features = dict[str, list[tuple[int, int, bool]]]

_UNSAFE = frozenset("13579BDF")
"""Last digits of glyph flags that say not to cut before the glyph's cluster."""
_WRITTEN = (
    hb.BufferSerializeFlags.NO_CLUSTERS
    | hb.BufferSerializeFlags.NO_GLYPH_NAMES
    | hb.BufferSerializeFlags.GLYPH_FLAGS
)
_ADVANCE = attrgetter("advance")


class _Safe(dict[str, int]):
    """By what HarfBuzz writes of a glyph: whether its flags allow to cut before its cluster."""

    def __missing__(self, sign: str) -> int:
        if len(self) >= _MAX_SIGNS:
            self.clear()
        self[sign] = safe = int("#" not in sign or sign[-1] not in _UNSAFE)
        return safe


_MAX_SIGNS = 2048
_SAFE = _Safe()


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """Glyphs of a run in visual order. Offsets are characters from the start of the run.

    `clusters`: where each glyph's cluster starts; ascending left to right, descending right
    to left. `safe`: by character, 1 where the run may be cut before it without shaping again.
    `actual`: as in GlyphRun. `advances`: by character, the width of the cluster it starts.
    """

    glyphs: tuple[Glyph, ...]
    clusters: Sequence[int]
    safe: bytearray
    actual: tuple[tuple[int, int, str], ...]
    advances: Sequence[float]


@lru_cache(maxsize=1024)
def shape(
    text: str, before: str, after: str, font: Font, script: str, rtl: bool, lang: str
) -> Shaped:
    """Shapes a text between its neighbours, for joining; measures in 1/1000 em.

    Punctuation closes up towards punctuation and towards an end where there is no neighbour.
    """
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.invisible_glyph = _INVISIBLE
    whole, offset = f"{before}{text}{after}", len(before)
    seen = whole.replace("\n", " ")
    buffer.add_str(seen, offset, len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = lang
    air: Sequence[int] = ()
    if not rtl and (script in CJK or squares.begins_han(after)):
        air = tuple(
            place - offset for place in squares.borders(whole, offset + 1, offset + len(text))
        )
    hb.shape(font.shaper, buffer, _features(whole, script, lang))
    return _read(buffer, offset, seen[offset : offset + len(text)], font, script, air)


def _features(text: str, script: str, lang: str) -> _Features | None:
    """What the font is asked for beyond its defaults: half-width punctuation, or no ligatures."""
    if script in CJK:
        places = [(start, end, True) for start, end in squares.half(text, lang)]
        return {"halt": places} if places else None
    if script == "Latn" and lang.partition("-")[0] in _DOTTED:
        return {"liga": [(0, len(text), False)]}
    return None


def _read(
    buffer: hb.Buffer, offset: int, text: str, font: Font, script: str, air: Sequence[int]
) -> Shaped:
    """What HarfBuzz found, in visual order, with air before the characters that get some.

    It is taken from what HarfBuzz writes out: its objects for glyphs, places and flags take six
    times as long as the shaping.
    """
    written = buffer.serialize(font.shaper, hb.BufferSerializeFormat.TEXT, _WRITTEN)
    signs = written[1:-1].split("|")
    plain = font.plain(signs, text) if is_latin(text) and not air else None
    if plain is not None:
        return _simple(plain, signs if "#" in written else ())
    infos = buffer.glyph_infos
    signs = signs if infos else []
    clusters = [info.cluster - offset for info in infos]
    simple = clusters == _in_order(len(text)) and _HIDDEN not in written
    if simple and not air:
        if is_latin(text):
            font.learn(signs, text)
        return _simple(font.written(signs, text), signs)
    unsafe = [at for at, sign in zip(clusters, signs, strict=True) if not _SAFE[sign]]
    gids = [info.codepoint for info in infos]
    places = [place.position for place in buffer.glyph_positions]
    for place in air:
        _widen(places, bisect_left(clusters, place) - 1, squares.AIR / font.scale)
    if simple:
        return _simple(font.glyphs(gids, text, places), signs)
    safe = bytearray(len(text))
    for cluster in clusters:
        safe[cluster] = 1
    for cluster in unsafe:
        safe[cluster] = 0
    if safe:
        safe[0] = 1
    if _INVISIBLE in gids:
        seen = [gid != _INVISIBLE for gid in gids]
        gids, clusters = list(compress(gids, seen)), list(compress(clusters, seen))
        places = list(compress(places, seen))
    says = _texts(text, clusters)
    rtl = buffer.direction == "rtl"
    if rtl and font.carrier:
        gids, clusters, places = _carried(gids, clusters, places, says, font.carrier)
    parts, actual = _spell(clusters, says, rtl, script, _torn(clusters, places))
    glyphs = font.glyphs(gids, parts, places)
    widths = [0.0] * len(text)
    for cluster, glyph in zip(clusters, glyphs, strict=True):
        widths[cluster] += glyph.advance
    return Shaped(tuple(glyphs), tuple(clusters), safe, actual, widths)


def _simple(glyphs: list[Glyph], signs: Sequence[str]) -> Shaped:
    """A run from left to right in which every character is a glyph; no signs: all are safe."""
    count = len(glyphs)
    safe = bytearray(map(_SAFE.__getitem__, signs)) if signs else bytearray(b"\1") * count
    if safe:
        safe[0] = 1
    return Shaped(tuple(glyphs), range(count), safe, (), list(map(_ADVANCE, glyphs)))


@lru_cache(maxsize=1024)
def _in_order(count: int) -> list[int]:
    """Clusters of a run from left to right in which every character is a glyph."""
    return list(range(count))


def _widen(places: list[_Place], index: int, width: float) -> None:
    dx, dy, advance, height = places[index]
    places[index] = (dx, dy, advance + width, height)


def _texts(text: str, clusters: list[int]) -> dict[int, str]:
    """What each visible cluster says; joiners without a glyph go with the cluster before."""
    starts = sorted(set(clusters))
    ends = [*starts[1:], len(text)]
    return {
        start: text[start:end].translate(_SILENT) for start, end in zip(starts, ends, strict=False)
    }


def _carried(
    gids: list[int],
    clusters: list[int],
    places: list[_Place],
    says: dict[int, str],
    carrier: int,
) -> tuple[list[int], list[int], list[_Place]]:
    """Right to left: carriers for what a cluster says beyond one character a glyph.

    Lam and alef are one glyph, and a joiner has none. Readers turn a right-to-left word round
    by its characters, glyphs or marked contents, each in its own way; with one character a
    glyph they all come to the same.
    """
    shown: list[tuple[int, int, _Place]] = []
    at = 0
    for cluster, group in groupby(clusters):
        count = len(list(group))
        shown += [(carrier, cluster, (0, 0, 0, 0))] * (len(says[cluster]) - count)
        shown += zip(
            gids[at : at + count], clusters[at : at + count], places[at : at + count], strict=True
        )
        at += count
    return [s[0] for s in shown], [s[1] for s in shown], [s[2] for s in shown]


def _torn(clusters: list[int], places: list[_Place]) -> set[int]:
    """Clusters in which the pen goes back for a sign and on again (Bengali candrabindu and aa).

    Readers take the way on for a space.
    """
    return {
        cluster
        for cluster, following, place in zip(clusters, clusters[1:], places, strict=False)
        if cluster == following and place[0] < 0
    }


def _spell(
    clusters: list[int], says: dict[int, str], rtl: bool, script: str, torn: set[int]
) -> tuple[list[str], tuple[tuple[int, int, str], ...]]:
    """The text of every glyph, and the ranges of glyphs that need ActualText."""
    texts: list[str] = []
    actual: list[tuple[int, int, str]] = []
    for cluster, group in groupby(clusters):
        count = len(list(group))
        parts = share(says[cluster], count, rtl)
        if _needs_actual(says[cluster], parts, rtl, script in _STACKED or cluster in torn):
            actual.append((len(texts), len(texts) + count, says[cluster]))
        texts += parts
    return texts, tuple(actual)


def share(cluster: str, glyphs: int, rtl: bool) -> list[str]:
    """The characters of a cluster dealt out to its glyphs, in reading order of the glyphs.

    Two-part vowels are taken apart when there are more glyphs than characters; Arabic letters
    drawn in parts are not, for they are searched as written. A glyph may be left with none
    (dots of such letters): how it is mapped then is the PDF's business.
    """
    if glyphs == 1:
        return [cluster]
    if len(cluster) < glyphs and not rtl:
        cluster = unicodedata.normalize("NFD", cluster)
    parts = [*cluster[: glyphs - 1], cluster[glyphs - 1 :]]
    parts += [""] * (glyphs - len(parts))
    return parts[::-1] if rtl else parts


def _needs_actual(cluster: str, parts: list[str], rtl: bool, reordered: bool) -> bool:
    """Whether the glyphs' own texts, read one after the other, do not give the cluster.

    `reordered`: readers that go by the glyphs' positions would get it wrong. Letters taken apart
    are not found by who searches for them as they are typed.

    Right to left, letters in parts need it (the dots of Nastaliq have no text), and ligatures
    of a font without a carrier; the same words about whole runs do harm.
    """
    if rtl and len(parts) == 1:
        return len(cluster) > 1
    apart = not rtl and "".join(parts) != cluster
    return len(parts) > 1 and ("" in parts or apart or (reordered and not rtl))
