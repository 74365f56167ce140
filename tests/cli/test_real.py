from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from handouts.world import World

ROOT = Path(__file__).parents[2]


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), *arguments],
        cwd=folder,
        env={**World.system().env, "SOURCE_DATE_EPOCH": "1772496000"},
        capture_output=True,
        check=False,
    )


def test_a_flyer_from_the_script_people_run(tmp_path: Path) -> None:
    """Build, build again over it, inspect it, and the same bytes on standard output."""
    one = ("build", "--layout", "benefits-flyer", "--language", "en")
    first = _run(tmp_path, *one, "--json")
    assert first.returncode == 0, first.stderr.decode()
    (file,) = json.loads(first.stdout)["files"]
    path = tmp_path / file["path"]
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert (file["status"], file["bytes"], file["pages"]) == ("written", len(data), 1)

    again = _run(tmp_path, *one, "--json")
    assert json.loads(again.stdout)["files"][0]["status"] == "overwritten"
    assert path.read_bytes() == data

    stream = _run(tmp_path, *one, "-o", "-")
    assert stream.stdout == data

    facts = json.loads(_run(tmp_path, "inspect", str(path), "--json").stdout)
    assert (facts["layout"], facts["language"], facts["pages"]) == ("benefits-flyer", "en", 1)
