"""Layouts have room for languages that need more of it, and stand on a mirrored page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from handouts import pipeline
from handouts.diagnostics import HandoutsError
from handouts.load import load
from handouts.model.locale import PSEUDO
from handouts.model.pages import GlyphRun, Pages
from handouts.model.project import Job, Project
from handouts.world import World
from tests.sheets.sheets import PAPERS


@pytest.fixture(scope="module")
def pseudo(real_world: World) -> Project:
    return load(real_world, project=None, brands=("default",), languages=list(PSEUDO))


Tried = dict[Job, Pages | HandoutsError]


@pytest.fixture(scope="module")
def tried(pseudo: Project, real_world: World) -> Tried:
    """Every layout and part on both papers, placed; or why it could not be."""
    return {job: place(pseudo, real_world, job) for job in jobs(pseudo)}


@pytest.fixture(scope="module")
def placed(tried: Tried) -> dict[Job, Pages]:
    return {job: pages for job, pages in tried.items() if isinstance(pages, Pages)}


def place(project: Project, world: World, job: Job) -> Pages | HandoutsError:
    try:
        return pipeline.place(project, world, job)
    except HandoutsError as error:
        return error


def jobs(project: Project) -> Iterator[Job]:
    for paper in PAPERS:
        wish = pipeline.Wish(languages=tuple(PSEUDO), brands=("default",), papers=(paper,))
        yield from pipeline.plan(project, wish)


def test_every_sheet_was_tried(tried: Tried, pseudo: Project) -> None:
    names = [name for name in pseudo.layouts if not name.startswith("_")]
    assert len(names) >= 3
    seen = {(job.layout, job.language, job.paper) for job in tried}
    assert len(seen) == len(names) * len(PSEUDO) * len(PAPERS)


def test_every_sheet_fits(tried: Tried) -> None:
    cramped = {
        pipeline.file_name(job): str(error)
        for job, error in tried.items()
        if isinstance(error, HandoutsError)
    }
    assert cramped == {}


def text(pages: Pages) -> str:
    runs = (item for page in pages.pages for item in page.items if isinstance(item, GlyphRun))
    return "".join(glyph.text for run in runs for glyph in run.glyphs)


def test_the_longer_language_is_printed_whole(placed: dict[Job, Pages]) -> None:
    """Every string's brackets are there, and accents were not lost on the way."""
    for job, pages in placed.items():
        if job.language == "en-XA":
            said = text(pages)
            assert said.count("[") == said.count("]") > 20, job
            assert "é" in said, job


def edges(pages: Pages) -> tuple[Counter[int], Counter[int]]:
    """Where lines of the first page begin, from the left; and where they end, from the right."""
    page = pages.pages[0]
    left: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for run in page.items:
        if isinstance(run, GlyphRun):
            width = sum(glyph.advance for glyph in run.glyphs) * run.size / 1000
            left[round(run.x)] += 1
            right[round(page.width - run.x - width)] += 1
    return left, right


def test_mirrored_pages_line_up_on_the_right(placed: dict[Job, Pages]) -> None:
    """As many lines share an edge on the right there as on the left otherwise."""
    seen = set()
    for job, pages in placed.items():
        left, right = (max(counts.values()) for counts in edges(pages))
        assert (right > left) == (job.language == "ar-XB"), (job, left, right)
        seen.add(job.language)
    assert seen == set(PSEUDO)
