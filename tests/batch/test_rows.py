"""Rows that could be read, held against the sheets they would be on: before anything is made."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from handouts import pipeline
from handouts.batch.engines.local import LocalEngine
from handouts.batch.events import Options, Row, Source, Summary
from handouts.batch.folder import Folder
from handouts.batch.letters import _SURE
from handouts.batch.matrix import source
from handouts.batch.run import execute, prepare
from handouts.compose import contrast
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load import load_fonts
from handouts.load.jobs import by_hand, load_batch, read_jobs
from handouts.model.brand import Colours
from handouts.model.colour import Colour
from handouts.model.document import Span
from handouts.model.project import Project
from handouts.typeset.text import missing
from tests.load.scenes import world


def asked(folder: Path, clinics: str, **named: Any) -> Source:
    """A batch of a spreadsheet, by options."""
    (folder / "c.csv").write_text(clinics, "utf-8")
    named = {"layouts": ["benefits-flyer"], "languages": ["en"], **named}
    here = world(folder)
    return source(here, load_batch(here, by_hand(folder, clinics="c.csv", **named), project=None))


def from_file(folder: Path, clinics: str, jobs: str) -> Source:
    """The same by a job file."""
    (folder / "c.csv").write_text(clinics, "utf-8")
    (folder / "jobs.yaml").write_text(jobs, "utf-8")
    here = world(folder)
    return source(here, load_batch(here, read_jobs(here, folder / "jobs.yaml"), project=None))


def told(rows: list[Row]) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for row in rows for one in row.diagnostics]


def made(folder: Path, asked_for: Source, *, fail_fast: bool = False) -> Summary:
    store, options = Folder(folder / "out", "out"), Options(fail_fast=fail_fast)
    with prepare(asked_for, store, options) as prepared:
        return execute(prepared, LocalEngine(1))


def stopped(folder: Path, asked_for: Source) -> tuple[Diagnostic, ...]:
    with pytest.raises(HandoutsError) as caught:
        made(folder, asked_for)
    assert not list((folder / "out").rglob("*.pdf"))
    return caught.value.diagnostics


def test_colours_that_cannot_be_read(tmp_path: Path) -> None:
    sheet = (
        "name,primary,accent,background\nPale,#ffff00,,\nBright accent,,#eeeeee,\n"
        "Good,#1f5e5b,#9c4332,\nNight,#1f5e5b,#1f5e5b,#101010\nNone,,,\n"
    )
    rows = list(asked(tmp_path, sheet).rows)
    assert [row.clinic.id for row in rows if row.clinic] == ["good", "none"]
    found = told(rows)
    assert found[:2] == [("low-contrast", "c.csv:2:2"), ("low-contrast", "c.csv:3:3")]
    assert {place for _, place in found[2:]} <= {"c.csv:5:2", "c.csv:5:3", "c.csv:5:4"}
    first = rows[0].diagnostics[0]
    assert first.message.startswith("primary (#ffff00) on ")
    assert re.search(r"change primary to #[0-9a-f]{6}", first.hint)


def test_what_is_refused_beforehand_is_refused_when_made(tmp_path: Path) -> None:
    """The same pairs, the same verdict: a sheet is composed for the colours of each row."""
    colours = [f"#{n:02x}{(n * 3) % 256:02x}{(n * 7) % 256:02x}" for n in range(0, 256, 12)]
    sheet = "name,primary\n" + "".join(f"C{n},{one}\n" for n, one in enumerate(colours))
    batch = asked(tmp_path, sheet, layouts=["benefits-flyer", "topic-sheet"])
    rows = list(batch.rows)
    good = {row.clinic.id for row in rows if row.clinic}
    assert 3 < len(good) < len(colours) - 3
    refused = set()
    base = batch.project.brands["default"]
    tasks = list(batch.tasks([row.clinic for row in rows if row.clinic]))
    jobs = {(one.job.layout, one.job.part): one.job for one in tasks}
    assert len(tasks) == len(jobs) * len(good) > 5 * len(good)
    for number, written in enumerate(colours):
        colour = base.brand.color.model_copy(update={"primary": Colour.parse(written)})
        for job in jobs.values():
            brand = base.brand.model_copy(update={"color": colour, "name": "C"})
            mine = replace(batch.project, brands={base.id: replace(base, brand=brand)})
            try:
                pipeline.composed(mine, batch.world, replace(job, brand=base.id))
            except HandoutsError as error:
                refused |= {f"c{number}" for one in error.diagnostics if one.code == "low-contrast"}
    assert refused == {f"c{number}" for number in range(len(colours))} - good


def test_only_sheets_the_clinic_gets_count(tmp_path: Path) -> None:
    sheet = "name,primary,languages\nPale,#ffff00,es\nGood,#1f5e5b,en\n"
    rows = list(asked(tmp_path, sheet, languages=["en"]).rows)
    assert [row.clinic.id for row in rows if row.clinic] == ["pale", "good"]


def test_a_clinic_none_of_whose_languages_is_made_is_told(tmp_path: Path) -> None:
    sheet = "name,languages\nFrench,fr\nBoth,fr en\nAny,\n"
    rows = list(asked(tmp_path, sheet, languages=["en"]).rows)
    assert [[one.code for one in row.diagnostics] for row in rows] == [
        ["nothing-for-clinic"],
        [],
        [],
    ]
    assert str(rows[0].diagnostics[0].place) == "c.csv:2:2"
    assert all(row.clinic for row in rows)


def test_many_rows_of_few_colours_are_quick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, checked = [], contrast.low_contrast

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(given)
        return checked(*given, **named)

    monkeypatch.setattr(contrast, "low_contrast", counted)
    sheet = "name,phone,primary\n" + "".join(
        f"C{n},{n},{('#1f5e5b', '#ffff00', '#31506b')[n % 3]}\n" for n in range(600)
    )
    rows = list(asked(tmp_path, sheet).rows)
    assert sum(row.clinic is not None for row in rows) == 400
    assert len(calls) <= 4


def test_each_pair_of_pale_colours_is_named_once() -> None:
    colours = Colours(primary=Colour.parse("#e8b04a"))
    pairs = (("primary", "tint", 4.5), ("primary", "paper", 4.5), ("primary", "paper", 3.0))
    found = contrast.low_contrast(pairs, colours)
    assert found["primary"].message.count("primary on paper") == 1


def test_an_address_that_is_too_wide_is_told_of_the_row_not_of_a_file_of_ours(
    tmp_path: Path,
) -> None:
    sheet = f"name,address\nA,{'W' * 100}\n"
    summary = made(tmp_path, asked(tmp_path, sheet, layouts=["topic-sheet"], parts=["relief"]))
    ((_, found),) = summary.first[:1]
    assert found.code == "does-not-fit"
    assert found.message.startswith("row 2: ")
    assert "'$brand.address' (“WWWW" in found.message
    assert str(found.place) == "c.csv:2:1"


def test_a_logo_that_is_too_coarse_is_told_with_its_row(tmp_path: Path) -> None:
    Image.new("RGB", (60, 30), "#204060").save(tmp_path / "small.png")
    summary = made(tmp_path, asked(tmp_path, "name,logo,logo alt\nA,,\nB,small.png,B\n"))
    assert (summary.written, summary.failed) == (1, 1)
    ((path, found),) = summary.first
    assert (path.partition("/")[0], found.code) == ("b", "low-resolution")
    assert found.message.startswith("row 3: the logo of 60 by 30 pixels")
    assert str(found.place) == "c.csv:3:1"


def test_letters_no_font_has(tmp_path: Path) -> None:
    sheet = "name,address,logo alt\nC 😀,\U00013000 Road,\n東京クリニック,Straße Ωmega,\nمركز,1,\n"
    rows = list(asked(tmp_path, sheet).rows)
    assert told(rows) == [("missing-glyph", "c.csv:2:2"), ("missing-glyph", "c.csv:2:1")]
    assert "'😀' (U+1F600)" in rows[0].diagnostics[1].message
    assert [row.clinic is not None for row in rows] == [False, True, True]


def test_letters_taken_for_granted_are_in_the_fonts(real_project: Project) -> None:
    sure = "".join(chr(code) for code in range(0x20, 0x2100) if _SURE.fullmatch(chr(code)))
    assert len(sure) > 300
    here = world(Path("/"))
    families = real_project.fonts.setting("en", "Latn").text
    library = load_fonts(here, real_project, None, families)
    assert missing((Span(sure),), families, 400, "en", library) == ()


@pytest.mark.parametrize(
    ("head", "cell", "code"),
    [
        ("web", "https://x.org/" + "w" * 300, "word-too-long"),
        ("email", "e" * 300 + "@x.org", "word-too-long"),
        ("qr", "https://x.org/" + "q" * 300, "qr-too-long"),
        ("tagline", "W" * 200, "word-too-long"),
        ("instructor", "A\0B", "control-character"),
    ],
)
def test_values_that_fit_nowhere(tmp_path: Path, head: str, cell: str, code: str) -> None:
    rows = list(asked(tmp_path, f"name,{head}\nA,{cell}\n").rows)
    assert told(rows) == [(code, "c.csv:2:2")]


def test_long_texts_that_can_be_broken(tmp_path: Path) -> None:
    sheet = f"name,tagline,web\nA,{'Calm hands. ' * 15},x.org/{'path/' * 30}\n東京{'都' * 150},,\n"
    assert told(list(asked(tmp_path, sheet).rows)) == []


def test_a_batch_of_bad_rows_says_what_is_wrong_with_them(tmp_path: Path) -> None:
    sheet = "name,primary\n" + "".join(f"C{n},#zz{n}\n" for n in range(50))
    first, *others = stopped(tmp_path, asked(tmp_path, sheet))
    assert (first.code, first.place) == ("nothing-to-make", None)
    assert "50 rows cannot be used" in first.message
    assert [str(one.place) for one in others] == [f"c.csv:{row}:2" for row in range(2, 22)]


def test_rows_and_clashes_are_told_together(tmp_path: Path) -> None:
    sheet = "name,primary\nA,#1f5e5b\nB,#zz\n"
    jobs = "clinics: c.csv\nlayouts: benefits-flyer\nlanguages: [en, es]\nfile-name: '{brand}'\n"
    found = stopped(tmp_path, from_file(tmp_path, sheet, jobs))
    assert [one.code for one in found] == ["same-file", "unknown-colour"]


def test_an_exclude_for_a_row_that_is_left_out(tmp_path: Path) -> None:
    jobs = "clinics: c.csv\nlayouts: benefits-flyer\nlanguages: en\nexclude: [{clinic: b}]\n"
    batch = from_file(tmp_path, "name,primary\nA,#1f5e5b\nB,#zz\n", jobs)
    assert made(tmp_path, batch).written == 1


def test_only_a_row_that_cannot_be_read(tmp_path: Path) -> None:
    jobs = "clinics: {file: c.csv, only: b}\nlayouts: benefits-flyer\nlanguages: en\n"
    batch = from_file(tmp_path, "id,name\na,A\nb,#N/A\n", jobs)
    assert [one.code for one in stopped(tmp_path, batch)] == ["nothing-to-make", "cell-error"]


def test_good_rows_are_made_and_bad_ones_are_not(tmp_path: Path) -> None:
    sheet = "name,primary\nGood,#1f5e5b\nPale,#ffff00\nC 😀,\n"
    summary = made(tmp_path, asked(tmp_path, sheet))
    assert (summary.written, summary.failed, summary.counts.bad_rows) == (1, 0, 2)
    assert [one.parent.name for one in (tmp_path / "out").rglob("*.pdf")] == ["good"]


def test_the_first_bad_row_ends_it_when_asked(tmp_path: Path) -> None:
    sheet = "name,primary\nGood,#1f5e5b\nPale,#ffff00\nWorse,#zz\n"
    with pytest.raises(HandoutsError, match="primary") as caught:
        made(tmp_path, asked(tmp_path, sheet), fail_fast=True)
    assert [str(one.place) for one in caught.value.diagnostics] == ["c.csv:3:2"]
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_what_does_not_fit_is_told_with_its_row(tmp_path: Path) -> None:
    sheet = f"name,address\nGood,\nLong,{'Street of very many words ' * 400}\n"
    summary = made(tmp_path, asked(tmp_path, sheet))
    assert (summary.written, summary.failed) == (1, 1)
    assert summary.first[0][1].message.startswith("row 3: ")
