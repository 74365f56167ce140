"""Commands that contradict themselves, and places where nothing can be done: told, never traced."""

from __future__ import annotations

from pathlib import Path

import pytest

import handouts.cli.app
from handouts.cli import main
from tests.cli.conftest import Run, Stages

GERMAN = Path(__file__).resolve().parents[2] / "handouts" / "catalogue" / "locales" / "de.yaml"


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--json", "--jsonl"),
        ("build", "--jsonl", "--github"),
        ("list", "--config", "here", "--no-config"),
        ("build", "-n", "--config", "here", "--no-config"),
    ],
)
def test_what_contradicts_itself_is_said(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert "contradict each other" in result.err + result.out


def test_a_form_may_be_said_twice(run: Run) -> None:
    assert run("list", "layouts", "--json", "--json").code == 0


def test_config_alone_is_help(run: Run) -> None:
    result = run("config")
    assert result.code == 0
    assert "config show --resolved" in result.out
    assert not result.err


def test_the_start_of_a_tag_is_enough_to_guess(run: Run) -> None:
    result = run("build", "--language", "zh")
    assert result.code == 2
    assert "did you mean zh-Hans?" in result.err


def test_a_value_that_is_no_utf_8(run: Run) -> None:
    result = run("build", "-n", "--set", "brand.name=a\udcff")
    assert result.code == 2
    assert "not UTF-8" in result.err


def test_the_folder_is_gone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = run("list", "layouts")
    assert result.code == 4
    assert "not there any more" in result.err
    monkeypatch.chdir(tmp_path)


def test_ctrl_c_while_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(handouts.cli.app, "run", run)
    assert main(["list"]) == 130


def test_half_a_language_is_listed(run: Run, tmp_path: Path) -> None:
    half = GERMAN.read_text("utf-8").replace("language: de", "language: fr")
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "fr.yaml").write_text("\n".join(half.splitlines()[:60]), "utf-8")
    (tmp_path / "handouts.yaml").write_text("languages: [en]\n", "utf-8")
    result = run("list", "languages")
    assert result.code == 0
    french = next(line for line in result.out.splitlines() if line.startswith("fr "))
    assert "0 missing" not in french
    assert "100%" not in french


def test_output_in_the_home_folder(
    run: Run, stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "handouts.yaml").write_text("output: ~/handouts\n", "utf-8")
    result = run("build", "--layout", "benefits-flyer", "--language", "en")
    assert result.code == 0
    assert list((tmp_path / "home" / "handouts").rglob("*.pdf"))


def test_the_next_line_to_type_can_be_typed(run: Run) -> None:
    assert "build --config 'My clinic'" in run("new", "My clinic").err
