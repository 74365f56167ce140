"""Every language beside English, in every layout, on both papers: it fits."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from handouts import pipeline
from handouts.diagnostics import HandoutsError
from handouts.model.project import Project
from handouts.world import World
from tests.sheets.sheets import PAPERS

WIDE = ("ta", "ur", "km", "my", "fr", "de")
"""Languages that need most room."""


def failures(project: Project, world: World, pairs: list[str]) -> list[str]:
    found, seen = [], 0
    for pair in pairs:
        for paper in PAPERS:
            wish = pipeline.Wish(languages=(pair,), brands=("willow",), papers=(paper,))
            for job in pipeline.plan(project, wish):
                if job.layout == "class-handout":
                    job = replace(job, part="week-2")  # the fullest
                seen += 1
                try:
                    pipeline.place(project, world, job)
                except HandoutsError as error:
                    found.append(f"{pair} {job.layout} {job.part} {paper}: {error}")
    assert seen == len(pairs) * len(PAPERS) * 7
    return found


def test_the_widest_languages_fit_beside_english(real_project: Project, real_world: World) -> None:
    assert failures(real_project, real_world, [f"{tag}+en" for tag in WIDE[:2]]) == []


@pytest.mark.full
@pytest.mark.skipif(not os.environ.get("HANDOUTS_FULL"), reason="HANDOUTS_FULL is not set")  # noqa: TID251
def test_every_language_fits_beside_english(real_project: Project, real_world: World) -> None:
    tags = [tag for tag in real_project.locales if not tag.startswith("en")]
    assert len(tags) >= 30
    assert failures(real_project, real_world, [f"{tag}+en" for tag in tags]) == []
