"""Spreadsheets nobody should trust: each is read, or refused with its row; none does any harm."""

from __future__ import annotations

import errno
import io
import os
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Severity
from handouts.load.clinics.cells import MAX_TEXT
from handouts.load.clinics.opening import open_clinics
from handouts.load.clinics.rows import BadRow, clinic_of
from handouts.load.clinics.sheet import Clinics
from tests.load.scenes import world

HEAD = "id,name,phone,next date\n"
GOOD = "good,Good Clinic,0117 496,2026-12-03\n"
SHEET = "xl/worksheets/sheet1.xml"
CELL = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'


def opened(folder: Path, content: bytes | str, name: str = "clinics.csv") -> Clinics:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_clinics(world(folder), path, languages=("en", "es"))


def ids(found: Clinics) -> list[str]:
    return [one.id for one in found.good()]


def wrong(found: Clinics) -> list[tuple[str, str]]:
    """Code and place of every error of a row."""
    bad = [row for row in found if isinstance(row, BadRow)]
    return [(one.code, str(one.place)) for row in bad for one in row.diagnostics]


def warned(found: Clinics) -> dict[str, Diagnostic]:
    assert all(one.severity is Severity.WARNING for one in found.diagnostics)
    return {one.code: one for one in found.diagnostics}


def refused(folder: Path, content: bytes | str, name: str = "clinics.csv") -> Diagnostic:
    with pytest.raises(HandoutsError) as caught:
        opened(folder, content, name)
    (one,) = caught.value.diagnostics
    assert one.place is not None
    assert one.place.path == name
    return one


def workbook(change: Callable[[Any, Any], object] = lambda book, sheet: None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for line in (HEAD, GOOD):
        sheet.append(line.strip().split(","))
    change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(part: str, change: Callable[[bytes], bytes] | None) -> bytes:
    """A workbook with one part changed, or taken out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        assert part in old.namelist()
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif change:
                new.writestr(name, change(old.read(name)))
    return stream.getvalue()


def with_rows(*rows: str) -> bytes:
    """A workbook with more rows of XML below the good one."""
    more = "".join(rows).encode() + b"</sheetData>"
    return rewritten(SHEET, lambda data: data.replace(b"</sheetData>", more))


def test_one_unreadable_cell_is_one_bad_row(tmp_path: Path) -> None:
    cells = ('<c r="B9" t="s"><v>9999</v></c>', '<c r="B9" t="d"><v>3.3.2026</v></c>')
    for cell in cells:
        data = with_rows(f'<row r="9"><c r="A9" t="inlineStr"><is><t>x</t></is></c>{cell}</row>')
        found = opened(tmp_path, data, "c.xlsx")
        assert ids(found) == ["good"]
        assert wrong(found) == [("cell-error", "c.xlsx:9:2")]


def test_more_digits_than_a_float_holds(tmp_path: Path) -> None:
    number = "12345678901234567890"
    row = f'<row r="9"><c r="A9"><v>{number}</v></c>{CELL.format("B9", "Digits")}</row>'
    assert ids(opened(tmp_path, with_rows(row), "c.xlsx")) == ["good", number]


def test_a_formula_that_begins_with_a_plus_gives_its_result(tmp_path: Path) -> None:
    told = '<c r="B9" t="str"><f>+20&amp;" Oak"</f><v>20 Oak</v></c>'
    row = f'<row r="9">{CELL.format("A9", "x")}{told}</row>'
    (_, clinic) = opened(tmp_path, with_rows(row), "c.xlsx").good()
    assert dict(clinic.values)["name"] == "20 Oak"


def test_half_of_a_moment_is_not_used_in_silence(tmp_path: Path) -> None:
    def evening(book: Any, sheet: Any) -> None:
        sheet.append(["x", "Evening", "1", datetime.fromisoformat("2026-12-03T18:30")])

    found = opened(tmp_path, workbook(evening), "c.xlsx")
    assert ids(found) == ["good", "x"]
    assert "the time 18:30 in the cell is not used" in warned(found)["half-used"].message


@pytest.mark.parametrize("what", ["fifo", "folder", "device"])
def test_what_is_no_ordinary_file(tmp_path: Path, what: str) -> None:
    path = tmp_path / "clinics.csv"
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(HandoutsError) as caught:
        open_clinics(world(tmp_path), path)
    (one,) = caught.value.diagnostics
    assert (one.code, one.exit_code, str(one.place)) == (
        "unreadable-file",
        ExitCode.FILE,
        "clinics.csv",
    )


@pytest.mark.parametrize("change", ["more", "gone"])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = tmp_path / "clinics.csv"

    def changed(*given: Any) -> Any:
        if change == "gone":
            path.unlink(missing_ok=True)
        else:
            path.write_text(HEAD, "utf-8")
        return clinic_of(*given)

    monkeypatch.setattr("handouts.load.clinics.opening.clinic_of", changed)
    one = refused(tmp_path, HEAD + GOOD)
    assert one.code == {"more": "unreadable-file", "gone": "no-such-file"}[change]
    assert one.exit_code == ExitCode.FILE


@pytest.mark.parametrize(
    "row",
    [
        "x,Müller,1,\n".encode("cp1252"),
        b"x,Praxis " + "ü".encode()[:1],
        b"x,A\x81B,1,\n",
        "x,Z\ufffdrich,1,\n".encode(),
    ],
)
def test_lost_letters_among_good_ones(tmp_path: Path, row: bytes) -> None:
    found = opened(tmp_path, (HEAD + GOOD + "b,Größe und Höhe,2,\n").encode() + row)
    assert ids(found) == ["good", "b"]
    assert wrong(found) == [("lost-letters", "clinics.csv:4:2")]


def test_half_a_letter_of_utf_16(tmp_path: Path) -> None:
    text = (HEAD + GOOD).encode("utf-16") + "x,A".encode("utf-16-le") + b"\x00\xd8"
    found = opened(tmp_path, text + ",1,\nlast,Last,2,\n".encode("utf-16-le"))
    assert ids(found) == ["good", "last"]
    assert wrong(found) == [("lost-letters", "clinics.csv:3:2")]


def test_utf_32(tmp_path: Path) -> None:
    assert ids(opened(tmp_path, (HEAD + GOOD).encode("utf-32"))) == ["good"]


def test_zeros_are_not_utf_16(tmp_path: Path) -> None:
    found = opened(tmp_path, (HEAD + GOOD).encode() + b"\0" * 5000 + b"\n")
    assert ids(found) == ["good"]


@pytest.mark.parametrize("first", ['sep="', "sep=n", "sep=;;", "sep=,"])
def test_first_lines_that_name_no_delimiter(tmp_path: Path, first: str) -> None:
    assert ids(opened(tmp_path, f"{first}\n{HEAD}{GOOD}")) == ["good"]


def test_a_book_in_one_cell(tmp_path: Path) -> None:
    found = opened(tmp_path, f"{HEAD}big,{'A' * 2_000_000},1,\n{GOOD}")
    assert ids(found) == ["good"]
    assert wrong(found) == [("cell-too-long", "clinics.csv:2:1")]


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    found = opened(tmp_path, f'{HEAD}{GOOD}x,"Open,1,\n{GOOD * 3}')
    assert ids(found) == ["good"]
    assert wrong(found) == [("csv-syntax", "clinics.csv:3:1")]
    assert "3 lines below" in str(list(found))


def test_a_quote_that_is_closed_rows_below_takes_no_clinic_along(tmp_path: Path) -> None:
    """It would be a text of two lines for a lenient reader, and the second clinic gone."""
    text = f'{HEAD}a,A,"1234,\nb,B,"4567",\n{GOOD}'
    found = opened(tmp_path, text)
    assert ids(found) == ["good"]
    assert wrong(found) == [("csv-syntax", "clinics.csv:2:1")]
    assert "it takes in the line below" in str(list(found))
    (clinic,) = found.good()
    assert clinic.row == 4
    assert ids(opened(tmp_path, f'{HEAD}{GOOD}b,"B\nand ""C""",1,\n')) == ["good", "b"]


def test_a_head_with_an_open_quote_is_told_as_that(tmp_path: Path) -> None:
    one = refused(tmp_path, 'id,"name,phone\na,A Clinic,1\n')
    assert (one.code, str(one.place)) == ("csv-syntax", "clinics.csv:1:1")


def test_a_quote_that_takes_in_everything(tmp_path: Path) -> None:
    one = refused(tmp_path, f'{HEAD}{GOOD}x,"Open,1,\n{GOOD * 9000}')
    assert (one.code, str(one.place)) == ("csv-syntax", "clinics.csv:3:1")


@pytest.mark.parametrize("row", ['x,No"rth" Clinic,1,\n', 'x,"North" Clinic,1,\n', 'x,"A",1,'])
def test_quotes_that_stand_wrong_but_close(tmp_path: Path, row: str) -> None:
    assert ids(opened(tmp_path, HEAD + GOOD + row)) == ["good", "x"]


def test_a_row_of_thousands_of_cells(tmp_path: Path) -> None:
    found = opened(tmp_path, f"{HEAD}{GOOD}x,Wide{',1' * 2000}\nlast,Last,1,\n")
    assert ids(found) == ["good", "last"]
    assert wrong(found) == [("extra-cells", "clinics.csv:3:1")]


def test_a_column_without_a_heading(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,,phone\nA,x,1\nB,y,2\nC,,3\n")
    assert [str(one.place) for one in found.diagnostics] == ["clinics.csv:2:2"]
    assert ids(found) == ["a", "b", "c"]


def test_messages_are_short(tmp_path: Path) -> None:
    head = f"name,phone,primary,{'X' * 50_000}\n"
    found = opened(tmp_path, f"{head}A,1,{'9' * 50_000},1\n")
    bad = [one for row in found if isinstance(row, BadRow) for one in row.diagnostics]
    assert [one.code for one in bad] == ["bad-value"]
    assert all(len(one.message) < 400 for one in (*bad, *found.diagnostics))


@pytest.mark.parametrize("cell", ["1405-01-01", "۱۴۰۵-۰۱-۰۱", "01.01.2569", "0000-00-00"])
def test_years_of_other_calendars(tmp_path: Path, cell: str) -> None:
    found = opened(tmp_path, f"{HEAD}x,A,1,{cell}\n{GOOD}")
    assert wrong(found) == [("bad-value", "clinics.csv:2:4")]


def test_arabic_digits_of_our_calendar(tmp_path: Path) -> None:
    (clinic,) = opened(tmp_path, f"{HEAD}x,A,1,٢٠٢٦-١٢-٠٣\n").good()
    assert dict(clinic.values)["class.next_date"] == "2026-12-03"


def test_ids_that_are_paths_devices_or_invisible(tmp_path: Path) -> None:
    written = ["../../x", "CON", "..", "C:\\y", "/etc/passwd", "-rf", "\u202eabc", "nul.txt", "أب"]
    text = HEAD + "".join(f"{one},N{n},1,\n" for n, one in enumerate(written))
    made = ids(opened(tmp_path, text))
    assert made == ["x", "CON_", "n2", "C-y", "etc-passwd", "rf", "abc", "nul.txt_", "b"]


def test_ids_a_disk_may_not_tell_apart(tmp_path: Path) -> None:
    spelled = ["north", "NORTH", "Nörth", "No\u0308rth", "\uff4e\uff4f\uff52\uff54\uff48"]
    text = HEAD + GOOD + "".join(f"{one},N{n},1,\n" for n, one in enumerate(spelled))
    found = opened(tmp_path, text)
    assert ids(found) == ["good"]
    assert wrong(found) == [("duplicate-id", f"clinics.csv:{row}:1") for row in range(3, 8)]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n\xe2\xe3\x81", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x81\x8d", b"\x1f\x8b\x08\0\0\x81"],
)
def test_files_of_another_kind(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content + bytes(range(256)) * 9).code in ("not-utf-8", "no-head")


def test_hidden_and_filtered_rows_are_told(tmp_path: Path) -> None:
    def hide(book: Any, sheet: Any) -> None:
        for number in range(3, 12):
            sheet.append([f"h{number}", "Hidden", "1"])
            sheet.row_dimensions[number].hidden = number != 5
        sheet.auto_filter.ref = "A1:D11"

    found = opened(tmp_path, workbook(hide), "c.xlsx")
    assert len(ids(found)) == 10
    one = warned(found)["hidden-row"]
    assert (one.message, str(one.place)) == (
        "hidden rows are read too: 3, 4, 6, 7, 8 and 3 more",
        "c.xlsx:3:1",
    )


def test_more_sheets_and_hidden_ones(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.sheet_state = "hidden"
        for title in ("Notes", "North", "South"):
            other = book.create_sheet(title)
            if title != "Notes":
                other.append(["name", "phone"])
                other.append([title, "1"])

    found = opened(tmp_path, workbook(more), "c.xlsx")
    assert ids(found) == ["north"]
    assert "'South' too" in warned(found)["more-sheets"].message

    def only_hidden(book: Any, sheet: Any) -> None:
        book.create_sheet("Notes")
        sheet.sheet_state = "veryHidden"

    found = opened(tmp_path, workbook(only_hidden), "c.xlsx")
    assert ids(found) == ["good"]
    assert set(warned(found)) == {"hidden-sheet"}


def test_an_empty_chart_beside_the_clinics(tmp_path: Path) -> None:
    content = workbook(lambda book, sheet: book.create_chartsheet())
    assert ids(opened(tmp_path, content, "c.xlsx")) == ["good"]


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A1", "ZZZZ99999999"])
def test_dimensions_that_lie(tmp_path: Path, ref: str) -> None:
    said = re.compile(rb'<dimension ref="[^"]*"')
    content = rewritten(
        SHEET, lambda data: said.sub(f'<dimension ref="{ref}"'.encode(), data, count=1)
    )
    assert ids(opened(tmp_path, content, "c.xlsx")) == ["good"]


@pytest.mark.parametrize("part", ["xl/styles.xml", "docProps/core.xml", "xl/theme/theme1.xml"])
def test_parts_that_are_missing_and_not_needed(tmp_path: Path, part: str) -> None:
    assert ids(opened(tmp_path, rewritten(part, None), "c.xlsx")) == ["good"]


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/theme/theme1.xml"])
def test_parts_that_are_not_looked_at(tmp_path: Path, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert ids(opened(tmp_path, rewritten(part, lambda data: bomb), "c.xlsx")) == ["good"]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("before", [b"", b"<!--" + b" " * 100_000 + b"-->"])
def test_entities(tmp_path: Path, part: str, before: bytes) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = rewritten(part, lambda data: before + bomb + data.partition(b"?>")[2])
    assert refused(tmp_path, content, "c.xlsx").code == "document-type"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="99999999">' + CELL.format("B99999999", "A") + "</row>", "row 99999999"),
        ('<row r="0">' + CELL.format("B0", "A") + "</row>", "row 0"),
        ('<row r="9">' + CELL.format("ZZZZ9", "A") + "</row>", "row 9"),
        ('<row r="9">' + CELL.format("C9", 1) + CELL.format("B9", "A") + "</row>", "order"),
        ('<row r="9">' + "<c><v>1</v></c>" * 20_000 + "</row>", "row 9 has more than 16,384"),
        ('<row r="9">', "damaged"),
        ("<!--" + "x" * 9_000_000, "without an end"),
        ('<row r="9" x="' + "x" * 9_000_000, "without an end"),
    ],
)
def test_rows_no_program_writes(tmp_path: Path, rows: str, said: str) -> None:
    one = refused(tmp_path, with_rows(rows), "c.xlsx")
    assert one.code == "unreadable-file"
    assert said in one.message


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="B9"><v>NaN</v></c>', "cell-error"),
        ('<c r="B9"><v>1e999</v></c>', "cell-error"),
        ('<c r="B9"><v>abc</v></c>', "cell-error"),
        ('<c r="B9" t="e"><v>#REF!</v></c>', "cell-error"),
        ('<c r="B9"><f>[1]Other!A1</f></c>', "formula"),
        (CELL.format("B9", "x" * (MAX_TEXT + 1)), "cell-too-long"),
        (CELL.format("B9", "Z\ufffdrich"), "lost-letters"),
    ],
)
def test_cells_no_clinic_can_be_made_of(tmp_path: Path, cell: str, code: str) -> None:
    last = '<row r="11">' + CELL.format("B11", "Last") + "</row>"
    found = opened(tmp_path, with_rows(f'<row r="9">{cell}</row>', last), "c.xlsx")
    assert ids(found) == ["good", "last"]
    assert wrong(found) == [(code, "c.xlsx:9:2")]


def test_a_style_that_is_not_there(tmp_path: Path) -> None:
    row = '<row r="9"><c r="B9" s="999"><v>5</v></c></row>'
    assert ids(opened(tmp_path, with_rows(row), "c.xlsx")) == ["good", "5"]


def test_more_formats_than_there_can_be(tmp_path: Path) -> None:
    many = b'<cellXfs count="1">' + b"<xf/>" * 250_000
    content = rewritten(
        "xl/styles.xml", lambda data: re.sub(rb'<cellXfs count="\d+">', many, data, count=1)
    )
    assert "formats" in refused(tmp_path, content, "c.xlsx").message


@pytest.mark.parametrize("target", ["../../../../../etc/passwd", "/etc/passwd", "http://x.org/a"])
def test_parts_outside(tmp_path: Path, target: str) -> None:
    content = rewritten(
        "xl/_rels/workbook.xml.rels",
        lambda data: data.replace(b"/xl/worksheets/sheet1.xml", target.encode()),
    )
    assert refused(tmp_path, content, "c.xlsx").code == "empty-file"


def test_bombs_take_no_memory(tmp_path: Path) -> None:
    """Sixty megabytes of a cell, or of nothing, are read through and not kept."""
    long = CELL.format("B9", "A" * 30_000_000)
    content = with_rows(f'<row r="9">{long}</row>', " " * 30_000_000)
    assert len(content) < 1_000_000
    tracemalloc.start()
    try:
        found = opened(tmp_path, content, "c.xlsx")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert wrong(found) == [("cell-too-long", "c.xlsx:9:2")]
    assert most < 16_000_000


@pytest.mark.parametrize(
    "names",
    [
        ("content.xml", "mimetype"),  # ODS
        ("[Content_Types].xml", "xl/workbook.bin"),  # XLSB
        ("[Content_Types].xml", "word/document.xml"),
        tuple(f"p{n}" for n in range(5001)),
    ],
)
def test_archives_of_something_else(tmp_path: Path, names: tuple[str, ...]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    one = refused(tmp_path, stream.getvalue(), "c.xlsx")
    assert one.code in ("unreadable-file", "file-too-large")
    assert ".xlsx" in one.hint


def test_an_archive_cut_off_anywhere(tmp_path: Path) -> None:
    whole = workbook()
    for end in range(4, len(whole), len(whole) // 40):
        assert refused(tmp_path, whole[:end], "c.xlsx").code == "unreadable-file"


def test_an_archive_damaged_anywhere(tmp_path: Path) -> None:
    """Whatever byte is another: it is read, or refused in words."""
    whole = workbook()
    told: list[Diagnostic] = []
    for at in range(4, len(whole), len(whole) // 120):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        try:
            opened(tmp_path, bytes(damaged), "c.xlsx")
        except HandoutsError as error:
            told += error.diagnostics
    assert len(told) > 5
    assert [one for one in told if not one.place or not one.hint] == []


def test_a_full_disk_of_temporary_files_is_not_the_spreadsheets_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("handouts.load.clinics.spool.Spool.append", full)
    (tmp_path / "c.csv").write_text("name,phone\nA,1\n")
    with pytest.raises(HandoutsError, match="no room to keep the rows") as caught:
        open_clinics(world(tmp_path), tmp_path / "c.csv")
    assert "temporary" in caught.value.diagnostics[0].hint
