"""Job files: names, globs, what has no effect, and where all of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.load.jobs import by_hand, load_batch, read_jobs, settle
from handouts.model.jobs import Cut, Selection, Spreadsheet
from tests.load.scenes import world

KNOWN = ("default", "willow", "marisol")


def settled(folder: Path, text: str) -> tuple[Selection, ...]:
    (folder / "jobs.yaml").write_text(text, "utf-8")
    here = world(folder)
    return settle(here, None, read_jobs(here, folder / "jobs.yaml"))


def told(folder: Path, text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(HandoutsError) as caught:
        settled(folder, text)
    return caught.value.diagnostics


def brief(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in diagnostics]


def test_names_and_globs(tmp_path: Path) -> None:
    (one,) = settled(
        tmp_path,
        """\
brands: [willow, "mar*"]
languages: [es, "zh-*", es+en, "f?+en"]
layouts: "*-sheet"
sizes: [a4, letter]
editions: all
parts: ["1", colic]
""".replace("colic", '"week-2"'),
    )
    assert one.brands == ("willow", "marisol")
    assert one.languages == ("es", "zh-Hans", "zh-Hant", "es+en", "fa+en", "fr+en")
    assert one.layouts == ("topic-sheet",)
    assert one.papers == ("A4", "Letter")
    assert one.profiles == ("instructor", "clinic")
    assert one.parts == ("week-1", "week-2")
    assert {"willow", "A4", "es+en", "week-1"} <= one.exact
    assert not {"marisol", "topic-sheet", "fr+en", "zh-Hans"} & one.exact


def test_an_empty_choice_is_the_projects(tmp_path: Path) -> None:
    (one,) = settled(tmp_path, "output: out\n")
    assert (one.brands, one.languages, one.layouts, one.papers) == ((), (), (), ())


def test_all_languages_are_the_real_ones(tmp_path: Path) -> None:
    (one,) = settled(tmp_path, "languages: all\n")
    assert len(one.languages) > 30
    assert "en-XA" not in one.languages
    (one,) = settled(tmp_path, "languages: en-XA\n")
    assert one.languages == ("en-XA",)


def test_every_name_that_does_not_exist(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        """\
brands: wilow
languages: [es, xx, es+en+de, es+es]
layouts: [benefits-flier, "nothing-*"]
sizes: A44
profiles: clinik
parts: week-99
exclude:
  - {language: xy, layout: topic-sheet}
  - {}
include:
  - brand: wilow
""",
    )
    assert brief(found) == [
        ("unknown-brand", "jobs.yaml:1:9"),
        ("unknown-language", "jobs.yaml:2:17"),
        ("two-languages", "jobs.yaml:2:21"),
        ("two-languages", "jobs.yaml:2:31"),
        ("unknown-layout", "jobs.yaml:3:11"),
        ("no-match", "jobs.yaml:3:27"),
        ("unknown-paper", "jobs.yaml:4:8"),
        ("unknown-profile", "jobs.yaml:5:11"),
        ("unknown-part", "jobs.yaml:6:8"),
        ("unknown-language", "jobs.yaml:8:16"),
        ("empty-value", "jobs.yaml:9:5"),
        ("unknown-brand", "jobs.yaml:11:12"),
    ]
    assert "'willow'" in found[0].hint
    assert "'benefits-flyer'" in found[4].hint


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("layouts: all\nclinics:\n", "clinics", "jobs.yaml:2:9"),
        ("size:\n", "size", "jobs.yaml:1:6"),
        ("clinics: {file: c.csv, only: }\n", "only", "jobs.yaml:1:30"),
        ("exclude: [{brand: , layout: all}]\n", "brand", "jobs.yaml:1:19"),
        ("matrix: [{clinics: , layouts: all}]\n", "clinics", "jobs.yaml:1:20"),
    ],
)
def test_keys_with_nothing_behind_them(tmp_path: Path, text: str, key: str, place: str) -> None:
    (one,) = told(tmp_path, text)
    assert (one.code, one.message) == ("empty-value", f"{key} has nothing behind it")
    assert str(one.place) == place


def test_one_brand_under_a_spreadsheet(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "clinics: {file: c.csv, brand: '*'}\n")
    assert (one.code, str(one.place)) == ("bad-value", "jobs.yaml:1:10")
    assert "willow" in one.hint
    assert "marisol" in one.hint
    (block,) = settled(tmp_path, "clinics: {file: c.csv, brand: 'will*'}\n")
    assert block.spreadsheet == Spreadsheet("c.csv", brand="willow")


def test_unknown_keys_and_wrong_values(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "langauges: [es]\nallow: [drafts]\nclinics: {fil: x.csv}\nexclude: [{lang: es}]\n",
    )
    assert [one.code for one in found] == [
        "unknown-key",
        "unknown-value",
        "unknown-key",
        "unknown-key",
    ]
    assert "'languages'" in found[0].hint


def test_blocks_with_defaults(tmp_path: Path) -> None:
    one, other = settled(
        tmp_path,
        """\
languages: [es, en]
size: A4
exclude: [{language: en, layout: topic-sheet}]
matrix:
  - layouts: topic-sheet
    exclude: [{brand: "m*"}]
  - layouts: benefits-flyer
    languages: [de]
    file-name: "{layout}-{language}"
""",
    )
    assert (one.languages, one.papers, one.layouts) == (("es", "en"), ("A4",), ("topic-sheet",))
    assert [cut.languages for cut in one.exclude] == [frozenset({"en"}), None]
    assert one.exclude[1] == Cut(brands=("m*",), place=one.exclude[1].place)
    assert str(one.exclude[1].place) == "jobs.yaml:6:15"
    assert (other.languages, other.papers, other.file_name) == (
        ("de",),
        ("A4",),
        "{layout}-{language}",
    )


def test_defaults_that_no_block_takes(tmp_path: Path) -> None:
    text = "languages: es\ninclude: [{language: de}]\nmatrix: [{languages: en}, {languages: de}]\n"
    assert brief(told(tmp_path, text)) == [
        ("no-effect", "jobs.yaml:1:1"),
        ("no-effect", "jobs.yaml:2:1"),
    ]
    assert brief(told(tmp_path, "matrix: []\n")) == [("empty-value", "jobs.yaml:1:9")]


def test_includes(tmp_path: Path) -> None:
    whole, more = settled(
        tmp_path,
        "brands: willow\nlanguages: es\nlayouts: [benefits-flyer]\n"
        "include: [{brand: marisol, language: ar}]\n",
    )
    assert not whole.added
    assert more.added
    assert (more.brands, more.languages, more.layouts) == (
        ("marisol",),
        ("ar",),
        ("benefits-flyer",),
    )


def test_spreadsheets(tmp_path: Path) -> None:
    (one,) = settled(tmp_path, "clinics: data/clinics.csv\n")
    assert one.spreadsheet == Spreadsheet("data/clinics.csv")
    (one,) = settled(
        tmp_path,
        "clinics:\n  file: c.xlsx\n  sheet: North\n  brand: willow\n  only: [n-*]\n"
        "  columns: {Kunde: name, Notes: null}\n",
    )
    (two,) = settled(tmp_path, "clinics: {file: c.csv, encoding: windows-1251}\n")
    assert two.spreadsheet == Spreadsheet("c.csv", encoding="windows-1251")
    columns = (("Kunde", "name"), ("Notes", None))
    assert one.spreadsheet == Spreadsheet("c.xlsx", "North", "willow", columns)
    assert one.only == ("n-*",)


@pytest.mark.parametrize(
    "line",
    [
        "languages: []",
        "brands: []",
        "sizes: []",
        "clinics: {file: c.csv, only: []}",
        "exclude: [{language: [], brand: willow}]",
    ],
)
def test_an_empty_list_of_names_is_not_all_of_them(tmp_path: Path, line: str) -> None:
    (one,) = told(tmp_path, f"layouts: all\n{line}\n")
    assert one.code == "empty-value"
    assert "is an empty list" in one.message
    assert settled(tmp_path, "layouts: all\nbrands: willow\nexclude: []\nallow: []\n")


@pytest.mark.parametrize("name", ["windows-12", "hex", "a\\0b"])
def test_an_encoding_that_is_none(tmp_path: Path, name: str) -> None:
    (one,) = told(tmp_path, f'layouts: all\nclinics: {{file: c.csv, encoding: "{name}"}}\n')
    assert one.code == "bad-value"
    assert "there is no encoding" in one.message
    assert str(one.place).endswith("jobs.yaml:2:10")


def test_options(tmp_path: Path) -> None:
    jobs = by_hand(
        tmp_path, brands=["will*", "n-*"], languages=["es"], clinics="c.csv", known=KNOWN
    )
    (one,) = settle(world(tmp_path), None, jobs)
    assert one.brands == ("willow",)
    assert one.only == ("will*", "n-*")
    jobs = by_hand(tmp_path, brands=["wilow"], sizes=["A99"], known=KNOWN)
    with pytest.raises(HandoutsError) as caught:
        settle(world(tmp_path), None, jobs)
    assert [(one.code, one.place) for one in caught.value.diagnostics] == [
        ("unknown-brand", None),
        ("unknown-paper", None),
    ]
    assert caught.value.exit_code is ExitCode.USAGE


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "jobs.yaml"


def test_what_a_batch_loads(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "jobs.yaml": "layouts: benefits-flyer\nclinics: data/c.csv\noutput: out\n",
            "data/c.csv": 'name,languages,brand\nA,es,willow\nB,"ar, de",\nC,,\n',
        },
    )
    here = world(tmp_path)
    batch = load_batch(here, read_jobs(here, path), project=None)
    assert set(batch.project.locales) == {"en", "es", "ar", "de"}
    assert set(batch.project.brands) == {"willow", "default"}
    assert set(batch.project.layouts) == {"benefits-flyer"}
    assert batch.output == "out"
    (sheet,) = batch.sheets.values()
    assert [one.base for one in sheet.good()] == ["willow", "default", "default"]


def test_a_spreadsheet_outside_of_the_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "in", {"jobs.yaml": "clinics: ../c.csv\n"})
    here = world(tmp_path)
    with pytest.raises(HandoutsError) as caught:
        load_batch(here, read_jobs(here, path), project=None)
    assert [one.code for one in caught.value.diagnostics] == ["path-outside"]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("layouts: all\nclinics: clinic.csv\n", "jobs.yaml:2:10", "clinic.csv"),
        ("layouts: all\nclinics: 3\n", "jobs.yaml:2:10", "3"),
        ("matrix:\n  - clinics:\n      file: x.csv\n", "jobs.yaml:3:7", "x.csv"),
    ],
)
def test_a_spreadsheet_that_is_not_there(tmp_path: Path, text: str, place: str, said: str) -> None:
    path = write(tmp_path, {"jobs.yaml": text})
    here = world(tmp_path)
    with pytest.raises(HandoutsError) as caught:
        load_batch(here, read_jobs(here, path), project=None)
    (one,) = caught.value.diagnostics
    assert (one.code, one.message, str(one.place)) == (
        "no-such-file",
        f"there is no file {said}",
        place,
    )
    with pytest.raises(HandoutsError) as caught:
        load_batch(here, by_hand(tmp_path, clinics="none.csv"), project=None)
    assert [str(one.place) for one in caught.value.diagnostics] == ["none.csv"]


def test_only_clinics_that_are_there(tmp_path: Path) -> None:
    text = "clinics: {file: c.csv, only: [no*, soth]}\n"
    path = write(tmp_path, {"jobs.yaml": text, "c.csv": "name,phone\nNorth,1\nSouth,2\n"})
    here = world(tmp_path)
    with pytest.raises(HandoutsError) as caught:
        load_batch(here, read_jobs(here, path), project=None)
    (one,) = caught.value.diagnostics
    assert (one.code, one.message) == ("no-match", "no clinic fits 'soth'")
    assert "'south'" in one.hint


def test_one_id_in_two_spreadsheets(tmp_path: Path) -> None:
    text = "matrix: [{clinics: a.csv}, {clinics: b.csv}]\n"
    files = {"a.csv": "name,phone\nNorth,1\nX,\n", "b.csv": "name,phone\nnorth,2\n"}
    path = write(tmp_path, {"jobs.yaml": text, **files})
    here = world(tmp_path)
    batch = load_batch(here, read_jobs(here, path), project=None)
    assert [[one.id for one in sheet.good()] for sheet in batch.sheets.values()] == [["x"], []]
