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
    """Layout × language × paper with the default brand; the other brands and the clinic beside."""
    for paper in PAPERS:
        yield from pipeline.plan(project, pipeline.Wish(brands=("default",), papers=(paper,)))
    for (brand, language), paper in product(OTHER_BRANDS, PAPERS):
        wish = pipeline.Wish(brands=(brand,), languages=(language,), papers=(paper,))
        yield from pipeline.plan(project, wish)
    wish = pipeline.Wish(brands=("willow",), profile="clinic", allow_draft=True, papers=("A4",))
    for job in pipeline.plan(project, wish):
        if job.layout != "class-handout" or job.language in ("en", "ar"):
            yield job


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
