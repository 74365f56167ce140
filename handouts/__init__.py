"""Branded PDF handouts about infant massage, from YAML, in any language."""

__version__ = "0.1.0"
