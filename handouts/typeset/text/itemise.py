"""Runs: stretches of text that can be shaped at once.

Between `clean` and `shaping`: a run has one face, script, embedding level and style, and
never reaches over a line end. Runs cover the text without gaps, in logical order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handouts.typeset.text.breaks import graphemes
from handouts.typeset.text.clean import LINE_END, Piece, is_ignorable, is_mark
from handouts.typeset.text.faces import Face, Faces
from handouts.typeset.text.marks import sets
from handouts.typeset.text.scripts import is_latin, scripts


class Run(NamedTuple):
    """Characters [start, end) of one face, script, level and style (index of the piece)."""

    start: int
    end: int
    face: Face
    script: str
    level: int
    style: int
    lang: str


class Setup(NamedTuple):
    """How a paragraph is to be set: families in order of preference, weight of plain text.

    `hyphenate`: by dictionary. `kashida`: justified Arabic lines grow in their words too.
    """

    families: tuple[str, ...]
    weight: int
    lang: str
    level: int
    faces: Faces
    hyphenate: bool = False
    kashida: bool = False

    def wanted(self, *, bold: bool = False, italic: bool = False) -> tuple[Face, ...]:
        """The faces to ask for a character, in order."""
        return self.faces.fallback(self.families, self.weight, bold=bold, italic=italic)


def itemise(
    text: str,
    levels: Sequence[int],
    borders: Sequence[int],
    pieces: Sequence[Piece],
    setup: Setup,
) -> tuple[Run, ...]:
    """Cuts the text into runs.

    Args:
        text: cleaned text of the paragraph.
        levels: one embedding level per character.
        borders: end of each piece in the text.
        pieces: what decides the face of each piece; `borders` says where it ends now.
        setup: the paragraph's families and language.
    """
    names = scripts(text)
    alone = _only_run(text, levels, names, pieces, setup)
    if alone:
        return (alone,)
    chosen: list[Face] = []
    styles: list[int] = []
    for style, (end, piece) in enumerate(zip(snap(text, borders), pieces, strict=True)):
        wanted = setup.wanted(bold=piece.bold, italic=piece.italic)
        start = len(chosen)
        if end > start:
            kinds = list(zip(levels[start:end], names[start:end], strict=True))
            chosen += choose_faces(text[start:end], kinds, wanted)
            styles += [style] * (end - start)
    runs: list[Run] = []
    for start, end in _even(text, list(zip(chosen, levels, names, styles, strict=True))):
        lang = pieces[styles[start]].lang or setup.lang
        run = Run(start, end, chosen[start], names[start], levels[start], styles[start], lang)
        runs.append(run)
    return tuple(runs)


def plain_run(pieces: Sequence[Piece], setup: Setup) -> Run | None:
    """A left-to-right paragraph of one piece in plain Latin as its only run, or None."""
    if len(pieces) != 1 or setup.level:
        return None
    piece = pieces[0]
    text = piece.text
    if LINE_END in text or not is_latin(text):
        return None
    face = setup.wanted(bold=piece.bold, italic=piece.italic)[0]
    if not face.font.covers(text):
        return None
    return Run(0, len(text), face, scripts(text)[0], 0, 0, piece.lang or setup.lang)


def _only_run(
    text: str,
    levels: Sequence[int],
    names: Sequence[str],
    pieces: Sequence[Piece],
    setup: Setup,
) -> Run | None:
    """The whole text as one run where it is one: most paragraphs are, in every script."""
    if len(pieces) != 1 or not text or LINE_END in text:
        return None
    if names.count(names[0]) != len(names) or levels.count(levels[0]) != len(levels):
        return None
    piece = pieces[0]
    face = setup.wanted(bold=piece.bold, italic=piece.italic)[0]
    if not sets(face.font, text):
        return None
    return Run(0, len(text), face, names[0], levels[0], 0, piece.lang or setup.lang)


def _even(text: str, kinds: Sequence[object]) -> list[tuple[int, int]]:
    """Stretches in which nothing changes and no line ends."""
    cuts = [i for i in range(1, len(text)) if kinds[i] != kinds[i - 1] or text[i - 1] == LINE_END]
    return list(pairwise([0, *cuts, len(text)])) if text else []


def choose_faces(text: str, kinds: Sequence[object], wanted: Sequence[Face]) -> list[Face]:
    """The face of every character.

    A stretch of one kind (level and script) is set in the first face that has all of it, and
    puts its marks where they belong: the dot of an address then comes from the face of its
    letters, though the text's face has one too. If there is none, each cluster gets the first
    face that has it, or its base. Spaces stay
    with the face before them, so that they do not cut a run. What no face has gets the first
    face (and its missing glyph); `missing` reports it.
    """
    if sets(wanted[0].font, text.replace(LINE_END, "")):
        return [wanted[0]] * len(text)
    chosen: list[Face] = []
    for start, end in _even(text, kinds):
        stretch = text[start:end]
        whole = next((f for f in wanted if sets(f.font, stretch.replace(LINE_END, ""))), None)
        chosen += [whole] * (end - start) if whole else _by_cluster(stretch, wanted)
    return chosen


def _by_cluster(text: str, wanted: Sequence[Face]) -> list[Face]:
    chosen: list[Face] = []
    face = wanted[0]
    while (at := len(chosen)) < len(text):
        end = at + 1
        while end < len(text) and is_mark(text[end]):
            end += 1
        needed = "".join([c for c in text[at:end] if not is_ignorable(c)])
        if needed or not chosen:
            # A space after a word in another script is the text's own, as wide as all others.
            found = _covering(needed, wanted)
            if found is None:
                # A mark on a letter of another script: each from a face that has it.
                chosen += [_covering(c, wanted) or face for c in text[at:end]]
                continue
            face = found
        chosen += [face] * (end - at)
    return chosen


def _covering(needed: str, wanted: Sequence[Face]) -> Face | None:
    having = [face for face in wanted if face.font.covers(needed)]
    return next((face for face in having if sets(face.font, needed)), next(iter(having), None))


def snap(text: str, borders: Sequence[int]) -> list[int]:
    """Borders inside a grapheme cluster moved to its start."""
    snapped = list(borders)
    for k, border in enumerate(borders[:-1]):
        if text[border - 1 : border + 1] > "\u0300" or text[border : border + 1] >= "\u0300":
            ends = graphemes(text)
            at = bisect_right(ends, border) - 1
            snapped[k] = ends[at] if at >= 0 else 0
    return snapped
