"""What a finished file proves by itself: that it is ours and untouched, and what it keeps to."""

from __future__ import annotations

import hashlib
import re

from handouts.batch.store import Delivered
from handouts.finish import inspect, is_intact

__all__ = ["claims", "is_intact", "vouched"]

_CLAIMS = (
    (re.compile(rb"<pdfuaid:part>(\d)</pdfuaid:part>"), "PDF/UA-%s"),
    (re.compile(rb"<pdfaid:part>(\d)</pdfaid:part>"), "PDF/A-%s"),
    (re.compile(rb"<pdfxid:GTS_PDFXVersion>([^<]+)<"), "%s"),
)


def claims(data: bytes) -> str:
    """The standards a finished file says it keeps: ``PDF/UA-1``, several with commas."""
    start = data.rfind(b"<x:xmpmeta")
    packet = data[start : data.find(b"</x:xmpmeta>", start)] if start >= 0 else b""
    found = ((pattern.search(packet), form) for pattern, form in _CLAIMS)
    return ", ".join(form % match[1].decode() for match, form in found if match)


def vouched(path: str, data: bytes) -> Delivered | None:
    """A file of which only its bytes are known, as far as they tell; None when not ours."""
    if not is_intact(data):
        return None
    digest = hashlib.sha256(data).hexdigest()
    pages = inspect(data).pages
    return Delivered(path, "written", pages, len(data), digest, claims=claims(data))
