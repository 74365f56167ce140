"""What the manifest keeps, digests that tell values apart, and files that prove themselves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.batch.digests import SIZE, digest
from handouts.batch.events import Cause, Reason
from handouts.batch.inputs import PARTS, Inputs, why
from handouts.batch.intact import claims, is_intact
from handouts.batch.said import said, unsaid
from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity
from handouts.press import Press
from handouts.world import World
from tests.batch.scenes import DAY, batch, clinic, clinics, job, planned, project, source

WORLD = World(Path("/"), DAY, {})


def test_diagnostics_are_kept_whole() -> None:
    found = (
        Diagnostic("a", "message", "hint", Place("x.csv", 3, 4, "source"), Severity.WARNING),
        Diagnostic("b", "ünï", exit_code=ExitCode.FIT, string=("de", "flyer.title")),
    )
    assert unsaid(said(found)) == found
    assert said(()) is None
    assert unsaid(None) == ()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(values, values)
def test_digests_are_equal_when_values_are(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (repr(one) == repr(other))


def test_digests_are_the_same_in_another_process() -> None:
    code = (
        "from tests.batch.test_manifest import *\n"
        "print(digest(project().catalogue, project().layouts, project().locales['de']).hex())"
    )
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    mine = digest(project().catalogue, project().layouts, project().locales["de"]).hex()
    assert runs == {f"{mine}\n"}


def test_every_part_that_changes_is_named() -> None:
    before = bytes(SIZE * len(PARTS))
    assert why(before, before, job("willow")) is None
    for number, cause in enumerate(PARTS):
        after = bytearray(before)
        after[number * SIZE + SIZE - 1] = 1
        reason = why(bytes(after), before, job("willow"))
        assert reason is not None
        assert reason.cause is cause
    assert str(Reason(Cause.BRAND, "willow")) == "brand changed: willow"


def test_a_font_beyond_the_sheets_own_makes_all_fonts_count() -> None:
    inputs = Inputs(project(), WORLD, {})
    made = Press(project(), WORLD).make(job("default"))
    assert made.fonts
    assert not inputs.foreign(("en",), "default", made.fonts)
    assert inputs.foreign(("en",), "default", (*made.fonts, "0" * 64))
    assert inputs.foreign(("en",), "default", ())
    own = inputs.fonts(("en",), "default", foreign=False)
    assert own != inputs.fonts(("en",), "default", foreign=True)


def test_a_changed_font_file_makes_its_sheets_stale(tmp_path: Path) -> None:
    from handouts.load.fonts import Manifest

    batch(tmp_path / "out", source(clinics(1)))
    fonts = project().fonts
    assert isinstance(fonts, Manifest)
    family = fonts.setting("en", "Latn").text[0]
    moved = tmp_path / "fonts"
    for face in fonts.entries[family].faces:
        target = moved / face.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((fonts.folders[family] / face.file).read_bytes() + b"\0\0\0\0")
    other = replace(project(), fonts=replace(fonts, folders={**fonts.folders, family: moved}))
    with planned(tmp_path / "out", source(clinics(1), project=other)) as prepared:
        assert prepared.counts.causes == {Cause.FONTS: 2}


def test_a_logo_with_other_bytes_makes_its_clinic_stale() -> None:
    one = clinic(1, **{"logo.path": "logo.png"})
    drawing = next(iter(project().drawings.values()))
    other = replace(drawing, width=drawing.width + 1)
    digests = {
        Inputs(project(), WORLD, {"logo.png": logo}).of_clinic(one).digest
        for logo in (drawing, other)
    }
    assert len(digests) == 2


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_a_file_proves_itself(cut: int) -> None:
    data = Press(project(), WORLD).make(job("default")).data
    assert is_intact(data)
    assert "PDF/UA-1" in claims(data)
    assert not is_intact(data[cut:] + b"\n" if cut else data + b"%")
    assert not is_intact(data[: len(data) - cut - 1])
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    assert not is_intact(bytes(changed))
