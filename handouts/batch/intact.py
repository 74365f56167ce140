"""Whether a file proves by itself that it is ours and was not touched since.

A finished handout carries in its trailer a digest of everything before its cross-reference
table (`handouts.pdf.document`). A file that was edited, cut short or appended to does not match.
"""

from __future__ import annotations

import hashlib
import re

_HEADER = b"%PDF-"
_TAIL = re.compile(rb"/ID ?\[ ?<([0-9a-fA-F]{32})> ?<\1> ?\].*startxref\s+(\d+)\s+%%EOF\n\Z", re.S)
_TRAILER_BYTES = 2048
_CLAIMS = (
    (re.compile(rb"<pdfuaid:part>(\d)</pdfuaid:part>"), "PDF/UA-%s"),
    (re.compile(rb"<pdfaid:part>(\d)</pdfaid:part>"), "PDF/A-%s"),
    (re.compile(rb"<pdfxid:GTS_PDFXVersion>([^<]+)<"), "%s"),
)


def is_intact(data: bytes) -> bool:
    """Whether these are the bytes of a handout as it was written."""
    from handouts.finish.identity import NAMESPACE  # With pypdf, which no worker needs.

    found = _TAIL.search(data[-_TRAILER_BYTES:])
    if not data.startswith(_HEADER) or found is None or NAMESPACE.encode() not in data:
        return False
    start = int(found[2])
    body = data[:start]
    return data[start : start + 4] == b"xref" and _digest(body) == found[1].lower()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:32].encode()


def claims(data: bytes) -> str:
    """The standards a finished file says it keeps: ``PDF/UA-1``, several with commas."""
    found = ((pattern.search(data), form) for pattern, form in _CLAIMS)
    return ", ".join(form % match[1].decode() for match, form in found if match)
