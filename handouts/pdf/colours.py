"""Colours as resources: a content stream names a palette role, never a value.

`/Primary cs 0 sc` with `/Primary [/Indexed/DeviceRGB 0<1f5e5b>]` in the resources: the pages of
two brands then have the same content streams, byte for byte, and a recoloured document needs
one small object only. Device RGB is characterised by the file's output intent (sRGB).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from handouts.model.colour import Colour
from handouts.model.drawing import Paint
from handouts.pdf import objects
from handouts.pdf.errors import RenderError

_NAMES = 1024


@lru_cache(maxsize=_NAMES)
def resource(paint: Paint) -> str:
    """Resource name of a paint: the role capitalised, or a literal colour's digits."""
    word = paint[:1].upper() + paint[1:] if isinstance(paint, str) else str(paint)[1:]
    return objects.name(word).decode("ascii")


class ColourSpaces:
    """The colours one document uses: those of its plate, and those its slots add."""

    def __init__(self, palette: Mapping[str, Colour], known: Mapping[Paint, str]) -> None:
        self._palette = palette
        self.names = dict(known)

    def name(self, paint: Paint) -> str:
        """Resource name of a paint, which is used from now on.

        Raises:
            RenderError: for a role the palette does not have.
        """
        known = self.names.get(paint)
        if known is None:
            self._value(paint)
            known = self.names[paint] = resource(paint)
        return known

    def resource(self) -> bytes:
        """The ColorSpace dictionary with the colours that were used."""
        rows = [
            f"{name}[/Indexed/DeviceRGB 0<{self._value(paint)}>]"
            for paint, name in self.names.items()
        ]
        return f"<<{''.join(sorted(rows))}>>".encode("ascii")

    def _value(self, paint: Paint) -> str:
        if isinstance(paint, str):
            if paint not in self._palette:
                raise RenderError(f"colour role '{paint}' is not in the palette")
            paint = self._palette[paint]
        return f"{paint.red:02x}{paint.green:02x}{paint.blue:02x}"
