"""PDF syntax as bytes: names, strings, numbers and streams.

The leaf of the package: everything that ends up in the file is spelled here. ReportLab's own
dictionary and stream classes are not used for it, because they are slow for hundreds of
structure elements and because its streams lack the end-of-line before ``endstream`` that
ISO 19005-2, 6.1.7.1 demands.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache

from deflate import zlib_compress

LEVEL = 4
"""Level of what is written once per plate; 5 saves 5 % of it for half as much time again."""
LEVEL_KEPT = 9
"""Level of what is kept in a cache (fonts, pictures)."""
LEVEL_ONCE = 1
"""Level of what is written once; more saves a hundredth of the file for a third more time."""

_STREAMS = 32
"""Streams kept compressed, of some 30 kB each: those of the pages a few templates have."""
_NUMBERS = 4096
"""Numbers kept written: sheets of one layout have most of theirs in common."""

_REGULAR = frozenset(string.ascii_letters.encode() + string.digits.encode() + b"-_.+")
_UNSAFE = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r", b"\n": rb"\n"}


class Stream(bytes):
    """An object that is a stream, which has to stand in the file by itself (7.5.7)."""

    __slots__ = ()


def stream(entries: bytes, data: bytes) -> Stream:
    """A stream object from its other dictionary entries and its encoded data.

    CR LF before ``endstream``: after data that happens to end in CR, a lone LF would be taken
    for the second half of it, and the length for wrong (ISO 19005-2, 6.1.7.1).
    """
    return Stream(b"<<%b/Length %d>>stream\n%b\r\nendstream" % (entries, len(data), data))


def flate(data: bytes, entries: bytes = b"", level: int = LEVEL) -> Stream:
    """A stream object compressed with Flate."""
    packed = _kept(data) if level == LEVEL else deflated(data, level)
    return stream(entries + b"/Filter/FlateDecode", packed)


@lru_cache(maxsize=_STREAMS)
def _kept(data: bytes) -> bytes:
    """Clinics that do not come from a template have most of a sheet in common all the same."""
    return deflated(data, LEVEL)


def deflated(data: bytes, level: int) -> bytes:
    """Data for FlateDecode, the same bytes on every machine, whatever its zlib."""
    return bytes(zlib_compress(data, level))


def literal(raw: bytes) -> bytes:
    """A literal string (ISO 32000-1, 7.3.4.2)."""
    return b"(%b)" % _UNSAFE.sub(lambda match: _ESCAPES[match[0]], raw)


def text(value: str) -> bytes:
    """A text string: ASCII as it is, everything else as UTF-16 with its mark (7.9.2.2)."""
    if value.isascii() and value.isprintable():
        return literal(value.encode("ascii"))
    return b"<%b>" % utf16(value)


def utf16(value: str) -> bytes:
    """UTF-16BE with byte order mark, as hexadecimal digits."""
    return b"feff" + value.encode("utf-16-be").hex().encode("ascii")


def name(value: str) -> bytes:
    """A name; everything but letters, digits, ``-``, ``_``, ``.`` and ``+`` is escaped (7.3.5)."""
    return b"/" + b"".join(
        bytes((c,)) if c in _REGULAR else b"#%02x" % c for c in value.encode("utf-8")
    )


@lru_cache(maxsize=_NUMBERS)
def number(value: float, places: int = 2) -> str:
    """A number, by default to 0.01 pt (3.5 µm), never with an exponent, as short as it gets."""
    short = f"{value:.{places}f}"
    short = short.rstrip("0").rstrip(".") if "." in short else short
    return "0" if short == "-0" else short


@lru_cache(maxsize=_NUMBERS)
def hundredths(value: int) -> str:
    """A number of hundredths, written like `number`: differences of places come back exactly."""
    return number(value / 100)


def numbers(*values: float) -> str:
    """Several numbers, separated by spaces."""
    return " ".join(map(number, values))
