from __future__ import annotations

import base64
import errno
import io
import os
import re
import stat
from importlib.resources import files
from pathlib import Path

import pytest
from PIL import Image

from handouts import pipeline
from handouts.model.project import Job, Project
from handouts.report import Entry, Ledger
from handouts.report.page import _units, write
from handouts.world import World
from tests.report.scenes import ARABIC, NASTY, data, fill, head, path_of, paths


def _nothing(path: str) -> bytes:
    raise FileNotFoundError(path)


def _written(folder: Path, **values: object) -> Path:
    page = folder / "report.html"
    with Ledger() as ledger:
        fill(ledger)
        assert write(page, head(**values), ledger, _nothing) == page.stat().st_size
    return page


def test_what_is_in_it(tmp_path: Path) -> None:
    page = _written(tmp_path)
    found = data(page)
    assert set(found) == {"head", "outputs", "tables", "issues", "pictures"}
    assert len(found["outputs"]) == 18
    assert path_of(ARABIC, "poster", "es") in paths(found["outputs"])
    assert found["head"]["statuses"] == {"written": 3, "failed": 1, "refused": 1, "unchanged": 13}
    assert found["tables"]["language"] == ["ar", "en", "es"]
    called = dict(zip(found["tables"]["brand"], found["tables"]["called"], strict=True))
    assert called == {"north": f"Clinic of the North {NASTY}", "süd": "", ARABIC: ""}
    failed = found["outputs"][paths(found["outputs"]).index(path_of("north", "poster", "en"))]
    assert found["tables"]["status"][failed[0]] == "failed"
    assert [one["code"] for one in found["issues"]] == [
        "does-not-fit",
        "unknown-colour",
        "unreviewed",
    ]
    assert found["issues"][0]["line"] == 3
    assert "runs" not in found["issues"][1]
    assert found["pictures"] == []


def test_nothing_can_get_out_of_the_json(tmp_path: Path) -> None:
    text = _written(tmp_path).read_text("utf-8")
    assert NASTY not in text
    assert text.count("<script") == 6 == text.count("</script")
    assert "<img" not in text


def test_it_asks_nothing_of_the_network(tmp_path: Path) -> None:
    text = _written(tmp_path).read_text("utf-8")
    assert "default-src 'none'" in text
    addresses = set(re.findall(r"https?://[^\"'\s<)]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}  # A name, not a place.
    assert not re.search(r"<link|@import|url\(|\bsrc=\"(?!data:)", text)


def test_an_older_report_stays_when_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _written(tmp_path)
    before = page.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("handouts.report.page.os.replace", full)
    with pytest.raises(OSError, match="full"):
        _written(tmp_path)
    assert page.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told otherwise")
def test_what_a_killed_one_left_is_removed_but_not_what_is_being_written(tmp_path: Path) -> None:
    left, new, other = (
        tmp_path / f".handouts-{name}.part" for name in ("report.html-1", "report.html-2", "0123")
    )
    for one in (left, new, other):
        one.write_bytes(b"half")
    for one in (left, other):
        os.utime(one, (1.0, 1.0))
    _written(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {"report.html", new.name, other.name}


def test_it_can_be_read_by_whom_new_files_can(tmp_path: Path) -> None:
    page = _written(tmp_path / "new")
    beside = tmp_path / "new" / "beside"
    beside.touch()
    assert stat.S_IMODE(page.stat().st_mode) == stat.S_IMODE(beside.stat().st_mode)


GROUNDS = {
    "ink": ("paper", "tint", "warm", "sun"),
    "muted": ("paper", "tint", "warm", "sun"),
    "link": ("paper", "tint", "warm", "sun"),
    "accent": ("paper", "tint", "warm"),
    "caution": ("paper", "tint", "sun"),
    "on-primary": ("primary", "primary-2"),
}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(mode: str) -> None:
    style = files("handouts.report").joinpath("page.css").read_text("utf-8")
    found = re.findall(r":root \{(.*?)\}", style, re.S)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", one)) for one in found[:2])
    colours = light if mode == "light" else light | dark
    pairs = [(text, ground) for text, grounds in GROUNDS.items() for ground in grounds]
    faint = [pair for pair in pairs if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert faint == []


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: the contrast ratio of two colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_an_empty_batch(tmp_path: Path) -> None:
    with Ledger() as ledger:
        write(tmp_path / "r.html", head(), ledger, _nothing)
    assert data(tmp_path / "r.html")["outputs"] == []


def test_paths_are_told_by_what_they_share(tmp_path: Path) -> None:
    names = ["a/😀x-en.pdf", "a/😀x-es.pdf", "a/😀y.pdf", "b.pdf", "b.pdf.pdf"]
    with Ledger() as ledger:
        for name in names:
            ledger.enter(Entry(name, "unchanged"))
        write(tmp_path / "r.html", head(), ledger, _nothing)
    assert paths(data(tmp_path / "r.html")["outputs"]) == sorted(names)
    assert _units("a😀") == 3


def test_many_outputs_stay_small(tmp_path: Path) -> None:
    """The size grows with the outputs alone: a tenth is measured here."""
    with Ledger() as ledger:
        for clinic in range(1000):
            for language in ("en", "es", "de", "fr", "ar", "zh-Hans", "ja", "ko", "pt", "ru"):
                name = f"a-rather-long-name-of-a-clinic-{clinic:05}"
                path = f"{name}/benefits-flyer-{language}-A4.pdf"
                ledger.enter(
                    Entry(path, "written", "benefits-flyer", language, name, "A4", "instructor",
                          "", f"brand changed: {name}", 2, 52_455)
                )  # fmt: skip
        size = write(tmp_path / "r.html", head(), ledger, _nothing)
    assert size < 1_500_000


def test_pictures_of_real_sheets(tmp_path: Path, real_project: Project, real_world: World) -> None:
    sheet = pipeline.make(
        real_project, real_world, Job("benefits-flyer", "en", "default", "A4", "instructor")
    )
    broken = path_of("süd", "flyer", "ar")

    def read(path: str) -> bytes:
        return b"%PDF-1.7 broken" if path == broken else sheet

    asked: list[int] = []
    with Ledger() as ledger:
        fill(ledger)
        write(tmp_path / "r.html", head(), ledger, read, limit=7, step=asked.append)
    found = data(tmp_path / "r.html")["pictures"]
    assert asked == [1, 2, 3, 4, 5, 6]
    assert len(found) == 6
    assert broken not in dict(found)
    assert path_of("north", "poster", "en") not in dict(found), "it failed, so there is no file"
    image = Image.open(io.BytesIO(base64.b64decode(found[0][1].split(",")[1])))
    assert abs(image.width - 240) <= 1
    assert len({colour for _, colour in image.convert("RGB").getcolors(1 << 20) or ()}) > 100
