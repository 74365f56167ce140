"""The document catalogue, the information dictionary and the output intent."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files

from handouts.model.document import Identity
from handouts.pdf import objects
from handouts.pdf.document import TaggedDocument
from handouts.pdf.xmp import packet

_CONDITION = b"(sRGB IEC61966-2.1)"


def write_catalogue(
    document: TaggedDocument, identity: Identity, direction: str, tree: int, outline: int | None
) -> None:
    """Fills the catalogue and the information dictionary."""
    metadata = document.add(objects.stream(b"/Type/Metadata/Subtype/XML", packet(identity)))
    profile = document.add(_profile())
    reading = b"/Direction/R2L" if direction == "rtl" else b""
    entries = (
        b"/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R"
        % (document.page_tree, tree, metadata)
        + b"/MarkInfo<</Marked true>>/Lang"
        + objects.text(identity.language)
        + b"/ViewerPreferences<</DisplayDocTitle true%b>>" % reading
        + b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%b/Info%b"
        b"/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>]"
        % (_CONDITION, _CONDITION, profile)
    )
    if outline is not None:
        entries += b"/Outlines %d 0 R/PageMode/UseOutlines" % outline
    document.fill(document.catalogue, b"<</Type/Catalog%b>>" % entries)
    document.fill(document.information, _information(identity))


@cache
def _profile() -> bytes:
    """The sRGB profile (its licence stands beside it), which characterises all our colours."""
    data = files("handouts.pdf").joinpath("icc", "sRGB.icc").read_bytes()
    return objects.flate(data, b"/N 3", objects.LEVEL_KEPT)


def _information(identity: Identity) -> bytes:
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


def _pdf_date(moment: str) -> str:
    """An ISO 8601 moment as a PDF date (7.9.4)."""
    parsed = datetime.fromisoformat(moment)
    zone = parsed.strftime("%z")
    offset = f"{zone[:3]}'{zone[3:5]}'" if zone else "Z"
    return f"D:{parsed:%Y%m%d%H%M%S}{offset}"
