"""A kept project is the project that would be loaded, or it is not used."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handouts.diagnostics import HandoutsError
from handouts.load import entries, load_kept, load_result, program, seen
from handouts.load.filed import LoadResult
from handouts.model.drawing import Drawing
from handouts.world import World
from tests.load.scenes import REPOSITORY, builtin_with, project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
BRAND = """\
name: Little Hands
color: {primary: '#1f5e5b'}
logo: {path: logo.svg, alt: Hands}
contact: {email: hello@example.org}
"""
LAYOUT = (REPOSITORY / "layouts" / "benefits-flyer.yaml").read_text("utf-8")
FONTS = """\
families:
  - name: Own
    licence: OFL-1.1
    faces: [{file: own/a.ttf, weight: 400}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a file of its own of each kind."""
    made = project(
        tmp_path / "project",
        {
            "handouts.yaml": "languages: [en]\npaper: A4\n",
            "brand.yaml": BRAND,
            "logo.svg": SVG,
            "layouts/benefits-flyer.yaml": LAYOUT,
            "locales/en.yaml": (REPOSITORY / "handouts/catalogue/locales/en.yaml").read_text(
                "utf-8"
            ),
            "fonts/fonts.yaml": FONTS,
        },
    )
    return made


@pytest.fixture
def here(tmp_path: Path, folder: Path) -> World:
    env = {"HANDOUTS_CACHE": str(tmp_path / "cache"), "SECRET": "hunter2 of the environment"}
    return World(folder, date(2026, 3, 1), env)


def asked(world: World, **more: Any) -> dict[str, Any]:
    own = world.cwd if (world.cwd / "handouts.yaml").exists() else None
    return {"project": own, "languages": ("en",), "layouts": ("benefits-flyer",), **more}


def kept(world: World, **more: Any) -> LoadResult:
    result, keep, _ = load_kept(world, **asked(world, **more))
    keep()
    return result


def files(world: World) -> list[Path]:
    assert world.cache is not None
    return sorted(world.cache.glob(f"*{entries.SUFFIX}")) if world.cache.is_dir() else []


def from_cache(world: World, half: str = "both", **more: Any) -> bool:
    """Whether the next load comes from the disk: both halves, or at least the ground."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handouts.load.project.Loader", _refuse)
        patch.setattr("handouts.load.project.load_result", _refuse)
        if half == "both":
            patch.setattr("handouts.load.branding.add_brands", _refuse)
        try:
            load_kept(world, **asked(world, **more))
        except _LoadedError:
            return False
    return True


class _LoadedError(Exception):
    """The project was read from its own files."""


def _refuse(*_: Any, **__: Any) -> None:
    raise _LoadedError


def same(one: LoadResult, other: LoadResult) -> bool:
    """Whether two loads gave the same, drawings and all."""
    for field in fields(one.project):
        mine, theirs = getattr(one.project, field.name), getattr(other.project, field.name)
        if dict(mine) != dict(theirs) if hasattr(mine, "keys") else mine != theirs:
            return False
    return one.warnings == other.warnings


def test_the_second_load_is_the_first_one(here: World) -> None:
    first = kept(here)
    assert len(files(here)) == 2
    assert from_cache(here)
    again = kept(here)
    assert same(again, first)
    assert same(again, load_result(here, **asked(here)))
    assert again.project.locales["en"].strings is not first.project.locales["en"].strings
    assert again.project.brands["brand"].place(("color", "primary")) == (  # type: ignore[attr-defined]
        first.project.brands["brand"].place(("color", "primary"))  # type: ignore[attr-defined]
    )


def edit(path: Path, old: str, new: str) -> None:
    """Another content of the same size, with the old date."""
    assert len(old.encode()) == len(new.encode())
    before = path.stat()
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"{old} is not in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("handouts.yaml", "A4", "A5"),
        ("brand.yaml", "Little Hands", "Little Feets"),
        ("logo.svg", "h7v7z", "h6v6z"),
        ("layouts/benefits-flyer.yaml", "A4", "A5"),
        ("locales/en.yaml", "Scan", "Open"),
        ("fonts/fonts.yaml", "name: Own", "name: Win"),
    ],
)
def test_an_edit_is_seen_though_size_and_date_are_the_same(
    here: World, folder: Path, name: str, old: str, new: str
) -> None:
    first = kept(here)
    assert from_cache(here)
    edit(folder / name, old, new)
    assert not from_cache(here)
    after = kept(here)
    assert not same(after, first)
    assert same(after, load_result(here, **asked(here)))
    edit(folder / name, new, old)
    assert same(kept(here), first)


@pytest.mark.parametrize("name", ["benefits", "references", "safety", "course"])
def test_an_edit_of_built_in_data_is_seen(tmp_path: Path, here: World, name: str) -> None:
    world = replace(here, builtin=builtin_with(tmp_path, {}))
    kept(world)
    assert from_cache(world)
    path = world.builtin / "catalogue" / f"{name}.yaml"
    path.write_text(path.read_text("utf-8") + "\n# a comment\n", "utf-8")
    assert not from_cache(world)


def test_an_edit_of_a_drawing_is_seen(tmp_path: Path, here: World) -> None:
    builtin = builtin_with(tmp_path, {})
    (builtin / "drawings").unlink()
    shutil.copytree(REPOSITORY / "handouts" / "drawings", builtin / "drawings")
    world = replace(here, builtin=builtin)
    result, keep, _ = load_kept(world, **asked(world))
    name = next(iter(result.project.drawings))
    drawn = result.project.drawings[name]
    keep()
    assert from_cache(world)
    with pytest.MonkeyPatch.context() as patch:  # It need not be read again either.
        patch.setattr("handouts.load.graphics.read", _refuse)
        assert kept(world).project.drawings[name] == drawn
    path = next((builtin / "drawings").rglob(f"{name}.svg"))
    path.write_text(SVG, "utf-8")
    assert not from_cache(world)
    changed: Drawing = kept(world).project.drawings[name]
    assert changed != drawn
    (builtin / "drawings" / "brand-new.svg").write_text(SVG, "utf-8")
    assert not from_cache(world)


def test_a_file_that_was_not_there_is_seen(tmp_path: Path, here: World) -> None:
    bare = project(tmp_path / "bare", {})
    world = replace(here, cwd=bare)
    kept(world)
    assert from_cache(world)
    for name, content in (
        ("layouts/benefits-flyer.yaml", LAYOUT),
        ("brand.yaml", BRAND.replace("logo: {path: logo.svg, alt: Hands}\n", "")),
        ("fonts/fonts.yaml", FONTS),
        ("locales/de.yml", "language: de\n"),
    ):
        project(bare, {name: content})
        assert not from_cache(world), name
        assert same(kept(world), load_result(world, **asked(world)))
        assert from_cache(world)
    (bare / "brand.yaml").unlink()
    assert not from_cache(world)
    assert "brand" not in kept(world).project.brands


def test_warnings_are_said_again_and_errors_never_kept(here: World, folder: Path) -> None:
    project(folder, {"locales/de.yml": "language: de\n"})
    first = kept(here)
    assert [one.code for one in first.warnings] == ["unread-file"]
    assert from_cache(here)
    assert kept(here).warnings == first.warnings
    count = len(files(here))
    edit(folder / "brand.yaml", "primary", "primery")
    for _ in range(2):
        with pytest.raises(HandoutsError, match="primery"):
            kept(here)
    assert len(files(here)) == count


def test_what_was_asked_for_is_part_of_it(here: World, tmp_path: Path) -> None:
    kept(here)
    assert not from_cache(here, overrides=("brand.name=Others",))
    assert not from_cache(here, layouts=("topic-sheet",))
    assert not from_cache(here, languages=("en", "de"))
    assert not from_cache(here, brands=("willow",))
    assert not from_cache(here, partial=True)
    assert kept(here, overrides=("brand.name=Others",)).project.brands["brand"].brand.name == (
        "Others"
    )
    assert kept(here).project.brands["brand"].brand.name == "Little Hands"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert not from_cache(replace(here, cwd=elsewhere))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", lambda: b"99.0"),
        ("_stamp", lambda path, status: (path, 1, 1)),
        ("_versions", lambda home: ["pyyaml-99.0.dist-info"]),
    ],
)
def test_another_program_does_not_use_it(
    here: World, monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    kept(here)
    assert from_cache(here)
    monkeypatch.setattr(program, name, value)
    assert not from_cache(here)


def test_the_program_is_known_by_its_code_and_libraries() -> None:
    folders, libraries = ("load", "model", "typeset"), (*program.READING, *program.SETTING)
    _, _, _, code, found, versions = program.state(folders, libraries)
    names = [path for path, _, _ in code]  # type: ignore[attr-defined]
    for part in ("load/yaml.py", "model/blocks.py", "units.py", "typeset/text/lines.py"):
        assert any(name.endswith(part) for name in names), part
    for library, stamp in zip(libraries, found, strict=True):  # type: ignore[call-overload]
        assert library in stamp[0]
        assert all(stamp)
    assert any(name.lower().startswith("pydantic") for name in versions)  # type: ignore[attr-defined]


def damage(data: bytes) -> Iterator[bytes]:
    yield b""
    yield data[: len(data) // 2]
    yield data[:-1] + bytes([data[-1] ^ 1])
    yield b"something else entirely"
    yield entries.FORMAT + bytes(32) + data[len(entries.FORMAT) + 32 :]
    body = pickle.dumps({}) + pickle.dumps("no project")[:5]
    yield entries.FORMAT + hashlib.sha256(body).digest() + body


def test_a_damaged_entry_is_no_entry(here: World) -> None:
    first = kept(here)
    for path in files(here):
        for content in damage(path.read_bytes()):
            path.write_bytes(content)
            assert not from_cache(here)
            assert same(kept(here), first)
            assert path.read_bytes().startswith(entries.FORMAT)
        assert from_cache(here)


class _Evil:
    def __reduce__(self) -> Any:
        return os.mkdir, ("pwned",)


def test_an_entry_runs_no_code(here: World, folder: Path) -> None:
    kept(here)
    for path in files(here):
        body = pickle.dumps(_Evil())
        path.write_bytes(entries.FORMAT + hashlib.sha256(body).digest() + body)
    assert not from_cache(here)
    assert not (folder / "pwned").exists()
    assert not Path("pwned").exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners on this system")
def test_what_is_not_ours_alone_is_not_used(
    here: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(here)
    path = files(here)[0]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o622)
    assert not from_cache(here)
    path.chmod(0o600)
    path.parent.chmod(0o777)
    assert not from_cache(here)
    path.parent.chmod(0o700)
    assert from_cache(here)
    moved = tmp_path / "moved"
    path.rename(moved)
    path.symlink_to(moved)
    assert not from_cache(here)
    path.unlink()
    moved.rename(path)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert not from_cache(here)


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(
    here: World, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for where in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/x")):
        world = replace(here, env={"HANDOUTS_CACHE": str(where)})
        assert same(kept(world), load_result(here, **asked(here)))
        assert not from_cache(world)
    off = replace(here, env={"HANDOUTS_CACHE": "off", "HOME": str(tmp_path)})
    kept(off)
    assert not from_cache(off)
    assert not (tmp_path / ".cache").exists()


def test_there_are_only_so_many(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_ENTRIES", 3)
    for number in range(5):
        kept(here, overrides=(f"project.output=number-{number}",))
        for path in files(here):
            if path.stat().st_mtime > 2_000_000:
                os.utime(path, (1_000_000 + number, 1_000_000 + number))
    assert len(files(here)) <= 3 + 1
    assert from_cache(here, overrides=("project.output=number-4",))
    assert not from_cache(here, overrides=("project.output=number-0",))
    monkeypatch.setattr(entries, "MAX_BYTES", 100)
    kept(here, overrides=("project.output=too-large",))
    assert not from_cache(here, "ground", overrides=("project.output=too-large",))


def test_the_environment_is_not_written_down(here: World) -> None:
    kept(here)
    assert len(files(here)) == 2
    assert not any(b"hunter2" in path.read_bytes() for path in files(here))


def test_where_it_is() -> None:
    def at(**env: str) -> Path | None:
        return World(Path("/here"), date(2026, 3, 1), env).cache

    assert at(HANDOUTS_CACHE="/x/y", HOME="/home/me") == Path("/x/y")
    assert at(HANDOUTS_CACHE="near") == Path("/here/near")
    for off in ("", "0", "off", "no"):
        assert at(HANDOUTS_CACHE=off, HOME="/home/me") is None
    assert at() is None
    if os.name == "posix":
        assert at(XDG_CACHE_HOME="/c", HOME="/home/me") == Path("/c/handouts")
        found = at(XDG_CACHE_HOME="relative", HOME="/home/me")
        assert found is not None
        assert found.is_relative_to("/home/me")


def test_every_question_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.svg").write_text("b")
    with seen.listening() as notes:
        assert seen.files(tmp_path, "*.yaml") == [tmp_path / "a.yaml"]
        assert seen.files(tmp_path, "**/*.svg") == [tmp_path / "sub" / "b.svg"]
        assert seen.files(tmp_path / "nowhere", "*.yaml") == []
        assert seen.is_file(tmp_path / "a.yaml")
        assert not seen.exists(tmp_path / "c")
        assert seen.is_folder(tmp_path / "sub")
        assert seen.real(tmp_path / "a.yaml") == (tmp_path / "a.yaml").resolve()
        seen.content(tmp_path / "a.yaml", b"a")
    assert len(notes) == 8
    assert seen.unchanged(notes)
    for change in (
        lambda: (tmp_path / "c").write_text(""),
        lambda: (tmp_path / "sub" / "c.svg").write_text(""),
        lambda: (tmp_path / "a.yaml").write_text("b"),
    ):
        saved = tmp_path.parent / "saved"
        shutil.copytree(tmp_path, saved)
        change()
        assert not seen.unchanged(notes)
        shutil.rmtree(tmp_path)
        saved.rename(tmp_path)
        assert seen.unchanged(notes)


def test_a_reader_looks_up_nothing_foreign(here: World) -> None:
    for thing in (os.system, io.open, shutil.rmtree, seen.files, load_result):
        reader = entries._Reader(io.BytesIO(pickle.dumps(thing)), here)
        with pytest.raises(pickle.UnpicklingError):
            reader.load()
    for module, name in (
        ("handouts.load.entries", "os.system"),
        ("handouts.load.entries", "Path"),
        ("handouts.load.seen", "files"),
    ):
        with pytest.raises(pickle.UnpicklingError):
            entries._Reader(io.BytesIO(), here).find_class(module, name)


def test_a_changed_brand_costs_no_more_than_reading_it(here: World, folder: Path) -> None:
    first = kept(here)
    edit(folder / "brand.yaml", "Little Hands", "Little Feets")
    assert from_cache(here, "ground")
    assert not from_cache(here)
    after = kept(here)
    assert same(after, load_result(here, **asked(here)))
    assert after.project.brands["brand"].brand.name == "Little Feets"
    assert from_cache(here)
    edit(folder / "brand.yaml", "Little Feets", "Little Hands")
    assert same(kept(here), first)
    assert from_cache(here, "ground", brands=("willow",))
    assert from_cache(here, "ground", overrides=("brand.name=Others",))
    assert not from_cache(here, "ground", overrides=("project.paper=A5",))
    edit(folder / "layouts/benefits-flyer.yaml", "A4", "A5")
    assert not from_cache(here, "ground")


def test_a_wrong_brand_upon_a_kept_ground_is_the_same_error(here: World, folder: Path) -> None:
    project(folder, {"locales/de.yml": "language: de\n"})
    kept(here)
    edit(folder / "brand.yaml", "primary", "primery")
    for more in ({}, {"brands": ("nobody",)}, {"overrides": ("brand.nonsense=1",)}):
        with pytest.raises(HandoutsError) as plain:
            load_result(here, **asked(here, **more))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("handouts.load.project.Loader", _refuse)
            with pytest.raises(HandoutsError) as upon:
                kept(here, **more)
        assert upon.value.diagnostics == plain.value.diagnostics
        assert "unread-file" in [one.code for one in upon.value.diagnostics]


def test_a_brand_is_checked_again_against_another_ground(here: World, folder: Path) -> None:
    texts = "texts: {en: {flyer.scan: 'Point here'}}\n"
    own = folder / "locales/en.yaml"
    assert "flyer.scan" in own.read_text("utf-8")
    (folder / "brand.yaml").write_text(BRAND + texts, "utf-8")
    kept(here)
    edit(own, "flyer.scan", "flyer.scam")
    with pytest.raises(HandoutsError) as plain:
        load_result(here, **asked(here))
    with pytest.raises(HandoutsError) as found:
        kept(here)
    assert found.value.diagnostics == plain.value.diagnostics
