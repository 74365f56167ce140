"""Pages to bytes: the order in which a file is made."""

from __future__ import annotations

from handouts.model.pages import Pages
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.catalogue import write_catalogue
from handouts.pdf.colours import ColourSpaces
from handouts.pdf.errors import RenderError
from handouts.pdf.fonts import DocumentFonts
from handouts.pdf.images import DocumentPictures
from handouts.pdf.outline import write_outline
from handouts.pdf.paint import Painter
from handouts.pdf.structure import StructureTree


def render(pages: Pages) -> bytes:
    """Draws placed pages as a finished PDF that is PDF/UA-1 and PDF/A-2u at once.

    Same input, same bytes: no clock, no user, nothing registered process-wide.

    Raises:
        RenderError: when the pages contradict themselves (a bug in a stage before).
        HandoutsError: when the identity holds a character a PDF cannot say.
    """
    _check_whole(pages)
    tree = StructureTree(pages.nodes, pages.identity.language)
    canvas = TaggedCanvas(tree)
    document = canvas.document
    fonts = DocumentFonts(pages.faces)
    colours = ColourSpaces(pages.palette)
    pictures = DocumentPictures(document)
    painter = Painter(canvas, tree, fonts, colours, pictures)
    for page in pages.pages:
        painter.page(page)
    _write_resources(canvas, fonts, colours, pictures)
    root = tree.write(document)
    outline = write_outline(document, pages.bookmarks, pages.pages)
    write_catalogue(document, pages.identity, pages.direction, root, outline)
    return document.finished()


def _check_whole(pages: Pages) -> None:
    """Refuses what no PDF/UA file can do without."""
    if not pages.pages:
        raise RenderError("a document without pages")
    if not pages.identity.title or not pages.identity.language:
        raise RenderError("a document without a title or a language")


def _write_resources(
    canvas: TaggedCanvas, fonts: DocumentFonts, colours: ColourSpaces, pictures: DocumentPictures
) -> None:
    """One resource dictionary for all pages; the colours are an object of their own in it."""
    document = canvas.document
    palette = document.add(colours.resource())
    document.fill(
        document.RESOURCES,
        b"<</ColorSpace %d 0 R/Font%b/XObject%b>>"
        % (palette, fonts.resource(document), pictures.resource()),
    )
