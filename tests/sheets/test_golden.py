"""Four sheets as listings a person can read, so that a change of layout shows as a few lines.

After a change that is meant, run ``pytest tests/sheets/test_golden.py --update-golden`` and read
the diff.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts import pipeline
from handouts.model.project import Project
from handouts.typeset.dump import dump
from handouts.world import World
from tests.sheets.sheets import find

GOLDEN = Path(__file__).parent / "golden"
SHEETS = {
    "flyer-en": ("benefits-flyer", "en", ""),
    "flyer-ar": ("benefits-flyer", "ar", ""),
    "topic-relaxes-zh-Hans": ("topic-sheet", "zh-Hans", "relaxes"),
    "class-week-1-de": ("class-handout", "de", "week-1"),
}


def listing(project: Project, world: World, sheet: str) -> str:
    """The dump, with columns that only align taken together to keep the files small."""
    layout, language, part = SHEETS[sheet]
    job = find(project, layout, language)
    if part:
        (job,) = (
            j
            for j in pipeline.plan(
                project,
                pipeline.Wish(
                    layouts=(layout,),
                    languages=(language,),
                    brands=("default",),
                    papers=("A4",),
                    parts=(part,),
                ),
            )
        )
    rows = dump(pipeline.place(project, world, job)).splitlines()
    return "\n".join(re.sub(r"(?<=\S) {2,}", "  ", row) for row in rows) + "\n"


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_listing_is_as_it_was(
    sheet: str, real_project: Project, real_world: World, request: pytest.FixtureRequest
) -> None:
    path = GOLDEN / f"{sheet}.txt"
    now = listing(real_project, real_world, sheet)
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, "utf-8")
        pytest.skip(f"written anew: {path.name}")
    assert len(now.splitlines()) > 80
    assert now == path.read_text("utf-8"), "meant? pytest tests/sheets --update-golden"
