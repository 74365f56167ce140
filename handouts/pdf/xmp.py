"""The XMP packet: what the file claims to be, and which handout it is.

Claims are PDF/UA-1 and PDF/A-2u. The handout's identity stands in a namespace of our own, which
``finish`` reads back; PDF/A asks that every namespace it does not know is described in the file
(ISO 19005-2, 6.6.2.3), hence the extension schemas.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter

from handouts.diagnostics import problem
from handouts.model.document import Identity

NAMESPACE = "urn:uuid:5d1f0a52-6a86-4f0e-9d0b-2f6f3f7c9c11#"
"""Names our properties. A UUID, because it can belong to nobody else and promises no web page."""
PREFIX = "handouts"
FIELDS = ("layout", "brand", "language", "profile", "edition", "checked", "part")
"""Fields of `Identity` that no common schema has."""

_DESCRIPTIONS = {
    "layout": "Layout the handout was made with",
    "brand": "Brand the handout was made for",
    "language": "Language of the texts",
    "profile": "Output profile",
    "edition": "Edition of the catalogue",
    "checked": "Date the catalogue was last checked",
    "part": "Group or week the handout covers",
}
_UA = "http://www.aiim.org/pdfua/ns/id/"
_ALL = attrgetter(*[field.name for field in fields(Identity)])
_OWN = attrgetter(*FIELDS)
_KEPT = 256
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def packet(identity: Identity) -> bytes:
    """The packet as it stands in the metadata stream.

    Raises:
        HandoutsError: for a value with a character XML cannot hold.
    """
    _check(identity)
    own = [_element(PREFIX, key, value) for key, value in zip(FIELDS, _OWN(identity), strict=True)]
    said = (
        f"{_dublin_core(identity)}\n{_common(identity.producer, identity.keywords, identity.date)}"
        f"<rdf:Description rdf:about='' xmlns:{PREFIX}='{NAMESPACE}'>{''.join(own)}"
        "</rdf:Description>\n"
    )
    return b"".join((_HEAD, said.encode("utf-8"), _TAIL))


@lru_cache(maxsize=_KEPT)
def _common(producer: str, keywords: str, moment: str) -> str:
    """What the documents of one day have in common."""
    date, maker = _text(moment), _text(producer)
    return (
        f"<rdf:Description rdf:about='' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>"
        f"<pdf:Producer>{maker}</pdf:Producer>{_element('pdf', 'Keywords', keywords)}"
        "</rdf:Description>\n"
        f"<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/'>"
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
        f"<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{maker}</xmp:CreatorTool>"
        f"</rdf:Description>\n{_CLAIMS}\n"
    )


def _check(identity: Identity) -> None:
    values = [value or "" for value in _ALL(identity)]
    every = " ".join(values)
    if every.isprintable() or not _FORBIDDEN.search(every):
        return
    value = next(value for value in values if _FORBIDDEN.search(value))
    raise problem(
        "control-character",
        f"{value!r} has a control character, which a PDF's description cannot hold",
        "delete it and type the text again",
    )


def _text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=_KEPT)
def _element(prefix: str, key: str, value: str) -> str:
    return f"<{prefix}:{key}>{_text(value)}</{prefix}:{key}>" if value else ""


def _dublin_core(identity: Identity) -> str:
    def alternative(value: str) -> str:
        return f"<rdf:Alt><rdf:li xml:lang='x-default'>{_text(value)}</rdf:li></rdf:Alt>"

    tags = [tag for tag in (identity.language, identity.second) if tag]
    languages = "".join(f"<rdf:li>{_text(tag)}</rdf:li>" for tag in tags)
    inner = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{alternative(identity.title)}</dc:title>",
        f"<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>",
    ]
    if identity.author:
        names = f"<rdf:Seq><rdf:li>{_text(identity.author)}</rdf:li></rdf:Seq>"
        inner.append(f"<dc:creator>{names}</dc:creator>")
    if identity.subject:
        inner.append(f"<dc:description>{alternative(identity.subject)}</dc:description>")
    return (
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"{''.join(inner)}</rdf:Description>"
    )


def _property(key: str, kind: str, category: str, description: str) -> str:
    return (
        "<rdf:li rdf:parseType='Resource'>"
        f"<pdfaProperty:name>{key}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
    )


def _schema(name: str, uri: str, prefix: str, properties: str) -> str:
    return (
        "<rdf:li rdf:parseType='Resource'>"
        f"<pdfaSchema:schema>{name}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _extensions() -> str:
    ua = _property("part", "Integer", "internal", "Part of ISO 14289 the file follows")
    own = "".join(_property(key, "Text", "external", _DESCRIPTIONS[key]) for key in FIELDS)
    return (
        "<rdf:Description rdf:about='' "
        "xmlns:pdfaExtension='http://www.aiim.org/pdfa/ns/extension/' "
        "xmlns:pdfaSchema='http://www.aiim.org/pdfa/ns/schema#' "
        "xmlns:pdfaProperty='http://www.aiim.org/pdfa/ns/property#'>"
        "<pdfaExtension:schemas><rdf:Bag>"
        + _schema("PDF/UA identification", _UA, "pdfuaid", ua)
        + _schema("Handout identity", NAMESPACE, PREFIX, own)
        + "</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )


_HEAD = (
    "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>\n"
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n"
).encode()
_CLAIMS = (
    f"<rdf:Description rdf:about='' xmlns:pdfuaid='{_UA}'>"
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n"
    "<rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'>"
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance></rdf:Description>"
)
_TAIL = f"{_extensions()}\n</rdf:RDF></x:xmpmeta>\n<?xpacket end='r'?>".encode()
