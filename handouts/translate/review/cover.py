"""The first pages: what the sheet is, how to use it, key terms, notes, and where to sign."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handouts.model.document import (
    Box,
    Decoration,
    Insets,
    Role,
    Row,
    Spacer,
    Stack,
    Text,
    Track,
)
from handouts.translate.language import Language
from handouts.translate.review import words
from handouts.translate.review.desk import Desk
from handouts.translate.review.items import Part
from handouts.translate.review.rows import badge, named
from handouts.translate.review.writing import answers, labelled, lines, statement
from handouts.translate.unit import STATES
from handouts.units import Length, millimetres

_INSIDE = Insets(*[Length(14)] * 4)
_GAP = Length(12)
_RADIUS = Length(10)
_DOTTED_CIRCLE = "\u25cc"
_BETWEEN = " · "
"""Between words of a list: no comma of any language joins it to a word."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the cover says of the sheet. `selected`: only some strings were asked for."""

    edition: str
    date: str
    script: str
    selected: bool


def cover(desk: Desk, language: Language, parts: Sequence[Part], facts: Facts) -> Stack:
    """All of it in reading order; as many pages as it takes."""
    return Stack(
        children=(
            _hero(desk, facts),
            _figures(desk, parts, facts),
            _steps(desk, parts),
            Spacer(grow=1),
            _sign(desk),
            _terms(desk, language),
            _word_lists(desk, language),
            _notes(desk, language),
            _your_notes(desk),
        ),
        gap=_GAP,
    )


def _hero(desk: Desk, facts: Facts) -> Box:
    invitation = words.SELECTED if facts.selected else words.INVITATION
    kicker = desk.text(words.KICKER, "strong", colour="on-primary")
    title = desk.text(named(desk), "title", colour="on-primary")
    intro = desk.text(invitation.format(language=desk.english_name), colour="on-primary")
    return Stack(
        children=(kicker, title, Spacer(size=Length(4)), intro),
        padding=Insets(Length(20), Length(120), Length(20), Length(22)),
        decoration=Decoration(fill="primary", radius=Length(14)),
    )


def _figures(desk: Desk, parts: Sequence[Part], facts: Facts) -> Box:
    """How many strings, how the language reads, of when this is."""
    total = sum(1 for part in parts for _ in part.items)
    cards = (
        (str(total), "sentences" if total != 1 else "sentence"),
        (facts.script, f"reads {words.DIRECTIONS[desk.direction]}"),
        (f"{words.EDITION} {facts.edition}", facts.date),
    )
    boxes = tuple(
        _panel(desk.text(big, "figure", colour="primary"), desk.text(small, "label"), fill="tint")
        for big, small in cards
    )
    return Row(children=boxes, tracks=(Track("share"),) * 3, gap=_GAP, align="stretch")


def _steps(desk: Desk, parts: Sequence[Part]) -> Box:
    """What to do at the left, the signs of the states at the right."""
    structure = desk.structure
    title = desk.text(words.STEPS_TITLE, "panel", colour="primary")
    steps: list[Box] = [title]
    with structure.within(structure.add(Role.L, numbering="Decimal")):
        for number, step in enumerate(words.STEPS, 1):
            said = step.format(language=desk.english_name)
            steps.append(_step(desk, str(number), said))
    left = Stack(children=tuple(steps), gap=Length(7))
    right = _panel(
        desk.text(words.LEGEND_TITLE, "panel", colour="primary"), *_legend(desk, parts), gap=7
    )
    return Row(
        children=(left, right), tracks=(Track("share"), Track("fixed", millimetres(62))), gap=_GAP
    )


def _step(desk: Desk, number: str, said: str) -> Box:
    structure = desk.structure
    with structure.within(structure.add(Role.LI)):
        marker = desk.text(number, "number", colour="accent", role=Role.LBL)
        body = desk.text(said, role=Role.LBODY)
    return Row(
        children=(marker, body),
        tracks=(Track("fixed", 20), Track("share")),
        gap=Length(4),
        align="baseline",
    )


def _legend(desk: Desk, parts: Iterable[Part]) -> Iterable[Box]:
    counts = Counter(item.unit.state for part in parts for item in part.items)
    for state in reversed(STATES):
        mark = badge(desk, state)
        number = desk.text(str(counts[state]), "strong", align="end")
        top = Row(
            children=(mark, number),
            tracks=(Track("share"), Track("content")),
            align="baseline",
        )
        yield Stack(children=(top, desk.text(words.EXPLAINED[state], "small")), keep=True)


def _sign(desk: Desk) -> Box:
    """The warm panel that always means safety, with lines for whoever answers for the review."""
    title = desk.text(words.SIGN_TITLE, "panel", colour="accent")
    top = Row(
        children=(desk.icon("shield", 16, "accent"), title),
        tracks=(Track("fixed", 16), Track("share")),
        gap=Length(6),
        align="middle",
    )
    checks = tuple(statement(desk, said) for said in words.SIGN_CHECKS)
    entries = tuple(labelled(desk, label, millimetres(9)) for label in words.SIGN_LINES)
    signature = Row(children=entries, tracks=_thirds(2, 3, 3), gap=Length(14), align="bottom")
    note = desk.text(words.SIGN_NOTE, "small")
    return _panel(top, *checks, signature, note, fill="warm", gap=7)


def _terms(desk: Desk, language: Language) -> Box:
    """The two words everything depends on, with what the translator thinks of them."""
    title = desk.text(words.TERMS_TITLE, "topic", colour="primary")
    intro = desk.text(words.TERMS_INTRO)
    entries: list[Box] = []
    for key in language.english_file.terms:
        term = language.file.terms.get(key)
        name = desk.text(words.TERM_NAMES.get(key, key), "strong")
        sure = desk.text(words.sureness(term), "small")
        # A term stands in a line with English, so it begins where that does.
        said: Box = desk.said(term.text) if term else Spacer(size=Length(14))
        row = Row(
            children=(
                Stack(children=(name, sure)),
                Stack(children=(said,), direction=desk.direction),
                answers(desk),
            ),
            tracks=(Track("share", 0.8), Track("share", 1), Track("content")),
            gap=Length(14),
        )
        rule = Decoration(border="line", border_width=Length(0.6), sides=("top",))
        writing = Stack(children=lines(desk, 1), direction=desk.direction)
        entries.append(
            Stack(
                children=(row, writing),
                padding=Insets(top=Length(6), bottom=Length(6)),
                decoration=rule,
                keep=True,
            )
        )
    return Stack(children=(title, intro, *entries), gap=Length(3), keep=True)


def _word_lists(desk: Desk, language: Language) -> Box:
    """The words by which claims are checked: a reviewer knows others."""
    file, english = language.file, language.english_file
    pairs = (
        (words.HEDGES_TITLE, english.hedges, file.hedges),
        (words.NEGATIONS_TITLE, english.negations, file.negations),
    )
    boxes: list[Box] = []
    for title, theirs, ours in pairs:
        heading = desk.text(title, "panel", colour="primary")
        intro = desk.text(words.HEDGES_INTRO.format(words=", ".join(theirs)), "small")
        said = _BETWEEN.join(map(_standing, ours))
        listed = desk.said(said) if said else desk.text(words.NO_WORDS)
        more = labelled(desk, words.ADD_WORDS, desk.pitch, foreign=True)
        body = Stack(children=(listed,), direction=desk.direction)
        boxes.append(_panel(heading, intro, body, Spacer(grow=1), more, fill="tint", gap=5))
    return Row(children=tuple(boxes), tracks=(Track("share"),) * 2, gap=_GAP, align="stretch")


def _standing(word: str) -> str:
    """A pattern such as ``*ா`` with something for its vowel sign to stand on."""
    for at, (before, char) in enumerate(pairwise(f"*{word}")):
        if before == "*" and unicodedata.category(char).startswith("M"):
            return f"{word[:at]}{_DOTTED_CIRCLE}{word[at:]}"
    return word


def _notes(desk: Desk, language: Language) -> Box:
    title = desk.text(words.NOTES_TITLE, "topic", colour="primary")
    notes = language.file.notes
    if not notes:
        return Stack(children=(title, desk.text(words.NO_NOTES, colour="muted")), gap=Length(4))
    structure = desk.structure
    items: list[Box] = []
    with structure.within(structure.add(Role.L, numbering="Decimal")):
        items += [_step(desk, str(number), note) for number, note in enumerate(notes, 1)]
    return Stack(children=(_kept(title), *items), gap=Length(5))


def _your_notes(desk: Desk) -> Box:
    title = desk.text(words.YOUR_NOTES_TITLE, "topic", colour="primary")
    room = Spacer(size=Length(2 * desk.pitch), grow=1, ruled="muted", pitch=desk.pitch)
    return Stack(children=(_kept(title), room))


def _kept(title: Text) -> Box:
    return Stack(children=(title,), keep_with_next=True)


def _panel(*boxes: Box, fill: str | None = None, gap: float = 3) -> Stack:
    look = Decoration(
        fill=fill,
        border=None if fill else "line",
        border_width=Length(0.8),
        radius=_RADIUS,
    )
    return Stack(children=boxes, gap=Length(gap), padding=_INSIDE, decoration=look, keep=True)


def _thirds(*shares: float) -> tuple[Track, ...]:
    return tuple(Track("share", share) for share in shares)
