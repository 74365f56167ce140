"""The measurer: sends each box to the code for its kind and keeps every answer.

One measurer serves one document under one spacing and one type factor. It keeps results by
the identity of a box, which it holds on to, so an identity is never used twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handouts.model.document import (
    Art,
    Box,
    Columns,
    Image,
    PageBreak,
    Row,
    Rule,
    Spacer,
    Stack,
    Table,
    Text,
    TextStyle,
)
from handouts.typeset.boxes import columns, leaf, row, stack, table
from handouts.typeset.boxes.laid import (
    EPSILON,
    ColumnsPart,
    Extent,
    Laid,
    Pile,
    Split,
    TablePart,
    TextPart,
    Unit,
)
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import Paragraph


class _Kind(NamedTuple):
    measure: Callable[..., Laid]
    extent: Callable[..., Extent]
    split: Callable[..., Split]


_KINDS: dict[type[Box], _Kind] = {
    Text: _Kind(leaf.measure_text, leaf.extent_text, leaf.split_text),
    TextPart: _Kind(leaf.measure_text, leaf.extent_text, leaf.split_text),
    Art: _Kind(leaf.measure_picture, leaf.extent_picture, leaf.split_never),
    Image: _Kind(leaf.measure_picture, leaf.extent_picture, leaf.split_never),
    Rule: _Kind(leaf.measure_rule, leaf.extent_nothing, leaf.split_never),
    Spacer: _Kind(leaf.measure_spacer, leaf.extent_nothing, leaf.split_never),
    PageBreak: _Kind(leaf.measure_nothing, leaf.extent_nothing, leaf.split_never),
    Stack: _Kind(stack.measure_stack, stack.extent_stack, stack.split_stack),
    Pile: _Kind(stack.measure_stack, stack.extent_stack, stack.split_stack),
    Row: _Kind(row.measure_row, row.extent_row, row.split_row),
    Columns: _Kind(columns.measure_columns, columns.extent_columns, columns.split_columns),
    ColumnsPart: _Kind(columns.measure_part, columns.extent_columns, columns.split_part),
    Table: _Kind(table.measure_table, table.extent_table, table.split_table),
    TablePart: _Kind(table.measure_table, table.extent_table, table.split_table),
}
_MEASURES = {kind: functions.measure for kind, functions in _KINDS.items()}
"""Apart, for measuring is what is asked for most."""

SMALL_TYPE = 14.0
"""Points below which type counts as text, whose lines need more air than a heading's."""


class Measurer:
    """Measures boxes under one fit step."""

    def __init__(self, shaping: Shaping, spacing: float = 1.0, type_: float = 1.0) -> None:
        self.spacing = spacing
        self.type = type_
        self.paragraph: Callable[[Text], Paragraph] = shaping.paragraph
        self._laid: dict[tuple[int, float], Laid] = {}
        self._units = shaping.units
        self._settings: dict[int, tuple[TextStyle, tuple[float, float]]] = {}
        self._extents: dict[int, tuple[Box, Extent]] = {}

    def measure(self, box: Box, width: float) -> Laid:
        """The box set in this width."""
        key = (id(box), width)
        laid = self._laid.get(key)
        if laid is None:
            laid = self._laid[key] = _MEASURES[type(box)](self, box, width)
        return laid

    def extent(self, box: Box) -> Extent:
        """How narrow and how wide the box can be."""
        kept = self._extents.get(id(box))
        if kept is None:
            kept = self._extents[id(box)] = (box, _KINDS[type(box)].extent(self, box))
        return kept[1]

    def split(self, box: Box, width: float, height: float) -> Split:
        """What of the box fits in this height, and the rest."""
        if box.keep or box.slot is not None:
            fits = self.measure(box, width).height <= height + EPSILON
            return (box, None) if fits else (None, box)
        return _KINDS[type(box)].split(self, box, width, height)

    def units(self, box: Stack | Pile | Columns) -> tuple[Unit, ...]:
        """The children between which the box may break."""
        kept = self._units.get(id(box))
        if kept is None:
            kept = self._units[id(box)] = (box, stack.units_of(box))
        return kept[1]

    def columns(self, box: Row, width: float) -> tuple[float, ...]:
        """Widths of a row's cells."""
        return row.columns(self, box, width)

    def setting(self, style: TextStyle) -> tuple[float, float]:
        """Size and baseline distance of a style, in points."""
        kept = self._settings.get(id(style))
        if kept is None:
            size = self._size(style)
            kept = self._settings[id(style)] = (style, (size, self._leading(style, size)))
        return kept[1]

    def _size(self, style: TextStyle) -> float:
        """The size asked for times the type factor, but not under the floor."""
        return max(min(style.floor, style.size), style.size * self.type)

    def _leading(self, style: TextStyle, size: float) -> float:
        """Baseline distance in points.

        Tighter spacing takes air from between lines too, at most half of it, and never below
        1.15 for text and 1.0 for headings: spacing 0.8 turns 1.3 into 1.24.
        """
        factor = style.leading
        if self.spacing < 1:
            least = 1.15 if size < SMALL_TYPE else 1.0
            tightened = 1 + (factor - 1) * max(0.5, self.spacing)
            floor = min(style.leading, style.min_leading)
            factor = max(min(least, factor), tightened, floor)
        return factor * size
