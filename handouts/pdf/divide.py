"""A page divided into what is the same for every brand and its slots, and both into marks.

A mark holds neighbouring items of one owner; it never reaches over the border of a slot, so
that what is the same is written, and compressed, without looking at what is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.pages import GlyphRun, Item, Owner, Page, Pages
from handouts.pdf.errors import RenderError


class Mark(NamedTuple):
    """Neighbouring items of one owner."""

    owner: Owner
    items: Sequence[Item]


class Stretch(NamedTuple):
    """Marks that stand together: a slot's, or those between two slots."""

    slot: int | None
    """Its index among the page's slots."""
    start: int
    marks: list[Mark]


def slots(page: Page) -> list[list[Mark]]:
    """The marks of each slot.

    Raises:
        RenderError: when slots overlap, are out of order or leave the page.
    """
    at = 0
    for slot in page.slots:
        fits = at <= slot.start <= slot.stop <= len(page.items) and slot.last <= len(page.links)
        if not fits:
            raise RenderError(f"{slot} overlaps another, or the end of its page")
        at = slot.stop
    return [marks(page.items[slot.start : slot.stop]) for slot in page.slots]


def stretches(page: Page) -> list[Stretch]:
    """All items of a page in paint order; slots are there even when they are empty."""
    found: list[Stretch] = []
    at = 0
    for index, (slot, inside) in enumerate(zip(page.slots, slots(page), strict=True)):
        if slot.start > at:
            found.append(Stretch(None, at, marks(page.items[at : slot.start])))
        found.append(Stretch(index, slot.start, inside))
        at = slot.stop
    if at < len(page.items):
        found.append(Stretch(None, at, marks(page.items[at:])))
    return found


def marks(items: Sequence[Item]) -> list[Mark]:
    """Items by owner, in paint order."""
    found: list[Mark] = []
    start, end = 0, len(items)
    while start < end:
        owner, at = items[start].owner, start + 1
        while at < end and items[at].owner == owner:
            at += 1
        found.append(Mark(owner, items[start:at]))
        start = at
    return found


def varying_links(page: Page) -> list[int]:
    """Indices of the links that stand in slots."""
    return [at for slot in page.slots for at in range(slot.first, slot.last)]


def shape(pages: Pages, inside: Sequence[Sequence[Sequence[Mark]]]) -> object:
    """What documents of one plate have in common beside what never varies; to be compared.

    `inside` are the marks of each page's slots.
    """
    return (
        pages.identity.language,
        pages.direction,
        pages.letters,
        [(mark.level, mark.page, mark.y) for mark in pages.bookmarks],
        slotted_faces(inside),
        [_page_shape(page, marks) for page, marks in zip(pages.pages, inside, strict=True)],
    )


def slotted_faces(inside: Sequence[Sequence[Sequence[Mark]]]) -> list[str]:
    """The faces that slots use."""
    return sorted(
        {
            item.face
            for page in inside
            for slot in page
            for mark in slot
            for item in mark.items
            if isinstance(item, GlyphRun)
        }
    )


def _page_shape(page: Page, inside: Sequence[Sequence[Mark]]) -> object:
    at, gaps = 0, []
    for slot in page.slots:
        gaps.append(slot.start - at)
        at = slot.stop
    links = varying_links(page)
    return (
        (page.width, page.height, len(page.items) - at, gaps, len(page.links), links),
        [page.links[link].node for link in links],
        [[mark.owner for mark in marks] for marks in inside],
    )
