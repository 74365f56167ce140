"""The graphics state of a content stream, so that an operator is written only on change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.model.drawing import Outline, Paint
from handouts.pdf.objects import number, numbers

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


@dataclass(slots=True)
class GraphicsState:
    """The parameters of ISO 32000-1, 8.4 that we set; initial values are those of a new page.

    The rise is 0 between text objects; so it is never unknown.
    """

    fill: str = ""
    stroke: str = ""
    width: float | None = 1.0
    cap: int | None = 0
    join: int | None = 0
    dash: tuple[float, ...] | None = ()
    font: str = ""
    rise: str = "0"

    @classmethod
    def unknown(cls) -> GraphicsState:
        """After marks nobody knows: whatever is needed is set anew."""
        return cls(width=None, cap=None, join=None, dash=None)

    def copy(self) -> GraphicsState:
        """The state as ``q`` saves it."""
        return GraphicsState(
            self.fill,
            self.stroke,
            self.width,
            self.cap,
            self.join,
            self.dash,
            self.font,
            self.rise,
        )

    def set_fill(self, colour: str, write: Callable[[str], None]) -> None:
        """Selects the colour for text and areas."""
        if colour != self.fill:
            self.fill = colour
            write(f"{colour} cs 0 sc")

    def set_font(self, resource: str, size: float, write: Callable[[str], None]) -> None:
        """Selects font and size."""
        font = f"{resource} {number(size)} Tf"
        if font != self.font:
            self.font = font
            write(font)

    def set_rise(self, rise: str, write: Callable[[str], None]) -> None:
        """Lifts the glyphs that follow."""
        if rise != self.rise:
            self.rise = rise
            write(f"{rise} Ts")

    def set_pen(
        self, outline: Outline, name: Callable[[Paint], str], write: Callable[[str], None]
    ) -> None:
        """Selects colour and shape of the line an outline is stroked with."""
        colour = name(outline.stroke or "")
        if colour != self.stroke:
            self.stroke = colour
            write(f"{colour} CS 0 SC")
        if outline.stroke_width != self.width:
            self.width = outline.stroke_width
            write(f"{number(outline.stroke_width)} w")
        self._set_ends(_CAPS[outline.cap], _JOINS[outline.join], outline.dash, write)

    def _set_ends(
        self, cap: int, join: int, dash: tuple[float, ...], write: Callable[[str], None]
    ) -> None:
        if cap != self.cap:
            self.cap = cap
            write(f"{cap} J")
        if join != self.join:
            self.join = join
            write(f"{join} j")
        if dash != self.dash:
            self.dash = dash
            write(f"[{numbers(*dash)}] 0 d")
