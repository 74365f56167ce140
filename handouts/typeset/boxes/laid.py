"""What measuring hands to painting, and the boxes that only exist while a page is broken.

All coordinates are relative to the box and logical: x grows from the start edge. Only
``handouts.typeset.paint`` knows on which side of the paper that is.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple, Protocol

from handouts.model.document import (
    Box,
    Columns,
    Decoration,
    Insets,
    Row,
    Stack,
    Table,
    Text,
    TextStyle,
)
from handouts.model.drawing import Paint
from handouts.model.frozen import dataclass
from handouts.typeset.text import Line, Paragraph

EPSILON = 1e-6
"""Points by which a box may miss its room: sums of floats, not ink."""


@dataclass(frozen=True, slots=True)
class SetText:
    """Lines of a paragraph at a size; `rise` is from a line box's top to its baseline."""

    text: Text
    paragraph: Paragraph
    lines: tuple[Line, ...]
    size: float
    leading: float
    rise: float


class TableLine(NamedTuple):
    """A rule across a table, `y` being its upper edge."""

    y: float
    thickness: float
    colour: Paint


@dataclass(frozen=True, slots=True)
class Laid:
    """A measured box. `baseline` and `middle` are those of its first line of text, from its top."""

    box: Box
    width: float
    height: float
    children: tuple[Placement, ...] = ()
    baseline: float | None = None
    middle: float | None = None
    detail: SetText | tuple[TableLine, ...] | None = None

    @property
    def outside(self) -> tuple[float | None, ...]:
        """What others see of it."""
        return (self.width, self.height, self.baseline, self.middle)


@dataclass(frozen=True, slots=True)
class Placement:
    """A measured box in its parent. `repeated`: painted before, so an artifact here."""

    x: float
    y: float
    laid: Laid
    repeated: bool = False


class Unit(NamedTuple):
    """A child of a stack with the gap over it.

    `glued`: no break between it and the next. `inside`: only because the last thing in it is kept
    with the next; that gives way when the whole of it would not fit on a page otherwise.
    """

    gap: float
    box: Box
    glued: bool
    inside: bool = False


class Extent(NamedTuple):
    """The least width a box can be set in and the width it would like."""

    narrowest: float
    widest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart(Box):
    """Characters from `start` to before `stop` of a paragraph; None: to its end."""

    text: Text
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile(Box):
    """A part of a stack: its units, gaps and all."""

    units: tuple[Unit, ...]
    padding: Insets = field(default_factory=Insets)
    decoration: Decoration | None = None
    align: Literal["top", "middle", "bottom"] = "top"
    direction: Literal["ltr", "rtl"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsPart(Box):
    """Columns whose breaks are settled because the page ends here."""

    columns: Columns
    piles: tuple[Pile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart(Box):
    """Rows from `start` to before `stop` of a table, under its head."""

    table: Table
    start: int
    stop: int


Split = tuple[Box | None, Box | None]
"""What fits and what is left; the first is None when nothing fits, the second when all does."""


class Measure(Protocol):
    """What a kind of box may ask about others; `Measurer` is the only one there is."""

    @property
    def spacing(self) -> float:
        """Factor on all space that is not rigid."""

    def measure(self, box: Box, width: float) -> Laid:
        """The box set in this width."""

    def split(self, box: Box, width: float, height: float) -> Split:
        """What of the box fits in this height, and the rest."""

    def extent(self, box: Box) -> Extent:
        """How narrow and how wide the box can be."""

    def columns(self, box: Row, width: float) -> tuple[float, ...]:
        """Widths of a row's cells."""

    def units(self, box: Stack | Pile | Columns) -> tuple[Unit, ...]:
        """The children between which the box may break."""

    def paragraph(self, text: Text) -> Paragraph:
        """The shaped paragraph."""

    def setting(self, style: TextStyle) -> tuple[float, float]:
        """Type size and baseline distance in points under the present fit step."""
