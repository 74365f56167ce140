from __future__ import annotations

import pytest

from handouts.model.project import Project
from handouts.world import World
from tests.sheets.sheets import Made, jobs, make, name


@pytest.fixture(scope="session")
def made(real_project: Project, real_world: World) -> dict[str, Made]:
    """All sheets, by name."""
    return {name(job): make(real_project, real_world, job) for job in jobs(real_project)}
