"""What is refused before a library reads it: files that are too large, bombs, merge conflicts.

A file from a translator has been through mail, clouds and other programs, and may have been
made to hurt. The limits are far above any real translation.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from handouts.diagnostics import Diagnostic, HandoutsError, Place, problem
from handouts.translate.returned import error

MAX_BYTES = 10_000_000
MAX_UNPACKED = 25_000_000
MAX_PARTS = 500
MAX_ROWS = 5_000
MAX_COLUMNS = 60
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
CONFLICT_HINT = "settle it: keep one of the two sides and take the marker lines out"


def check_size(content: bytes, place: Place) -> None:
    """Raises HandoutsError for a file that is larger than any translation."""
    if len(content) > MAX_BYTES:
        message = f"{place.path} is larger than {MAX_BYTES // 1_000_000} MB"
        raise problem("file-too-large", message, "a translation has less than 1 MB", place)
    if not content.strip():
        message = f"{place.path} is empty"
        raise problem("empty-file", message, "export it again: translate export", place)


def text(content: bytes, place: Place) -> str:
    """The file as text.

    UTF-8 is asked for; UTF-16 with its mark is what some spreadsheets call Unicode.

    Raises:
        HandoutsError: for any other encoding, and for null characters.
    """
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        found = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        hint = "save it again with the encoding UTF-8"
        where = Place(place.path, 0 if utf16 else line, 0 if utf16 else 1)
        raise problem("not-utf-8", "the file is not UTF-8 text", hint, where) from None
    if "\0" in found:
        line = found.count("\n", 0, found.index("\0")) + 1
        message, hint = "there is a null character in the text", "export it again"
        raise problem("null-character", message, hint, Place(place.path, line, 1))
    return found


def refuse_conflicts(content: str, path: str) -> None:
    """Raises HandoutsError naming every merge-conflict marker."""
    found = list(_conflicts(content, path))
    if found:
        raise HandoutsError(found)


def has_conflict(content: str) -> bool:
    """Whether a single string holds a merge-conflict marker at the start of a line."""
    return any(_CONFLICT.match(line) for line in content.splitlines())


def refuse_document_type(content: bytes | str, place: Place) -> None:
    """Raises HandoutsError for XML that declares types or entities: ours never does."""
    raw = content.encode() if isinstance(content, str) else content
    head = raw.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        message = "the file declares a document type or entities, which no translation needs"
        raise problem("document-type", message, "export it again from your program", place)


def check_archive(content: bytes, place: Place) -> None:
    """Raises HandoutsError for what is no zip file, or one that would unpack beyond reason."""
    hint = "save it as an Excel workbook (.xlsx), without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                message = f"{place.path} unpacks to more than a translation can be"
                raise problem("file-too-large", message, "export it again", place)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(archive, part, place)
    except HandoutsError:
        raise
    except Exception:  # Damaged archives fail in every way a decompressor has.
        message = f"{place.path} is no Excel workbook"
        raise problem("unreadable-file", message, hint, place) from None


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Place) -> None:
    """A size in the directory may lie, so reading stops where it says the part ends."""
    with archive.open(part) as stream:
        data = stream.read(part.file_size + 1)
    if len(data) > part.file_size:
        message = f"{place.path} unpacks to more than it says"
        raise problem("file-too-large", message, "export it again", place)
    refuse_document_type(data, place)


def _conflicts(content: str, path: str) -> Iterator[Diagnostic]:
    # A row of equals signs alone may underline a heading; with no other marker it is none.
    lines = content.splitlines()
    if not any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in lines):
        return
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line):
            message = f"a merge conflict was left in the file: {line[:40]}"
            yield error("merge-conflict", message, CONFLICT_HINT, Place(path, number, 1, line))
