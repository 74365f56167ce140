"""Boxes one under another: a stack, and the pile of units that is a part of one.

Plain stacks inside stacks are dissolved into their children first, so that breaking,
keeping together and growing are decided over one flat list. What differs from brand to brand
stays in one piece, so that what is around it knows nothing of what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handouts.model.document import Box, Columns, Insets, PageBreak, Spacer, Stack
from handouts.typeset.boxes.laid import (
    EPSILON,
    Extent,
    Laid,
    Measure,
    Pile,
    Placement,
    Split,
    Unit,
)
from handouts.units import Length

_NO_PADDING = Insets()


def units_of(box: Stack | Pile | Columns) -> tuple[Unit, ...]:
    """The children as units, plain stacks dissolved."""
    if isinstance(box, Pile):
        return box.units
    gap = box.row_gap if isinstance(box, Columns) else box.gap
    return tuple(_dissolve(box.children, gap, gap))


def _dissolve(children: Sequence[Box], gap: float, first: float) -> Iterator[Unit]:
    for index, child in enumerate(children):
        over = gap if index else first
        if isinstance(child, Stack) and _plain(child):
            inner = list(_dissolve(child.children, child.gap, over))
            if inner and child.keep_with_next:
                inner[-1] = inner[-1]._replace(glued=True)
            yield from inner
        elif isinstance(child, Pile) and _bare(child):
            yield from (child.units[0]._replace(gap=over), *child.units[1:])
        else:
            inside = not child.keep_with_next and _ends_glued(child)
            yield Unit(over, child, child.keep_with_next or inside, inside)


def _ends_glued(box: Box) -> bool:
    """Whether the last thing in bare stacks is kept with what follows them."""
    while isinstance(box, Stack | Pile) and box.decoration is None and not box.keep_with_next:
        last = box.children[-1:] if isinstance(box, Stack) else [u.box for u in box.units[-1:]]
        if not last:
            return False
        box = last[0]
    return box.keep_with_next


def _plain(box: Stack) -> bool:
    return (
        box.decoration is None
        and box.direction is None
        and box.slot is None
        and not box.keep
        and not box.min_height
        and bool(box.children)
        and box.padding == _NO_PADDING
    )


def _bare(box: Pile) -> bool:
    return box.decoration is None and box.direction is None and box.padding == _NO_PADDING


def legal_breaks(units: Sequence[Unit], *, lenient: bool = False) -> tuple[bool, ...]:
    """For each unit, whether a page or column may end before it.

    Space after something that is kept with the next is kept with it too.
    """
    legal, glued = [], True
    for unit in units:
        legal.append(not glued)
        held = unit.glued and not (lenient and unit.inside)
        glued = held or (glued and isinstance(unit.box, Spacer) and len(legal) > 1)
    return tuple(legal)


def measure_stack(m: Measure, box: Stack | Pile, width: float) -> Laid:
    """Children from the top, each as wide as the stack's inside."""
    space, padding = m.spacing, box.padding
    start, y = padding.start * space, padding.top * space
    inner = width - start - padding.end * space
    children: list[Placement] = []
    baseline = middle = None
    for gap, child, _, _ in m.units(box):
        laid = m.measure(child, inner)
        if children:
            y += gap * space
        if baseline is None and laid.baseline is not None and laid.middle is not None:
            baseline, middle = y + laid.baseline, y + laid.middle
        children.append(Placement(start, y, laid))
        y += laid.height
    y += padding.bottom * space
    laid = Laid(box, width, y, tuple(children), baseline, middle)
    return stretch(laid, box.min_height) if isinstance(box, Stack) and box.min_height else laid


def extent_stack(m: Measure, box: Stack | Pile) -> Extent:
    """The extremes of the children and the padding."""
    sides = (box.padding.start + box.padding.end) * m.spacing
    extents = [m.extent(unit.box) for unit in m.units(box)]
    return Extent(
        sides + max((e.narrowest for e in extents), default=0.0),
        sides + max((e.widest for e in extents), default=0.0),
    )


def stretch(laid: Laid, height: float) -> Laid:
    """A measured stack made taller: growing spacers share the room, or `align` says where it is."""
    extra = height - laid.height
    if extra <= EPSILON or not isinstance(laid.box, Stack | Pile):
        return laid
    total = sum(_growth(child) for child in laid.children)
    shift = 0.0 if total else extra * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[laid.box.align]
    children = []
    for child in laid.children:
        share = extra * _growth(child) / total if total else 0.0
        inner = child.laid
        grown = replace(inner, height=inner.height + share) if share else inner
        children.append(Placement(child.x, child.y + shift, grown, child.repeated))
        shift += share
    moved = _moved(laid, children)
    return replace(
        laid,
        height=height,
        children=tuple(children),
        baseline=None if laid.baseline is None else laid.baseline + moved,
        middle=None if laid.middle is None else laid.middle + moved,
    )


def _growth(child: Placement) -> float:
    return child.laid.box.grow if isinstance(child.laid.box, Spacer) else 0.0


def _moved(laid: Laid, children: Sequence[Placement]) -> float:
    pairs = zip(laid.children, children, strict=True)
    return next((new.y - old.y for old, new in pairs if old.laid.baseline is not None), 0.0)


def grows(laid: Laid) -> bool:
    """Whether room left under a stack would change how it looks."""
    box = laid.box
    return isinstance(box, Stack | Pile) and (
        box.align != "top"
        or box.decoration is not None
        or any(_growth(child) for child in laid.children)
    )


def split_stack(m: Measure, box: Stack | Pile, width: float, height: float) -> Split:
    """Breaks before the first child that does not fit, or inside it; never after a glued one."""
    space, padding = m.spacing, box.padding
    inner = width - (padding.start + padding.end) * space
    room = height - padding.top * space
    below = padding.bottom * space
    if box.decoration is not None:
        room, below = room - below, 0.0
    if room < 0:
        return None, box
    units = m.units(box)
    y = 0.0
    for index, unit in enumerate(units):
        if isinstance(unit.box, PageBreak) and index:
            return _parts(box, units[:index], units[index + 1 :])
        over = unit.gap * space if index else 0.0
        head, tail = _fitting(m, unit.box, inner, room - y - over)
        if tail is None:
            assert head is not None
            y += over + m.measure(head, inner).height
            if head is not unit.box:
                units = (*units[:index], unit._replace(box=head), *units[index + 1 :])
            continue
        if head is not None:
            rest = (unit._replace(box=tail), *units[index + 1 :])
            return _parts(box, (*units[:index], unit._replace(box=head)), rest)
        at = _last_break(units, index, lenient=False) or _last_break(units, index, lenient=True)
        return _parts(box, units[:at], units[at:]) if at else (None, box)
    if isinstance(box, Stack) and box.min_height > height + EPSILON:
        return None, box
    whole = y + below <= room + EPSILON
    return box if whole and units is m.units(box) else _pile(box, units, last=whole), None


def _last_break(units: Sequence[Unit], index: int, *, lenient: bool) -> int:
    legal = legal_breaks(units, lenient=lenient)
    return next((i for i in range(index, 0, -1) if legal[i]), 0)


def _fitting(m: Measure, box: Box, width: float, height: float) -> Split:
    """Unbalanced columns depend on the height; everything else is tried whole first."""
    if isinstance(box, Columns) and not box.balance:
        return m.split(box, width, height)
    if m.measure(box, width).height <= height + EPSILON:
        return box, None
    return m.split(box, width, height)


def _parts(box: Stack | Pile, head: Sequence[Unit], tail: Sequence[Unit]) -> Split:
    """Space that a break swallows is gone; space that grows stays, it pins what follows."""
    first = 0
    while first < len(tail) and _swallowed(tail[first].box):
        first += 1
    rest = tail[first:]
    if not rest:
        return _pile(box, head), None
    return _pile(box, head, last=False), _pile(box, rest, first=False)


def _swallowed(box: Box) -> bool:
    empty = isinstance(box, Spacer) and not box.grow and box.ruled is None
    return empty or isinstance(box, PageBreak)


def _pile(
    box: Stack | Pile, units: Sequence[Unit], *, first: bool = True, last: bool = True
) -> Pile:
    """A part of a stack. A panel's padding goes round each part; bare space ends at a break."""
    padding = box.padding
    if box.decoration is None:
        none = Length(0)
        top, bottom = padding.top if first else none, padding.bottom if last else none
        padding = replace(padding, top=top, bottom=bottom)
    return Pile(
        node=box.node,
        keep_with_next=box.keep_with_next,
        units=tuple(units),
        padding=padding,
        decoration=box.decoration,
        align=box.align,
        direction=box.direction,
    )
