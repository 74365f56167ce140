"""A project's own ``fonts/fonts.yaml`` over the built-in one, and languages beside scripts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from handouts.diagnostics import HandoutsError
from handouts.load import check_manifest, load_fonts, load_manifest
from handouts.load.fonts import Manifest
from handouts.model.fonts import FontIndex, LanguageSetting, ScriptSetting
from handouts.units import Length
from tests.load.scenes import REPOSITORY, project, world

NOTO = REPOSITORY / "fonts" / "noto-sans" / "NotoSans-Regular.ttf"
SUM = hashlib.sha256(NOTO.read_bytes()).hexdigest()
FAMILY = """\
families:
  - name: Own
    licence: OFL-1.1
    faces: [{file: own/a.ttf, weight: 400}]
"""


def manifest(folder: Path, text: str) -> Manifest:
    project(folder, {"fonts/fonts.yaml": text, "fonts/own/a.ttf": NOTO.read_bytes()})
    return load_manifest(world(folder), project=folder)


def said(folder: Path, text: str) -> list[str]:
    with pytest.raises(HandoutsError) as caught:
        manifest(folder, text)
    return [f"{one.place}: {one.message} [{one.code}]" for one in caught.value.diagnostics]


def test_a_projects_families_come_first(tmp_path: Path) -> None:
    made = manifest(tmp_path, FAMILY)
    assert made.families[0] == "Own"
    assert set(made.families[1:]) == set(load_manifest(world(tmp_path)).families)
    faces = load_fonts(world(tmp_path), None, None, ["Noto Sans"]).faces
    assert {face.family for face in faces} == {"Noto Sans"}
    made = manifest(tmp_path, FAMILY.replace("Own", "Noto Sans"))
    assert made.folders["Noto Sans"] == tmp_path / "fonts"
    assert made.families.count("Noto Sans") == 1


def test_what_a_project_says_of_a_script_goes_over_what_is_built_in(tmp_path: Path) -> None:
    text = FAMILY + "scripts:\n  Deva: {text: [Own, Noto Sans Devanagari], min_size: 13pt}\n"
    found, builtin = manifest(tmp_path, text), load_manifest(world(tmp_path))
    changed, before = found.setting("hi", "Deva"), builtin.setting("hi", "Deva")
    assert changed.text == changed.heading == ("Own", "Noto Sans Devanagari")
    assert changed.min_size == 13
    assert (changed.size, changed.leading) == (before.size, before.leading)
    assert found.setting("ar", "Arab") == builtin.setting("ar", "Arab")


def test_a_new_script_and_a_language(tmp_path: Path) -> None:
    text = FAMILY + "scripts: {Cher: {text: [Own]}}\nlanguages: {ur-PK: {leading: 2}}\n"
    found = manifest(tmp_path, text)
    assert found.setting("chr", "Cher").heading == ("Own",)
    assert found.setting("ur-PK", "Arab").leading == 2
    assert found.setting("ur-PK", "Arab").text[0] == "Noto Nastaliq Urdu"
    assert found.setting("ur", "Arab").leading < 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scripts: {deva: {text: [Own]}}", "5:11: 'deva' is no key of scripts [bad-value]"),
        ("scripts: {Cher: {size: 1.1}}", "5:11: script Cher names no families [missing-key]"),
        ("scripts: {Deva: {text: [Onw]}}", "5:25: there is no family 'Onw' [unknown-font]"),
        ("languages: {ur_PK: {size: 1}}", "5:13: 'ur_PK' is no key of languages [bad-value]"),
        ("languages: {ur: {sice: 1}}", "5:18: unknown key 'sice' [unknown-key]"),
    ],
)
def test_mistakes_have_places(tmp_path: Path, text: str, message: str) -> None:
    assert said(tmp_path, FAMILY + text + "\n") == [f"fonts/fonts.yaml:{message}"]


def test_a_family_twice(tmp_path: Path) -> None:
    twice = FAMILY + FAMILY.removeprefix("families:\n")
    assert said(tmp_path, twice) == ["fonts/fonts.yaml:5:11: 'Own' is there twice [duplicate-font]"]


@pytest.mark.parametrize(("digest", "right"), [(SUM, True), ("0" * 64, False)])
def test_checksums_of_a_projects_files(tmp_path: Path, digest: str, right: bool) -> None:
    manifest(tmp_path, FAMILY.replace("weight: 400", f"weight: 400, sha256: {digest}"))
    if right:
        check_manifest(world(tmp_path), project=tmp_path)
        return
    with pytest.raises(HandoutsError) as caught:
        check_manifest(world(tmp_path), project=tmp_path)
    assert [one.code for one in caught.value.diagnostics] == ["font-changed"]
    assert SUM in caught.value.diagnostics[0].hint


def test_the_most_specific_tag_wins() -> None:
    index = FontIndex(
        scripts={
            "Arab": ScriptSetting(("Naskh",), ("Naskh",)),
            "Latn": ScriptSetting(("S",), ("H",)),
        },
        families=("Naskh", "Nastaliq", "S", "H"),
        languages={
            "ur": LanguageSetting(script="Arab", text=("Nastaliq",), leading=1.5),
            "ur-PK": LanguageSetting(min_size=Length(12)),
        },
    )
    assert index.setting("ar", "Arab") == index.scripts["Arab"]
    urdu = index.setting("ur", "Arab")
    assert (urdu.text, urdu.heading, urdu.leading) == (("Nastaliq",), ("Nastaliq",), 1.5)
    assert urdu.min_size is None
    there = index.setting("ur-PK", "Arab")
    assert (there.text, there.leading, there.min_size) == (("Nastaliq",), 1.5, 12)
    # Urdu in Latin letters needs nothing of what its Arabic letters need.
    assert index.setting("ur-Latn", "Latn") == index.scripts["Latn"]
    with pytest.raises(KeyError):
        index.setting("chr", "Cher")
