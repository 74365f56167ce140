"""Streams are decoded strictly: what a reader would show differently is told."""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Callable, Iterator

import pytest
from pypdf._codecs._codecs import LzwCodec
from pypdf.generic import ArrayObject, EncodedStreamObject, NameObject

from handouts.finish import filters
from handouts.finish.damage import Broken
from handouts.finish.streams import Decoding, TooMuch

TEXT = bytes(random.Random(6).choices(range(256), [9] * 40 + [1] * 216, k=30_000))

Filter = Callable[[filters.Pieces, int], Iterator[bytes]]


def decoded(decode: Filter, data: bytes, piece: int = 1000, early: int = 1) -> bytes:
    pieces = (data[first : first + piece] for first in range(0, len(data), piece))
    return b"".join(decode(pieces, early))


@pytest.mark.parametrize("piece", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("decode", "data"),
    [
        (filters.flate, zlib.compress(TEXT)),
        (filters.flate, zlib.compress(TEXT) + b"\nbehind the end"),
        (filters.lzw, LzwCodec().encode(TEXT)),
        (filters.ascii85, base64.a85encode(TEXT, wrapcol=60) + b"\n~>\n"),
        (filters.ascii85, base64.a85encode(TEXT, adobe=True)),
        (filters.ascii_hex, TEXT.hex(" ").encode() + b">"),
        (filters.run_length, b"".join(b"\x00%c" % one for one in TEXT) + b"\x80"),
    ],
)
def test_whole_data(decode: Filter, data: bytes, piece: int) -> None:
    assert decoded(decode, data, piece) == TEXT


def test_examples_of_the_standard() -> None:
    lzw = bytes.fromhex("800B6050220C0C8501")
    assert decoded(filters.lzw, lzw) == b"-----A---B"
    assert decoded(filters.run_length, b"\x02abc\xfed\x80") == b"abcddd"
    assert decoded(filters.ascii_hex, b"7>") == b"p"
    assert decoded(filters.flate, b"") == b""


def test_long_data_are_never_whole() -> None:
    data = zlib.compress(bytes(5_000_000))
    pieces = list(filters.flate([data], 1))
    assert sum(map(len, pieces)) == 5_000_000
    assert max(map(len, pieces)) <= 65_536


@pytest.mark.parametrize(
    ("decode", "data"),
    [
        (filters.flate, zlib.compress(TEXT)[:-5]),
        (filters.flate, zlib.compress(TEXT)[:-1]),
        (filters.flate, zlib.compress(TEXT)[:-4] + b"1234"),
        (filters.flate, zlib.compress(TEXT)[2:]),
        (filters.lzw, bytes.fromhex("800B6FF0")),
        (filters.ascii85, b"87cURD]i,\xff\xff~>"),
        (filters.ascii_hex, b"4x>"),
        (filters.run_length, b"\x05abc"),
        (filters.run_length, b"\xfe"),
    ],
)
def test_broken_data(decode: Filter, data: bytes) -> None:
    with pytest.raises(Broken):
        decoded(decode, data)


def stream(data: bytes, *names: str) -> EncodedStreamObject:
    found = EncodedStreamObject()
    found._data = data
    found[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in names)
    return found


def test_filters_upon_filters() -> None:
    data = base64.a85encode(zlib.compress(TEXT)) + b"~>"
    Decoding(1_000_000).check([stream(data, "/A85", "/Fl")])
    with pytest.raises(Broken, match="FlateDecode data of object 0 are broken"):
        Decoding(1_000_000).check([stream(base64.a85encode(b"nothing") + b"~>", "/A85", "/Fl")])


def test_pictures_are_not_looked_into() -> None:
    Decoding(1_000_000).check([stream(b"nothing", "/DCTDecode")])
    with pytest.raises(Broken):
        Decoding(1_000_000).check([stream(b"nothing", "/FlateDecode", "/DCTDecode")])
    with pytest.raises(Broken, match="/Own"):
        Decoding(1_000_000).check([stream(b"nothing", "/Own")])


def test_a_bomb_ends_early() -> None:
    bomb = zlib.compress(zlib.compress(bytes(50_000_000), 9), 9)
    decoding = Decoding(left=1_000_000)
    with pytest.raises(TooMuch):
        decoding.check([stream(bomb, "/Fl", "/Fl")])
    assert decoding.left > -70_000


def test_all_streams_share_one_bound() -> None:
    decoding, one = Decoding(left=2_500_000), zlib.compress(bytes(1_000_000))
    decoding.check([stream(one, "/Fl"), stream(one, "/Fl")])
    with pytest.raises(TooMuch):
        decoding.check([stream(one, "/Fl")])
