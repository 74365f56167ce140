"""Sets a pack: its pieces one after another, with one count of pages and one structure tree.

Every piece keeps its own direction, margins, fit steps and digits, since it is a document of its
own; what they share is what a reader of the whole file sees: page numbers, contents, outline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.document import Node, Role
from handouts.model.fonts import FontLibrary
from handouts.model.pack import Pack, Piece
from handouts.model.pages import Bookmark, Item, LinkArea, Page, Pages
from handouts.typeset.engine import PASSES, faces_of
from handouts.typeset.pack_piece import INSIDE, Placed, Setter


def typeset_pack(pack: Pack, library: FontLibrary) -> tuple[Pages, tuple[int, ...]]:
    """Sets all pieces and binds their pages into one file.

    Returns:
        The pages, and the one each piece begins on, counted from 0.

    Raises:
        HandoutsError: ``missing-glyph`` or ``does-not-fit`` of a piece.
    """
    setters = [Setter(piece, library) for piece in pack.pieces]
    _refuse_all(setter.check_glyphs for setter in setters)
    counts = _settle(pack, setters)
    _refuse_all(setter.check_fit for setter in setters)
    starts, total = _starts(pack, counts)
    placed = [setter.placed(first) for setter, first in zip(setters, starts, strict=True)]
    pages, nodes = _bound(pack, setters, placed, total)
    made = Pages(
        identity=pack.identity,
        pages=pages,
        nodes=nodes,
        faces=faces_of(pages, library),
        palette=pack.palette,
        bookmarks=tuple(_outline(pack, placed)),
        direction=pack.direction,
    )
    return made, tuple(starts)


def _settle(pack: Pack, setters: Sequence[Setter]) -> list[tuple[int, ...]]:
    """Passes until no piece takes more or fewer pages than the others were told."""
    counts = [setter.guess for setter in setters]
    for number in range(PASSES):
        starts, total = _starts(pack, counts)
        found = [
            setter.fit(own, starts, first, total, number < 2)
            for setter, own, first in zip(setters, counts, starts, strict=True)
        ]
        if found == counts or any(setter.short for setter in setters):
            return found
        counts = found
    return counts


def _starts(pack: Pack, counts: Sequence[Sequence[int]]) -> tuple[list[int], int]:
    """The page each piece begins on, counted from 0, and how many there are in all."""
    starts, at = [], 0
    for own in counts:
        if pack.start == "right" and at % 2:
            at += 1
        starts.append(at)
        at += sum(own)
    return starts, at


def _refuse_all(checks: Iterable[Callable[[], None]]) -> None:
    """What is wrong with any piece is told for all of them."""
    wrong: list[Diagnostic] = []
    for check in checks:
        try:
            check()
        except HandoutsError as error:
            wrong += error.diagnostics
    if wrong:
        raise HandoutsError(wrong)


def _bound(
    pack: Pack, setters: Sequence[Setter], placed: Sequence[Placed], total: int
) -> tuple[tuple[Page, ...], tuple[Node, ...]]:
    """All pages in order, and one tree over all pieces.

    Where a piece begins on the right, the page before it may be blank.
    """
    starts = [one.first for one in placed]
    pages: list[Page] = []
    nodes = [Node(0, Role.DOCUMENT, None, lang=pack.identity.language)]
    for number, one in enumerate(placed):
        while len(pages) < one.first:
            pages.append(setters[number - 1].blank(pages[-1], len(pages), total))
        base = nodes[-1].id + 1
        nodes += _under(pack.pieces[number], one.nodes, base)
        pages += [_renumbered(page, base, pack, starts) for page in one.pages]
    return tuple(pages), tuple(nodes)


def _under(piece: Piece, nodes: Sequence[Node], base: int) -> Iterator[Node]:
    """The nodes of a piece with ids from `base` on; its root becomes the piece's own element."""
    for node in nodes:
        if node.parent is None:
            yield Node(base, piece.role, 0, lang=node.lang, title=piece.title)
        else:
            yield replace(node, id=base + node.id, parent=base + node.parent)


def _renumbered(page: Page, base: int, pack: Pack, starts: Sequence[int]) -> Page:
    items = tuple(_owned(item, base) for item in page.items)
    links = tuple(_led(link, base, pack, starts) for link in _merged(page.links))
    return replace(page, items=items, links=links)


def _owned(item: Item, base: int) -> Item:
    owner = item.owner
    return replace(item, owner=owner + base) if isinstance(owner, int) else item


def _merged(links: Sequence[LinkArea]) -> Iterator[LinkArea]:
    """Links inside the file become one area each: from the title over to the page number."""
    inside: dict[int, LinkArea] = {}
    for link in links:
        if not link.uri.startswith(INSIDE):
            yield link
            continue
        known = inside.setdefault(link.node, link)
        a, b = known.rect, link.rect
        rect = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        inside[link.node] = replace(known, rect=rect)
    yield from inside.values()


def _led(link: LinkArea, base: int, pack: Pack, starts: Sequence[int]) -> LinkArea:
    link = replace(link, node=link.node + base)
    if not link.uri.startswith(INSIDE):
        return link
    piece = int(link.uri.removeprefix(INSIDE))
    return replace(link, contents=pack.pieces[piece].title, target=(starts[piece], 0.0))


def _outline(pack: Pack, placed: Sequence[Placed]) -> Iterator[Bookmark]:
    """A level for each language, if they are grouped, then the pieces, then their headings."""
    group = ""
    for piece, one in zip(pack.pieces, placed, strict=True):
        if piece.group and piece.group != group:
            yield Bookmark(piece.group, 1, one.first, 0.0)
        group = piece.group
        yield Bookmark(piece.title, piece.level, one.first, 0.0)
        for mark in one.bookmarks if piece.outlined else ():
            if mark.level > 1 or mark.title not in piece.title:
                level = piece.level + max(1, mark.level - 1)
                yield replace(mark, level=level, page=mark.page + one.first)
