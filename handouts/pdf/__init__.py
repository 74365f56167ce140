"""Placed pages to PDF bytes: the only package that knows ReportLab.

`render` is the whole way. `engrave` and `Plate.press` are its two halves: many documents that
differ in nothing but their slots share the first. Everything painted goes through a `Strip`
(for a plate: `canvas.TaggedCanvas`), whose only ways to paint are `marked` and `artifact`.
"""

from handouts.pdf.engrave import engrave
from handouts.pdf.errors import RenderError
from handouts.pdf.plate import Plate
from handouts.pdf.render import render

__all__ = ["Plate", "RenderError", "engrave", "render"]
