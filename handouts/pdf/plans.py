"""What a plate remembers of slots, to fill them for one document after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handouts.model.document import Node
from handouts.model.drawing import Paint
from handouts.model.pages import Item, Owner
from handouts.pdf.boxes import Box
from handouts.pdf.codes import DocumentFont
from handouts.pdf.elements import Frame
from handouts.pdf.fonts import Kept

PALETTE, FONTS, PICTURES, METADATA, INFORMATION, HOLDER = 1, 2, 3, 4, 5, 6
"""Object numbers of what every document has of its own; more of such objects come after them.
The last is the object stream for those that are no streams."""


class MarkPlan(NamedTuple):
    """Where the content of a mark in a slot belongs."""

    owner: Owner
    operator: str
    """Opens it."""
    language: str
    """The one in force for its text."""
    figure: int | None
    """Node id of an illustration that gets larger by it."""


class SlotPlan(NamedTuple):
    """A slot and where it stands."""

    page: int
    slot: int
    first: bool
    """Nothing is painted before it on the page."""
    marks: tuple[MarkPlan, ...]
    items: tuple[Item, ...]
    """What stands there in the document the plate was made from."""


class Painted(NamedTuple):
    """A slot that says what it says in the document the plate was made from."""

    operators: str
    faces: frozenset[str]
    paints: tuple[Paint, ...]


class LinkPlan(NamedTuple):
    """A link in a slot: its page, its index there, and its key in the parent tree."""

    page: int
    link: int
    key: int


class ElementPlan(NamedTuple):
    """An illustration that varies."""

    place: int
    """Of its node among the nodes."""
    node: Node
    """The plate's own."""
    written: bytes
    """The element of that node, unless it covers something in a slot."""
    frame: Frame
    box: Box | None
    """What it covers outside of slots."""


class Ready(NamedTuple):
    """Resources of the plate's own."""

    fonts: Mapping[str, DocumentFont]
    font_rows: bytes
    runs: Kept
    colours: Mapping[Paint, str]
    pictures: Mapping[str, str]
    picture_rows: bytes
