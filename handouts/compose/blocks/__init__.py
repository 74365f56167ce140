"""Blocks of a layout become boxes: one module for each kind of block."""

from handouts.compose.blocks.expand import boxes, members

__all__ = ["boxes", "members"]
