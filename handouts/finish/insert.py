"""Puts pages of other PDFs into a finished pack, at the empty pages that were kept for them.

The pack's own pages, tags, links and outline stay as they are: a foreign page takes over the
page object that is already there, so that everything that leads to it still does. Foreign pages
are not tagged and may break any rule of PDF/UA and PDF/A, so the file stops claiming either.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from handouts.diagnostics import Diagnostic, Severity, problem
from handouts.finish.appearance import drawn, rectangle
from handouts.finish.damage import DAMAGE, damaged
from handouts.finish.foreign import RUNS, TAKEN, marks_of, opened, told
from handouts.finish.geometry import turn, user_unit
from handouts.finish.identity import NAMESPACE
from handouts.finish.scale import enlarge, stream_of
from handouts.finish.views import lead_to_top

_CLAIMS = re.compile(
    rb"<rdf:Description rdf:about=''\s+xmlns:(?:pdfuaid|pdfaid|pdfaExtension)="
    rb".*?</rdf:Description>\s*",
    re.DOTALL,
)
_END = b"</rdf:RDF>"
_SAFE = ("http:", "https:", "mailto:", "tel:")
_HEADER = "%PDF-1.7"
_BLANK_ID = b"\x00" * 16


@dataclass(frozen=True, slots=True)
class Insert:
    """A PDF whose pages go to the pages of a pack from `first` (counted from 0) on."""

    first: int
    data: bytes
    name: str


def insert_pages(pack: bytes, inserts: Sequence[Insert]) -> bytes:
    """The pack with foreign pages in their places; itself when there are none.

    Same input, same bytes.

    Raises:
        HandoutsError: ``damaged-pdf`` for pages that cannot be copied.
    """
    if not inserts:
        return pack
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pack)))
    replaced: list[PageObject] = []
    for insert in inserts:
        name = told(insert.name)
        try:
            reader = opened(insert.data, name)
            for number, page in enumerate(reader.pages, insert.first):
                _replace(writer, writer.pages[number], page)
                replaced.append(writer.pages[number])
        except DAMAGE as error:
            raise damaged(name, error, None) from error
    lead_to_top(writer, replaced)
    _disarm(writer)
    _take_claims_back(writer, inserts)
    return _written(writer)


def foreign_pages(names: Sequence[str]) -> Diagnostic:
    """The warning that goes with every pack that has foreign pages."""
    return Diagnostic(
        "foreign-pages",
        f"pages of {', '.join(map(told, names))} are in the pack: they are not tagged, so the "
        "file claims neither PDF/UA-1 nor PDF/A-2u",
        "where the law asks for an accessible file, leave them out and give them out beside it",
        severity=Severity.WARNING,
    )


def _replace(writer: PdfWriter, target: PageObject, page: PageObject) -> None:
    """Makes a page of the pack look like a foreign one."""
    for key in ("/Contents", "/Resources", "/Annots", "/StructParents", "/Tabs", "/Group"):
        target.pop(NameObject(key), None)
    for key in TAKEN:
        value = page.get(key)
        if value is not None and not isinstance(value.get_object(), NullObject):
            target[NameObject(key)] = value.clone(writer)
    target[NameObject("/Rotate")] = NumberObject(turn(page))
    unit = user_unit(page)
    if unit != 1:
        enlarge(writer, target, unit)
    _mark(writer, target, page, unit)


def _mark(writer: PdfWriter, target: PageObject, page: PageObject, unit: float) -> None:
    """Its links, and the looks of its fields and the like, on a page enlarged by `unit`."""
    links = ArrayObject()
    names: list[tuple[str, StreamObject, tuple[float, ...]]] = []
    for annotation in marks_of(page):
        link = _link(annotation, unit)
        if link is not None:
            links.append(writer._add_object(link))
            continue
        found = drawn(annotation)
        if found is not None:
            look, matrix = found
            enlarged = tuple(unit * one for one in matrix)
            names.append((f"/HandoutsMark{len(names)}", look, enlarged))
    if links:
        target[NameObject("/Annots")] = links
    if names:
        _draw(writer, target, names)


def _link(annotation: DictionaryObject, unit: float) -> DictionaryObject | None:
    """A link to the web or to a mail address, made anew with nothing else in it."""
    action = annotation.get("/A")
    action = action.get_object() if isinstance(action, PdfObject) else None
    if annotation.get("/Subtype") != "/Link" or not isinstance(action, DictionaryObject):
        return None
    uri = action.get("/URI")
    uri = uri.get_object() if isinstance(uri, PdfObject) else None
    text = uri.decode("latin-1") if isinstance(uri, bytes) else str(uri or "")
    if action.get("/S") != "/URI" or not text.lower().startswith(_SAFE):
        return None
    rect = rectangle(annotation.get("/Rect"))
    if rect is None:
        return None
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/Rect"): RectangleObject(tuple(one * unit for one in rect)),
            NameObject("/Contents"): TextStringObject(text),
            NameObject("/A"): DictionaryObject(
                {
                    NameObject("/S"): NameObject("/URI"),
                    NameObject("/URI"): TextStringObject(text),
                }
            ),
        }
    )


def _draw(
    writer: PdfWriter,
    target: PageObject,
    marks: Sequence[tuple[str, StreamObject, tuple[float, ...]]],
) -> None:
    """Form fields, stamps and the like become part of the page, over what is there."""
    resources = target.get("/Resources")
    own = resources.get_object() if resources is not None else None
    own = DictionaryObject(own) if isinstance(own, DictionaryObject) else DictionaryObject()
    old = own.get("/XObject")
    old = old.get_object() if isinstance(old, PdfObject) else None
    objects = DictionaryObject(old) if isinstance(old, DictionaryObject) else DictionaryObject()
    operators = ["Q"]
    for name, stream, matrix in marks:
        objects[NameObject(name)] = stream.clone(writer).indirect_reference or NullObject()
        numbers = " ".join(FloatObject(round(one, 4)).myrepr() for one in matrix)
        operators.append(f"q {numbers} cm {name} Do Q")
    own[NameObject("/XObject")] = objects
    target[NameObject("/Resources")] = own
    contents = target.get("/Contents")
    parts = contents.get_object() if contents is not None else ArrayObject()
    between = list(parts) if isinstance(parts, ArrayObject) else [contents]
    target[NameObject("/Contents")] = ArrayObject(
        [stream_of(writer, "q"), *between, stream_of(writer, "\n".join(operators))]
    )


def _disarm(writer: PdfWriter) -> None:
    """Nothing that came along may run: what is not copied on purpose is emptied."""
    for one in writer._objects:
        if isinstance(one, DictionaryObject):
            if one.get("/S") in RUNS or "/JS" in one:
                for key in list(one):
                    del one[key]
            one.pop(NameObject("/AA"), None)


def _take_claims_back(writer: PdfWriter, inserts: Sequence[Insert]) -> None:
    """The metadata say what is in the file instead of what it keeps to."""
    root = writer.root_object
    metadata = root["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    packet = _CLAIMS.sub(b"", metadata.get_data())
    if b"pdfuaid" in packet or b"pdfaid" in packet or _END not in packet:
        raise problem(
            "internal", "the claims of the file could not be taken back", "report this as a bug"
        )
    names = ", ".join(told(insert.name) for insert in inserts)
    escaped = names.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = (
        f"<rdf:Description rdf:about='' xmlns:handouts='{NAMESPACE}'>"
        f"<handouts:inserted>{escaped}</handouts:inserted></rdf:Description>\n"
    )
    stream = DecodedStreamObject()
    stream.set_data(packet.replace(_END, said.encode("utf-8") + _END, 1))
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(stream)
    marks = root["/MarkInfo"].get_object()
    assert isinstance(marks, DictionaryObject)
    marks[NameObject("/Suspects")] = BooleanObject(True)


def _written(writer: PdfWriter) -> bytes:
    """The file with an identifier that is a digest of all before the cross-reference table.

    `handouts.pdf` writes its files with the same, so that a file can tell whether it is as it
    was written.
    """
    writer.pdf_header = _HEADER
    writer._ID = ArrayObject([ByteStringObject(_BLANK_ID), ByteStringObject(_BLANK_ID)])
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    body, tail = data[:start], data[start:]
    digest = hashlib.sha256(body).hexdigest()[:32].encode("ascii")
    blank = b"<" + _BLANK_ID.hex().encode("ascii") + b">"
    assert tail.count(blank) == 2
    return body + tail.replace(blank, b"<" + digest + b">")
