"""Ids of clinics: made safe as a part of a file name, and each there once.

A hundred thousand ids or paths are compared by eight bytes of a digest each (`Distinct`); only
what looks the same is looked at again.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable

MAX_ID = 80
_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_MARKS = str.maketrans("", "", "'`")


def ascii_of(text: str) -> str:
    """Text in ASCII: letters without accents, those of other scripts as Latin letters."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return text.translate(_MARKS)


def safe(text: str, limit: int = MAX_ID) -> str:
    """A text as a part of a file name on any system; empty when nothing of it is left.

    Latin letters without accents, digits, ``-``, ``_``, ``.`` and ``+``. It neither begins nor
    ends with one of them, and is none of the names Windows keeps for devices.
    """
    name = _UNSAFE.sub("-", ascii_of(text)).strip("-._+ ")
    if len(name) > limit:
        name = name[:limit].rstrip("-._+")
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def slug(text: str) -> str:
    """A name as an id: ``Zürich Süd`` is ``zurich-sud``, ``Клиника №1`` is ``klinika-no1``."""
    lower = safe(text).lower()
    return re.sub(r"[-.+]{2,}|\.", "-", lower).strip("-")


def same(text: str) -> int:
    """Eight bytes that are equal for texts a disk may not tell apart."""
    return int.from_bytes(hashlib.blake2b(text.casefold().encode(), digest_size=8).digest(), "big")


class Distinct:
    """Counts texts that are there twice, with eight bytes of memory for each."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(256)]

    def add(self, text: str) -> None:
        """Notes a text."""
        digest = same(text)
        self._buckets[digest & 255].append(digest)

    def twice(self) -> frozenset[int]:
        """`same` of every text that was noted more than once."""
        found: set[int] = set()
        for bucket in self._buckets:
            if len(set(bucket)) < len(bucket):
                seen: set[int] = set()
                for digest in bucket:
                    (found if digest in seen else seen).add(digest)
        return frozenset(found)


class Members:
    """Whether a text is one of many, with eight bytes of memory for each."""

    def __init__(self, texts: Iterable[str]) -> None:
        unsorted = array("Q", map(same, texts))
        self._digests = array("Q", sorted(unsorted))

    def __contains__(self, text: str) -> bool:
        digest = same(text)
        at = bisect_left(self._digests, digest)
        return at < len(self._digests) and self._digests[at] == digest
