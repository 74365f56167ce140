"""Pages of other PDFs: in their places, harmless, and told apart."""

from __future__ import annotations

import hashlib
import io
from xml.etree import ElementTree

import pikepdf
import pytest
from pypdf import PdfReader

from handouts.diagnostics import ExitCode, HandoutsError
from handouts.finish import (
    Insert,
    foreign_pages,
    insert_pages,
    inspect,
    is_ours,
    read_foreign,
)
from handouts.finish.identity import NAMESPACE
from handouts.model.pack import Foreign
from handouts.packing import Binding
from tests.packs.conftest import Make, foreign_pdf
from tests.packs.test_pack import links, outline


@pytest.fixture(scope="module")
def rules() -> bytes:
    return foreign_pdf()


@pytest.fixture(scope="module")
def packed(make: Make, rules: bytes) -> bytes:
    sizes = read_foreign(rules, "rules.pdf").sizes
    foreign = Foreign("Rules of our clinic", "rules.pdf", sizes)
    binding = Binding(inserts=((foreign, "contents"),))
    made = make(("en",), binding, layouts=("benefits-flyer",))
    inserts = [Insert(first, rules, one.name) for first, one in made.bound.foreign]
    again = insert_pages(made.data, inserts)
    assert insert_pages(made.data, inserts) == again, "same input, same bytes"
    return again


def test_sizes_are_those_one_sees(rules: bytes) -> None:
    assert read_foreign(rules, "rules.pdf").sizes == ((400, 600), (600, 400))


def test_what_is_left_out_is_told(rules: bytes) -> None:
    found = {one.code for one in read_foreign(rules, "rules.pdf").warnings}
    assert found == {"actions-left-out", "form-left-out"}


def test_pages_stand_where_contents_and_outline_say(packed: bytes) -> None:
    entries = {title: page for _, title, page in outline(packed)}
    assert entries["Rules of our clinic (rules.pdf)"] == 5
    assert [page for page, _ in links(packed, 3)] == [5, 7]
    reader = PdfReader(io.BytesIO(packed))
    assert "Rules 1" in reader.pages[4].extract_text()
    assert "Rules 2" in reader.pages[5].extract_text()
    assert "baby" in reader.pages[6].extract_text()


def test_nothing_that_runs_comes_along(packed: bytes) -> None:
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary):
                assert one.get("/S") not in ("/JavaScript", "/Launch")
                assert "/JS" not in one
                assert "/AA" not in one
        assert "/AcroForm" not in pdf.Root
        assert "/OpenAction" not in pdf.Root
        (link,) = pdf.pages[4].obj.Annots
        assert link.A.URI == "https://clinic.example/"
        drawn = pdf.pages[4].obj.Resources.XObject
        assert len(drawn) == 1, "the form field became print"


def test_tags_links_and_outline_of_ours_are_kept(packed: bytes) -> None:
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert pdf.Root.StructTreeRoot.K.S == "/Document"
        assert pdf.Root.Lang == "en"
        keys = [page.obj.get("/StructParents") for page in pdf.pages]
        assert keys[4] is None
        assert keys[6] is not None


def test_the_claims_are_taken_back(packed: bytes, make: Make) -> None:
    found = inspect(packed)
    assert found.claims == ()
    assert found.inserted == "rules.pdf"
    assert found.identity.layout == "pack"
    assert inspect(make(("en",)).data).claims == ("PDF/UA-1", "PDF/A-2u")
    assert inspect(make(("en",)).data).inserted == ""
    assert is_ours(packed)


def test_the_identifier_is_a_digest_of_the_file(packed: bytes) -> None:
    start = int(packed[packed.rindex(b"startxref") + 9 :].split()[0])
    digest = hashlib.sha256(packed[:start]).hexdigest()[:32]
    assert packed[start:].count(digest.encode()) == 2
    assert packed.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\x01b.pdf", "a\ufffdb.pdf"),
        ("a\nb\x7f.pdf", "a\ufffdb\ufffd.pdf"),
        ("\udcffd & <e>.pdf", "\ufffdd & <e>.pdf"),
        ("\uffffé.pdf", "\ufffdé.pdf"),
    ],
)
def test_names_no_metadata_can_hold(make: Make, rules: bytes, name: str, said: str) -> None:
    binding = Binding(inserts=((Foreign("Rules", "r.pdf", ((400, 600), (600, 400))), "end"),))
    made = make(("en",), binding, layouts=("benefits-flyer",))
    ((first, _),) = made.bound.foreign
    packed = insert_pages(made.data, [Insert(first, rules, name)])
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        metadata = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    (inserted,) = metadata.iter(f"{{{NAMESPACE}}}inserted")
    assert inserted.text == said
    assert said in foreign_pages([name]).message
    for told in read_foreign(rules, name).warnings:
        assert said in told.message
    with pytest.raises(HandoutsError) as caught:
        read_foreign(b"", name)
    assert said in caught.value.diagnostics[0].message


@pytest.mark.parametrize("box", [None, [50, 300], [1, 2, 3, "x"]])
def test_a_link_without_a_place_is_left_out(packed: bytes, box: object) -> None:
    with pikepdf.open(io.BytesIO(foreign_pdf())) as pdf:
        for one in pdf.pages[0].obj.Annots:
            if one.get("/Subtype") == "/Link":
                del one["/Rect"]
                if box is not None:
                    one.Rect = pikepdf.Array([pikepdf.String(b) if b == "x" else b for b in box])
        out = io.BytesIO()
        pdf.save(out)
    again = insert_pages(packed, [Insert(4, out.getvalue(), "rules.pdf")])
    with pikepdf.open(io.BytesIO(again)) as pdf:
        assert "/Annots" not in pdf.pages[4].obj


def test_without_foreign_pages_nothing_changes(make: Make) -> None:
    data = make(("en",)).data
    assert insert_pages(data, []) is data


def encrypted(data: bytes, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def xfa(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
        pdf.save(out)
    return out.getvalue()


def long(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for _ in range(400):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("user", ["", "user"])
def test_encrypted(rules: bytes, user: str) -> None:
    assert refused(encrypted(rules, user)) == "encrypted-pdf"


def test_other_files_that_cannot_be_used(rules: bytes) -> None:
    assert refused(xfa(rules)) == "xfa-form"
    assert refused(long(rules)) == "too-many-pages"
    assert refused(b"hello") == "not-a-pdf"
    assert refused(b"") == "not-a-pdf"
    assert refused(b"%PDF-1.4\n" + b"x" * 300) == "damaged-pdf"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_files_that_break_off(rules: bytes, share: float) -> None:
    assert refused(rules[: int(len(rules) * share)]) == "damaged-pdf"


def refused(data: bytes) -> str:
    with pytest.raises(HandoutsError) as caught:
        read_foreign(data, "rules.pdf")
    (one,) = caught.value.diagnostics
    assert one.exit_code is ExitCode.FILE
    assert one.hint
    assert "rules.pdf" in one.message
    return one.code
