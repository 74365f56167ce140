"""Painting: a measured tree becomes items at final coordinates. Decides nothing."""

from __future__ import annotations

from handouts.model.document import Art, Image, Rule, Spacer, Stack, Text
from handouts.model.drawing import Paint
from handouts.model.pages import Artifact, Owner, PlacedPicture, Shape
from handouts.typeset.boxes.laid import EPSILON, Laid, Pile, SetText, TableLine, TextPart
from handouts.typeset.paint.decorate import decorate
from handouts.typeset.paint.outlines import Rect, coloured, line, panel
from handouts.typeset.paint.sheet import Piece, Sheet

WRITING_LINE = 0.6
"""Thickness of a line to write on."""

_REPEATED = Artifact.PAGINATION
"""What was painted on a page before is no content here."""

IN_DISC = 0.56
"""Share of a disc's diameter that the drawing in it takes."""


def paint(sheet: Sheet, laid: Laid, x: float, y: float, artifact: Artifact | None = None) -> None:
    """Paints a box with its start edge at `x`; under `artifact` nothing in it is content.

    Raises:
        ValueError: for content text that belongs to no node.
    """
    if laid.box.slot is not None and (painting := sheet.slot(laid, x, y, artifact)):
        with painting:
            _paint(sheet, laid, x, y, artifact)
    else:
        _paint(sheet, laid, x, y, artifact)


def _paint(sheet: Sheet, laid: Laid, x: float, y: float, artifact: Artifact | None) -> None:
    box, detail = laid.box, laid.detail
    begun = sheet.begin()
    if isinstance(detail, SetText):
        sheet.text(detail, x, y, laid.width, artifact or _owner(detail.text))
        if begun:
            sheet.end(begun, laid, x, y, artifact)
        return
    if isinstance(box, Stack | Pile):
        if box.decoration is not None:
            decorate(sheet, box.decoration, sheet.rect(x, y, laid.width, laid.height), artifact)
        sheet = sheet.facing(box.direction, x, laid.width)
    elif not laid.children:
        _leaf(sheet, laid, x, y, artifact)
        if begun and isinstance(box, Art | Image):
            sheet.end(begun, laid, x, y, artifact)
    for child in laid.children:
        owner = artifact or (_REPEATED if child.repeated else None)
        paint(sheet, child.laid, x + child.x, y + child.y, owner)
    for table_line in detail or ():
        _rule(sheet, table_line, (x, y, laid.width), artifact or Artifact.LAYOUT, ())


def repaint(sheet: Sheet, piece: Piece, laid: Laid) -> None:
    """Paints what stands in the place of a piece, with its node as its owner."""
    sheet.rtl, sheet.start = piece.face
    _paint(sheet, laid, piece.x, piece.y, piece.artifact)


def _leaf(sheet: Sheet, laid: Laid, x: float, y: float, artifact: Artifact | None) -> None:
    """A drawing, a picture, a rule or lines to write on."""
    match laid.box:
        case Art() as box:
            _art(sheet, box, laid, x, y, artifact)
        case Image() as box:
            _image(sheet, box, laid, x, y, artifact)
        case Rule() as box:
            owner = artifact or (Artifact.LAYOUT if box.node is None else box.node)
            rule = TableLine(laid.height - box.thickness, box.thickness, box.colour)
            _rule(sheet, rule, (x, y, laid.width), owner, box.dash)
        case Spacer() as box if box.ruled is not None:
            for writing in _writing_lines(box, box.ruled, laid.height):
                _rule(sheet, writing, (x, y, laid.width), artifact or Artifact.LAYOUT, ())


def _writing_lines(box: Spacer, colour: Paint, height: float) -> list[TableLine]:
    """Lines `pitch` apart, the first a pitch below the top, as many as there is room for."""
    if box.pitch <= 0:
        return []
    number = int((height + EPSILON) / box.pitch)
    return [
        TableLine((i + 1) * box.pitch - WRITING_LINE, WRITING_LINE, colour) for i in range(number)
    ]


def _owner(text: Text | TextPart) -> int:
    if text.node is None:
        source = text.source if isinstance(text, Text) else text.text.source
        raise ValueError(f"text '{source}' belongs to no node and to no running region")
    return text.node


def _rule(
    sheet: Sheet,
    rule: TableLine,
    place: tuple[float, float, float],
    owner: Owner,
    dash: tuple[float, ...],
) -> None:
    x, y, width = place
    rect = sheet.rect(x, y + rule.y, width, rule.thickness)
    outlines = line(width, 0.0, rule.thickness, rule.colour, dash)
    middle = rect.y0 + rule.thickness / 2
    sheet.add(Shape(outlines, rect.x0, middle, 1.0, 1.0, rect, owner))


def _art(sheet: Sheet, box: Art, laid: Laid, x: float, y: float, artifact: Artifact | None) -> None:
    rect = sheet.rect(x, y, laid.width, laid.height)
    share = 1.0
    if box.disc is not None:
        rect = _square(rect)
        share = IN_DISC
        outlines = panel(rect.width, rect.width, rect.width / 2, box.disc, None, 0.0)
        owner = artifact or Artifact.BACKGROUND
        sheet.add(Shape(outlines, rect.x0, rect.y0, 1.0, 1.0, rect, owner))
    drawing = box.drawing
    scale = share * min(rect.width / drawing.width, rect.height / drawing.height)
    width, height = drawing.width * scale, drawing.height * scale
    left, top = rect.x0 + (rect.width - width) / 2, rect.y0 + (rect.height - height) / 2
    mirrored = box.mirrored and sheet.rtl
    sheet.add(
        Shape(
            coloured(drawing, box.colour),
            left + width if mirrored else left,
            top,
            -scale if mirrored else scale,
            scale,
            (left, top, left + width, top + height),
            artifact or (Artifact.LAYOUT if box.node is None else box.node),
        )
    )


def _image(
    sheet: Sheet, box: Image, laid: Laid, x: float, y: float, artifact: Artifact | None
) -> None:
    rect = sheet.rect(x, y, laid.width, laid.height)
    picture = box.picture
    scale = min(rect.width / picture.width, rect.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, top = rect.x0 + (rect.width - width) / 2, rect.y0 + (rect.height - height) / 2
    owner = artifact or (Artifact.LAYOUT if box.node is None else box.node)
    sheet.add(PlacedPicture(picture, left, top, width, height, owner))


def _square(rect: Rect) -> Rect:
    """The largest square in the middle of a rectangle."""
    side = min(rect.width, rect.height)
    left, top = rect.x0 + (rect.width - side) / 2, rect.y0 + (rect.height - side) / 2
    return Rect(left, top, left + side, top + side)
