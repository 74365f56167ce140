"""What is painted behind a box: fill, border, sides and a backdrop drawing."""

from __future__ import annotations

from handouts.model.document import Backdrop, Decoration
from handouts.model.drawing import Outline, Paint
from handouts.model.pages import Artifact, Owner, Shape
from handouts.typeset.paint.outlines import Rect, coloured, line, panel, rounded
from handouts.typeset.paint.sheet import Sheet


def decorate(sheet: Sheet, decoration: Decoration, rect: Rect, artifact: Artifact | None) -> None:
    """Paints a decoration into the rectangle, in the order fill, backdrop, border."""
    owner: Owner = artifact or Artifact.BACKGROUND
    border = decoration.border if not decoration.sides else None
    over = border if decoration.backdrop is not None else None
    under = None if decoration.backdrop is not None else border
    if decoration.fill is not None or under is not None:
        _panel(sheet, decoration, rect, owner, (decoration.fill, under))
    if decoration.backdrop is not None:
        _backdrop(sheet, decoration.backdrop, rect, decoration.radius, owner)
    if over is not None:
        _panel(sheet, decoration, rect, owner, (None, over))
    if decoration.border is not None and decoration.sides:
        _sides(sheet, decoration, rect, owner)


def _panel(
    sheet: Sheet,
    decoration: Decoration,
    rect: Rect,
    owner: Owner,
    paints: tuple[Paint | None, Paint | None],
) -> None:
    outlines = panel(rect.width, rect.height, decoration.radius, *paints, decoration.border_width)
    sheet.add(Shape(outlines, rect.x0, rect.y0, 1.0, 1.0, rect, owner))


def _sides(sheet: Sheet, decoration: Decoration, rect: Rect, owner: Owner) -> None:
    thickness, half = decoration.border_width, decoration.border_width / 2
    colour = decoration.border
    assert colour is not None
    for side in decoration.sides:
        if side in ("top", "bottom"):
            y = rect.y0 + half if side == "top" else rect.y1 - half
            outlines = line(rect.width, 0.0, thickness, colour, ())
            bbox = (rect.x0, y - half, rect.x1, y + half)
            sheet.add(Shape(outlines, rect.x0, y, 1.0, 1.0, bbox, owner))
        else:
            left = (side == "start") != sheet.rtl
            x = rect.x0 + half if left else rect.x1 - half
            outlines = line(0.0, rect.height, thickness, colour, ())
            bbox = (x - half, rect.y0, x + half, rect.y1)
            sheet.add(Shape(outlines, x, rect.y0, 1.0, 1.0, bbox, owner))


def _backdrop(sheet: Sheet, backdrop: Backdrop, rect: Rect, radius: float, owner: Owner) -> None:
    """The drawing flush with its side, centred in height, mirrored with the page, clipped."""
    drawing = backdrop.drawing
    by_width = backdrop.width / drawing.width if backdrop.width else 0.0
    scale = by_width or rect.height / drawing.height
    width, height = drawing.width * scale, drawing.height * scale
    offset = {"start": 0.0, "centre": 0.5, "end": 1.0}[backdrop.side] * (rect.width - width)
    left = rect.x1 - offset - width if sheet.rtl else rect.x0 + offset
    top = rect.y0 + (rect.height - height) / 2
    bbox = (
        max(rect.x0, left),
        max(rect.y0, top),
        min(rect.x1, left + width),
        min(rect.y1, top + height),
    )
    sheet.add(
        Shape(
            coloured(drawing, backdrop.colour),
            left + width if sheet.rtl else left,
            top,
            -scale if sheet.rtl else scale,
            scale,
            bbox,
            owner,
            Outline(rounded(*rect, radius)),
        )
    )
