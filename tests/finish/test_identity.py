"""What a finished file says about itself, and which files are ours to overwrite."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfWriter

from handouts.diagnostics import ExitCode, HandoutsError
from handouts.finish import identity, inspect, is_ours
from handouts.pdf import render, xmp
from tests.pdf import samples
from tests.pdf.builder import IDENTITY


@pytest.fixture(scope="module")
def ours() -> bytes:
    return render(samples.full())


@pytest.fixture(scope="module")
def foreign() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = f"about handouts {xmp.NAMESPACE}"
        pdf.save(out)
    return out.getvalue()


def test_namespaces_are_the_same() -> None:
    assert identity.NAMESPACE == xmp.NAMESPACE


def test_everything_is_read_back(ours: bytes) -> None:
    found = inspect(ours)
    assert found.identity == IDENTITY
    assert found.pages == 3


def test_hostile_characters_are_read_back() -> None:
    hostile = replace(IDENTITY, title="</x> & \"'\\(", author="", part="", brand="ä 寝 \U0001f476")
    assert inspect(render(replace(samples.small(), identity=hostile))).identity == hostile


def test_control_character_is_refused() -> None:
    bad = replace(IDENTITY, title="a\x07b")
    with pytest.raises(HandoutsError, match="control character"):
        render(replace(samples.small(), identity=bad))


def test_survives_another_programs_rewriting(ours: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Another title"
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert is_ours(out.getvalue())
    found = inspect(out.getvalue()).identity
    assert (found.title, found.layout, found.part) == ("Another title", "flyer", "week-2")


def _encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def _attached(data: bytes) -> bytes:
    out = io.BytesIO()
    carrier = PdfWriter()
    carrier.add_blank_page(100, 100)
    carrier.add_attachment("handout.pdf", data)
    carrier.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: b"", "not-a-pdf"),
        (lambda data: b"Dear clinic,", "not-a-pdf"),
        (lambda data: data[: len(data) // 2], "damaged-pdf"),
        (lambda data: data[:-200], "damaged-pdf"),
        (lambda data: b"%PDF-1.7\n%%EOF\n", "damaged-pdf"),
        (lambda data: data.replace(b"</rdf:RDF>", b"<rdf:/RDF>"), "damaged-pdf"),
        (_encrypted, "encrypted-pdf"),
        (_attached, "not-a-handout"),
    ],
)
def test_unreadable_file_is_named(ours: bytes, change, code: str) -> None:  # type: ignore[no-untyped-def]
    bad = change(ours)
    with pytest.raises(HandoutsError) as caught:
        inspect(bad)
    assert [d.code for d in caught.value.diagnostics] == [code]
    assert caught.value.exit_code == ExitCode.FILE
    assert not is_ours(bad)


def test_a_pdf_that_talks_about_us_is_not_ours(foreign: bytes) -> None:
    assert xmp.NAMESPACE.encode() in foreign
    assert not is_ours(foreign)
    with pytest.raises(HandoutsError, match="not made by handouts"):
        inspect(foreign)


def test_files_on_disk(ours: bytes, foreign: bytes, tmp_path: Path) -> None:
    for name, data in (("ours.pdf", ours), ("foreign.pdf", foreign)):
        (tmp_path / name).write_bytes(data)
    assert is_ours(tmp_path / "ours.pdf")
    assert not is_ours(tmp_path / "foreign.pdf")
    assert not is_ours(tmp_path / "missing.pdf")
    assert not is_ours(tmp_path)
