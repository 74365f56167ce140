"""What travels to other machines is all they need, and nothing they should not have."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch.folder import Folder
from handouts.batch.travel import BUILT_IN, Program, here, pack, unlike
from handouts.batch.worker import Payload
from handouts.load import load
from handouts.model.project import Job, Project
from handouts.press import Press
from handouts.world import World
from tests.batch.clusters import ROOT

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
