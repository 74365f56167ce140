"""The path grammar of SVG 2 (9.3) to moves, lines and cubic Béziers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from handouts.model.drawing import Close, Curve, Line, Move, Segment

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
KAPPA = 4 / 3 * (math.sqrt(2) - 1)
"""Length of the handles of a quarter circle."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SPACE = re.compile(r"[\s,]*")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, l = inner  # noqa: E741 - the letters of the specification
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * l + e,
        b * k + d * l + f,
    )


def transformed(segments: tuple[Segment, ...], matrix: Matrix) -> tuple[Segment, ...]:
    """The segments in the coordinates outside a transform."""
    a, b, c, d, e, f = matrix

    def point(x: float, y: float) -> tuple[float, float]:
        return (round(a * x + c * y + e, 4), round(b * x + d * y + f, 4))

    out: list[Segment] = []
    for one in segments:
        if isinstance(one, Curve):
            out.append(Curve(*point(one.x1, one.y1), *point(one.x2, one.y2), *point(one.x, one.y)))
        elif isinstance(one, Move):
            out.append(Move(*point(one.x, one.y)))
        elif isinstance(one, Line):
            out.append(Line(*point(one.x, one.y)))
        else:
            out.append(one)
    return tuple(out)


def numbers(text: str) -> list[float]:
    """The numbers of a list such as ``points`` or ``viewBox``.

    Raises:
        ValueError: when there is anything else in it, or a number is not finite.
    """
    rest = _NUMBER.sub(" ", text)
    if rest.strip(" ,\t\r\n"):
        raise ValueError(f"'{text[:40]}' is no list of numbers")
    return [_finite(found) for found in _NUMBER.findall(text)]


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 1e7:
        raise ValueError(f"{text} is too large")
    return value


def path_segments(data: str) -> tuple[Segment, ...]:
    """The segments of a ``d`` attribute.

    Raises:
        ValueError: for anything that is not in the grammar.
    """
    pen = _Pen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return tuple(pen.out)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with the arguments of one repetition; a repeated move is a line."""
    at = _SPACE.match(data, 0).end()  # type: ignore[union-attr]  # matches the empty text
    first = True
    while at < len(data):
        command = data[at]
        count = _ARGUMENTS.get(command.upper())
        if count is None or (first and command not in "Mm"):
            raise ValueError(f"'{data[at : at + 12]}' is no path command")
        first = False
        values, at = _arguments(data, at + 1, command, count)
        yield command, values
        if command in "Mm":
            command = "L" if command == "M" else "l"
        while count and at < len(data) and not data[at].isalpha():
            values, at = _arguments(data, at, command, count)
            yield command, values


def _arguments(data: str, at: int, command: str, count: int) -> tuple[list[float], int]:
    values = []
    for index in range(count):
        at = _SPACE.match(data, at).end()  # type: ignore[union-attr]  # matches the empty text
        if command in "Aa" and index in (3, 4):
            if data[at : at + 1] not in ("0", "1"):
                raise ValueError("an arc's flags are 0 or 1")
            values.append(float(data[at]))
            at += 1
            continue
        match = _NUMBER.match(data, at)
        if match is None:
            raise ValueError(f"a number is missing at '{data[at : at + 12]}'")
        values.append(_finite(match[0]))
        at = match.end()
    return values, _SPACE.match(data, at).end()  # type: ignore[union-attr]


class _Pen:
    """Where the path has got to."""

    def __init__(self) -> None:
        self.out: list[Segment] = []
        self.x = self.y = 0.0
        self.start = (0.0, 0.0)
        self.handle: tuple[str, float, float] = ("", 0.0, 0.0)

    def draw(self, command: str, values: list[float]) -> None:
        """Draws one command, relative ones from where the pen is."""
        kind = command.upper()
        if command.islower():
            values = self._absolute(kind, values)
        if self.out and isinstance(self.out[-1], Close) and kind not in "MZ":
            self.out.append(Move(self.x, self.y))
        before, self.handle = self.handle, ("", 0.0, 0.0)
        if kind == "Z":
            self.out.append(Close())
            self.x, self.y = self.start
        elif kind == "M":
            self.x, self.y = self.start = (values[0], values[1])
            self.out.append(Move(self.x, self.y))
        elif kind in "LHV":
            self._line(kind, values)
        elif kind in "CS":
            self._cubic(kind, values, before)
        elif kind in "QT":
            self._quadratic(kind, values, before)
        else:
            self._arc(values)

    def _absolute(self, kind: str, values: list[float]) -> list[float]:
        if kind == "H":
            return [values[0] + self.x]
        if kind == "V":
            return [values[0] + self.y]
        if kind == "A":
            return [*values[:5], values[5] + self.x, values[6] + self.y]
        return [v + (self.y if i % 2 else self.x) for i, v in enumerate(values)]

    def _line(self, kind: str, values: list[float]) -> None:
        self.x = values[0] if kind in "LH" else self.x
        self.y = values[-1] if kind in "LV" else self.y
        self.out.append(Line(self.x, self.y))

    def _cubic(self, kind: str, values: list[float], before: tuple[str, float, float]) -> None:
        if kind == "S":
            values = [*self._mirrored(before, "C"), *values]
        self.out.append(Curve(*values))
        self.handle = ("C", values[2], values[3])
        self.x, self.y = values[4], values[5]

    def _quadratic(self, kind: str, values: list[float], before: tuple[str, float, float]) -> None:
        if kind == "T":
            values = [*self._mirrored(before, "Q"), *values]
        qx, qy, x, y = values
        self.out.append(
            Curve(
                self.x + (qx - self.x) * 2 / 3,
                self.y + (qy - self.y) * 2 / 3,
                x + (qx - x) * 2 / 3,
                y + (qy - y) * 2 / 3,
                x,
                y,
            )
        )
        self.handle = ("Q", qx, qy)
        self.x, self.y = x, y

    def _mirrored(self, before: tuple[str, float, float], kind: str) -> tuple[float, float]:
        if before[0] != kind:
            return (self.x, self.y)
        return (2 * self.x - before[1], 2 * self.y - before[2])

    def _arc(self, values: list[float]) -> None:
        rx, ry, turn, large, sweep, x, y = values
        self.out.extend(arc(self.x, self.y, rx, ry, turn, bool(large), bool(sweep), x, y))
        self.x, self.y = x, y


def arc(
    x0: float,
    y0: float,
    rx: float,
    ry: float,
    turn: float,
    large: bool,
    sweep: bool,
    x: float,
    y: float,
) -> list[Segment]:
    """An elliptical arc as Béziers (SVG 2, B.2.4: from end points to centre)."""
    rx, ry = abs(rx), abs(ry)
    if (x0, y0) == (x, y):
        return []
    if not rx or not ry:
        return [Line(x, y)]
    phi = math.radians(turn)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (x0 - x) / 2, (y0 - y) / 2
    px, py = cos * dx + sin * dy, cos * dy - sin * dx
    grow = math.sqrt((px / rx) ** 2 + (py / ry) ** 2)
    if grow > 1:
        rx, ry = rx * grow, ry * grow
    below = (rx * py) ** 2 + (ry * px) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1))
    if large == sweep:
        root = -root
    cpx, cpy = root * rx * py / ry, -root * ry * px / rx
    centre = (cos * cpx - sin * cpy + (x0 + x) / 2, sin * cpx + cos * cpy + (y0 + y) / 2)
    start = math.atan2((py - cpy) / ry, (px - cpx) / rx)
    sweep_angle = math.atan2((-py - cpy) / ry, (-px - cpx) / rx) - start
    if sweep and sweep_angle < 0:
        sweep_angle += 2 * math.pi
    elif not sweep and sweep_angle > 0:
        sweep_angle -= 2 * math.pi
    matrix = (rx * cos, rx * sin, -ry * sin, ry * cos, *centre)
    return [*transformed(_unit_arc(start, sweep_angle), matrix)]


def _unit_arc(start: float, sweep: float) -> tuple[Segment, ...]:
    """An arc of the unit circle, in pieces of at most a quarter."""
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    reach = 4 / 3 * math.tan(step / 4)
    out: list[Segment] = []
    for index in range(pieces):
        a, b = start + index * step, start + (index + 1) * step
        out.append(
            Curve(
                math.cos(a) - reach * math.sin(a),
                math.sin(a) + reach * math.cos(a),
                math.cos(b) + reach * math.sin(b),
                math.sin(b) - reach * math.cos(b),
                math.cos(b),
                math.sin(b),
            )
        )
    return tuple(out)


def ellipse_segments(cx: float, cy: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """A closed ellipse."""
    matrix = (rx, 0.0, 0.0, ry, cx, cy)
    return transformed((Move(1, 0), *_unit_arc(0, 2 * math.pi), Close()), matrix)


def rect_segments(
    x: float, y: float, width: float, height: float, rx: float, ry: float
) -> tuple[Segment, ...]:
    """A closed rectangle, with rounded corners when both radii are over 0."""
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if rx <= 0 or ry <= 0:
        corners = (Line(x + width, y), Line(x + width, y + height), Line(x, y + height))
        return (Move(x, y), *corners, Close())
    right, bottom = x + width, y + height
    kx, ky = rx * (1 - KAPPA), ry * (1 - KAPPA)
    return (
        Move(x + rx, y),
        Line(right - rx, y),
        Curve(right - kx, y, right, y + ky, right, y + ry),
        Line(right, bottom - ry),
        Curve(right, bottom - ky, right - kx, bottom, right - rx, bottom),
        Line(x + rx, bottom),
        Curve(x + kx, bottom, x, bottom - ky, x, bottom - ry),
        Line(x, y + ry),
        Curve(x, y + ky, x + kx, y, x + rx, y),
        Close(),
    )
