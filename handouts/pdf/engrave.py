"""Pages to a plate: everything is marked and drawn first, then numbered, then written."""

from __future__ import annotations

from handouts.model.pages import Pages
from handouts.pdf.drawing import Drawing
from handouts.pdf.errors import RenderError
from handouts.pdf.plate import Plate
from handouts.pdf.writing import Writing


def engrave(pages: Pages) -> Plate:
    """Writes everything about a document that is the same for all documents of its shape.

    Raises:
        RenderError: when the pages contradict themselves (a bug in a stage before).
    """
    if not pages.pages:
        raise RenderError("a document without pages")
    if not pages.identity.title or not pages.identity.language:
        raise RenderError("a document without a title or a language")
    drawn = Drawing(pages)
    plate = Writing(drawn).plate()
    drawn.tree.untie()
    return plate
