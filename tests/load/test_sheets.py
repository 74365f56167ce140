"""A kept sheet is the sheet that would be made, or it is not used."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handouts import pipeline
from handouts.diagnostics import HandoutsError
from handouts.load import entries, fontfile, fonts, load_kept, load_result, program
from handouts.model.pages import Pages
from handouts.model.project import Job, Project
from handouts.world import World
from tests.load.scenes import REPOSITORY, builtin_with, project

BRAND = """\
name: Little Hands
color: {primary: '#1f5e5b'}
logo: {path: logo.svg, alt: Hands}
contact: {email: hello@example.org}
qr: https://example.org
typography:
  fonts: [{family: Own, files: [{path: own.ttf, weight: 700}]}]
  headings: Own
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
FAMILIES = ("noto-sans", "noto-sans-arabic", "m-plus-rounded-1c")
OWN = next((REPOSITORY / "fonts" / "noto-sans").glob("*Bold.ttf"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built-in data whose drawings and fonts may be changed."""
    folder = tmp_path_factory.mktemp("builtin")
    made = builtin_with(folder, {})
    for name, source in (("drawings", "handouts/drawings"), ("layouts", "layouts")):
        (made / name).unlink()
        shutil.copytree(REPOSITORY / source, made / name)
    (made / "fonts").unlink()
    for name in FAMILIES:
        shutil.copytree(REPOSITORY / "fonts" / name, made / "fonts" / name)
    shutil.copy(REPOSITORY / "fonts" / "fonts.yaml", made / "fonts")
    return made


@pytest.fixture
def here(tmp_path: Path, package: Path) -> World:
    own = {"brand.yaml": BRAND, "logo.svg": SVG, "own.ttf": OWN.read_bytes()}
    folder = project(tmp_path / "project", own)
    env = {"HANDOUTS_CACHE": str(tmp_path / "cache"), "SECRET": "hunter2 of the environment"}
    return World(folder, date(2026, 3, 1), env, package)


class Sheet:
    """A command for one sheet: whether it was kept, and what came of it."""

    def __init__(self, world: World, layout: str = "benefits-flyer", language: str = "en") -> None:
        fontfile._READ.clear()  # A command has a process of its own, which knows no font yet.
        fonts._library.cache_clear()
        fonts._faces.cache_clear()
        asked = {"project": world.cwd, "languages": (language,), "layouts": (layout,)}
        self.world = world
        self.result, keep, sheets = load_kept(world, **asked)  # type: ignore[arg-type]
        self.job = job(self.result.project, layout, language)
        self.placed = False
        assert sheets is not None
        self.pages, keep_pages = sheets.placed(self.result.project, self.job, self._place)
        keep()
        keep_pages()

    def _place(self) -> Pages:
        self.placed = True
        return pipeline.place(self.result.project, self.world, self.job)


def job(loaded: Project, layout: str, language: str) -> Job:
    wish = pipeline.Wish(layouts=(layout,), languages=(language,), papers=("A4",))
    return pipeline.plan(loaded, wish)[0]


def plain(world: World, layout: str = "benefits-flyer", language: str = "en") -> bytes:
    """The sheet with nothing kept."""
    asked = {"project": world.cwd, "languages": (language,), "layouts": (layout,)}
    loaded = load_result(world, **asked).project  # type: ignore[arg-type]
    return pipeline.make(loaded, world, job(loaded, layout, language))


def entry(world: World) -> Path:
    """The file of the kept pages."""
    assert world.cache is not None
    return max(world.cache.glob("*.kept"), key=lambda path: b"GlyphRun" in path.read_bytes())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("layout", ["benefits-flyer", "class-handout", "topic-sheet"])
def test_the_second_sheet_is_the_first_one(here: World, layout: str, language: str) -> None:
    first = Sheet(here, layout, language)
    again = Sheet(here, layout, language)
    assert first.placed
    assert not again.placed
    assert again.pages == first.pages
    assert again.pages is not first.pages
    for name, face in first.pages.faces.items():
        assert again.pages.faces[name].file.data == face.file.data
    made = pipeline.render(again.pages)
    assert made == pipeline.render(first.pages) == plain(here, layout, language)


def test_neither_fonts_nor_the_environment_are_written_down(here: World) -> None:
    Sheet(here)
    data = entry(here).read_bytes()
    assert b"GlyphRun" in data
    assert b"hunter2" not in data
    assert OWN.read_bytes()[1000:1100] not in data
    assert len(data) < 300_000


def swap(path: Path, old: bytes, new: bytes) -> None:
    """Another content of the same size, with the old date."""
    assert len(old) == len(new)
    before = path.stat()
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def mended(package: Path) -> Iterator[None]:
    """Puts built-in files back as they were."""
    saved = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    yield
    for path, data in saved.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


CHANGES: Sequence[tuple[str, bytes, bytes]] = (
    ("project/brand.yaml", b"Little Hands", b"Little Feets"),
    ("project/logo.svg", b"h7v7z", b"h6v6z"),
    ("project/own.ttf", b"", b""),
    ("catalogue/locales/en.yaml", b"Scan to", b"Look to"),
    ("layouts/benefits-flyer.yaml", b"gap: 8", b"gap: 9"),
    ("drawings", b"", b""),
    ("fonts/noto-sans/NotoSans-Regular.ttf", b"", b""),
)


@pytest.mark.usefixtures("mended")
@pytest.mark.parametrize(("name", "old", "new"), CHANGES, ids=[one[0] for one in CHANGES])
def test_a_change_of_anything_is_followed(here: World, name: str, old: bytes, new: bytes) -> None:
    first = Sheet(here)
    own = name.startswith("project/")
    path = here.cwd / name.removeprefix("project/") if own else here.builtin / name
    if path.suffix == ".ttf":  # A rectangle around all letters, which nothing is measured by.
        old, new = _bounds(path.read_bytes())
    if name == "drawings":
        drawings = first.result.project.drawings
        path = next(path.rglob(f"{next(iter(drawings._read))}.svg"))  # type: ignore[attr-defined]
        old, new = b"<path", b"<Path"
        swap(path, old, new)
        with pytest.raises(HandoutsError):
            plain(here)
        with pytest.raises(HandoutsError):
            Sheet(here)
        return
    swap(path, old, new)
    after = Sheet(here)
    assert after.placed
    if path.suffix == ".ttf":
        assert path.read_bytes() in [face.file.data for face in after.pages.faces.values()]
    else:
        assert after.pages != first.pages
        assert pipeline.render(after.pages) == plain(here)
    assert not Sheet(here).placed


def _bounds(data: bytes) -> tuple[bytes, bytes]:
    """The table ``head`` of a font, and the same with another time of its making."""
    count = int.from_bytes(data[4:6], "big")
    records = [data[12 + 16 * n : 28 + 16 * n] for n in range(count)]
    start = next(int.from_bytes(one[8:12], "big") for one in records if one[:4] == b"head")
    head = data[start : start + 54]
    return head, head[:20] + bytes(8) + head[28:]


def test_another_day_job_or_program_is_another_sheet(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Sheet(here)
    tomorrow = replace(here, today=date(2026, 3, 2))
    assert Sheet(tomorrow).placed
    assert pipeline.render(Sheet(tomorrow).pages) == plain(tomorrow) != plain(here)
    assert Sheet(here).placed  # A sheet is kept for one day.
    assert not Sheet(here).placed
    loaded, _, sheets = load_kept(
        here, project=here.cwd, languages=("en",), layouts=("benefits-flyer",)
    )
    assert sheets is not None

    class PlacedError(Exception):
        pass

    def place() -> Pages:
        raise PlacedError

    for other in (
        replace(first.job, paper="Letter"),
        replace(first.job, allow_draft=True),
        replace(first.job, exclude=("sleep",)),
    ):
        with pytest.raises(PlacedError):
            sheets.placed(loaded.project, other, place)
    sheets.placed(loaded.project, first.job, place)
    stamp = program._stamp
    for part in ("compose/blocks/texts.py", "typeset/text/lines.py", "model/pages.py"):
        assert (program.PACKAGE / part).exists()
        with monkeypatch.context() as patch:
            patch.setattr(
                program,
                "_stamp",
                lambda path, status, part=part: (
                    stamp(path, status) if not path.endswith(part) else (path, 0, 0)
                ),
            )
            with pytest.raises(PlacedError):
                sheets.placed(loaded.project, first.job, place)
    for library in program.SETTING:
        with monkeypatch.context() as patch:
            patch.setattr(program, "_versions", lambda home, it=library: [f"{it}-9.dist-info"])
            with pytest.raises(PlacedError):
                sheets.placed(loaded.project, first.job, place)


@pytest.mark.usefixtures("mended")
def test_a_font_that_is_gone_is_the_same_error(here: World) -> None:
    Sheet(here)
    (here.builtin / "fonts/noto-sans/NotoSans-Regular.ttf").unlink()
    with pytest.raises(HandoutsError) as without:
        plain(here)
    with pytest.raises(HandoutsError) as kept:
        Sheet(here)
    assert kept.value.diagnostics == without.value.diagnostics


def test_a_damaged_sheet_is_no_sheet(here: World) -> None:
    first = Sheet(here)
    path = entry(here)
    data = path.read_bytes()
    evil = pickle.dumps(_Evil())
    for content in (
        b"",
        data[:5000],
        data[:-1] + bytes([data[-1] ^ 1]),
        entries.FORMAT + hashlib.sha256(evil).digest() + evil,
    ):
        path.write_bytes(content)
        again = Sheet(here)
        assert again.placed
        assert again.pages == first.pages
        assert not Sheet(here).placed
    assert not Path("pwned").exists()


class _Evil:
    def __reduce__(self) -> object:
        return os.mkdir, ("pwned",)


def test_letters_of_another_script_are_followed_into_its_fonts(tmp_path: Path) -> None:
    """The fonts of all scripts were looked into: a change in any of them counts."""
    folder = project(
        tmp_path / "project",
        {"brand.yaml": "name: Little Hands มือ\ncolor: {primary: '#1f5e5b'}\n"},
    )
    world = World(folder, date(2026, 3, 1), {"HANDOUTS_CACHE": str(tmp_path / "cache")})
    first = Sheet(world)
    again = Sheet(world)
    assert first.placed
    assert not again.placed
    assert any("Thai" in name for name in again.pages.faces)
    assert pipeline.render(again.pages) == pipeline.render(first.pages)
    assert b"noto-sans-hebrew" in entry(world).read_bytes()
