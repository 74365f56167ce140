"""Pagination: a section's body over as many pages as it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from handouts.model.document import Box, Stack
from handouts.typeset.boxes.laid import EPSILON, ColumnsPart, Laid, Pile, Placement, SetText, Split
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.boxes.stack import grows, stretch
from handouts.typeset.fields import Fields
from handouts.typeset.frames import Frame, Framer, PageNumber

WORD_TOLERANCE = 0.05
"""Points a word may be wider than its column: less than a hairline."""


class PagePlan(NamedTuple):
    """A measured page: running regions, a part of the body and what stands round it."""

    regions: tuple[Placement, ...]
    masthead: Placement | None
    body: Placement
    sidebar: Placement | None

    @property
    def content(self) -> tuple[Placement, ...]:
        """What is not a running region, in reading order."""
        parts = (self.masthead, self.body, self.sidebar)
        return tuple(part for part in parts if part is not None)


class Shortfall(NamedTuple):
    """Room that is missing, in points, and the first box that did not have it.

    `pages`: more text than pages; `tall`: an unbreakable box higher than its page; `wide`: a
    word wider than its column.
    """

    kind: Literal["pages", "tall", "wide"]
    amount: float
    box: Box
    page: int


class Flowed(NamedTuple):
    """A section's pages, or as many as there were until room was missing."""

    pages: tuple[PagePlan, ...]
    shortfalls: tuple[Shortfall, ...]
    room: float | None = None
    """Points the body leaves of its last page, less than none when pages are missing; None when
    something else is."""


@dataclass(frozen=True, slots=True)
class Count:
    """What an earlier pass says: pages before this section, in it, and in all."""

    before: int
    own: int
    total: int
    settled: bool = True
    """False: the passes did not agree, so no page may rely on being the last or not."""


def flow(
    body: Box, framer: Framer, measurer: Measurer, fields: Fields, count: Count, limit: int | None
) -> Flowed:
    """Puts the body on pages, stopping at the first thing that cannot be done."""
    pages: list[PagePlan] = []
    rest: Box | None = body
    room = 0.0
    numbered = fields.has(body)
    while rest is not None:
        frame = _frame(framer, count, len(pages))
        number = count.before + len(pages) + 1
        rest = fields.fill(rest, number, count.total) if numbered else rest
        head, tail = measurer.split(rest, frame.width, frame.height)
        too_tall = _sidebar_shortfall(frame, len(pages))
        if head is None and _no_better(frame, _frame(framer, count, len(pages) + 1)):
            head, tail = _broken(measurer, rest, frame)
            if head is None:
                too_tall = _tallest(measurer, rest, frame, len(pages))
        if too_tall:
            return Flowed(tuple(pages), (too_tall,))
        if tail is None and framer.remains(len(pages) + 1):
            tail = Pile(units=())
        laid = measurer.measure(head or Pile(units=()), frame.width)
        room = frame.height - laid.height
        if tail is None or (grows(laid) and not _cut_short(laid)):
            laid = stretch(laid, frame.height)
        part = Placement(frame.x, frame.y, laid)
        pages.append(PagePlan(frame.regions, frame.masthead, part, frame.sidebar))
        if tail is not None and limit is not None and len(pages) == limit:
            missing = measurer.measure(rest, frame.width).height - frame.height
            short = Shortfall("pages", max(missing, 0.0), _first(tail), len(pages) - 1)
            return Flowed(tuple(pages), (short,), -missing)
        rest = tail
    return Flowed(tuple(pages), tuple(_wide(pages)), room)


def _cut_short(laid: Laid) -> bool:
    """Whether a page ends inside columns: what is left under them was not to be filled."""
    return bool(laid.children) and isinstance(laid.children[-1].laid.box, ColumnsPart)


def _frame(framer: Framer, count: Count, index: int) -> Frame:
    number = PageNumber(index, count.before + index + 1, count.total, index >= count.own - 1)
    return framer.frame(number, either=not count.settled)


def _no_better(frame: Frame, following: Frame) -> bool:
    return following.height <= frame.height + EPSILON and following.width <= frame.width + EPSILON


def _sidebar_shortfall(frame: Frame, page: int) -> Shortfall | None:
    if frame.sidebar is None or frame.sidebar.laid.height <= frame.height + EPSILON:
        return None
    laid = frame.sidebar.laid
    return Shortfall("tall", laid.height - frame.height, laid.box, page)


def _broken(measurer: Measurer, rest: Box, frame: Frame) -> Split:
    """What is kept together breaks after all when no page has room for the whole of it."""
    loose = _loosened(measurer, rest)
    return (None, rest) if loose is None else measurer.split(loose, frame.width, frame.height)


def _loosened(measurer: Measurer, box: Box) -> Box | None:
    """The box with the first thing in it that is kept whole no longer so; None if there is none."""
    if box.keep or box.slot is not None:
        return replace(box, keep=False, slot=None)
    if not isinstance(box, Stack | Pile):
        return None
    units = measurer.units(box)
    for index, unit in enumerate(units):
        inner = _loosened(measurer, unit.box)
        if inner is not None:
            new = (*units[:index], unit._replace(box=inner), *units[index + 1 :])
            return Pile(units=new, padding=box.padding, decoration=box.decoration)
        if not unit.glued:
            return None
    return None


def _tallest(measurer: Measurer, rest: Box, frame: Frame, page: int) -> Shortfall:
    """The unbreakable start of the rest: as many units as have to stay together."""
    box, amount = rest, measurer.measure(rest, frame.width).height
    if isinstance(rest, Stack | Pile):
        units = measurer.units(rest)
        first = next((i for i, unit in enumerate(units) if not unit.glued), len(units) - 1)
        box = units[first].box
        together = Pile(units=units[: first + 1], padding=rest.padding)
        amount = measurer.measure(together, frame.width).height
    return Shortfall("tall", amount - frame.height, box, page)


def _first(box: Box) -> Box:
    while isinstance(box, Pile) and box.units:
        box = box.units[0].box
    return box


def words_too_wide(laid: Laid) -> bool:
    """Whether a word or a row in it is wider than its column."""
    found: list[Shortfall] = []
    _collect_wide(laid, 0, found)
    return bool(found)


def _wide(pages: list[PagePlan]) -> list[Shortfall]:
    found: list[Shortfall] = []
    for index, page in enumerate(pages):
        for placement in (*page.regions, *page.content):
            _collect_wide(placement.laid, index, found)
    return found


def _collect_wide(laid: Laid, page: int, found: list[Shortfall]) -> None:
    detail = laid.detail
    if isinstance(detail, SetText):
        if len(detail.lines) > 1 and _cut(detail):
            excess = detail.paragraph.narrowest * detail.size / 1000 - laid.width
            if excess > WORD_TOLERANCE:
                found.append(Shortfall("wide", excess, detail.text, page))
        return
    reach = 0.0
    for child in laid.children:
        if child.x + child.laid.width > reach:
            reach = child.x + child.laid.width
    if reach > laid.width + WORD_TOLERANCE:
        found.append(Shortfall("wide", reach - laid.width, laid.box, page))
        return
    for child in laid.children:
        _collect_wide(child.laid, page, found)


def _cut(text: SetText) -> bool:
    """Whether a line ends where none may: the text core cuts a word that has no other way."""
    usual, soft, reluctant = text.paragraph.setting.breaks
    for line in text.lines:
        end = line.end
        if not line.last and end not in usual and end not in soft and end not in reluctant:
            return True
    return False
