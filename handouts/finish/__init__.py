"""Whole PDF files: what is done with them once they are finished (with pypdf)."""

from handouts.finish.identity import Inspection, inspect, is_ours

__all__ = ["Inspection", "inspect", "is_ours"]
