"""Killed at random moments, a batch that goes on ends with the bytes of one nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts.batch.engines.local import LocalEngine
from handouts.batch.intact import is_intact
from handouts.batch.run import execute
from tests.batch.scenes import (
    batch,
    clinics,
    files,
    leftovers,
    planned,
    source,
)

ROOT = Path(__file__).parents[2]
COUNT = 60

COORDINATOR = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from datetime import date
from pathlib import Path
from handouts.batch.engines.local import LocalEngine
from handouts.batch.run import execute
from tests.batch.scenes import clinics, planned, source

def tell(event):
    # In one piece: a signal could come between the word of a print and the end of its line.
    sys.stdout.write("event\\n")
    sys.stdout.flush()

if __name__ == "__main__":
    day = date(2026, 3, int(sys.argv[3]))
    with planned(Path(sys.argv[1]), source(clinics({COUNT}), day=day)) as prepared:
        summary = execute(prepared, LocalEngine(int(sys.argv[2])), tell)
    print("done", summary.failed, int(summary.exit_code), flush=True)
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    summary, _ = batch(folder, source(clinics(COUNT)))
    assert summary.written == 2 * COUNT
    return files(folder)


def started(tmp_path: Path, out: Path, processes: int, day: int) -> subprocess.Popen[str]:
    script = tmp_path / "coordinator.py"
    script.write_text(COORDINATOR)
    return subprocess.Popen(
        [sys.executable, script, out, str(processes), str(day)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_coordinator(tmp_path: Path, undisturbed: dict[str, str], processes: int) -> None:
    """SIGKILL after so many events; the workers find out by themselves. Days later it goes on."""
    dice = random.Random(processes)
    out = tmp_path / "out"
    for day in (2, 3):
        process = started(tmp_path, out, processes, day)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(dice.randint(1, 40))]
        time.sleep(dice.random() / 50)
        process.kill()
        _, errors = process.communicate()
        assert lines == ["event\n"] * len(lines), errors
        there = files(out)
        assert 0 < len(there) < 2 * COUNT
        for path in there:
            assert is_intact((out / path).read_bytes()), path
    with planned(out, source(clinics(COUNT))) as prepared:
        assert prepared.resumed
        # Nothing was lost or is taken for somebody else's, whatever the moment was.
        assert prepared.counts.refused == 0
        assert prepared.counts.to_write + prepared.counts.unchanged == 2 * COUNT
        summary = execute(prepared, LocalEngine(1))
    assert summary.failed == 0
    assert files(out) == undisturbed
    assert leftovers(out) == []


def test_ctrl_c_ends_all_in_good_order(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    """As on a terminal: the signal goes to every process of the group."""
    out = tmp_path / "out"
    process = started(tmp_path, out, 2, 2)
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    said, errors = process.communicate(timeout=30)
    assert said.splitlines()[-1] == "done 0 130", errors
    assert "Traceback" not in errors
    assert leftovers(out) == []
    summary, _ = batch(out, source(clinics(COUNT)))
    assert summary.failed == 0
    assert files(out) == undisturbed
