"""How an annotation looks, as a drawing: so that a form field can become plain print."""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

_NOT_DRAWN = frozenset(("/Link", "/Popup", "/Text", "/FileAttachment", "/Sound", "/Movie"))
"""What stands for something to open, not for something to see."""

_HIDDEN = 0x02 | 0x20
"""Flags of annotations nobody sees: hidden, and not to be viewed."""

Matrix = tuple[float, float, float, float, float, float]


def drawn(annotation: DictionaryObject) -> tuple[StreamObject, Matrix] | None:
    """An annotation's appearance and the matrix that puts it in its place (12.5.5).

    None when it shows nothing.
    """
    if annotation.get("/Subtype") in _NOT_DRAWN or int(annotation.get("/F", 0)) & _HIDDEN:
        return None
    look = _look(annotation)
    rect, box = rectangle(annotation.get("/Rect")), rectangle(look.get("/BBox")) if look else None
    if look is None or rect is None or box is None:
        return None
    given = look.get("/Matrix")
    numbers = [float(one) for one in given.get_object()] if given is not None else []
    a, b, c, d, e, f = numbers if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not width or not height:
        return None
    wide, high = (rect[2] - rect[0]) / width, (rect[3] - rect[1]) / height
    return look, (wide, 0.0, 0.0, high, rect[0] - min(xs) * wide, rect[1] - min(ys) * high)


def _look(annotation: DictionaryObject) -> StreamObject | None:
    """The normal appearance; of several states the one it is in."""
    looks = _object(annotation.get("/AP"))
    normal = _object(looks.get("/N")) if isinstance(looks, DictionaryObject) else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        normal = _object(normal.get(str(annotation.get("/AS", "/Off"))))
    return normal if isinstance(normal, StreamObject) else None


def rectangle(value: object) -> tuple[float, float, float, float] | None:
    """A rectangle with its lower left corner first."""
    found = _object(value)
    if not isinstance(found, ArrayObject) or len(found) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(one) for one in found)
    except (TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _object(value: object) -> object:
    return value.get_object() if isinstance(value, PdfObject) else None
