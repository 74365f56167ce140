"""A page divided into what is the same for every brand and its slots, and both into marks.

A mark holds neighbouring items of one owner; it never reaches over the border of a slot, so
that what is the same is written, and compressed, without looking at what is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.pages import Item, Owner, Page, Pages
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


def gaps(page: Page) -> list[int]:
    """How many items stand before each slot, and after the one before it.

    Raises:
        RenderError: when slots overlap, are out of order or leave the page.
    """
    at, found = 0, []
    for slot in page.slots:
        if not at <= slot.start <= slot.stop or slot.last > len(page.links):
            raise RenderError(f"{slot} overlaps another, or the end of its page")
        found.append(slot.start - at)
        at = slot.stop
    if at > len(page.items):
        raise RenderError(f"{page.slots[-1]} reaches over the end of its page")
    return found


def stretches(page: Page) -> list[Stretch]:
    """All items of a page in paint order; slots are there even when they are empty."""
    found: list[Stretch] = []
    at = 0
    for index, (slot, gap) in enumerate(zip(page.slots, gaps(page), strict=True)):
        if gap:
            found.append(Stretch(None, at, marks(page.items[at : slot.start])))
        found.append(Stretch(index, slot.start, marks(page.items[slot.start : slot.stop])))
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


def shape(pages: Pages) -> object:
    """What documents of one plate have in common, but for what their slots hold; to be compared.

    Raises:
        RenderError: when slots overlap, are out of order or leave their page.
    """
    return (
        pages.identity.language,
        pages.direction,
        pages.letters,
        [(mark.level, mark.page, mark.y) for mark in pages.bookmarks],
        [_page_shape(page) for page in pages.pages],
    )


def _page_shape(page: Page) -> object:
    rest = len(page.items) - sum([slot.stop - slot.start for slot in page.slots])
    links = varying_links(page)
    nodes = [page.links[link].node for link in links]
    return page.width, page.height, rest, gaps(page), len(page.links), links, nodes
