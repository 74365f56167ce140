"""A file of ours as plain bytes, read by the letter of ISO 32000-1 instead of by a library."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

_STREAM = re.compile(rb"(\d+) 0 obj\n<<([^\n]*)/Length (\d+)>>stream\n")


def spelled(data: bytes) -> bytes:
    """The file with what stands in its object streams after it, as it was written there."""
    return b"\n".join([data, *objects(data).values()])


def objects(data: bytes) -> dict[tuple[int, int], bytes]:
    """What stands in object streams, by the stream's number and the index in it."""
    found: dict[tuple[int, int], bytes] = {}
    for match in _STREAM.finditer(data):
        if b"/Type/ObjStm" in match[2]:
            body = zlib.decompress(data[match.end() : match.end() + int(match[3])])
            first = int(re.findall(rb"/First (\d+)", match[2])[0])
            places = [*map(int, body[:first].split())]
            ends = [*places[1::2], len(body) - first]
            for index, (start, end) in enumerate(pairwise(ends)):
                assert places[2 * index] > 0
                found[int(match[1]), index] = body[first + start : first + end].rstrip()
    return found


def rows(data: bytes) -> list[tuple[int, int, int]]:
    """The cross-reference stream's rows."""
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n\Z", data)[0])
    match = _STREAM.match(data, start)
    assert match is not None
    assert b"/Type/XRef" in match[2]
    assert b"/W[1 4 4]" in match[2]
    body = zlib.decompress(data[match.end() : match.end() + int(match[3])])
    assert len(body) == 9 * int(re.findall(rb"/Size (\d+)", match[2])[0])
    parts = [body[at : at + 9] for at in range(0, len(body), 9)]
    return [
        (part[0], int.from_bytes(part[1:5], "big"), int.from_bytes(part[5:], "big"))
        for part in parts
    ]
