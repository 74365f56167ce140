"""The command and the pack file, on the real data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handouts.cli import main
from handouts.diagnostics import ExitCode
from handouts.finish import inspect
from tests.packs.conftest import foreign_pdf

PACK = """\
title: {en: Spring course}
languages: [en]
parts:
  - {layout: class-handout, weeks: [1, 2]}
  - {layout: benefits-flyer}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772496000")
    (tmp_path / "course.yaml").write_text(PACK, "utf-8")
    return tmp_path


def test_a_pack_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "course.yaml", "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["path"] == "output/default/course.pdf"
    assert (file["layout"], file["status"], file["pages"]) == ("pack", "written", 9)
    found = inspect((here / file["path"]).read_bytes())
    assert (found.identity.title, found.pages) == ("Spring course", 9)
    assert found.claims == ("PDF/UA-1", "PDF/A-2u")


def test_options_go_before_the_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--title", "Mine", "--no-cover", "--start", "any", "--language", "de", "-o", "x.pdf"]
    assert main(["pack", "course.yaml", *options]) == 0
    assert capsys.readouterr().out == "x.pdf\n"
    found = inspect((here / "x.pdf").read_bytes())
    assert (found.identity.title, found.identity.language, found.pages) == ("Mine", "de", 6)


def test_a_language_without_a_title_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PACK.replace("title:", "subtitle: {de: Kurs}\ntitle:")
    (here / "course.yaml").write_text(text, "utf-8")
    assert main(["pack", "course.yaml", "-n", "--language", "de", "--language", "en-GB"]) == 0
    said = capsys.readouterr().err
    assert "course.yaml:2:8: warning: there is no title in de, a language of the cover" in said
    assert "course.yaml:1:11: warning: there is no subtitle in en-GB, a language of" in said
    assert "2 warnings" in said
    assert main(["pack", "course.yaml", "-n", "--title", "Kurs", "--language", "de"]) == 0
    assert "a language of the cover" not in capsys.readouterr().err


def test_by_hand(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["pack", "--layout", "class-handout", "--week", "1", "--language", "en", "-n"]
    assert main([*words, "--language", "es", "--size", "A4"]) == 0
    assert "would write      output/default/pack-en+es-A4.pdf" in capsys.readouterr().out
    assert not (here / "output").exists()


def test_foreign_pages_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "clinic-rules.pdf").write_bytes(foreign_pdf())
    words = ["pack", "--layout", "benefits-flyer", "--insert", "clinic-rules.pdf", "-o", "x.pdf"]
    assert main([*words, "-n"]) == 0
    assert "foreign-pages" in capsys.readouterr().err
    assert main(words) == 0
    said = capsys.readouterr().err
    for code in ("foreign-pages", "actions-left-out", "form-left-out"):
        assert f"[{code}]" in said
    assert main(["inspect", "x.pdf"]) == 0
    shown = capsys.readouterr().out
    assert "inserted  clinic-rules.pdf" in shown
    assert "claims" not in shown


def test_a_file_that_is_not_ours_is_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "x.pdf").write_bytes(b"mine")
    assert main(["pack", "course.yaml", "-o", "x.pdf"]) == ExitCode.FILE
    assert "[not-ours]" in capsys.readouterr().err
    assert (here / "x.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ("layout: benefits-flyer", "unknown-layout", 5),
        ("languages: [en]", "unknown-language", 2),
        ("title: {", "unknown-key", 1),
    ],
)
def test_mistakes_have_a_place(
    here: Path, capsys: pytest.CaptureFixture[str], change: str, code: str, line: int
) -> None:
    wrong = {
        "unknown-layout": "layout: benefits-flier",
        "unknown-language": "languages: [xx]",
        "unknown-key": "titel: {",
    }
    (here / "course.yaml").write_text(PACK.replace(change, wrong[code]), "utf-8")
    assert main(["pack", "course.yaml"]) == ExitCode.CONTENT
    said = capsys.readouterr().err
    assert f"course.yaml:{line}:" in said
    assert f"[{code}]" in said


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("layout: benefits-flyer, weeks: [9]", 5),
        ("layout: benefits-flyer, languages: [en, en+en]", 5),
        ("layout: topic-sheet, groups: [nope]", 5),
    ],
)
def test_what_no_option_said_stands_in_the_file(
    here: Path, capsys: pytest.CaptureFixture[str], change: str, line: int
) -> None:
    (here / "course.yaml").write_text(PACK.replace("layout: benefits-flyer", change), "utf-8")
    assert main(["pack", "course.yaml"]) == ExitCode.CONTENT
    said = capsys.readouterr().err
    assert f"course.yaml:{line}:" in said
    assert "--" not in said


@pytest.mark.parametrize("line", ["title: {xx: foo}", "subtitle: {zz: q}", "brand: nope"])
def test_names_at_the_top_that_are_none(
    here: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    (here / "course.yaml").write_text(PACK.replace("title: {en: Spring course}", line), "utf-8")
    assert main(["pack", "course.yaml"]) == ExitCode.CONTENT
    said = capsys.readouterr().err
    assert "course.yaml:1:" in said
    assert "[unknown-" in said


@pytest.mark.parametrize(
    ("insert", "code"),
    [
        ("{file: ../x.pdf, title: X}", "path-outside"),
        ("{file: x.pdf, title: X}", "no-such-file"),
        ("{file: course.yaml, title: X}", "not-a-pdf"),
        ("{file: x.pdf, title: X, after: 3}", "no-such-part"),
    ],
)
def test_inserts_that_cannot_be(
    here: Path, capsys: pytest.CaptureFixture[str], insert: str, code: str
) -> None:
    (here / "course.yaml").write_text(f"{PACK}insert:\n  - {insert}\n", "utf-8")
    assert main(["pack", "course.yaml"]) in (ExitCode.CONTENT, ExitCode.FILE)
    said = capsys.readouterr().err
    assert f"[{code}]" in said
    assert "course.yaml:7:" in said


@pytest.mark.parametrize(
    "words",
    [
        ["course.yaml", "--layout", "class-handout"],
        ["course.yaml", "-o", "x.pdf", "--output", "y"],
        ["--brand", "willow", "--brand", "marisol"],
        ["--layout", "benefits-flier"],
    ],
)
def test_options_that_cannot_be(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["pack", *words]) == ExitCode.USAGE
    assert "fix: " in capsys.readouterr().err
