"""Pages as text: what a golden file holds, so that a change of layout shows as a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model.document import Node
from handouts.model.pages import Artifact, GlyphRun, Item, Owner, Page, Pages, Shape


def dump(pages: Pages) -> str:
    """Lists every placed item: owner, place and size in points, and what it is.

    Glyphs of one line, owner and style are one row of text in logical order, so the listing
    reads alike for every script.
    """
    nodes = {node.id: node for node in pages.nodes}
    lines = [f"{pages.identity.title} · {pages.identity.language} · {pages.direction}"]
    for number, page in enumerate(pages.pages, 1):
        lines.append(f"page {number}  {page.width:.1f} × {page.height:.1f}")
        lines += [f"  {row}" for row in _rows(page, nodes)]
    lines += [f"bookmark {b.level}  p{b.page + 1}  {b.y:.1f}  {b.title}" for b in pages.bookmarks]
    return "\n".join(lines) + "\n"


def _rows(page: Page, nodes: dict[int, Node]) -> Iterator[str]:
    items = list(page.items)
    index = 0
    while index < len(items):
        item = items[index]
        index += 1
        if not isinstance(item, GlyphRun):
            yield _shape(item, nodes)
            continue
        runs = [item]
        while index < len(items):
            run = items[index]
            if not isinstance(run, GlyphRun) or not _goes_on(runs[-1], run):
                break
            runs.append(run)
            index += 1
        yield _text(runs, nodes)
    for link in page.links:
        yield f"{'link':<24}{_box(link.rect)}  {link.uri} ({link.contents})"


def _goes_on(run: GlyphRun, following: GlyphRun) -> bool:
    """Whether the next run stands beside this one, in the same style and for the same owner."""
    near = min(
        abs(following.x - run.x - _advance(run)), abs(run.x - following.x - _advance(following))
    )
    return near < run.size and (
        (following.owner, following.y, following.face, following.size, following.colour)
        == (run.owner, run.y, run.face, run.size, run.colour)
    )


def _text(runs: list[GlyphRun], nodes: dict[int, Node]) -> str:
    first = runs[0]
    left = min(run.x for run in runs)
    right = max(run.x + _advance(run) for run in runs)
    words = "".join(_logical(run) for run in runs)
    place = f"{left:7.1f} {first.y:7.1f} {right - left:7.1f}"
    style = f"{first.face} {first.size:g} {first.colour}"
    return f"{_owner(first.owner, nodes):<24}{place}          {style}  “{words}”"


def _advance(run: GlyphRun) -> float:
    return sum(glyph.advance for glyph in run.glyphs) * run.size / 1000


def _logical(run: GlyphRun) -> str:
    actual = {start: (stop, text) for start, stop, text in run.actual}
    pieces: list[str] = []
    index = 0
    while index < len(run.glyphs):
        stop, text = actual.get(index, (index + 1, run.glyphs[index].text))
        pieces.append(text)
        index = stop
    return "".join(reversed(pieces) if run.reversed else pieces)


def _shape(item: Item, nodes: dict[int, Node]) -> str:
    if isinstance(item, Shape):
        paints = dict.fromkeys(
            f"{kind} {paint}"
            for outline in item.outlines
            for kind, paint in (("fill", outline.fill), ("stroke", outline.stroke))
            if paint is not None
        )
        mirrored = " mirrored" if item.scale_x < 0 else ""
        return f"{_owner(item.owner, nodes):<24}{_box(item.bbox)}  {', '.join(paints)}{mirrored}"
    assert not isinstance(item, GlyphRun)
    box = (item.x, item.y, item.x + item.width, item.y + item.height)
    return f"{_owner(item.owner, nodes):<24}{_box(box)}  picture {item.picture.digest[:12]}"


def _box(box: tuple[float, float, float, float]) -> str:
    x0, y0, x1, y1 = box
    return f"{x0:7.1f} {y0:7.1f} {x1 - x0:7.1f} {y1 - y0:7.1f}"


def _owner(owner: Owner, nodes: dict[int, Node]) -> str:
    if isinstance(owner, Artifact):
        return owner.value.lower()
    return f"{nodes[owner].role.value} {owner}"
