"""Reading a finished file back: is it ours, and which handout is it.

`pdf` writes a handout's identity into XMP in a namespace that is ours alone; nothing here trusts
a file name or a title.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem
from handouts.model.document import Identity

if TYPE_CHECKING:
    from xml.etree import ElementTree

NAMESPACE = "urn:uuid:5d1f0a52-6a86-4f0e-9d0b-2f6f3f7c9c11#"
"""The namespace `handouts.pdf` writes; a stage may not import another, a test compares them."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_OURS = f"{{{NAMESPACE}}}"
_HEADER = b"%PDF-"
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\n\Z")
_ID = re.compile(rb"/ID ?\[ ?<([0-9a-fA-F]{32})> ?<\1> ?\]")
"""An identifier as `handouts.pdf` writes it."""
_END_BYTES = 64


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a finished handout says about itself."""

    identity: Identity
    pages: int
    claims: tuple[str, ...] = ()
    """Standards the file says it keeps to."""
    inserted: str = ""
    """Other PDFs pages of which were put in."""


def is_ours(source: bytes | Path) -> bool:
    """Whether a file was made by this program, so that it may be overwritten.

    The name of our namespace somewhere in the file is the cheap first question. A file whose
    identifier is the checksum of its own bytes is as this program wrote it; of any other its
    own metadata stream decides, so a PDF that quotes or attaches a handout does not pass for one.
    """
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
        if not data.startswith(_HEADER) or NAMESPACE.encode("ascii") not in data:
            return False
        if is_intact(data):
            return True
        inspect(data)
    except (OSError, HandoutsError):
        return False
    return True


def is_intact(data: bytes) -> bool:
    """Whether these are the bytes of a file as this program wrote it.

    Its identifier is then the checksum of all that stands before its cross-references, be they
    a table or a stream; of a file that was edited, cut short or appended to it is not.
    """
    end = _END.search(data, max(0, len(data) - _END_BYTES))
    if not data.startswith(_HEADER) or end is None or NAMESPACE.encode("ascii") not in data:
        return False
    start = int(end[1])
    found = _ID.search(data, start)
    body = memoryview(data)[:start]
    return (
        found is not None
        and hashlib.sha256(body).hexdigest()[:32] == found[1].decode("ascii").lower()
    )


def inspect(data: bytes, place: Place | None = None) -> Inspection:
    """Reads what a finished file says about itself.

    Raises:
        HandoutsError: when it is no PDF, encrypted, damaged, or not made by this program.
    """
    if not data.startswith(_HEADER):
        raise _unreadable("not-a-pdf", "this is not a PDF", "give the path of a PDF", place)
    from xml.etree import ElementTree

    from pypdf.errors import DependencyError

    from handouts.finish.damage import DAMAGE

    try:
        root, pages = _read(data)
    except DependencyError as error:
        message, hint = "this PDF is encrypted", "give the file as handouts wrote it"
        raise _unreadable("encrypted-pdf", message, hint, place) from error
    except (*DAMAGE, ElementTree.ParseError) as error:
        message = f"this PDF is damaged: {str(error) or type(error).__name__}"
        raise _unreadable("damaged-pdf", message, "make it again with handouts", place) from error
    if root is None or not _own(root, "layout"):
        message, hint = "this PDF was not made by handouts", "give a file that handouts wrote"
        raise _unreadable("not-a-handout", message, hint, place)
    return Inspection(_identity(root), pages, _claims(root), _own(root, "inserted"))


def _read(data: bytes) -> tuple[ElementTree.Element | None, int]:
    """The parsed XMP packet, if there is one, and the number of pages.

    Raises:
        DependencyError: for an encrypted file; pypdf itself raises it without a cipher library.
    """
    from xml.etree import ElementTree

    from pypdf import PdfReader
    from pypdf.errors import DependencyError
    from pypdf.generic import StreamObject

    reader = PdfReader(io.BytesIO(data), strict=True)
    if reader.is_encrypted:
        raise DependencyError("encrypted")
    metadata = reader.root_object.get("/Metadata")
    stream = metadata.get_object() if metadata is not None else None
    root = ElementTree.fromstring(stream.get_data()) if isinstance(stream, StreamObject) else None
    return root, len(reader.pages)


def _unreadable(code: str, message: str, hint: str, place: Place | None) -> HandoutsError:
    return problem(code, message, hint, place, ExitCode.FILE)


def _identity(root: ElementTree.Element) -> Identity:
    return Identity(
        title=_item(root, "title"),
        author=_item(root, "creator"),
        subject=_item(root, "description"),
        keywords=_find(root, f"{_PDF}Keywords"),
        layout=_own(root, "layout"),
        brand=_own(root, "brand"),
        language=_own(root, "language"),
        profile=_own(root, "profile"),
        edition=_own(root, "edition"),
        checked=_own(root, "checked"),
        part=_own(root, "part"),
        producer=_find(root, f"{_PDF}Producer"),
        date=_find(root, f"{_XMP}CreateDate"),
    )


def _claims(root: ElementTree.Element) -> tuple[str, ...]:
    """PDF/UA and PDF/A, with part and level."""
    ua, part = _find(root, f"{_PDFUA}part"), _find(root, f"{_PDFA}part")
    level = _find(root, f"{_PDFA}conformance").lower()
    said = (f"PDF/UA-{ua}" if ua else "", f"PDF/A-{part}{level}" if part else "")
    return tuple(one for one in said if one)


def _own(root: ElementTree.Element, key: str) -> str:
    return _find(root, _OURS + key)


def _find(root: ElementTree.Element, name: str) -> str:
    """A simple property, as an element or (after another program rewrote it) an attribute."""
    for description in root.iter(f"{_RDF}Description"):
        value = description.get(name) or description.findtext(name)
        if value:
            return value
    return ""


def _item(root: ElementTree.Element, name: str) -> str:
    """The first item of a Dublin Core container."""
    found = root.find(f".//{_DC}{name}//{_RDF}li")
    return (found.text or "") if found is not None else ""
