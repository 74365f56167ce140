"""The matrix of a batch: which files, for whom, under which names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from handouts.batch import names
from handouts.batch.matrix import Matrix, source
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load.jobs import by_hand, load_batch, read_jobs
from handouts.model.batch import Clinic, Task
from handouts.model.project import Job, Project
from handouts.pipeline import Wish, file_name, plan
from handouts.world import World
from tests.load.scenes import project, world


def write(folder: Path, files: dict[str, str]) -> World:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return world(folder)


@dataclass(frozen=True)
class Asked:
    """A matrix and the clinics whose rows could be read."""

    matrix: Matrix
    clinics: list[Clinic]

    def tasks(self) -> list[Task]:
        return list(self.matrix.tasks(self.clinics))

    def check(self) -> int:
        return self.matrix.check(self.clinics)


def matrix(folder: Path, text: str, clinics: str = "", own: Path | None = None) -> Asked:
    files = {"jobs.yaml": text, **({"clinics.csv": clinics} if clinics else {})}
    here = write(folder, files)
    batch = load_batch(here, read_jobs(here, folder / "jobs.yaml"), project=own)
    return Asked(Matrix(batch), [one for sheet in batch.sheets.values() for one in sheet.good()])


def paths(folder: Path, text: str, clinics: str = "", own: Path | None = None) -> list[str]:
    made = matrix(folder, text, clinics, own)
    found = [task.path for task in made.tasks()]
    assert made.check() == len(found)
    return found


def told(folder: Path, text: str, clinics: str = "") -> tuple[Diagnostic, ...]:
    with pytest.raises(HandoutsError) as caught:
        matrix(folder, text, clinics).check()
    return caught.value.diagnostics


def test_the_jobs_are_those_of_build(tmp_path: Path, real_project: Project) -> None:
    text = (
        "brands: [default, willow]\nlanguages: [en, es, es+en]\nsizes: [A4, Letter]\n"
        "layouts: [benefits-flyer, topic-sheet, class-handout]\nprofiles: clinic\n"
    )
    found = matrix(tmp_path, text).tasks()
    wish = Wish(
        ("benefits-flyer", "topic-sheet", "class-handout"),
        ("en", "es", "es+en"),
        ("default", "willow"),
        ("A4", "Letter"),
        "clinic",
    )
    planned = plan(real_project, wish)
    assert {task.job for task in found} == set(planned)
    assert len(found) == len(planned)
    assert all(task.path == f"{task.job.brand}/{file_name(task.job)}" for task in found)


@pytest.mark.parametrize("profile", ["instructor", "clinic"])
@pytest.mark.parametrize("part", ["", "week-1"])
@pytest.mark.parametrize("language", ["de", "es+en", "zh-Hans"])
def test_default_names_are_those_of_build(
    real_project: Project, profile: str, part: str, language: str
) -> None:
    job = Job("class-handout", language, "", "A4", profile, part)  # type: ignore[arg-type]
    name = names.read(None, None).of(job, real_project.layouts["class-handout"])
    assert name("willow") == f"willow/{file_name(job)}"


def test_templates_come_first(tmp_path: Path) -> None:
    text = "brands: [default, willow]\nlanguages: [en, es]\nlayouts: [benefits-flyer]\n"
    found = matrix(tmp_path, text).tasks()
    order = [(task.job.language, task.job.brand) for task in found]
    assert order == list(product(("en", "es"), ("default", "willow")))


def test_what_a_project_says(tmp_path: Path) -> None:
    own = project(
        tmp_path,
        {
            "handouts.yaml": "languages: [de]\nlayouts: [benefits-flyer]\npaper: Letter\n"
            "profile: clinic\nallow: [draft]\n",
            "brand.yaml": "name: X\ncolor: {primary: '#1f5e5b'}\n",
        },
    )
    (task,) = matrix(tmp_path, "output: out\n", own=own).tasks()
    assert task.path == "brand/benefits-flyer-de-Letter-clinic.pdf"
    assert task.job.allow_draft


def test_exclude(tmp_path: Path) -> None:
    text = (
        "brands: [default, willow]\nlanguages: [en, es, ar]\n"
        "layouts: [benefits-flyer, class-handout]\nparts: week-1\n"
        "exclude:\n  - {language: ar, layout: class-handout}\n  - {brand: 'w*', language: es}\n"
        "  - {layout: class-handout, language: en, part: week-1}\n"
    )
    found = {(t.job.brand, t.job.layout, t.job.language) for t in matrix(tmp_path, text).tasks()}
    assert found == {
        ("default", "benefits-flyer", "en"),
        ("willow", "benefits-flyer", "en"),
        ("default", "benefits-flyer", "es"),
        ("default", "benefits-flyer", "ar"),
        ("willow", "benefits-flyer", "ar"),
        ("default", "class-handout", "es"),
    }


def test_an_exclude_that_takes_nothing_out(tmp_path: Path) -> None:
    text = (
        "languages: [en, es]\nlayouts: [benefits-flyer]\nclinics: clinics.csv\nexclude:\n"
        "  - {language: de}\n  - {brand: nort}\n  - {brand: 'sou*'}\n"
    )
    found = told(tmp_path, text, "name,phone\nNorth,1\nSouth,2\n")
    assert [(one.code, str(one.place)) for one in found] == [
        ("no-effect", "jobs.yaml:5:5"),
        ("unknown-brand", "jobs.yaml:6:5"),
    ]
    assert "'north'" in found[1].hint
    # Also beside one that there is.
    text = (
        "brands: [willow, marisol]\nlanguages: en\nlayouts: benefits-flyer\n"
        "exclude: [{brand: [wilow, marisol]}]\n"
    )
    (one,) = told(tmp_path, text)
    assert (one.code, str(one.place)) == ("unknown-brand", "jobs.yaml:4:11")
    assert "'willow'" in one.hint


def test_include(tmp_path: Path) -> None:
    text = (
        "brands: [default]\nlanguages: [en]\nlayouts: [benefits-flyer]\nsizes: A4\n"
        "include: [{language: 'fr'}, {brand: willow, layout: topic-sheet}]\n"
    )
    found = paths(tmp_path, text)
    assert found[:2] == ["default/benefits-flyer-en-A4.pdf", "default/benefits-flyer-fr-A4.pdf"]
    assert all(path.startswith("willow/topic-sheet") for path in found[2:])
    assert len(found) > 2


def test_an_include_that_adds_nothing(tmp_path: Path) -> None:
    text = (
        "brands: default\nlanguages: [en, es]\nlayouts: benefits-flyer\ninclude: [{language: es}]\n"
    )
    assert [(one.code, str(one.place)) for one in told(tmp_path, text)] == [
        ("no-effect", "jobs.yaml:4:11")
    ]


CLINICS = 'name,languages\nNorth,"es, en"\nSouth,ar\nWest,\n'


def test_clinics_choose_their_languages(tmp_path: Path) -> None:
    text = "layouts: benefits-flyer\nclinics: clinics.csv\nsizes: A4\n"
    assert sorted(paths(tmp_path, text, CLINICS)) == [
        "north/benefits-flyer-en-A4.pdf",
        "north/benefits-flyer-es-A4.pdf",
        "south/benefits-flyer-ar-A4.pdf",
        "west/benefits-flyer-en-A4.pdf",
    ]


def test_clinics_restrict_languages_that_are_given(tmp_path: Path) -> None:
    text = "layouts: benefits-flyer\nclinics: clinics.csv\nsizes: A4\nlanguages: [es, de, es+en]\n"
    assert sorted(paths(tmp_path, text, CLINICS)) == [
        "north/benefits-flyer-es+en-A4.pdf",
        "north/benefits-flyer-es-A4.pdf",
        "west/benefits-flyer-de-A4.pdf",
        "west/benefits-flyer-es+en-A4.pdf",
        "west/benefits-flyer-es-A4.pdf",
    ]


def test_clinics_and_brands(tmp_path: Path) -> None:
    text = (
        "layouts: benefits-flyer\nsizes: A4\nlanguages: en\nbrands: willow\n"
        "clinics: {file: clinics.csv, only: '*th'}\n"
    )
    found = [path.split("/")[0] for path in paths(tmp_path, text, CLINICS)]
    assert found == ["willow", "north"]


def test_two_spreadsheets(tmp_path: Path) -> None:
    write(tmp_path, {"b.csv": "name,phone\nEast,1\n"})
    text = (
        "layouts: benefits-flyer\nsizes: A4\n"
        "matrix: [{clinics: clinics.csv, languages: es}, {clinics: b.csv, languages: de}]\n"
    )
    assert paths(tmp_path, text, CLINICS) == [
        "north/benefits-flyer-es-A4.pdf",
        "west/benefits-flyer-es-A4.pdf",
        "east/benefits-flyer-de-A4.pdf",
    ]


def test_one_file_in_two_blocks_is_one(tmp_path: Path) -> None:
    text = (
        "brands: [default, willow]\nlayouts: benefits-flyer\nsizes: A4\n"
        "matrix: [{languages: [en, es]}, {languages: [es, de]}]\n"
    )
    assert len(paths(tmp_path, text)) == 6


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{layout}/{language}/{brand}", "topic-sheet/es/willow.pdf"),
        ("{brand}_{layout}-{group}_{size}.pdf", "willow_topic-sheet-colic_A4.pdf"),
        ("{week}-{layout}-{week}.PDF", "topic-sheet.PDF"),
        ("{brand}/{week}/{edition}-{part}.pdf", "willow/clinic-colic.pdf"),
        ("Größe {paper}/{brand}.pdf", "Groe-A4/willow.pdf"),
        ("{ brand }-x.pdf", "willow-x.pdf"),
    ],
)
def test_file_names(real_project: Project, template: str, path: str) -> None:
    job = Job("topic-sheet", "es", "", "A4", "clinic", "colic")
    made = names.read(template, None).of(job, real_project.layouts["topic-sheet"])("willow")
    assert made == path.replace("Groe", "Grosse")


@pytest.mark.parametrize(
    "template",
    ["../{brand}", "/tmp/{brand}", "~/{brand}", "a//{brand}", "{brand}/..", "C:\\{brand}",
     "{brnd}", "{brand", "x}", "{brand}/.hidden", "{brand}./x", "a\x00b", "{}"],
)  # fmt: skip
def test_file_names_that_are_refused(template: str) -> None:
    with pytest.raises(HandoutsError) as caught:
        names.read(template, None)
    assert {one.code for one in caught.value.diagnostics} == {"bad-file-name"}


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{brand}/{layout}/{part}", "willow/benefits-flyer.pdf"),
        ("{brand}/{part}{week}", "willow.pdf"),
        ("{part}", "handout.pdf"),
        ("{brand}-{part}.PDF", "willow.PDF"),
        ("con", "con_.pdf"),
        ("aux/{layout}", "aux_/benefits-flyer.pdf"),
    ],
)
def test_file_names_of_what_has_no_part(real_project: Project, template: str, path: str) -> None:
    job = Job("benefits-flyer", "es", "", "A4", "instructor")
    layout = real_project.layouts["benefits-flyer"]
    assert names.read(template, None).of(job, layout)("willow") == path
    for ending in ("", ".pdf", ".PDF"):
        long = names.read("x" * 318 + ending, None).of(job, layout)("willow")
        assert len(long) <= names.MAX_PART
        assert long.endswith(ending or ".pdf")


def test_names_fit_every_system(real_project: Project) -> None:
    layout = real_project.layouts["benefits-flyer"]
    job = Job("benefits-flyer", "es", "", "A4", "instructor")
    make = names.read("{brand}/{brand}-{brand}-{brand}", None).of(job, layout)
    one, other = make("x" * 79 + "a"), make("x" * 79 + "b")
    assert max(map(len, one.split("/"))) <= names.MAX_PART
    assert one != other
    assert one.endswith(".pdf")
    assert names.read("{brand}.pdf", None).of(job, layout)("con") == "con_.pdf"
    assert names.read("{brand}/x", None).of(job, layout)("NUL") == "NUL_/x.pdf"
    assert names.of_brand("***").startswith("brand-")
    assert names.of_brand("診療所") == "ZhenLiaoSuo"
    assert names.of_brand("Über uns") == "Uber-uns"


def test_clashes(tmp_path: Path) -> None:
    text = (
        "brands: [default, willow]\nlayouts: benefits-flyer\nlanguages: en\nsizes: [A4, Letter]\n"
        "file-name: '{brand}/{layout}'\n"
    )
    found = told(tmp_path, text)
    assert [one.code for one in found] == ["same-file", "same-file"]
    assert found[0].hint == "add {paper} to file-name"
    assert "default/benefits-flyer/en/A4" in found[0].message
    assert "default/benefits-flyer/en/Letter" in found[0].message


def test_clashes_whatever_the_case(tmp_path: Path) -> None:
    text = "layouts: benefits-flyer\nlanguages: en\nfile-name: '{layout}'\nclinics: clinics.csv\n"
    rows = "".join(f"C{n},{n}\n" for n in range(50))
    found = told(tmp_path, text, f"name,phone\n{rows}")
    assert len(found) == 21
    assert [one.message for one in found].count("29 more files would share a path") == 1
    assert all("{brand}" in one.hint for one in found if one.hint)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("layouts: class-handout\nlanguages: es\nsizes: A6\n", "unknown-paper"),
        ("layouts: benefits-flyer\nlanguages: en\nparts: week-1\n", "no-effect"),
        ("brands: willow\nlanguages: en\nexclude: [{brand: willow}]\n", "nothing-to-make"),
        ("file-name: '{x}'\nlanguages: en\n", "bad-file-name"),
    ],
)
def test_what_cannot_be(tmp_path: Path, text: str, code: str) -> None:
    found = told(tmp_path, text)
    assert [one.code for one in found] == [code]


def test_rows_are_held_against_the_project(tmp_path: Path) -> None:
    sheet = (
        "name,primary,logo,logo alt,tagline,web,email,languages\n"
        "Good,#1f5e5b,,,Gentle touch,a.org,a@b.org,en\n"
        "Bad,nocolour,none.svg,A logo,It cures colic,not a web,no mail,en\n"
        "Worse,,logo.png,,x,,,\n"
        "Claim,,,,Proven to cure,,,\n"
        "Bad form,,,,x,not a web,no mail,\n"
    )
    here = write(tmp_path, {"c.csv": sheet})
    jobs = by_hand(tmp_path, clinics="c.csv", layouts=["benefits-flyer"], languages=["en"])
    batch = load_batch(here, jobs, project=None)
    found = {
        str(one.place): (one.code, str(one.severity))
        for row in source(here, batch).rows
        for one in row.diagnostics
    }
    assert found["c.csv:3:2"] == ("unknown-colour", "error")
    assert found["c.csv:3:3"] == ("no-such-file", "error")
    assert found["c.csv:4:3"] == ("no-such-file", "error")
    assert found["c.csv:5:5"] == ("blocked-word", "warning")
    assert found["c.csv:6:6"] == ("bad-value", "error")
    assert found["c.csv:6:7"] == ("bad-value", "error")
    assert not [place for place in found if place.startswith("c.csv:2")]
    made = source(here, batch)
    good = [row.clinic for row in made.rows if row.clinic]
    assert [one.id for one in good] == ["good", "claim"]
    assert [task.job.brand for task in made.tasks(good)] == ["good", "claim"]
