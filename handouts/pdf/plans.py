"""What a plate remembers of slots, to fill them for one document after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handouts.model.document import Node, Role
from handouts.model.drawing import Paint
from handouts.pdf.boxes import Box
from handouts.pdf.codes import DocumentFont
from handouts.pdf.elements import Frame
from handouts.pdf.fonts import Kept

PALETTE, FONTS, PICTURES, METADATA, INFORMATION = 1, 2, 3, 4, 5
"""Object numbers of what every document has of its own; more of such objects come after them."""


class MarkPlan(NamedTuple):
    """Where the content of a mark in a slot belongs."""

    role: Role
    mcid: int
    chain: tuple[int, ...]
    """Nodes that may say its language, from the innermost."""
    language: str
    """In force when none of them does."""
    figure: int | None
    """Node id of an illustration that gets larger by it."""


class SlotPlan(NamedTuple):
    """A slot and where it stands; None among the marks stands for an artifact."""

    page: int
    slot: int
    first: bool
    """Nothing is painted before it on the page."""
    marks: tuple[MarkPlan | None, ...]


class LinkPlan(NamedTuple):
    """A link in a slot: its page, its index there, and its key in the parent tree."""

    page: int
    link: int
    key: int


class ElementPlan(NamedTuple):
    """An element with content in slots."""

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
