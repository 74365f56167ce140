"""Running the command in this process, with stages that cost nothing where they do not matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handouts.cli import main
from handouts.model.project import Job

PDF = b"%PDF-stand-in "


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty folder and gives what it printed."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: str) -> Result:
        code = main(list(arguments))
        return Result(code, *capfd.readouterr())

    return invoke


@dataclass
class Stages:
    """Stand-ins for setting and drawing; `fail` maps a language to what is raised for it."""

    placed: list[Job]
    fail: dict[str, BaseException]


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    found = Stages([], {})

    def place(project: Any, world: Any, job: Job) -> Any:
        found.placed.append(job)
        if job.language in found.fail:
            raise found.fail[job.language]
        return SimpleNamespace(pages=(None, None), job=job)

    def render(pages: Any) -> bytes:
        return PDF + pages.job.language.encode()

    def is_ours(source: Path) -> bool:
        return source.read_bytes().startswith(PDF)

    monkeypatch.setattr("handouts.pipeline.place", place)
    monkeypatch.setattr("handouts.pdf.render", render)
    monkeypatch.setattr("handouts.finish.is_ours", is_ours)
    return found


FLYER = ("--layout", "benefits-flyer")
ONE = (*FLYER, "--language", "en")
