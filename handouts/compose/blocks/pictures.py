"""Icons, drawings, logos, pictures and QR codes."""

from __future__ import annotations

from functools import lru_cache, partial

from handouts.compose.qr import qr_rows
from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.blocks import DrawingBlock, IconBlock, ImageBlock, LogoBlock, QrBlock
from handouts.model.brand import localised
from handouts.model.document import Art, Box, Decoration, Image, Insets, Role, Stack, Text
from handouts.model.drawing import Drawing, Modules, Outline, Picture
from handouts.units import Length

LEAST_DPI = 150
"""Below this a printed picture shows its pixels."""

_QUIET_ZONE = 4
"""Modules of clear space round a QR code (ISO/IEC 18004, 6.3.8)."""


def icon(block: IconBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """An icon, which is decoration."""
    name = _named(block.icon, scope)
    return [
        Art(
            drawing=sheet.project.drawings[name],
            width=block.size,
            height=block.size,
            colour=block.colour,
            disc=block.disc,
        )
    ]


def drawing(block: DrawingBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A drawing with its description, or as decoration without one."""
    alt = _alt(block.alt, sheet, scope)
    return [
        Art(
            node=sheet.structure.add(Role.FIGURE, alt=alt) if alt else None,
            drawing=sheet.project.drawings[_named(block.drawing, scope)],
            width=block.drawing_width,
            height=block.drawing_height,
            colour=block.colour,
            disc=block.disc,
        )
    ]


def image(block: ImageBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A picture from the project."""
    alt = _alt(block.alt, sheet, scope)
    node = sheet.structure.add(Role.FIGURE, alt=alt) if alt else None
    found = sheet.project.pictures[block.path]
    return [_placed(found, block.image_width, block.image_height, node)]


def logo(block: LogoBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """The brand's logo inside its clear space, on a plate if the layout asks for one."""
    found, said = sheet.brand.logo, sheet.brand.brand.logo
    if found is None or said is None:
        return []
    width = min(block.max_width, block.height * found.width / found.height)
    height = width * found.height / found.width
    alt = localised(said.alt, *sheet.words.languages, sheet.brand.brand.language)
    node = sheet.structure.add(Role.FIGURE, alt=alt)
    box = _placed(found, Length(width), Length(height), node, source="$brand.logo")
    clear = said.clear_space
    plate = Decoration(fill=block.plate, radius=Length(8)) if block.plate else None
    # Without a plate the start side is left to the margin, so that the logo keeps to its edge.
    padding = Insets(clear, clear, clear, clear if plate else Length(0))
    return [Stack(children=(box,), padding=padding, decoration=plate)]


def qr(block: QrBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """The code on a plate of paper, with what it opens in words under it."""
    if not scope.holds("$brand.qr"):
        return []
    plates = sheet.slots.made(partial(_code, block), sheet, scope)
    if not block.caption:
        return plates
    style = sheet.styles[block.style]
    spans = sheet.words.spans(block.caption)
    caption: Text = sheet.paragraph(spans, style, source=block.caption)
    return [Stack(children=(*plates, caption), gap=Length(3))]


def _code(block: QrBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """The code on its plate: all of it that another brand has otherwise."""
    url = sheet.brand.brand.qr or ""
    alt = sheet.words.text("alt.qr", url=url)
    code = Art(
        node=sheet.structure.add(Role.FIGURE, alt=alt),
        drawing=qr_drawing(url),
        width=block.size,
        height=block.size,
        colour="ink",
    )
    return [Stack(children=(code,), decoration=Decoration(fill="paper", radius=Length(6)))]


@lru_cache(maxsize=512)
def qr_drawing(url: str) -> Drawing:
    """A QR code (error correction M) as one path, its quiet zone included."""
    rows = qr_rows(url)
    side = len(rows) + 2 * _QUIET_ZONE
    code = Outline((Modules(_QUIET_ZONE, _QUIET_ZONE, rows),), fill="current")
    return Drawing(side, side, (code,))


def _placed(
    found: Drawing | Picture, width: Length, height: Length, node: int | None, *, source: str = ""
) -> Box:
    """The picture's box. `source` is the brand's value that names it, if one does."""
    if isinstance(found, Drawing):
        return Art(node=node, drawing=found, width=width, height=height)
    scale = min(width / found.width, height / found.height)
    if 72 / scale < LEAST_DPI:
        what = "the logo" if source else "a picture"
        low = Diagnostic(
            "low-resolution",
            f"{what} of {found.width} by {found.height} pixels would be printed with "
            f"{72 / scale:.0f} dpi",
            f"use one of at least {LEAST_DPI} dpi at its size "
            f"({found.width * scale / 72 * LEAST_DPI:.0f} pixels wide), or an SVG",
            string=("", source) if source else None,
        )
        raise HandoutsError([low])
    return Image(node=node, picture=found, width=width, height=height)


def _named(spec: str, scope: Scope) -> str:
    """A drawing's id: written out, or the value of a variable."""
    return scope.expand("{" + spec[1:] + "}") if spec.startswith("$") else scope.expand(spec)


def _alt(spec: str | None, sheet: Sheet, scope: Scope) -> str | None:
    return sheet.words.text(scope.expand(spec)) if spec else None
