"""The document catalogue, the information dictionary and the output intent."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from handouts.model.document import Identity
from handouts.pdf import objects
from handouts.pdf.xmp import packet

_CONDITION = b"(sRGB IEC61966-2.1)"


class Parts(NamedTuple):
    """Object numbers the catalogue refers to."""

    pages: int
    tree: int
    metadata: int
    profile: int
    outline: int | None


def catalogue(language: str, direction: str, parts: Parts) -> bytes:
    """The document catalogue."""
    reading = b"/Direction/R2L" if direction == "rtl" else b""
    entries = (
        b"/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R"
        % (parts.pages, parts.tree, parts.metadata)
        + b"/MarkInfo<</Marked true>>/Lang"
        + objects.text(language)
        + b"/ViewerPreferences<</DisplayDocTitle true%b>>" % reading
        + b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%b/Info%b"
        b"/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>]"
        % (_CONDITION, _CONDITION, parts.profile)
    )
    if parts.outline is not None:
        entries += b"/Outlines %d 0 R/PageMode/UseOutlines" % parts.outline
    return b"<</Type/Catalog%b>>" % entries


def metadata(identity: Identity) -> objects.Stream:
    """The XMP stream."""
    return objects.stream(b"/Type/Metadata/Subtype/XML", packet(identity))


@cache
def profile() -> objects.Stream:
    """The sRGB profile (its licence stands beside it), which characterises all our colours."""
    data = files("handouts.pdf").joinpath("icc", "sRGB.icc").read_bytes()
    return objects.flate(data, b"/N 3", objects.LEVEL_KEPT)


def information(identity: Identity) -> bytes:
    """The same values as in XMP, for readers that know no XMP."""
    date = objects.text(_pdf_date(identity.date))
    values = (
        (b"/Title", identity.title),
        (b"/Author", identity.author),
        (b"/Subject", identity.subject),
        (b"/Keywords", identity.keywords),
        (b"/Creator", identity.producer),
        (b"/Producer", identity.producer),
    )
    texts = b"".join(key + objects.text(value) for key, value in values if value)
    return b"<<%b/CreationDate%b/ModDate%b/Trapped/False>>" % (texts, date, date)


@lru_cache(maxsize=16)
def _pdf_date(moment: str) -> str:
    """An ISO 8601 moment as a PDF date (7.9.4)."""
    parsed = datetime.fromisoformat(moment)
    zone = parsed.strftime("%z")
    offset = f"{zone[:3]}'{zone[3:5]}'" if zone else "Z"
    return f"D:{parsed:%Y%m%d%H%M%S}{offset}"
