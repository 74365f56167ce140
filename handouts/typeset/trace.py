"""What typesetting asked of the boxes that differ from brand to brand, and what they answered.

Everything else on the pages follows from these answers alone: a document whose boxes answer the
same questions alike has the same pages around them. So another brand's document need not be set
again as a whole; see `handouts.typeset.again`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handouts.model.document import Box, Document, Role, Row, Text
from handouts.typeset.boxes.laid import EPSILON, Extent, Laid, SetText, Split
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.boxes.stack import stretch
from handouts.typeset.boxes.tracks import sole_share
from handouts.typeset.paint.sheet import Spot
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import Paragraph
from handouts.typeset.walk import boxes, children, roots

Factors = tuple[float, float]
"""Spacing and type of a fit step."""
_HEADINGS = frozenset((Role.H1, Role.H2, Role.H3))


class Measured(NamedTuple):
    """A box was set in a width, and this is what showed outside."""

    factors: Factors
    slot: int
    width: float
    laid: Laid


class Fits(NamedTuple):
    """A box was asked whether it fits: it is never broken over pages."""

    factors: Factors
    slot: int
    width: float
    height: float
    answer: bool


class Wide(NamedTuple):
    """A slot, or what one is in, was asked how narrow and how wide it can be."""

    factors: Factors
    box: Box
    answer: Extent


class Cells(NamedTuple):
    """A row with slots in it shared out its width among its cells."""

    factors: Factors
    row: Row
    width: float
    answer: tuple[float, ...]


class Room(NamedTuple):
    """A text of a slot, the measures it was ever given and how many lines it took in each."""

    paragraph: Paragraph
    lines: dict[float, int]
    """By the measure in 1/1000 em."""


class Place(NamedTuple):
    """A spot on a page: painted from this answer, made taller to this height."""

    page: int
    spot: Spot
    answer: int
    height: float | None


class Trace:
    """The questions and answers of one document, and where its slots were painted."""

    def __init__(self, document: Document) -> None:
        self.slots: dict[int, Box] = {
            box.slot: box
            for section in document.sections
            for root in roots(section)
            for box in outermost(root)
            if box.slot is not None
        }
        self.measured: list[Measured] = []
        self.fits: list[Fits] = []
        self.wide: list[Wide] = []
        self.cells: list[Cells] = []
        self.extents: dict[Factors, dict[int, tuple[Box, Extent]]] = {}
        """Of what has no slot in it, as far as anybody asked."""
        self.places: list[Place] = []
        self.rooms: dict[int, Room] = {}
        """What the texts of slots had, by the identity of the text."""
        self.same: set[int] = set()
        """Texts whose width others depend on, by identity."""
        self.unsteady: set[int] = set()
        """Slots in rows whose widths depend on the words in them."""
        self.pages = 0
        self.whole = not self._headings(document)
        """False: a slot was broken or changed on the way, or says what the outline says too."""
        self._inside = False
        self._current: int | None = None
        self._known: dict[int, int] = {}
        self._holds: dict[int, tuple[Box, bool]] = {}

    def measurer(self, shaping: Shaping, spacing: float, type_: float) -> Measurer:
        """A measurer that tells this trace."""
        made = _Tracing(self, shaping, spacing, type_)
        self.extents[spacing, type_] = made._extents
        return made

    def holds(self, box: Box) -> bool:
        """Whether there is a slot in a box, or it is one."""
        kept = self._holds.get(id(box))
        if kept is None:
            found = box.slot is not None or any(map(self.holds, children(box)))
            kept = self._holds[id(box)] = (box, found)
        return kept[1]

    def painted(self, spots: Sequence[Spot]) -> None:
        """The spots of the next page."""
        for spot in spots:
            place = self._place(spot)
            if place is None:
                self.whole = False
            else:
                self.places.append(place)
        self.pages += 1

    def finish(self) -> None:
        """Every slot was painted, or else one was dropped or taken apart on the way."""
        painted = {place.spot.laid.box.slot for place in self.places}
        self.whole &= painted == set(self.slots)

    def _place(self, spot: Spot) -> Place | None:
        laid = spot.laid
        at = self._known.get(id(laid))
        if at is not None:
            return Place(self.pages, spot, at, None)
        for index, one in enumerate(self.measured):
            if one.slot == laid.box.slot and stretch(one.laid, laid.height) == laid:
                return Place(self.pages, spot, index, laid.height)
        return None

    def _headings(self, document: Document) -> bool:
        roles = {node.id: node.role for node in document.nodes}
        return any(
            isinstance(one, Text) and one.node is not None and roles.get(one.node) in _HEADINGS
            for slot in self.slots.values()
            for one in boxes(slot)
        )

    def _mine(self, box: Box) -> bool:
        """Whether a question to this box is to be noted: it is a slot, and not inside of one."""
        if box.slot is None or self._inside:
            return False
        if self.slots.get(box.slot) is not box:
            self.whole = False
            return False
        return True


def outermost(box: Box) -> Iterator[Box]:
    """The slots in a box that are in no other."""
    if box.slot is not None:
        yield box
    else:
        for child in children(box):
            yield from outermost(child)


class _Tracing(Measurer):
    def __init__(self, trace: Trace, shaping: Shaping, spacing: float, type_: float) -> None:
        super().__init__(shaping, spacing, type_)
        self._trace = trace
        self._factors = (spacing, type_)
        self._noted: set[tuple[object, ...]] = set()
        self._sharing = False
        """Whether what is asked now is only asked to share out a width."""

    def measure(self, box: Box, width: float) -> Laid:
        """As any measurer does."""
        trace = self._trace
        if trace._inside:
            laid = super().measure(box, width)
            self._text(laid)
            return laid
        if not trace._mine(box):
            return super().measure(box, width)
        trace._inside, trace._current = True, box.slot
        laid = super().measure(box, width)
        self._text(laid)
        trace._inside = False
        if self._new("measure", box, width) and box.slot is not None:
            trace._known[id(laid)] = len(trace.measured)
            trace.measured.append(Measured(self._factors, box.slot, width, laid))
        return laid

    def extent(self, box: Box) -> Extent:
        """As any measurer does."""
        trace = self._trace
        if self._sharing or trace._inside or not trace.holds(box):
            return super().extent(box)
        self._check(box)
        self._sharing = True
        extent = super().extent(box)
        self._sharing = False
        if self._new("extent", box):
            trace.wide.append(Wide(self._factors, box, extent))
        return extent

    def columns(self, box: Row, width: float) -> tuple[float, ...]:
        """As any measurer does."""
        trace = self._trace
        if self._sharing or not (trace._inside or trace.holds(box)):
            return super().columns(box, width)
        self._sharing = True
        columns = super().columns(box, width)
        if self._new("columns", box, width):
            if not self._steady(box, width, columns):
                trace.unsteady |= self._slots(box)
            if not trace._inside:
                trace.cells.append(Cells(self._factors, box, width, columns))
        self._sharing = False
        return columns

    def _steady(self, box: Row, width: float, columns: tuple[float, ...]) -> bool:
        """Whether words have no say in the widths, as long as none is wider than its share.

        Words in a track as wide as its content do have one; they have to stay as they are.
        """
        if sole_share(box.tracks, width - box.gap * self.spacing * (len(box.tracks) - 1)):
            return True
        steady = True
        for track, child, column in zip(box.tracks, box.children, columns, strict=True):
            if track.kind == "share":
                steady &= self.extent(child).narrowest < column - EPSILON
            elif track.kind == "content":
                steady &= abs(self.extent(child).widest - column) <= EPSILON
                found = [child] if self._trace._inside else outermost(child)
                texts = (one for slot in found for one in boxes(slot) if isinstance(one, Text))
                self._trace.same.update(map(id, texts))
        return steady

    def _slots(self, box: Row) -> set[int]:
        current = self._trace._current
        if self._trace._inside and current is not None:
            return {current}
        return {slot.slot for slot in outermost(box) if slot.slot is not None}

    def _text(self, laid: Laid) -> None:
        """Notes the room of a slot's text."""
        detail = laid.detail
        if isinstance(detail, SetText) and isinstance(detail.text, Text):
            room = self._trace.rooms.setdefault(id(detail.text), Room(detail.paragraph, {}))
            room.lines[laid.width * 1000 / detail.size] = len(detail.lines)

    def split(self, box: Box, width: float, height: float) -> Split:
        """As any measurer does."""
        trace = self._trace
        if not trace._mine(box):
            return super().split(box, width, height)
        trace._inside = True
        head, tail = super().split(box, width, height)
        trace._inside = False
        if self._new("split", box, width, height) and box.slot is not None:
            trace.fits.append(Fits(self._factors, box.slot, width, height, tail is None))
        return head, tail

    def _check(self, box: Box) -> None:
        """A slot that is not the document's own any more cannot be asked of another brand's."""
        if box.slot is not None:
            self._trace._mine(box)

    def _new(self, *question: object) -> bool:
        key = (*(id(one) if isinstance(one, Box) else one for one in question),)
        if key in self._noted:
            return False
        self._noted.add(key)
        return True
