"""Languages of a project's own: what they may change, and what they need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.diagnostics import ExitCode
from handouts.load import load_result
from tests.load.scenes import REPOSITORY, codes, errors, project, world

LOCALES = REPOSITORY / "handouts" / "catalogue" / "locales"
ENGLISH = (LOCALES / "en.yaml").read_text("utf-8")
GERMAN = (LOCALES / "de.yaml").read_text("utf-8")


def reworded(name: str, text: str) -> str:
    """The English file with one string changed."""
    made, count = re.subn(rf"^(  {re.escape(name)}): .*$", rf"\1: {text}", ENGLISH, flags=re.M)
    assert count == 1
    return made


@pytest.mark.parametrize(
    "name",
    [
        "safety.fever-ill",
        "group.relief.lead",
        "group.relief.intro",
        "benefit.gas-colic.hedged",
        "evidence.note",
    ],
)
def test_no_project_rewords_claims_and_safety(name: str, tmp_path: Path) -> None:
    folder = project(tmp_path, {"locales/en.yaml": reworded(name, "All is well")})
    found = errors(folder)
    assert [d.code for d in found] == ["protected-text"]
    assert f"'{name}'" in found[0].message
    assert found[0].place
    assert found[0].place.path == "locales/en.yaml"


def test_a_project_may_reword_other_english(tmp_path: Path) -> None:
    folder = project(tmp_path, {"locales/en.yaml": reworded("flyer.cta.title", "Join us")})
    made = load_result(world(folder), project=folder, languages=["en"]).project
    assert made.locales["en"].strings["flyer.cta.title"].text == "Join us"


def test_own_english_is_complete(tmp_path: Path) -> None:
    folder = project(tmp_path, {"locales/en.yaml": "language: en\nstrings: {flyer.title: Hi}\n"})
    assert codes(folder) == ["missing-translation"]


def some(language: str, lines: int) -> str:
    """The first strings of the German file, under another name."""
    text = GERMAN.replace("language: de", f"language: {language}")
    return "".join(text.splitlines(keepends=True)[:lines])


def test_half_a_language_is_not_printed_but_counted(tmp_path: Path) -> None:
    folder = project(tmp_path, {"locales/fr.yaml": some("fr", 60)})
    found = errors(folder, languages=["fr"])
    assert [(d.code, d.exit_code) for d in found] == [("missing-translation", ExitCode.REVIEW)]
    made = load_result(world(folder), project=folder, languages=["fr"], partial=True).project
    english, french = made.locales["en"], made.locales["fr"]
    assert french.missing
    assert len(french.strings) + len(french.missing) == len(english.strings)


def test_a_script_needs_fonts(tmp_path: Path) -> None:
    cherokee = GERMAN.replace("language: de", "language: chr")
    folder = project(tmp_path, {"locales/chr.yaml": cherokee})
    found = errors(folder, languages=["chr"])
    assert [(d.code, d.exit_code) for d in found] == [("no-script-fonts", ExitCode.RESOURCE)]
    assert "Cher" in found[0].message


@pytest.mark.parametrize(("tag", "right"), [("DE", "de"), ("pt-br", "pt-BR")])
def test_tags_have_one_spelling(tag: str, right: str, tmp_path: Path) -> None:
    text = GERMAN.replace("language: de", f"language: {tag}")
    folder = project(tmp_path, {f"locales/{tag}.yaml": text})
    found = errors(folder, languages=[tag])
    assert [(d.code, d.hint) for d in found] == [("unknown-language", f"write {right}")]
