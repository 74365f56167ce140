"""Wrong files beside what is said about them. Renew with ``python -m tests.load.test_wrong``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.load.scenes import WRONG, said_about

FILES = sorted(WRONG.glob("*.yaml"))


def test_there_are_wrong_files() -> None:
    assert len(FILES) >= 15


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_said(file: Path, tmp_path: Path) -> None:
    said = said_about(file, tmp_path)
    assert said.strip()
    assert said == file.with_suffix(".txt").read_text("utf-8")


if __name__ == "__main__":
    for one in FILES:
        with tempfile.TemporaryDirectory() as folder:
            one.with_suffix(".txt").write_text(said_about(one, Path(folder)), "utf-8")
