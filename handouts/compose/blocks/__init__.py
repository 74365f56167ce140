"""Blocks of a layout become boxes: one module for each kind of block, and the table of all."""

from collections.abc import Mapping

from handouts.compose.blocks import (
    benefits,
    contact,
    containers,
    contents,
    evidence,
    pictures,
    safety,
    tables,
    texts,
    writing,
)
from handouts.compose.sheet import Maker

MAKERS: Mapping[str, Maker] = {
    "stack": containers.stack,
    "panel": containers.panel,
    "row": containers.row,
    "grid": containers.grid,
    "columns": containers.columns,
    "text": texts.text,
    "list": texts.bullets,
    "page-number": texts.page_number,
    "contents": contents.contents,
    "benefits": benefits.benefits,
    "legend": benefits.legend,
    "safety": safety.safety,
    "cues": safety.cues,
    "table": tables.table,
    "image": pictures.image,
    "icon": pictures.icon,
    "drawing": pictures.drawing,
    "logo": pictures.logo,
    "qr": pictures.qr,
    "contact": contact.contact,
    "rule": writing.rule,
    "spacer": writing.spacer,
    "page-break": writing.page_break,
    "write-in": writing.write_in,
    "tick-box": writing.tick_box,
    "evidence": evidence.evidence,
}
"""What makes the boxes of each type of block."""

__all__ = ["MAKERS"]
