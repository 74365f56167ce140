"""The files a pack is made from: which are taken, and none of them is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pypdf
import pytest
from pikepdf import Name

from handouts.cli import main
from handouts.diagnostics import ExitCode
from tests.packs.conftest import foreign_pdf
from tests.packs.foreign_files import with_fields, with_stream

PARTS = "languages: [en]\nparts:\n  - {layout: benefits-flyer}\n"
FLYER = ["pack", "--layout", "benefits-flyer", "--language", "en"]

Said = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772496000")
    (tmp_path / "rules.pdf").write_bytes(foreign_pdf(1))
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("filed", [False, True])
def test_a_pipe(here: Path, capsys: Said, filed: bool) -> None:
    os.mkfifo(here / "pipe.pdf")
    words = [*FLYER, "--insert", "pipe.pdf"]
    if filed:
        (here / "course.yaml").write_text(
            f"{PARTS}insert:\n  - {{file: pipe.pdf, title: Rules}}\n", "utf-8"
        )
        words = ["pack", "course.yaml"]
    assert main(words) == ExitCode.FILE
    said = capsys.readouterr().err
    assert "pipe.pdf is a device or pipe" in said
    assert "[not-a-file]" in said
    assert ("course.yaml:5:" in said) is filed


def test_a_device_and_a_folder(here: Path, capsys: Said) -> None:
    (here / "folder").mkdir()
    assert main([*FLYER, "--insert", os.devnull]) == ExitCode.FILE
    assert "[not-a-file]" in capsys.readouterr().err
    assert main([*FLYER, "--insert", "folder"]) == ExitCode.FILE
    assert "[unreadable-file]" in capsys.readouterr().err


@pytest.mark.parametrize("force", [[], ["--force"], ["--force", "-n"]])
@pytest.mark.parametrize("target", ["ours.pdf", "link.pdf", "folder/../ours.pdf"])
def test_a_pack_never_replaces_what_it_is_made_from(
    here: Path, capsys: Said, target: str, force: list[str]
) -> None:
    assert main(["build", "--layout", "benefits-flyer", "--language", "en", "-o", "ours.pdf"]) == 0
    (here / "folder").mkdir()
    (here / "link.pdf").symlink_to("ours.pdf")
    before = (here / "ours.pdf").read_bytes()
    assert main([*FLYER, "--insert", "ours.pdf", "-o", target, *force]) == ExitCode.FILE
    assert "[input-is-output]" in capsys.readouterr().err
    assert (here / "ours.pdf").read_bytes() == before
    assert main([*FLYER, "--insert", "ours.pdf", "-o", "new.pdf"]) == 0


def test_neither_the_pack_file_nor_its_inserts(here: Path, capsys: Said) -> None:
    (here / "course.yaml").write_text(
        f"{PARTS}insert:\n  - {{file: rules.pdf, title: Rules}}\n", "utf-8"
    )
    for target in ("course.yaml", "rules.pdf"):
        before = (here / target).read_bytes()
        assert main(["pack", "course.yaml", "--force", "-o", target]) == ExitCode.FILE
        assert "[input-is-output]" in capsys.readouterr().err
        assert (here / target).read_bytes() == before


def test_two_files_of_one_name(here: Path) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        text = b"BT /F1 20 Tf 50 500 Td (Place %s) Tj ET" % folder.encode()
        (here / folder / "rules.pdf").write_bytes(with_stream(text, None))
    words = [*FLYER, "--insert", "a/rules.pdf", "--insert", "b/rules.pdf", "-o", "x.pdf"]
    assert main(words) == 0
    texts = [page.extract_text() for page in pypdf.PdfReader("x.pdf").pages]
    assert [text for text in texts if text.startswith("Place")] == ["Place a", "Place b"]


def test_a_form_that_is_not_drawn_is_told_with_its_place(here: Path, capsys: Said) -> None:
    (here / "rules.pdf").write_bytes(with_fields({"FT": Name.Tx, "T": "name", "V": "Ada"}))
    (here / "course.yaml").write_text(
        f"{PARTS}insert:\n  - {{file: rules.pdf, title: Rules}}\n", "utf-8"
    )
    assert main(["pack", "course.yaml"]) == ExitCode.FILE
    said = capsys.readouterr().err
    assert "course.yaml:5:" in said
    assert "[form-not-drawn]" in said
