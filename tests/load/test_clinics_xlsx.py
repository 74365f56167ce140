"""Workbooks as Excel and its like save them: dates, numbers, formulas, hidden and merged cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load.clinics.numbers import shown
from handouts.load.clinics.opening import open_clinics
from handouts.load.clinics.rows import BadRow
from handouts.load.clinics.sheet import Clinics
from handouts.load.clinics.xlsx import hidden_columns
from tests.load.scenes import world

LANGUAGES = ("en", "de", "es")


def day(hour: int = 0, minute: int = 0) -> datetime:
    return datetime.combine(date(2026, 3, 3), time(hour, minute))


def book(
    path: Path, rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None
) -> Path:
    made = Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    made.save(path)
    return path


def opened(
    folder: Path, rows: Sequence[Sequence[Any]], change: Any = None, **named: Any
) -> Clinics:
    path = book(folder / "clinics.xlsx", rows, change)
    return open_clinics(world(folder), path, languages=LANGUAGES, **named)


def values(folder: Path, rows: Sequence[Sequence[Any]], change: Any = None) -> dict[str, str]:
    found = opened(folder, rows, change)
    assert not [row for row in found if isinstance(row, BadRow)], list(found)
    (clinic,) = found.good()
    return dict(clinic.values)


def bad(found: Clinics) -> list[Diagnostic]:
    return [one for row in found if isinstance(row, BadRow) for one in row.diagnostics]


def with_results(path: Path, results: dict[str, str]) -> Path:
    """Puts the last results of formulas into a workbook, which openpyxl leaves out."""
    other = path.with_name("worked-out.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                for formula, result in results.items():
                    before = f"<f>{formula}</f><v></v>".encode()
                    assert before in data or before.replace(b"<v></v>", b"<v />") in data
                    for form in (b"<v></v>", b"<v />", b"<v/>"):
                        old_cell = f"<f>{formula}</f>".encode() + form
                        data = data.replace(old_cell, f"<f>{formula}</f><v>{result}</v>".encode())
            new.writestr(part, data)
    return other


@pytest.mark.parametrize(
    ("heading", "value", "form", "said"),
    [
        ("next date", day(), None, "2026-03-03"),
        ("next date", date(2026, 3, 3), "dd.mm.yyyy", "2026-03-03"),
        ("next date", "3.3.2026", None, "2026-03-03"),
        ("next time", time(10, 0), None, "10:00"),
        ("next time", day(10, 30), None, "10:30"),
        ("next time", timedelta(hours=9, minutes=5), "[h]:mm", "09:05"),
        ("next time", 0.4375, None, "10:30"),
        ("class when", day(10), None, "2026-03-03 10:00"),
        ("zip", 1067, "00000", "01067"),
        ("phone", 1174960123, "00000 000000", "01174 960123"),
        ("phone", "0117 496", None, "0117 496"),
        ("phone", 4930123456.0, None, "4930123456"),
        ("primary", 112233, None, "#112233"),
        ("primary", "1F5E5B", None, "#1f5e5b"),
        ("id", 7.0, None, "7"),
        ("tagline", 1.5, None, "1.5"),
        ("tagline", "two_x000D_\nlines", None, "two\nlines"),
        ("hours", "  9\u00a0am \u00a0", None, "9 am"),
    ],
)
def test_cells(tmp_path: Path, heading: str, value: Any, form: str | None, said: str) -> None:
    def change(sheet: Any) -> None:
        if form:
            sheet["B2"].number_format = form

    found = opened(tmp_path, [["name", heading, "email"], ["A", value, None]], change)
    (clinic,) = found.good()
    assert said in [*dict(clinic.values).values(), clinic.id]


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("next date", 46084, "ambiguous-date"),
        ("next date", "03/04/2026", "ambiguous-date"),
        ("tagline", True, "wrong-type"),
        ("tagline", "#N/A", "cell-error"),
        ("web", "=A1&B1", "formula"),
        ("primary", 2233, "bad-value"),
    ],
)
def test_cells_that_are_refused(tmp_path: Path, heading: str, value: Any, code: str) -> None:
    (one,) = bad(opened(tmp_path, [["x"], ["name", heading], ["A", value]]))
    assert one.code == code
    assert one.message.startswith("B3: ")
    assert str(one.place) == "clinics.xlsx:3:2"


def test_numbers_that_were_phones(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["name", "phone"], *(["A" * n, 117496 + n] for n in range(1, 31))]
    found = opened(tmp_path, rows)
    assert found.bad == 0
    assert {one.code for one in found.diagnostics} == {"number-as-text"}
    assert len(found.diagnostics) == 21
    assert found.diagnostics[0].message == "B: 10 more cells of this column are alike"
    assert found.diagnostics[1].message.startswith("B2: the cell is a number (117497)")


def test_formulas_with_results(tmp_path: Path) -> None:
    rows = [["name", "web", "phone", "email"], ["A", "=D2&B1", "=+4930123456", "=C1"]]
    path = book(tmp_path / "clinics.xlsx", rows)
    path = with_results(path, {"D2&amp;B1": "1", "+4930123456": "4930123456"})
    found = open_clinics(world(tmp_path), path)
    (one,) = bad(found)
    assert one.message == "D2: the cell holds the formula =C1 without a result"
    rows[1][3] = "a@b.org"
    path = with_results(
        book(tmp_path / "clinics.xlsx", rows), {"D2&amp;B1": "1", "+4930123456": "4930123456"}
    )
    (clinic,) = open_clinics(world(tmp_path), path).good()
    assert dict(clinic.values) == {
        "name": "A",
        "contact.web": "1",
        "contact.phones.0": "+4930123456",
        "contact.email": "a@b.org",
    }


def test_merged_titles_and_empty_rows(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")

    rows: list[list[Any]] = [
        ["Clinics 2026"],
        [],
        ["name", "phone", "email"],
        [],
        ["A", "1"],
        [None, "  "],
        ["B", "2"],
    ]
    found = opened(tmp_path, rows, change)
    assert found.header.row == 3
    assert [one.row for one in found.good()] == [5, 7]


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.column_dimensions["B"].hidden = True

    found = opened(tmp_path, [["name", "phone"], ["A", "1"]], change)
    assert [(one.code, one.message) for one in found.diagnostics] == [
        ("hidden-column", "B: the hidden column 'phone' is used")
    ]


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        (b'<col min="2" max="4" width="9" hidden="1"/>', {2, 3, 4}),
        (b"<x:col hidden='true' min='2' max='2'/>", {2}),
        (b'<cols><col min="2" max="2"/><col min="3" max="3" hidden="1"></col></cols>', {3}),
        (b'<col min="2" max="2" hidden="0"/><color min="3" max="3" hidden="1"/>', set()),
        (b'<col min="16384" max="99999" hidden="1"/>', {16_384}),
        (b'<col min="9" max="2" hidden="1"/>', set()),
        # A tag is looked through once: where another begins, it was none.
        (b'<col min="1" max="9"' + b"<col" * 9000 + b' hidden="1"/>', set()),
        (b"<col " + b"x" * 600 + b' min="2" max="2" hidden="1"/>', set()),
        # However often they are hidden, columns are kept once.
        (b'<col min="1" max="16384" hidden="1"/>' * 1700, set(range(1, 16_385))),
    ],
)
def test_hidden_columns(columns: bytes, hidden: set[int]) -> None:
    assert hidden_columns(b"<worksheet>" + columns) == hidden


def test_sheets(tmp_path: Path) -> None:
    made = Workbook()
    notes: Any = made.active
    notes.title = "Notes"
    notes.append(["Read me first"])
    for title, name in (("North", "A"), ("South", "B")):
        sheet = made.create_sheet(title)
        sheet.append(["name", "phone"])
        sheet.append([name, "1"])
    path = tmp_path / "clinics.xlsx"
    made.save(path)
    here = world(tmp_path)
    assert [one.id for one in open_clinics(here, path).good()] == ["a"]
    assert [one.id for one in open_clinics(here, path, sheet="south").good()] == ["b"]
    with pytest.raises(HandoutsError, match="did you mean 'North'"):
        open_clinics(here, path, sheet="Nort")


def test_a_workbook_by_another_name(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", [["name", "phone"], ["A", "1"]])
    path = path.rename(tmp_path / "clinics.csv")
    assert [one.id for one in open_clinics(world(tmp_path), path).good()] == ["a"]


def test_right_to_left_and_long_names(tmp_path: Path) -> None:
    rows = [
        ["name", "name [de]", "hours"],
        ["مركز الأم والطفل", "Zentrum " + "x" * 192, 'a "b"\nc'],
    ]
    found = values(tmp_path, rows)
    assert found["name"] == "مركز الأم والطفل"
    assert len(found["name.de"]) == 200
    assert found["contact.hours"] == 'a "b"\nc'


_INLINE = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="inlineStr"><is><t([^<]*)</t></is>')
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def shared(path: Path) -> Path:
    """The workbook with its texts in one table, as Excel saves them."""
    texts: list[bytes] = []

    def number(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b'%s t="s"><v>%d</v>' % (match[1], len(texts) - 1)

    other = path.with_name("shared.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                data = _INLINE.sub(number, data)
                assert texts
            if info.filename == "[Content_Types].xml":
                part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % _KIND
                data = data.replace(b"</Types>", part + b"</Types>")
            new.writestr(info.filename, data)
        items = b"".join(b"<si><t%s</t></si>" % text for text in texts)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (space, items))
    return other


def test_texts_in_one_table(tmp_path: Path) -> None:
    rows = [["name", "phone"], *([f"Zürich {n}", f"044 {n}"] for n in range(300))]
    path = book(tmp_path / "clinics.xlsx", rows)
    here = world(tmp_path)
    one = list(open_clinics(here, shared(path)))
    assert one == list(open_clinics(here, path))
    assert len(one) == 300


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, change(data) if info.filename == part else data)
    return other


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("xl/workbook.xml", lambda data: data[:100], "unreadable-file"),
        ("xl/worksheets/sheet1.xml", lambda data: data[:-200], "unreadable-file"),
        ("xl/sharedStrings.xml", lambda data: data[:-40], "unreadable-file"),
        (
            "xl/worksheets/sheet1.xml",
            lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data,
            "document-type",
        ),
    ],
)
def test_damaged_workbooks(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], code: str
) -> None:
    path = book(
        tmp_path / "clinics.xlsx", [["name", "phone"], *(["A" * n, "1"] for n in range(1, 9))]
    )
    path = rewritten(shared(path), part, change)
    with pytest.raises(HandoutsError) as caught:
        open_clinics(world(tmp_path), path)
    assert [one.code for one in caught.value.diagnostics] == [code]


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "clinics.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(HandoutsError, match="no Excel workbook"):
        open_clinics(world(tmp_path), path)


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
@pytest.mark.parametrize(
    "form", ["yyyy-mm-dd", "[$-409]d\\-mmm\\-yy;@", "dd/mm/yyyy hh:mm", "m/d/yy"]
)
def test_dates_of_both_calendars(tmp_path: Path, epoch: datetime, form: str) -> None:
    made = Workbook()
    made.epoch = epoch
    sheet: Any = made.active
    sheet.append(["name", "next date"])
    sheet.append(["A", day()])
    sheet["B2"].number_format = form
    made.save(tmp_path / "clinics.xlsx")
    (clinic,) = open_clinics(world(tmp_path), tmp_path / "clinics.xlsx").good()
    assert dict(clinic.values)["class.next_date"] == "2026-03-03"


def formatted(folder: Path, heading: str, value: Any, form: str) -> Clinics:
    def change(sheet: Any) -> None:
        sheet["B2"].number_format = form

    return opened(folder, [["name", heading, "email"], ["A", value]], change)


def test_formats_that_only_look_like_dates(tmp_path: Path) -> None:
    """The sheet has its own word before a phone, so only the number is taken, and that is told."""
    found = formatted(tmp_path, "phone", 496, '"Tel.; "00000')
    (clinic,) = found.good()
    assert dict(clinic.values)["contact.phones.0"] == "00496"
    assert [(one.code, one.message) for one in found.diagnostics] == [
        ("number-as-text", "B2: of 'Tel.; 00496' only the number is taken: 00496")
    ]


CONDITIONAL = r"[<=9999999]###\-####;\(###\)\ ###\-####"


@pytest.mark.parametrize(
    ("heading", "value", "form", "said"),
    [
        ("zip", 12345678, r"00000\-0000", "01234-5678"),
        ("zip", 2134, "00000;-00000", "02134"),
        ("zip", 1067, "[$-409]00000", "01067"),
        ("zip", 1067, r"\D\-00000", "D-01067"),
        ("zip", 1067, '"D-"00000', "D-01067"),
        ("zip", 0.5, "0%", "50%"),
        ("phone", 5551234, CONDITIONAL, "555-1234"),
        ("phone", 1174960123, CONDITIONAL, "(117) 496-0123"),
        ("phone", 493012, '"+"0', "+493012"),
        ("phone", 0, "0;-0;;@", None),
        ("id", 7, r'"NW"\-000', "NW-007"),
        ("tagline", 1500, "#,##0", "1500"),
    ],
)
def test_numbers_as_they_are_shown(
    tmp_path: Path, heading: str, value: float, form: str, said: str | None
) -> None:
    found = formatted(tmp_path, heading, value, form)
    (clinic,) = found.good()
    assert found.diagnostics == ()
    rest = [text for key, text in clinic.values if key != "name"]
    assert (clinic.id if heading == "id" else next(iter(rest), None)) == said


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (5, "00;(00)", "05"),
        (-5, "00;(00)", "(05)"),
        (-5, "00", "-05"),
        (5, "[Red][<3]00;[>4]000;0", "005"),
        (3, "[<3]00;[>4]000", None),
        (5, "0##", "005"),
        (5, "??0", "  5"),
        (0, "##", ""),
        (5, "* 00_)", "05 "),
        (5, "[$€-407] 00", "€ 05"),
        (123, "0 0", "12 3"),
        (3012345678, "0# ## ## ## ##", "30 12 34 56 78"),
        (7, '00"/"00', "00/07"),
        (0.125, "0%", "13%"),
        (0.126, "0.0%", "12.6%"),
        (7.0, "000", "007"),
        (7.5, "000", None),
        *((5, form, None) for form in ("General", "@", "#,##0", "0.00", "# ?/?", "0E+00", "yyyy")),
        *(
            (5, form, None)
            for form in ("", '00"', "00\\", "[h]00", "[DBNum1]00", "0;0;0;0;0", ";;;")
        ),
    ],
)
def test_formats_of_places_and_words(value: float, form: str, said: str | None) -> None:
    assert shown(value, form) == said


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("street", date(2026, 5, 3), "the date 2026-05-03 instead of the text"),
        ("zip", date(2026, 5, 3), "the date"),
        ("phone", date(2026, 3, 1), "the date"),
        ("name", date(2026, 3, 1), "the date"),
        ("hours", date(2026, 5, 9), "the date"),
        ("class when", date(2026, 5, 9), "the date"),
        ("instructor", day(10), "the date 2026-03-03 10:00"),
        ("id", date(2026, 5, 3), "the date"),
        ("email", time(10, 30), "the time 10:30 instead of the text"),
        ("street", time(10, 30), "the time"),
        ("phone", timedelta(hours=30, minutes=5), "the time 30:05"),
        ("next date", time(10, 30), "the time 10:30 instead of a date"),
        ("next time", date(2026, 5, 3), "the date 2026-05-03 instead of a time"),
    ],
)
def test_moments_where_none_belong(tmp_path: Path, heading: str, value: Any, said: str) -> None:
    heads = ["name", heading, "bring"] if heading != "name" else ["tagline", "name", "phone"]
    (one,) = bad(opened(tmp_path, [heads, ["A", value, None]]))
    assert (one.code, str(one.place)) == ("wrong-type", "clinics.xlsx:2:2")
    assert one.message.startswith(f"B2: the cell holds {said}")
    assert one.hint == "format the column as text and type it again"


@pytest.mark.parametrize("heading", ["hours", "hours [de]", "class when"])
def test_words_may_tell_a_time(tmp_path: Path, heading: str) -> None:
    found = values(tmp_path, [["name", heading], ["A", time(10, 30)]])
    assert "10:30" in found.values()


@pytest.mark.parametrize("number", [27, 31, 36, 50, 58, 71, 81])
def test_formats_of_the_east_are_dates(tmp_path: Path, number: int) -> None:
    """No workbook spells them out."""

    def change(data: bytes) -> bytes:
        data = re.sub(rb"<numFmts.*?</numFmts>", b"", data)
        assert b'numFmtId="164"' in data
        return data.replace(b'numFmtId="164"', b'numFmtId="%d"' % number)

    path = book(tmp_path / "clinics.xlsx", [["name", "next date"], ["A", day()]])
    path = rewritten(path, "xl/styles.xml", change)
    (clinic,) = open_clinics(world(tmp_path), path).good()
    assert dict(clinic.values)["class.next_date"] == "2026-03-03"


def test_cells_that_are_merged_downwards(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        for ref in ("A1:A2", "C3:C5", "D4:E5", "B6:D6"):
            sheet.merge_cells(ref)

    rows: list[list[Any]] = [
        ["name", "phone", "city", "street"],
        [None, "x"],
        ["A", "1", "Bristol", "1 Quay"],
        ["B", "2", None, "2 Quay"],
        ["C", "3"],
        ["D", "4"],
        [],
        ["F", None, "Bath"],
    ]
    found = opened(tmp_path, rows, change)
    (one,) = bad(found)  # The head's own merged cells give nothing to the rows below it.
    assert (one.code, str(one.place)) == ("missing-name", "clinics.xlsx:2:1")
    said = [dict(one.values).get("contact.address") for one in found.good()]
    assert said == ["Bristol, 1 Quay", "Bristol, 2 Quay", "Bristol, 2 Quay", None, "Bath"]


@pytest.mark.parametrize("before", [b"", b"<!--" + b" " * 700_000 + b"-->"])
def test_merged_cells_far_behind_the_rows(tmp_path: Path, before: bytes) -> None:
    rows = [["name", "city"], ["A", "Bath"], *([f"B{n}"] for n in range(3))]
    path = book(tmp_path / "clinics.xlsx", rows, lambda sheet: sheet.merge_cells("B2:B4"))
    sheet = "xl/worksheets/sheet1.xml"
    path = rewritten(
        path, sheet, lambda data: data.replace(b"<mergeCells", before + b"<mergeCells")
    )
    towns = [
        dict(one.values).get("contact.address")
        for one in open_clinics(world(tmp_path), path).good()
    ]
    assert towns == ["Bath", "Bath", "Bath", None]


def test_more_merged_cells_than_there_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.load.clinics.merged.MAX_MERGED", 1)

    def change(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("B4:B5")

    with pytest.raises(HandoutsError, match="more merged cells"):
        opened(tmp_path, [["name", "city"], ["A", "X"], ["B"]], change)


def test_parts_named_from_the_workbook(tmp_path: Path) -> None:
    """Excel names them from its folder, openpyxl from the root; prefixes do not matter either."""
    path = book(tmp_path / "clinics.xlsx", [["name", "phone"], ["A", "1"]])
    relative = rewritten(
        path, "xl/_rels/workbook.xml.rels", lambda data: data.replace(b'"/xl/', b'"')
    )
    assert b'"worksheets/sheet1.xml"' in zipfile.ZipFile(relative).read(
        "xl/_rels/workbook.xml.rels"
    )
    relative = relative.rename(tmp_path / "relative.xlsx")
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def prefixed(data: bytes) -> bytes:
        data = data.replace(b' xmlns="' + space + b'"', b' xmlns:x="' + space + b'"')
        return re.sub(rb"<(/?)(?=[a-z])(?!\w+:)", rb"<\1x:", data)

    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        relative = rewritten(relative, part, prefixed).rename(tmp_path / f"{part[-9:-4]}.xlsx")
    assert [one.id for one in open_clinics(world(tmp_path), relative).good()] == ["a"]
