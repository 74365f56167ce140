"""PNG and JPEG files to `Picture`: checked, turned upright, without what tells of their origin.

The file is not trusted. Its size in pixels is read from its head before anything is decoded.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.diagnostics import HandoutsError, Place, problem
from handouts.model.drawing import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 40_000_000
_ORIENTATION = 0x0112
_KEPT = frozenset({0xE0, 0xEE})
"""JPEG segments that say how to decode: JFIF and Adobe. Others hold places, names, thumbnails."""


@lru_cache(maxsize=32)
def parse_image(content: bytes, path: str) -> Picture:
    """The picture in a file; `path` is what messages call it.

    Raises:
        HandoutsError: when it is no PNG or JPEG, damaged, or has more than 40 megapixels.
    """
    from PIL import Image, UnidentifiedImageError

    place = Place(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                _check_size(image.size, place)
                image.load()
                return _picture(image, content)
    except HandoutsError:
        raise
    except Image.DecompressionBombError:
        raise _too_large("far more", place) from None
    except UnidentifiedImageError:
        raise problem(
            "not-an-image", "this is no PNG or JPEG file", "save it as one of them", place
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, MemoryError) as error:
        message = f"the image is damaged: {error}"
        raise problem("damaged-image", message, "save it again", place) from None


def _check_size(size: tuple[int, int], place: Place) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise problem("damaged-image", "the image has no pixels", "save it again", place)
    if width * height > MAX_PIXELS:
        raise _too_large(f"{width} × {height} pixels, more", place)


def _too_large(what: str, place: Place) -> HandoutsError:
    message = f"the image has {what} than 40 megapixels"
    return problem("image-too-large", message, "make it smaller", place)


def _picture(image: Image, content: bytes) -> Picture:
    digest = hashlib.sha256(content).hexdigest()
    turned = image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    if image.format == "JPEG" and image.mode in ("L", "RGB") and not turned:
        width, height = image.size
        bare = _bare(content)
        return Picture(width, height, 1 if image.mode == "L" else 3, "jpeg", bare, None, digest)
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image) if turned else image
    alpha = _alpha(upright)
    grey = upright.mode in ("1", "L", "LA", "I", "I;16", "F")
    plain = _eight_bit(upright).convert("L" if grey else "RGB")
    data = plain.tobytes()
    return Picture(plain.width, plain.height, 1 if grey else 3, "raw", data, alpha, digest)


def _eight_bit(image: Image) -> Image:
    """16-bit greys scaled to 8; Pillow's own conversion clips them to white."""
    if image.mode in ("I", "I;16", "I;16B", "F"):
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.mode == "P":
        return image.convert("RGBA")
    return image


def _alpha(image: Image) -> bytes | None:
    """The alpha samples; None when every pixel is opaque."""
    if "A" in image.mode or "transparency" in image.info:
        alpha = image.convert("RGBA").getchannel("A")
        if alpha.getextrema() != (255, 255):
            return alpha.tobytes()
    return None


def _bare(content: bytes) -> bytes:
    """A JPEG without Exif, XMP, comments and the like: they may tell where a photo was taken."""
    out = bytearray(content[:2])
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            break
        size = int.from_bytes(content[at + 2 : at + 4], "big") + 2
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
            out += content[at : at + size]
        at += size
    return bytes(out + content[at:])
