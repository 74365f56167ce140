"""Reading a PDF that somebody else made, before pages of it are put into a pack.

Nothing in such a file is trusted. What can be told beforehand is told here: how many pages it
has and how large, what cannot be taken over, and what makes it unusable.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity, problem
from handouts.finish.appearance import drawn
from handouts.finish.damage import DAMAGE, Broken, damaged
from handouts.finish.fields import unseen
from handouts.finish.geometry import size
from handouts.finish.streams import MOST_BYTES, Decoding, TooMuch

MOST_PAGES = 400
"""More than this is a book, not something to bind in."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())
"""What pypdf mends by itself is told as a diagnostic or not at all."""

_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
_UNSAID = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NAMED = 3
"""Fields a message names."""

TAKEN = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Group")
"""All that is taken over of a page as it is; its annotations are made anew."""

RUNS = frozenset(
    (
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/Rendition",
        "/RichMediaExecute",
        "/GoToE",
        "/GoToR",
        "/Movie",
        "/Sound",
    )
)
"""Actions that run something, send something or open another file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a foreign file has: its pages' sizes as they are seen, and what will be left out."""

    sizes: tuple[tuple[float, float], ...]
    warnings: tuple[Diagnostic, ...]


def told(name: str) -> str:
    """A file's name as messages and metadata can hold it.

    On most systems any bytes but a slash are a name; XML and UTF-8 take neither controls nor
    lone surrogates, which stand for bytes that are no letters.
    """
    return _UNSAID.sub("\N{REPLACEMENT CHARACTER}", name)


def read_foreign(data: bytes, name: str, place: Place | None = None) -> Reading:
    """Looks a file over.

    Args:
        data: its bytes.
        name: what to call it in messages.
        place: where the pack file names it.

    Raises:
        HandoutsError: when it is no PDF, encrypted, damaged, without pages, too long or too
            large, or a form that only one program can show or whose values are not drawn.
    """
    name = told(name)
    try:
        reader = opened(data, name, place)
        catalogue = reader.root_object
        if _has(_dictionary(catalogue.get("/AcroForm")), "/XFA"):
            message = f"{name} is an XFA form, which has no pages of its own"
            hint = "open it in the program that made it and print it to a PDF"
            raise problem("xfa-form", message, hint, place, ExitCode.FILE)
        _counted(reader, name, place)
        sizes = tuple(_sizes(reader))
        _seen(reader, name, place)
        found = tuple(_left_out(reader, name, place))
    except TooMuch:
        message = f"{name} unpacks to more than {MOST_BYTES / 1e9:g} GB"
        hint = "print it to a new PDF with fewer or smaller pictures"
        raise problem("file-too-large", message, hint, place, ExitCode.FILE) from None
    except DAMAGE as error:
        raise damaged(name, error, place) from error
    return Reading(sizes, found)


def opened(data: bytes, name: str, place: Place | None = None) -> PdfReader:
    """A reader of a file that is not encrypted.

    Raises:
        HandoutsError: ``not-a-pdf`` or ``encrypted-pdf``; whatever `DAMAGE` says passes through.
    """
    if _HEADER not in data[:_HEADER_WITHIN]:
        message = f"{name} is not a PDF"
        raise problem("not-a-pdf", message, "give the path of a PDF", place, ExitCode.FILE)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted
    except DependencyError:
        locked = True
    if locked:
        message, hint = f"{name} is encrypted", "save it without a password or restrictions"
        raise problem("encrypted-pdf", message, hint, place, ExitCode.FILE)
    return reader


def marks_of(page: PageObject) -> Iterator[DictionaryObject]:
    """A page's annotations; entries that are none are passed over."""
    listed = page.get("/Annots")
    found = listed.get_object() if isinstance(listed, PdfObject) else None
    for one in found if isinstance(found, ArrayObject) else ():
        annotation = one.get_object()
        if isinstance(annotation, DictionaryObject):
            yield annotation


def _counted(reader: PdfReader, name: str, place: Place | None) -> None:
    """Refuses a file with no pages, or with too many."""
    count = len(reader.pages)
    if not count:
        message, hint = f"{name} has no pages", "see whether it is the file you mean"
        raise problem("no-pages", message, hint, place, ExitCode.FILE)
    if count > MOST_PAGES:
        message = f"{name} has {count} pages; a pack takes 1 to {MOST_PAGES} of another PDF"
        raise problem("too-many-pages", message, "take a part of it", place, ExitCode.FILE)


def _sizes(reader: PdfReader) -> Iterator[tuple[float, float]]:
    """Sizes of pages of which everything that comes along can be decoded."""
    decoding = Decoding(MOST_BYTES)
    for number, page in enumerate(reader.pages, 1):
        try:
            yield size(page)
            decoding.check(dict.get(page, key) for key in TAKEN)
            decoding.check(found[0] for mark in marks_of(page) if (found := drawn(mark)))
        except DAMAGE as error:
            said = str(error) if isinstance(error, Broken | PyPdfError) else "it cannot be read"
            raise Broken(f"page {number}: {said}") from error


def _seen(reader: PdfReader, name: str, place: Place | None) -> None:
    """Refuses a form with values that are not drawn."""
    marks = (mark for page in reader.pages for mark in marks_of(page))
    names = tuple(unseen(marks, _dictionary(reader.root_object.get("/AcroForm"))))
    if not names:
        return
    told = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    message = f"{name} has form fields whose values are not drawn in the file: {told}"
    hint = "open it in a reader, print it to a PDF, and put that in"
    raise problem("form-not-drawn", message, hint, place, ExitCode.FILE)


def _left_out(reader: PdfReader, name: str, place: Place | None) -> Iterator[Diagnostic]:
    """Warnings about what stays behind."""
    catalogue = reader.root_object
    names = _dictionary(catalogue.get("/Names"))
    marks = [mark for page in reader.pages for mark in marks_of(page)]
    acting = _has(names, "/JavaScript") or _has(catalogue, "/AA")
    acting = acting or _runs(catalogue.get("/OpenAction"))
    acting = acting or any(_has(page, "/AA") for page in reader.pages)
    acting = acting or any(_has(mark, "/AA") or _runs(mark.get("/A")) for mark in marks)
    if acting:
        yield _warning(
            "actions-left-out",
            f"{name} has scripts or actions, which are not taken over",
            "if its pages need them, give the file out by itself",
            place,
        )
    if any(mark.get("/Subtype") == "/Widget" for mark in marks):
        yield _warning(
            "form-left-out",
            f"{name} has form fields: they are printed as they look now and cannot be filled in",
            "fill them in before, or give the file out by itself",
            place,
        )
    if _has(names, "/EmbeddedFiles"):
        message = f"{name} has files attached, which are not taken over"
        yield _warning("attachments-left-out", message, "", place)
    if _has(catalogue, "/OCProperties"):
        message = f"{name} has layers: all of them will be seen"
        yield _warning("layers-left-out", message, "look at its pages in the pack", place)


def _warning(code: str, message: str, hint: str, place: Place | None) -> Diagnostic:
    return Diagnostic(code, message, hint, place, Severity.WARNING)


def _runs(action: PdfObject | None) -> bool:
    found = _dictionary(action)
    return found is not None and found.get("/S") in RUNS


def _dictionary(value: object) -> DictionaryObject | None:
    found = value.get_object() if isinstance(value, PdfObject) else None
    return found if isinstance(found, DictionaryObject) else None


def _has(holder: DictionaryObject | None, key: str) -> bool:
    """Whether a key is there with anything in it."""
    if holder is None or key not in holder:
        return False
    value: object = holder[key]
    return not isinstance(value, NullObject) and bool(value)
