from __future__ import annotations

import pytest

from handouts.model.catalogue import Catalogue
from handouts.model.project import Project


@pytest.fixture(scope="session")
def catalogue(real_project: Project) -> Catalogue:
    return real_project.catalogue


@pytest.fixture(scope="session")
def english(real_project: Project) -> dict[str, str]:
    return {key: string.text for key, string in real_project.locales["en"].strings.items()}
