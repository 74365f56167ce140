"""The files in hands that are not ours: msgfmt, a reader of workbooks in Rust, the XLIFF rules."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from handouts.translate import xliff
from handouts.translate.columns import COLUMNS
from handouts.translate.formats import write
from handouts.translate.inline import CORE
from handouts.translate.unit import STATES, Unit
from tests.translate.scenes import table, unit

UNITS = (
    unit("a.title", "Week {number}", "Woche {number}", room=20, state="approved", by="MK"),
    unit("a.text", "**Bold** and {name}, {name}", "{name} **fett** {name}", state="machine"),
    unit("a.formula", "One", '=HYPERLINK("http://example.org")', state="draft"),
    unit("a.stale", "Now", "Jetzt", state="stale", previous="Then"),
    unit("a.none", "Nothing yet", ""),
    unit("@hedges", "may; can", "kann", state="approved"),
)
NMTOKEN = re.compile(r"[\w.:-]+", re.ASCII)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_msgfmt_takes_the_po(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_bytes(write("po", table(*UNITS)))
    done = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", str(tmp_path / "de.mo"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "3 translated messages, 2 fuzzy translations, 1 untranslated" in done.stderr


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_another_reader_opens_the_workbook(direction: str) -> None:
    made = write("xlsx", table(*UNITS, direction=direction))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Translation", "Read me"]
    rows = book.get_sheet_by_name("Translation").to_python()
    assert rows[0] == ["Translation (de)" if c == "Translation" else c for c in COLUMNS]
    assert [row[:5] for row in rows[1:]] == [
        [u.id, u.group, u.source, u.target, u.state] for u in UNITS
    ]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_workbook_leads_the_hand(direction: str) -> None:
    book = load_workbook(io.BytesIO(write("xlsx", table(*UNITS, direction=direction))))
    sheet = book["Translation"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert bool(sheet.sheet_view.rightToLeft) is (direction == "rtl")
    assert sheet.freeze_panes == "B2"
    locked = {
        str(sheet.cell(1, n).value) for n in range(1, 13) if sheet.cell(2, n).protection.locked
    }
    assert locked == set(COLUMNS) - {"Translation", "Status", "By", "On"}
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(STATES)}"'
    assert str(choice.sqref) == "E2:E7"
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert str(book["Read me"]["A1"].value).startswith("Translation into German (de)")


def parsed(*units: Unit) -> etree._Element:
    return etree.fromstring(xliff.write(table(*units)))


def children(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_the_xliff_keeps_the_rules_of_its_standard() -> None:
    """XLIFF 2.1, 4.2 and 4.3: what stands where, which ids there are, what refers to what."""
    root = parsed(*UNITS)
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "en", "de")
    (file,) = root
    assert children(file) == ["profiles", "metadata", "notes", "group"]
    seen = 0
    for unit_ in root.iter(f"{{{CORE}}}unit"):
        seen += 1
        kinds = children(unit_)
        order = ["metadata", "notes", "originalData", "segment"]
        assert kinds == [kind for kind in order if kind in kinds]
        assert kinds[-1] == "segment"
        segment = unit_[-1]
        assert children(segment) in (["source", "target"], ["source"])
        assert segment.get("state") in ("initial", "translated", "reviewed", "final")
        data = {d.get("id") for d in unit_.iterfind(f"{{{CORE}}}originalData/*")}
        for side in segment:
            codes = list(side.iterdescendants())
            assert len({code.get("id") for code in codes}) == len(codes)
            used = {
                code.get(name)
                for code in codes
                for name in ("dataRef", "dataRefStart", "dataRefEnd")
                if code.get(name)
            }
            assert used <= data
    assert seen == len(UNITS)
    ids = [e.get("id") for e in root.iter(f"{{{CORE}}}unit", f"{{{CORE}}}group")]
    assert len(set(ids)) == len(ids)
    assert all(NMTOKEN.fullmatch(one or "") for one in ids)


def test_codes_of_source_and_target_belong_together() -> None:
    root = parsed(UNITS[1])
    source, target = root.find(f".//{{{CORE}}}source"), root.find(f".//{{{CORE}}}target")
    assert source is not None
    assert target is not None
    ids = [
        {c.get("id"): etree.QName(c).localname for c in side.iterdescendants()}
        for side in (source, target)
    ]
    assert ids[0] == ids[1] == {"1": "pc", "2": "ph", "3": "ph"}
    assert all(code.get("canDelete") == "no" for code in source.iterdescendants())


@pytest.mark.parametrize(
    ("state", "said", "more"),
    [
        ("machine", "initial", "handouts:machine"),
        ("stale", "initial", "handouts:stale"),
        ("draft", "translated", None),
        ("reviewed", "reviewed", None),
        ("approved", "final", None),
    ],
)
def test_states(state: str, said: str, more: str | None) -> None:
    segment = parsed(unit(state=state)).find(f".//{{{CORE}}}segment")
    assert segment is not None
    assert (segment.get("state"), segment.get("subState")) == (said, more)


def test_an_agency_may_split_a_unit() -> None:
    made = xliff.write(table(unit("a", "One. Two.", "Eins. Zwei.", state="reviewed"))).decode()
    head, _, rest = made.partition("<segment")
    tail = rest.partition("</segment>")[2]
    split = (
        '<segment state="final"><source>One.</source><target>Eins.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="translated"><source>Two.</source><target>Zwei.</target></segment>'
    )
    (row,) = xliff.read(f"{head}{split}{tail}".encode(), "de.xlf").rows
    assert (row.source, row.target, row.state) == ("One. Two.", "Eins. Zwei.", "draft")
