"""Raster pictures as image XObjects, each once per document.

A JPEG goes in as it is; samples are compressed without loss. Transparency becomes a soft mask,
which PDF/A-2 allows because the output intent says which space to blend in (6.2.10).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from handouts.model.drawing import Picture
from handouts.pdf import objects
from handouts.pdf.document import Register
from handouts.pdf.errors import RenderError

_KEPT = 16
"""Pictures kept compressed; few, because a key holds the samples too."""


class DocumentPictures:
    """The pictures of a plate, or those the slots add to them, named in order of first use."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.names = dict(known)
        self._new: list[tuple[str, Picture]] = []

    def name(self, picture: Picture) -> str:
        """Resource name of a picture."""
        key = picture.digest or hashlib.sha256(picture.data).hexdigest()
        known = self.names.get(key)
        if known is None:
            known = self.names[key] = f"/I{len(self.names) + 1}"
            self._new.append((known, picture))
        return known

    def embed(self, register: Register) -> bytes:
        """Registers the new pictures; returns their rows of the XObject dictionary."""
        rows = [f"{name} {_embedded(picture, register)} 0 R" for name, picture in self._new]
        return "".join(rows).encode("ascii")


def _embedded(picture: Picture, register: Register) -> int:
    encoded = _encoded(picture)
    mask = b""
    if encoded.mask is not None:
        entries = _entries(picture, b"/DeviceGray") + b"/Filter/FlateDecode"
        mask = b"/SMask %d 0 R" % register.add(objects.stream(entries, encoded.mask))
    space = b"/DeviceRGB" if picture.components == 3 else b"/DeviceGray"
    entries = _entries(picture, space) + mask + b"/Filter" + encoded.filter
    return register.add(objects.stream(entries, encoded.data))


class _Encoded:
    """Sample streams of a picture as they stand in the file."""

    def __init__(self, picture: Picture) -> None:
        jpeg = picture.encoding == "jpeg"
        self.filter = b"/DCTDecode" if jpeg else b"/FlateDecode"
        self.data = picture.data if jpeg else _packed(picture, picture.data, picture.components)
        self.mask = None if picture.alpha is None else _packed(picture, picture.alpha, 1)


@lru_cache(maxsize=_KEPT)
def _encoded(picture: Picture) -> _Encoded:
    """Compressing a logo takes longer than drawing the page, so it is kept."""
    return _Encoded(picture)


def _packed(picture: Picture, samples: bytes, components: int) -> bytes:
    if len(samples) != picture.width * picture.height * components:
        raise RenderError(f"picture {picture.digest} has {len(samples)} samples")
    return objects.deflated(samples, objects.LEVEL_KEPT)


def _entries(picture: Picture, space: bytes) -> bytes:
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b" % (
        picture.width,
        picture.height,
        space,
    )
