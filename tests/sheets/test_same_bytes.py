"""Same input, same bytes: again in this process, and in others with other hash seeds."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from handouts.model.project import Project
from handouts.world import World
from tests.sheets.sheets import Made, make

ROOT = Path(__file__).parents[2]
NAMES = (
    "default-benefits-flyer-ar-A4",
    "willow-benefits-flyer-de-Letter",
    "default-topic-sheet-relief-zh-Hans-A4",
    "default-class-handout-en-A4",
)
PROGRAM = """
import hashlib, sys
from datetime import date
from pathlib import Path
from handouts.load import load
from handouts.world import World
from tests.sheets.sheets import jobs, make, name

world = World(Path(sys.argv[1]), date(2026, 3, 2), {})
project = load(world, project=None, brands=("willow", "default"))
wanted = sys.argv[2:]
from tests.sheets import sheets
sheets.OTHER_BRANDS = (("willow", "de"),)
by_name = {name(job): job for job in jobs(project) if name(job) in wanted}
for one in wanted:
    print(one, hashlib.sha256(make(project, world, by_name[one]).data).hexdigest())
"""


def test_again_in_this_process(
    made: dict[str, Made], real_project: Project, real_world: World
) -> None:
    for name in NAMES:
        assert make(real_project, real_world, made[name].job).data == made[name].data, name


def test_in_another_process_with_another_hash_seed(made: dict[str, Made], tmp_path: Path) -> None:
    here = {name: hashlib.sha256(made[name].data).hexdigest() for name in NAMES}
    for seed, names in (("1", NAMES), ("4242", tuple(reversed(NAMES)))):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", PROGRAM, str(tmp_path), *names]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        there = dict(line.split() for line in done.stdout.splitlines())
        assert there == here, seed
