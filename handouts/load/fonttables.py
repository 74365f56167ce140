"""What the tables of a font file say, read without a font library: `load` has none.

Below `fontfile` and the command ``fonts add``. Everything here is bytes in, plain values out; a
file that is cut off gives nothing rather than an error, since `fontfile` refuses it first.
"""

from __future__ import annotations

import struct
import unicodedata

COPYRIGHT, FAMILY, FULL_NAME, POSTSCRIPT, LICENCE, LICENCE_URL, OWN_FAMILY = 0, 1, 4, 6, 13, 14, 16
"""Numbers of the entries in the name table (OpenType, name)."""
_WINDOWS, _MACINTOSH, _ENGLISH = 3, 1, 0x409
_BOLD, _SLANTED = 0x20, 0x01
"""Bits of fsSelection (OpenType, OS/2)."""


def table(data: bytes, tag: bytes, start: int = 0) -> bytes:
    """A table's bytes, or none. `start`: where the font begins, in a collection."""
    found = _directory(data, start).get(tag)
    return data[found[0] : found[0] + found[1]] if found else b""


def name(data: bytes, number: int, start: int = 0) -> str:
    """An entry of the name table, in English if it can be had, without control characters."""
    names = table(data, b"name", start)
    if len(names) < 6:
        return ""
    count, base = struct.unpack_from(">HH", names, 2)
    found: dict[tuple[bool, bool], str] = {}
    for index in range(min(count, (len(names) - 6) // 12)):
        platform, _, language, which, length, offset = struct.unpack_from(
            ">6H", names, 6 + 12 * index
        )
        if which != number or platform not in (_WINDOWS, _MACINTOSH):
            continue
        windows = platform == _WINDOWS
        raw = names[base + offset : base + offset + length]
        text = raw.decode("utf-16-be" if windows else "mac_roman", "replace")
        found.setdefault((windows, language == (_ENGLISH if windows else 0)), text)
    said = next((found[key] for key in sorted(found, key=_preference)), "")
    return "".join(c for c in said if unicodedata.category(c) != "Cc").strip()


def style(data: bytes) -> tuple[int, bool]:
    """Weight in hundreds, and whether it slants (OS/2 usWeightClass and fsSelection, else head).

    Some bold files forget to say so in usWeightClass; the bit for bold is right more often.
    """
    os2 = table(data, b"OS/2")
    if len(os2) < 64:
        bits = (table(data, b"head")[45:46] or b"\0")[0]
        return (700 if bits & 1 else 400), bool(bits & 2)
    weight, bits = struct.unpack_from(">H", os2, 4)[0], os2[63]
    if bits & _BOLD and weight < 600:
        weight = 700
    return min(max(round(weight / 100) * 100, 100), 900), bool(bits & _SLANTED)


def faces(data: bytes) -> tuple[int, ...]:
    """Where each font of a collection begins."""
    if data[:4] != b"ttcf" or len(data) < 12:
        return ()
    count = min(struct.unpack_from(">L", data, 8)[0], (len(data) - 12) // 4)
    return struct.unpack_from(f">{count}L", data, 12)


def taken_out(data: bytes, start: int) -> bytes:
    """One font of a collection as a file of its own: its tables behind a directory of their own."""
    found = _directory(data, start)
    offset = 12 + 16 * len(found)
    head, body = data[start : start + 12], b""
    for tag, (place, length) in found.items():
        content = data[place : place + length]
        content += b"\0" * (-len(content) % 4)
        head += struct.pack(">4sLLL", tag, _checksum(content), offset + len(body), length)
        body += content
    return head + body


def _preference(key: tuple[bool, bool]) -> tuple[bool, bool]:
    windows, english = key
    return not english, not windows


def _directory(data: bytes, start: int) -> dict[bytes, tuple[int, int]]:
    """Offset and length of each table of the font that begins here."""
    if start + 12 > len(data):
        return {}
    count = min(struct.unpack_from(">H", data, start + 4)[0], (len(data) - start - 12) // 16)
    records = (struct.unpack_from(">4sLLL", data, start + 12 + 16 * n) for n in range(count))
    return {tag: (offset, length) for tag, _, offset, length in records}


def _checksum(content: bytes) -> int:
    """Sum of the table's 32-bit words (OpenType, "Calculating checksums")."""
    words: tuple[int, ...] = struct.unpack(f">{len(content) // 4}L", content)
    return sum(words) & 0xFFFFFFFF
