"""Placed pages to PDF bytes: the only package that knows ReportLab.

`render` is its one public function. Everything painted goes through `canvas.TaggedCanvas`, whose
only ways to paint are `marked` and `artifact`.
"""

from handouts.pdf.errors import RenderError
from handouts.pdf.render import render

__all__ = ["RenderError", "render"]
