"""What travels to other machines is all they need, and nothing they should not have."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch.folder import Folder
from handouts.batch.travel import BUILT_IN, Program, here, pack, unlike
from handouts.batch.worker import Payload, Worker
from handouts.diagnostics import HandoutsError
from handouts.load import load
from handouts.load.clinics.logos import ClinicLogos
from handouts.model.batch import Chunk, Clinic, Task
from handouts.model.project import Job, Project
from handouts.press import Press
from handouts.world import World
from tests.batch.clusters import ROOT, held

JOB = Job("benefits-flyer", "en", "ours", "A4", "instructor")
MANIFEST = """
families:
  - name: Borrowed Sans
    licence: OFL-1.1
    faces:
      - {file: regular.ttf, weight: 400}
      - {file: bold.ttf, weight: 700}
scripts:
  Latn:
    text: [Borrowed Sans]
"""
BRAND = """
name: Ours
color:
  primary: "#224466"
logo:
  path: logo.svg
  alt: A circle
typography:
  headings: Brand Sans
  fonts:
    - family: Brand Sans
      files:
        - {path: brand.ttf, weight: 700}
"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<circle cx="5" cy="5" r="4" fill="#224466"/></svg>"""


@pytest.fixture
def own(tmp_path: Path) -> tuple[Project, World, Path]:
    """A project with fonts and a brand of its own."""
    folder = tmp_path / "project"
    (folder / "fonts").mkdir(parents=True)
    (folder / "brands" / "ours").mkdir(parents=True)
    (folder / "handouts.yaml").write_text("paper: A4\n", "utf-8")
    (folder / "fonts" / "fonts.yaml").write_text(MANIFEST, "utf-8")
    files = sorted((ROOT / "fonts").rglob("NotoSans-*.ttf"))
    regular = next(path for path in files if path.name == "NotoSans-Regular.ttf")
    bold = next(path for path in files if path.name == "NotoSans-Bold.ttf")
    shutil.copy(regular, folder / "fonts" / "regular.ttf")
    shutil.copy(bold, folder / "fonts" / "bold.ttf")
    shutil.copy(bold, folder / "brands" / "ours" / "brand.ttf")
    (folder / "brands" / "ours" / "brand.yaml").write_text(BRAND, "utf-8")
    (folder / "brands" / "ours" / "logo.svg").write_text(LOGO, "utf-8")
    env = {"SOURCE_DATE_EPOCH": "1772409600", "AWS_SECRET_ACCESS_KEY": "a key of ours"}
    world = World(tmp_path, World.system().today, env)
    project = load(
        world, project=folder, brands=["ours"], languages=["en"], layouts=["benefits-flyer"]
    )
    return project, world, folder


def test_a_project_travels_with_its_fonts_and_brand(
    own: tuple[Project, World, Path], tmp_path: Path
) -> None:
    project, world, folder = own
    wanted = Press(project, world).make(JOB).data
    trunk = pack(Payload(project, world, Folder(tmp_path / "out"), {}, version="1"))
    sent = pickle.dumps(trunk)
    assert b"a key of ours" not in sent
    assert {name for name, _ in trunk.fonts} == {
        "project/regular.ttf",
        "project/bold.ttf",
        "brands/ours/brand.ttf",
    }
    shutil.rmtree(folder)
    there = tmp_path / "elsewhere"
    payload = pickle.loads(sent).unpack(there, BUILT_IN)
    assert payload.world.date == world.date
    assert payload.version == "1"
    assert Press(payload.project, payload.world).make(JOB).data == wanted
    assert here() == pickle.loads(pickle.dumps(here()))


def test_built_in_fonts_are_compared(own: tuple[Project, World, Path], tmp_path: Path) -> None:
    project, world, _ = own
    trunk = pack(Payload(project, world, Folder(tmp_path / "out"), {}))
    assert len(trunk.built_in) > 10
    assert trunk.strangers(BUILT_IN) == ()
    root = tmp_path / "installed"
    (root / "fonts").mkdir(parents=True)
    for name, _ in trunk.built_in[1:]:
        (root / "fonts" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "fonts" / name).symlink_to(ROOT / "fonts" / name)
    assert trunk.strangers(root) == (trunk.built_in[0][0],)
    (root / "fonts" / trunk.built_in[1][0]).unlink()
    (root / "fonts" / trunk.built_in[1][0]).write_bytes(b"no font")
    assert len(trunk.strangers(root)) == 2


def test_a_font_that_went_missing_is_told_before_anything_travels(
    own: tuple[Project, World, Path], tmp_path: Path
) -> None:
    project, world, folder = own
    (folder / "brands" / "ours" / "brand.ttf").unlink()
    with pytest.raises(Exception, match=r"brand\.ttf"):
        pack(Payload(project, world, Folder(tmp_path / "out"), {}))


def test_a_logo_that_is_not_there_is_told_here_and_there(
    own: tuple[Project, World, Path], tmp_path: Path
) -> None:
    project, world, folder = own
    (folder / "good.svg").write_text(LOGO, "utf-8")
    (folder / "bad.svg").write_text("<svg", "utf-8")
    names = ["good.svg", "lost.svg", "bad.svg"]
    here = ClinicLogos(world, folder, names)
    trunk = pack(Payload(project, world, Folder(tmp_path / "out"), here))
    there = pickle.loads(pickle.dumps(trunk)).unpack(tmp_path / "elsewhere", BUILT_IN).logos
    assert sorted(there) == sorted(names)
    assert len(there) == 3
    assert there["good.svg"] == here["good.svg"]
    for name, code in (("lost.svg", "no-such-file"), ("bad.svg", "svg-syntax")):
        told = []
        for logos in (here, there):
            assert name in logos
            with pytest.raises(HandoutsError) as refused:
                logos[name]
            told.append(refused.value.diagnostics)
        assert [one.code for one in told[0]] == [code]
        assert told[0] == told[1]
    for logos in (here, there):
        assert "nobody.svg" not in logos
        with pytest.raises(KeyError):
            logos["nobody.svg"]


def test_a_logo_lost_since_the_rows_were_checked_is_its_documents_own_affair(
    own: tuple[Project, World, Path], tmp_path: Path
) -> None:
    project, world, folder = own
    (folder / "good.svg").write_text(LOGO, "utf-8")
    clinics = tuple(
        Clinic(name, row, (("logo.alt", "A circle"), ("logo.path", f"{name}.svg")), "ours")
        for row, name in enumerate(("good", "lost"), 2)
    )
    tasks = tuple(Task(f"{one.id}.pdf", replace(JOB, brand=one.id)) for one in clinics)
    with held(tmp_path / "out") as store:
        logos = ClinicLogos(world, folder, ["good.svg", "lost.svg"])
        outcomes = Worker(Payload(project, world, store, logos)).run(Chunk(1, tasks, clinics))
    assert [one.status for one in outcomes] == ["written", "failed"]
    assert [one.code for one in outcomes[1].diagnostics] == ["no-such-file"]
    assert "'lost.svg'" in outcomes[1].diagnostics[0].message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"versions": (("handouts", "0.0"),)}, "handouts 0.0 instead of"),
        ({"versions": ()}, "handouts missing instead of"),
        ({"code": "0"}, "other program files under the same version"),
    ],
)
def test_another_program_is_named(change: dict[str, object], words: str) -> None:
    mine = here()
    assert unlike("tcp://w:1", mine, mine) is None
    found = unlike("tcp://w:1", mine, replace(mine, **change))  # type: ignore[arg-type]
    assert found is not None
    assert words in found.message
    assert "tcp://w:1" in found.message


def test_the_program_is_all_of_it() -> None:
    assert dict(here().versions).keys() >= {"handouts", "reportlab", "uharfbuzz", "python"}
    assert Program((), "").differences(Program((), "")) == ()
