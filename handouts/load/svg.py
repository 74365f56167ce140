"""An SVG file to a `Drawing`: plain shapes and flat colours, everything else refused with a remedy.

The file is not trusted: no document type, entity, script, style beyond class rules, and no
reference to anything outside of it or inside it.
"""

from __future__ import annotations

import math
from functools import lru_cache

from handouts.diagnostics import Diagnostic, HandoutsError, Place
from handouts.load.svg_path import (
    IDENTITY,
    Matrix,
    ellipse_segments,
    multiplied,
    numbers,
    path_segments,
    rect_segments,
    transformed,
)
from handouts.load.svg_style import Look, length, look_of, style_sheet, transform
from handouts.load.svg_xml import Element, parse_xml
from handouts.model.drawing import Close, Drawing, Line, Move, Outline, Segment

MAX_SEGMENTS = 200_000
_IGNORED = {"title", "desc", "metadata"}
_REMEDIES = {
    "text": "turn text into paths (in Inkscape: Path > Object to Path)",
    "image": "a picture inside SVG is not possible: use PNG or JPEG for the whole logo",
    "use": "unlink clones, or expand symbols, in the drawing program",
    "symbol": "expand symbols in the drawing program",
    "script": "delete it: a logo may not run programs",
    "foreignObject": "delete it: only shapes are possible",
    "a": "delete the link and keep its shapes",
    "svg": "only one <svg>, the outermost, is possible",
    "switch": "keep one of the alternatives",
    "animate": "delete the animation",
    "animateTransform": "delete the animation",
    "set": "delete the animation",
}
_OTHERS = "only path, circle, rect, line, polyline, polygon, ellipse and g are possible"


@lru_cache(maxsize=512)
def parse_svg(content: bytes, path: str) -> Drawing:
    """The drawing in a file; `path` is what messages call it.

    Raises:
        HandoutsError: with everything in the file that cannot be printed.
    """
    root = parse_xml(content, path)
    if root.name != "svg":
        raise HandoutsError([_problem(root, "svg-element", f"<{root.name}> is no <svg>", "")])
    return _Reader(root).drawing()


class _Reader:
    """Walks the elements and collects outlines and problems."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.sheet: dict[str, dict[str, str]] = {}
        self.outlines: list[Outline] = []
        self.problems: list[Diagnostic] = []
        self.segments = 0

    def drawing(self) -> Drawing:
        """The drawing with its origin at the top left."""
        width, height, matrix = 0.0, 0.0, IDENTITY
        try:
            x, y, width, height = _view_box(self.root)
            matrix = (1.0, 0.0, 0.0, 1.0, -x, -y)
        except ValueError as error:
            self.problems.append(_said(self.root, error))
        self._style_sheets(self.root)
        self._inside(self.root, Look(), matrix)
        if self.problems:
            raise HandoutsError(self.problems)
        if not self.outlines:
            message = "there is nothing to see in this drawing"
            raise HandoutsError([_problem(self.root, "svg-empty", message, "export it again")])
        return Drawing(width, height, tuple(self.outlines))

    def _style_sheets(self, element: Element) -> None:
        for child in element.children:
            if child.name == "style":
                try:
                    self.sheet.update(style_sheet(child.text))
                except ValueError as error:
                    self.problems.append(_said(child, error))
            elif child.name in ("g", "defs"):
                self._style_sheets(child)

    def _inside(self, element: Element, above: Look, outer: Matrix) -> None:
        """The element itself, then its children."""
        for name in element.attributes:
            local = name.rpartition(" ")[2]
            if local.lower().startswith("on") or local == "href":
                hint = "take it out: a drawing stands on its own"
                message = f"{local} is not allowed in <{element.name}>"
                self.problems.append(_problem(element, "svg-reference", message, hint))
        try:
            look = look_of(element, above, self.sheet)
            matrix = multiplied(outer, transform(element.attributes.get("transform", "")))
            if not look.hidden and element.name not in ("svg", "g"):
                self._shape(element, look, matrix)
        except ValueError as error:
            self.problems.append(_said(element, error))
            return
        for child in element.children:
            if element.name in ("svg", "g"):
                self._child(child, look, matrix)
            elif child.name not in _IGNORED:
                self._refuse(child)

    def _child(self, child: Element, look: Look, matrix: Matrix) -> None:
        if child.name in _IGNORED or child.name == "style":
            return
        if child.name == "defs":
            for one in child.children:
                if one.name not in ("style", *_IGNORED):
                    message = f"<{one.name}> inside <defs> is not possible"
                    hint = _REMEDIES.get(one.name, "use flat colours and plain shapes")
                    self.problems.append(_problem(one, "svg-element", message, hint))
            return
        if child.name not in _SHAPES and child.name != "g":
            self._refuse(child)
            return
        self._inside(child, look, matrix)

    def _refuse(self, element: Element) -> None:
        hint = _REMEDIES.get(element.name, _OTHERS)
        message = f"<{element.name}> is not possible"
        self.problems.append(_problem(element, "svg-element", message, hint))

    def _shape(self, element: Element, look: Look, matrix: Matrix) -> None:
        segments = _SHAPES[element.name](element)
        self.segments += len(segments)
        if self.segments > MAX_SEGMENTS:
            raise ValueError("the drawing has too many points: simplify it")
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        stroke = look.stroke if look.width * scale > 0 else None
        if not segments or (look.fill is None and stroke is None):
            return
        self.outlines.append(
            Outline(
                transformed(segments, matrix),
                fill=look.fill,
                stroke=stroke,
                stroke_width=round(look.width * scale, 4),
                cap=look.cap,
                join=look.join,
                dash=tuple(round(d * scale, 4) for d in look.dash) if any(look.dash) else (),
                even_odd=look.even_odd,
            )
        )


def _view_box(root: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is shown."""
    box = root.attributes.get("viewBox")
    if box is not None:
        values = numbers(box)
    else:
        size = [root.attributes.get(name, "") for name in ("width", "height")]
        if not all(size):
            raise ValueError("<svg> has no viewBox: export it with one")
        values = [0.0, 0.0, *(length(text) for text in size)]
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        raise ValueError("viewBox needs four numbers, and a width and height over 0")
    return (values[0], values[1], values[2], values[3])


def _number(element: Element, name: str, default: float = 0.0) -> float:
    text = element.attributes.get(name)
    return default if text is None else length(text)


def _path(element: Element) -> tuple[Segment, ...]:
    return path_segments(element.attributes.get("d", ""))


def _circle(element: Element) -> tuple[Segment, ...]:
    radius = _number(element, "r")
    return _round(element, radius, radius)


def _ellipse(element: Element) -> tuple[Segment, ...]:
    return _round(element, _number(element, "rx"), _number(element, "ry"))


def _round(element: Element, rx: float, ry: float) -> tuple[Segment, ...]:
    if rx <= 0 or ry <= 0:
        return ()
    return ellipse_segments(_number(element, "cx"), _number(element, "cy"), rx, ry)


def _rect(element: Element) -> tuple[Segment, ...]:
    width, height = _number(element, "width"), _number(element, "height")
    if width <= 0 or height <= 0:
        return ()
    rx = _number(element, "rx", _number(element, "ry"))
    ry = _number(element, "ry", rx)
    return rect_segments(_number(element, "x"), _number(element, "y"), width, height, rx, ry)


def _line(element: Element) -> tuple[Segment, ...]:
    start = Move(_number(element, "x1"), _number(element, "y1"))
    return (start, Line(_number(element, "x2"), _number(element, "y2")))


def _polyline(element: Element) -> tuple[Segment, ...]:
    values = numbers(element.attributes.get("points", ""))
    pairs = list(zip(values[::2], values[1::2], strict=False))
    return (Move(*pairs[0]), *(Line(*pair) for pair in pairs[1:])) if pairs else ()


def _polygon(element: Element) -> tuple[Segment, ...]:
    points = _polyline(element)
    return (*points, Close()) if points else ()


_SHAPES = {
    "path": _path,
    "circle": _circle,
    "ellipse": _ellipse,
    "rect": _rect,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
}


def _said(element: Element, error: ValueError) -> Diagnostic:
    message, _, hint = str(error).partition(": ")
    return _problem(element, "svg-value", f"<{element.name}>: {message}", hint)


def _problem(element: Element, code: str, message: str, hint: str) -> Diagnostic:
    place: Place = element.place
    return Diagnostic(code, message, hint, place)
