"""Files of other programs that would lose something in a pack are refused, with the reason."""

from __future__ import annotations

import zlib

import pikepdf
import pytest
from pikepdf import Name

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.finish import Reading, foreign, read_foreign
from tests.packs.conftest import foreign_pdf
from tests.packs.foreign_files import changed, with_fields, with_page, with_stream

TEXT = b"BT /F1 20 Tf 50 500 Td (Wash your hands before) Tj ET\n" * 40
WHOLE = zlib.compress(TEXT, 1)
HOLED = WHOLE[:30] + bytes(20) + WHOLE[50:]

Field = dict[str, object]
TX: Field = {"FT": Name.Tx, "T": "name"}
BOX: Field = {"FT": Name.Btn, "T": "agreed"}


def read(data: bytes) -> Reading:
    return read_foreign(data, "rules.pdf")


def refused(data: bytes) -> Diagnostic:
    with pytest.raises(HandoutsError) as caught:
        read(data)
    (one,) = caught.value.diagnostics
    assert one.exit_code is ExitCode.FILE
    assert one.hint
    assert one.message.startswith("rules.pdf ")
    return one


@pytest.mark.parametrize("where", ["contents", "array", "form", "font", "look"])
def test_a_stream_with_a_hole(where: str) -> None:
    assert len(read(with_stream(WHOLE, Name.FlateDecode, where)).sizes) == 2
    found = refused(with_stream(HOLED, Name.FlateDecode, where))
    assert found.code == "damaged-pdf"
    assert "page 2: the FlateDecode data of object" in found.message


def test_a_stream_in_another_file() -> None:
    found = refused(with_stream(b"", None, F="other.bin"))
    assert "page 2: object" in found.message
    assert "another file" in found.message


def test_what_is_not_taken_over_may_be_broken() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(HOLED, filter=Name.FlateDecode)
        pdf.Root.Metadata = stream

    assert len(read(changed(change)).sizes) == 2


def test_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zlib.compress(zlib.compress(bytes(40_000_000), 9), 9)
    monkeypatch.setattr(foreign, "MOST_BYTES", 1_000_000)
    found = refused(with_stream(bomb, pikepdf.Array([Name.FlateDecode, Name.FlateDecode])))
    assert found.code == "file-too-large"


@pytest.mark.parametrize(
    "field",
    [
        {**TX, "V": "Ada"},
        {"FT": Name.Ch, "T": "choice", "V": pikepdf.Array(["one"])},
        {**BOX, "V": Name.Yes},
    ],
)
def test_values_that_are_not_drawn(field: Field) -> None:
    found = refused(with_fields(field))
    assert found.code == "form-not-drawn"
    assert found.message.endswith(f": {field['T']}")
    assert "print it to a PDF" in found.hint


@pytest.mark.parametrize(
    "field",
    [
        TX,
        {**TX, "V": "  "},
        {**TX, "V": "Ada", "F": 2},
        {**BOX, "V": Name.Off},
        {**BOX, "V": Name.Yes, "Ff": 1 << 16},
        {"FT": Name.Sig, "T": "signature", "V": pikepdf.Dictionary(Type=Name.Sig)},
    ],
)
def test_fields_without_a_look_that_lose_nothing(field: Field) -> None:
    warnings = read(with_fields(field, stale=True)).warnings
    assert {one.code for one in warnings} == {"actions-left-out", "form-left-out"}


def test_only_some_fields_are_named() -> None:
    fields = [{**TX, "T": f"field {number}", "V": "x"} for number in range(5)]
    assert refused(with_fields(*fields)).message.endswith(": field 0, field 1, field 2, …")


@pytest.mark.parametrize(
    ("look", "stale", "seen"),
    [
        (b"/Tx BMC EMC", False, True),
        (b"/Tx BMC EMC", True, False),
        (b"/Tx BMC BT /F1 9 Tf (Ada) Tj ET EMC", True, True),
    ],
)
def test_looks_that_wait_to_be_made(look: bytes, stale: bool, seen: bool) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.pages[0].obj.Annots[0]
        field.V = "Ada"
        field.AP.N.write(look)
        pdf.Root.AcroForm.NeedAppearances = stale

    if seen:
        assert read(changed(change))
    else:
        assert refused(changed(change)).message.endswith(": n")


@pytest.mark.parametrize(("state", "seen"), [("/Yes", True), ("/Off", True), (None, False)])
def test_a_ticked_box(state: str | None, seen: bool) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.pages[0].obj.Annots[0]
        look = field.AP.N
        field.FT, field.AP.N = Name.Btn, pikepdf.Dictionary(Yes=look, Off=look)
        if state:
            field.AS = Name(state)
        group = pikepdf.Dictionary(T="answers", Kids=pikepdf.Array([field]), V=Name.Yes)
        field.Parent = pdf.make_indirect(group)

    if seen:
        assert read(changed(change))
    else:
        assert refused(changed(change)).message.endswith(": answers.n")


def test_a_file_without_pages() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[:]

    found = refused(changed(change))
    assert (found.code, found.message) == ("no-pages", "rules.pdf has no pages")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"Rotate": 45}, "page 2: its Rotate is 45, not a multiple of 90"),
        ({"Rotate": Name.x}, "page 2: its Rotate is /x, not a multiple of 90"),
        ({"UserUnit": 0}, "page 2: its UserUnit is 0, not a positive number"),
        ({"UserUnit": Name.x}, "page 2: its UserUnit is /x, not a positive number"),
        ({"UserUnit": 100}, "page 2: it measures 40000 by 60000 points"),
        ({"MediaBox": pikepdf.Array([Name.a] * 4), "CropBox": 1}, "page 2: it cannot be read"),
    ],
)
def test_pages_that_cannot_be(keys: dict[str, object], said: str) -> None:
    assert refused(with_page(**keys)).message == f"rules.pdf is damaged: {said}"


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        ({"Rotate": -90, "UserUnit": 2}, (1200, 800)),
        ({"Rotate": 540, "UserUnit": 0.5}, (200, 300)),
        ({"Rotate": 0}, (400, 600)),
    ],
)
def test_sizes_in_points(keys: dict[str, object], size: tuple[float, float]) -> None:
    assert read(with_page(**keys)).sizes[1] == size


def test_the_file_as_it_was_is_taken() -> None:
    assert len(read(foreign_pdf()).sizes) == 2
