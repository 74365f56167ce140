"""Every sheet the program ships, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from handouts import pipeline
from handouts.compose import compose
from handouts.model.document import Document
from handouts.model.pages import Pages
from handouts.model.project import Job, Project
from handouts.pdf import render
from handouts.world import World

PAPERS = ("A4", "Letter")
CORE = ("en", "es", "de", "ar", "zh-Hans")
"""Languages of which every sheet is made on both papers; of the others, one of each layout."""
PAIRS = ("es+en", "ar+en", "en+zh-Hans")
OTHER_BRANDS = (("willow", "de"), ("marisol", "es"))


@dataclass(frozen=True)
class Made:
    """A sheet at each stage of its making."""

    job: Job
    document: Document
    pages: Pages
    data: bytes


def name(job: Job) -> str:
    """``willow-benefits-flyer-de-A4``: unique among all sheets."""
    return f"{job.brand}-{pipeline.file_name(job).removesuffix('.pdf')}"


def jobs(project: Project) -> Iterator[Job]:
    """Layout × language × paper with the default brand; other brands, clinic, pairs beside."""
    for paper in PAPERS:
        wish = pipeline.Wish(brands=("default",), papers=(paper,), languages=CORE)
        yield from pipeline.plan(project, wish)
    for at, language in enumerate(tag for tag in project.locales if tag not in CORE):
        yield from sample(project, language, at)
    for at, pair in enumerate(PAIRS):
        yield from sample(project, pair, at)
    for (brand, language), paper in product(OTHER_BRANDS, PAPERS):
        wish = pipeline.Wish(brands=(brand,), languages=(language,), papers=(paper,))
        yield from pipeline.plan(project, wish)
    wish = pipeline.Wish(
        brands=("willow",), profile="clinic", allow_draft=True, papers=("A4",), languages=CORE
    )
    for job in pipeline.plan(project, wish):
        if job.layout != "class-handout" or job.language in ("en", "ar"):
            yield job


def sample(project: Project, language: str, at: int) -> Iterator[Job]:
    """A language's flyer, one of its topic sheets and one of its weeks, papers taking turns."""
    groups = [group.id for group in project.catalogue.groups]
    weeks = [week.id for week in project.catalogue.weeks]
    for step, (layout, part) in enumerate(
        (
            ("benefits-flyer", ()),
            ("topic-sheet", (groups[at % len(groups)],)),
            ("class-handout", (weeks[at % len(weeks)],)),
        )
    ):
        wish = pipeline.Wish(
            layouts=(layout,),
            languages=(language,),
            brands=("default",),
            papers=(PAPERS[(at + step) % 2],),
            parts=part,
        )
        yield from pipeline.plan(project, wish)


def make(project: Project, world: World, job: Job) -> Made:
    pages = pipeline.place(project, world, job)
    return Made(job, compose(project, job, date=world.date), pages, render(pages))


def find(project: Project, layout: str, language: str, **more: object) -> Job:
    """One job with the default brand on A4."""
    wish = pipeline.Wish(
        layouts=(layout,), languages=(language,), brands=("default",), papers=("A4",)
    )
    job = next(
        job for job in pipeline.plan(project, wish) if job.part == more.get("part", job.part)
    )
    return replace(job, **more)  # type: ignore[arg-type]
