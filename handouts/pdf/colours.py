"""Colours as resources: a content stream names a palette role, never a value.

`/Primary cs 0 sc` with `/Primary [/Indexed/DeviceRGB 0<1f5e5b>]` in the resources: the pages of
two brands then have the same content streams, byte for byte, and a recoloured document needs
one small object only. Device RGB is characterised by the file's output intent (sRGB).
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model.colour import Colour
from handouts.model.drawing import Paint
from handouts.pdf import objects
from handouts.pdf.errors import RenderError


class ColourSpaces:
    """The colours one document uses, in order of first use."""

    def __init__(self, palette: Mapping[str, Colour]) -> None:
        self._palette = palette
        self._names: dict[Paint, str] = {}

    def name(self, paint: Paint) -> str:
        """Resource name of a paint: the role capitalised, or a literal colour's digits.

        Raises:
            RenderError: for a role the palette does not have.
        """
        known = self._names.get(paint)
        if known is None:
            if isinstance(paint, str) and paint not in self._palette:
                raise RenderError(f"colour role '{paint}' is not in the palette")
            word = paint[:1].upper() + paint[1:] if isinstance(paint, str) else str(paint)[1:]
            known = self._names[paint] = objects.name(word).decode("ascii")
        return known

    def resource(self) -> bytes:
        """The ColorSpace dictionary with the colours that were used."""
        return b"<<%b>>" % b"".join(
            b"%b[/Indexed/DeviceRGB 0<%b>]" % (name.encode("ascii"), self._value(paint))
            for paint, name in sorted(self._names.items(), key=lambda item: item[1])
        )

    def _value(self, paint: Paint) -> bytes:
        colour = self._palette[paint] if isinstance(paint, str) else paint
        return str(colour)[1:].encode("ascii")
