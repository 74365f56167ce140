"""Decoding of a PDF's streams, strictly and piece by piece (ISO 32000-1, 7.4).

For `streams`, which only wants to know whether a stream can be decoded. pypdf's own decoders
pass over what is broken, and so would put pages into a pack that show less than they did.
Every filter takes pieces of bytes and gives pieces, so that a small file that unpacks to a large
one never stands in the memory as a whole.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from types import MappingProxyType

from handouts.finish.damage import Broken

Pieces = Iterable[bytes]

_PIECE = 65_536
_WHITE = b"\x00\t\n\x0c\r "
_CLEAR, _END, _TABLE = 256, 257, 4096
_RUN_END = 128
_LONGEST = 50_000_000
"""Letters of a text filter: a file that may be put into a pack has no more bytes."""


def flate(pieces: Pieces, early: int) -> Iterator[bytes]:
    """FlateDecode; the data must reach their end and fit their checksum."""
    unpacker, some = zlib.decompressobj(), False
    try:
        for piece in pieces:
            some, rest = some or bool(piece), piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        while more := unpacker.decompress(b"", _PIECE) if not unpacker.eof else b"":
            yield more
    except zlib.error:
        raise Broken("are broken") from None
    if some and not unpacker.eof:
        raise Broken("break off")


def lzw(pieces: Pieces, early: int) -> Iterator[bytes]:
    """LZWDecode; `early` is 1 where the codes grow one entry early, as they mostly do."""
    first = [bytes((one,)) for one in range(256)] + [b"", b""]
    table, before = list(first), b""
    gathered = bytearray()
    for code in _codes(pieces, table, early):
        if code == _CLEAR:
            table[:], before = first, b""
            continue
        if code > len(table) or (code == len(table) and not before):
            raise Broken("are broken")
        entry = table[code] if code < len(table) else before + before[:1]
        if before and len(table) < _TABLE:
            table.append(before + entry[:1])
        before = entry
        gathered += entry
        if len(gathered) >= _PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def _codes(pieces: Pieces, table: list[bytes], early: int) -> Iterator[int]:
    """The codes up to the end mark; they grow from 9 to 12 bits with the table."""
    held, bits = 0, 0
    for byte in chain.from_iterable(pieces):
        held, bits = (held << 8) | byte, bits + 8
        width = min(max((len(table) + early).bit_length(), 9), 12)
        if bits >= width:
            bits -= width
            code, held = held >> bits, held & ((1 << bits) - 1)
            if code == _END:
                return
            yield code


def run_length(pieces: Pieces, early: int) -> Iterator[bytes]:
    """RunLengthDecode."""
    stream = chain.from_iterable(pieces)
    for length in stream:
        if length == _RUN_END:
            return
        wanted = length + 1 if length < _RUN_END else 1
        found = bytes(islice(stream, wanted))
        if len(found) < wanted:
            raise Broken("break off")
        yield found if length < _RUN_END else found * (257 - length)


def ascii85(pieces: Pieces, early: int) -> Iterator[bytes]:
    """ASCII85Decode."""
    text = _text(pieces).removeprefix(b"<~").partition(b"~")[0]
    try:
        yield base64.a85decode(text)
    except ValueError:
        raise Broken("are broken") from None


def ascii_hex(pieces: Pieces, early: int) -> Iterator[bytes]:
    """ASCIIHexDecode; a digit that is missing at the end is a nought."""
    text = _text(pieces).partition(b">")[0]
    try:
        yield base64.b16decode(text + b"0" * (len(text) % 2), casefold=True)
    except ValueError:
        raise Broken("are broken") from None


def _text(pieces: Pieces) -> bytes:
    """The letters of a text, which is all read before it is decoded and so may not be endless."""
    text = bytearray()
    for piece in pieces:
        text += piece.translate(None, _WHITE)
        if len(text) > _LONGEST:
            raise Broken("are too long")
    return bytes(text)


FILTERS: Mapping[str, Callable[[Pieces, int], Iterator[bytes]]] = MappingProxyType(
    {
        "/FlateDecode": flate,
        "/LZWDecode": lzw,
        "/RunLengthDecode": run_length,
        "/ASCII85Decode": ascii85,
        "/ASCIIHexDecode": ascii_hex,
    }
)
"""Every filter that is decoded, by its name."""

SHORT = MappingProxyType(
    {
        "/Fl": "/FlateDecode",
        "/LZW": "/LZWDecode",
        "/RL": "/RunLengthDecode",
        "/A85": "/ASCII85Decode",
        "/AHx": "/ASCIIHexDecode",
        "/DCT": "/DCTDecode",
        "/CCF": "/CCITTFaxDecode",
    }
)
"""The short names, which belong to inline images but are understood everywhere."""

LEFT = frozenset(("/DCTDecode", "/CCITTFaxDecode", "/JPXDecode", "/JBIG2Decode", "/Crypt"))
"""Filters of pictures, which are not looked into; `/Crypt` only ever says that there is none."""
