"""Pages to bytes: a plate made and pressed once."""

from __future__ import annotations

from handouts.model.pages import Pages
from handouts.pdf.engrave import engrave
from handouts.pdf.errors import RenderError


def render(pages: Pages) -> bytes:
    """Draws placed pages as a finished PDF that is PDF/UA-1 and PDF/A-2u at once.

    Same input, same bytes: no clock, no user, nothing registered process-wide. A plate of
    other pages of this shape gives these bytes too.

    Raises:
        RenderError: when the pages contradict themselves (a bug in a stage before).
        HandoutsError: when the identity holds a character a PDF cannot say.
    """
    pressed = engrave(pages).press(pages)
    if pressed is None:
        raise RenderError("pages do not have the shape of their own plate")
    return pressed
