"""ReportLab's traps stay shut, and the hooks we hang on are still there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from handouts.pdf import RenderError, render
from handouts.pdf.canvas import TaggedDocument
from tests.pdf import samples
from tests.pdf.spelled import objects, rows, spelled


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(samples.full())


def test_no_font_of_the_base_fourteen(data: bytes) -> None:
    plain = spelled(data)
    assert b"Helvetica" not in plain
    assert b"/Type1" not in plain
    assert plain.count(b"/FontDescriptor ") == plain.count(b"/FontFile2 ") == 4


def test_every_stream_ends_on_a_line_of_its_own(data: bytes) -> None:
    streams = re.findall(rb"/Length (\d+)>>stream\n", data)
    assert len(streams) > 10
    for match in re.finditer(rb"/Length (\d+)>>stream\n", data):
        end = match.end() + int(match[1])
        assert data[end : end + 11] == b"\r\nendstream"


def test_version_and_nobodys_comment(data: bytes) -> None:
    assert data.startswith(b"%PDF-1.7\n%")
    assert b"reportlab" not in spelled(data).lower()
    assert b"ASCII85Decode" not in data


def test_cross_references_are_right(data: bytes) -> None:
    held, table = objects(data), rows(data)
    assert len(table) > 50
    assert table[0][0] == 0
    for number, (kind, first, second) in enumerate(table[1:], 1):
        if kind == 1:
            assert data[first:].startswith(b"%d 0 obj\n" % number)
            assert second == 0
        else:
            assert kind == 2
            assert held.pop((first, second)).startswith(b"<<")
            assert table[first][0] == 1
    assert not held


def test_only_streams_stand_by_themselves(data: bytes) -> None:
    alone = re.findall(rb"(?:\A|\n)\d+ 0 obj\n(.*)\n", data)
    assert len(alone) > 10
    assert all(head.endswith(b"stream") for head in alone)
    assert len(objects(data)) > len(alone)


def test_hooks_exist() -> None:
    for owner, name in ((Canvas, "_make_preamble"), (pdfdoc.PDFDocument, "Reference")):
        assert callable(getattr(owner, name))
    canvas = Canvas("unused.pdf")
    canvas.rect(1, 2, 3, 4)
    assert "re" in vars(canvas)["_code"][-1]
    assert isinstance(vars(canvas)["_doc"], pdfdoc.PDFDocument)


def test_objects_of_reportlabs_own_are_refused() -> None:
    with pytest.raises(RenderError, match="of its own"):
        TaggedDocument().Reference(pdfdoc.PDFDictionary({}))


@pytest.mark.parametrize("missing", ["title", "language"])
def test_identity_is_complete(missing: str) -> None:
    pages = samples.small()
    with pytest.raises(RenderError, match=missing):
        render(replace(pages, identity=replace(pages.identity, **{missing: ""})))


def test_right_to_left_document_opens_from_the_right() -> None:
    assert b"/Direction/R2L" in spelled(render(samples.long()))
    assert b"/Direction" not in spelled(render(samples.small()))
