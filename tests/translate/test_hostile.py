"""Files that were damaged, mixed up or made to hurt: refused in one clear line, never a crash."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from handouts.diagnostics import HandoutsError
from handouts.translate import limits
from handouts.translate.formats import FORMATS, read, write
from tests.translate.scenes import table, unit

GOOD = {
    form: write(form, table(unit(), unit("flyer.scan", "Scan to visit us", ""))) for form in FORMATS
}
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"><file>&b;</file></xliff>"""
FETCH = BOMB.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


def refused(content: bytes, path: str) -> set[str]:
    with pytest.raises(HandoutsError) as caught:
        read(content, path)
    assert all(d.place is None or d.place.path.startswith(path) for d in caught.value.diagnostics)
    return {d.code for d in caught.value.diagnostics}


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return stream.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("de.po", b"", "empty-file"),
        ("de.po", b" " * (limits.MAX_BYTES + 1), "file-too-large"),
        ("de.doc", b"x", "unknown-format"),
        ("de.po", "größe".encode("latin-1"), "not-utf-8"),
        ("de.po", b'msgid "a\0b"', "null-character"),
        ("de.po", b'msgid "a"\nmsgstr b', "po-syntax"),
        ("de.po", b"<<<<<<< HEAD\n" + GOOD["po"], "merge-conflict"),
        ("de.csv", GOOD["csv"] + b"=======\r\n>>>>>>> theirs\r\n", "merge-conflict"),
        ("de.csv", b"ID,Translation\r\na,\0b\r\n", "null-character"),
        ("de.csv", b"name,text\r\na,b\r\n", "columns"),
        ("de.csv", b"ID,Translation,translation\r\na,b,c\r\n", "columns"),
        ("de.csv", b'ID,Translation\r\na,"' + b"x" * 200_000 + b'"\r\n', "csv-syntax"),
        ("de.csv", b"," * 5000, "file-too-large"),
        ("de.csv", b"ID,Translation\n" + b"a,b\n" * 6000, "file-too-large"),
        ("de.xlf", b"<xliff", "xml-syntax"),
        ("de.xlf", b"plain text", "xml-syntax"),
        ("de.xlf", BOMB, "document-type"),
        ("de.xlf", FETCH, "document-type"),
        ("de.xlf", b'<xliff version="1.2" xmlns="urn:x"/>', "xliff-version"),
        ("de.xlf", b"<a>" * 5000, "xml-syntax"),
        ("de.xlsx", b"plain text", "unreadable-file"),
        ("de.xlsx", b"\xd0\xcf\x11\xe0 an old or locked workbook", "unreadable-file"),
        ("de.xlsx", archive(a=b"<a/>"), "unreadable-file"),
        ("de.xlsx", archive(a=b"<!DOCTYPE a []><a/>"), "document-type"),
        ("de.xlsx", archive(a=b"0" * (limits.MAX_UNPACKED + 1)), "file-too-large"),
        ("de.xlsx", workbook([["name", "text"], ["a", "b"]]), "columns"),
        ("de.xlsx", workbook([["ID", "Translation"], ["a", "=1+1"]]), "formula"),
        ("de.xlsx", workbook([]), "empty-file"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_refused(path: str, content: bytes, code: str) -> None:
    assert code in refused(content, path)


def test_every_conflict_is_named_with_its_line() -> None:
    content = b'<<<<<<< ours\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> theirs\n'
    with pytest.raises(HandoutsError) as caught:
        read(content, "de.po")
    assert [d.place.line for d in caught.value.diagnostics if d.place] == [1, 3, 5]


def test_a_line_of_equals_signs_alone_is_no_conflict() -> None:
    made = write("csv", table(unit(target="======= \n=======")))
    assert read(made, "de.csv").rows[0].target == "======= \n======="


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_spreadsheets_save_it(separator: str, encoding: str) -> None:
    lines = [("Translation (de)", "ID", "mine"), ('"Größe; a, b"', "a.b", "x")]
    content = "\n".join(separator.join(line) for line in lines).encode(encoding)
    back = read(content, "de.csv")
    assert [(row.id, row.target) for row in back.rows] == [("a.b", "Größe; a, b")]
    assert back.language == "de"
    assert [d.code for d in back.found] == ["unknown-column"]


def test_a_workbook_as_people_leave_it() -> None:
    """Numbers, days, moved columns, empty rows, a row without an id."""
    day = date(2026, 2, 28)
    content = workbook(
        [
            ["Translation (de)", "On", "ID", "Mine"],
            [5, day, "a", None],
            [None, None, None, None],
            ["Text", None, None, "?"],
            [" b ", "2026-02-28", "c", None],
        ]
    )
    back = read(content, "de.xlsx")
    assert [(r.id, r.target, r.on) for r in back.rows] == [
        ("a", "5", "2026-02-28"),
        ("c", " b ", "2026-02-28"),
    ]
    assert [r.place.path for r in back.rows] == ["de.xlsx#Sheet!A2", "de.xlsx#Sheet!A5"]
    assert [d.code for d in back.found] == ["unknown-column", "no-id"]


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_is_never_a_crash(form: str, data: st.DataObject) -> None:
    good = GOOD[form]
    at = data.draw(st.integers(0, len(good) - 1))
    length = data.draw(st.integers(0, 40))
    noise = data.draw(st.binary(max_size=20))
    damaged = good[:at] + noise + good[at + length :]
    with suppress(HandoutsError):
        back = read(damaged, f"de{FORMATS[form].ending}")
        assert all(isinstance(row.target, str) for row in back.rows)
