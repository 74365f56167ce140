"""Which files to make of a project, and what to call them: before anything is composed.

Apart from `handouts.pipeline`, so that a sheet that is kept (`handouts.load.sheets`) is found
without importing the stages that make one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.catalogue import Profile
from handouts.model.layout import Layout
from handouts.model.locale import default_paper
from handouts.model.project import Job, Project
from handouts.units import PAPERS


@dataclass(frozen=True, slots=True)
class Wish:
    """What to build. Empty means: what the project says, or else everything there is."""

    layouts: Sequence[str] = ()
    languages: Sequence[str] = ()
    brands: Sequence[str] = ()
    papers: Sequence[str] = ()
    profile: Profile | None = None
    parts: Sequence[str] = ()
    allow_draft: bool = False
    allow_stale: bool = False


def plan(project: Project, wish: Wish) -> tuple[Job, ...]:
    """The files to make, in a stable order.

    Raises:
        HandoutsError: for a layout, language, brand or paper that does not exist.
    """
    settings = project.settings
    layouts = tuple(wish.layouts) or settings.layouts or _own(tuple(project.layouts))
    languages = tuple(wish.languages) or settings.languages or tuple(project.locales)
    brands = tuple(wish.brands) or tuple(project.brands)
    profile = wish.profile or settings.profile
    _known("layout", layouts, project.layouts)
    _known("language", [tag for one in languages for tag in one.split("+")], project.locales)
    _known("brand", brands, project.brands)
    jobs = []
    for name, language, brand in product(layouts, languages, brands):
        layout = project.layouts[name]
        if "+" in language and not layout.bilingual:
            if wish.layouts:
                raise _one_language(project, layout)
            continue
        papers = tuple(wish.papers) or (settings.paper or default_paper(language.split("+")[0]),)
        for paper, part in product(papers, _parts(project, layout, wish.parts)):
            jobs.append(
                Job(
                    layout=name,
                    language=language,
                    brand=brand,
                    paper=_paper(layout, paper),
                    profile=profile,
                    part=part,
                    include=settings.include,
                    exclude=settings.exclude,
                    allow_draft=wish.allow_draft or "draft" in settings.allow,
                    allow_stale=wish.allow_stale or "stale" in settings.allow,
                )
            )
    return tuple(jobs)


def file_name(job: Job) -> str:
    """ASCII and unique among the jobs of one brand: ``benefits-flyer-de-A4.pdf``."""
    pieces = [job.layout, job.part, job.language, job.paper]
    if job.profile != "instructor":
        pieces.append(job.profile)
    return "-".join(piece for piece in pieces if piece) + ".pdf"


def _known(what: str, names: Sequence[str], there: Collection[str]) -> None:
    unknown = [name for name in names if name not in there]
    if unknown:
        raise HandoutsError(
            Diagnostic(
                f"unknown-{what}",
                f"there is no {what} '{name}'",
                f"choose one of {', '.join(there)}",
                exit_code=ExitCode.USAGE,
            )
            for name in unknown
        )


def _one_language(project: Project, layout: Layout) -> HandoutsError:
    able = [name for name in _own(tuple(project.layouts)) if project.layouts[name].bilingual]
    return HandoutsError(
        [
            Diagnostic(
                "one-language",
                f"layout '{layout.id}' is made for one language at a time",
                (f"choose one of {', '.join(able)}; or " if able else "")
                + "give the layout a section bilingual:",
                exit_code=ExitCode.USAGE,
            )
        ]
    )


def _own(layouts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in layouts if not name.startswith("_"))


def _parts(project: Project, layout: Layout, wanted: Sequence[str]) -> tuple[str, ...]:
    """Groups or weeks to make a file for, or ("",) for one file with all of them."""
    known = {
        "group": tuple(group.id for group in project.catalogue.groups),
        "week": tuple(week.id for week in project.catalogue.weeks),
        None: (),
    }[layout.for_each]
    chosen = tuple(part for part in known if part in wanted)
    if chosen:
        return chosen
    return known if layout.files == "each" else ("",)


def _paper(layout: Layout, paper: str) -> str:
    if paper in PAPERS and paper in layout.page.papers:
        return paper
    raise HandoutsError(
        [
            Diagnostic(
                "unknown-paper",
                f"layout '{layout.id}' is not made for paper '{paper}'",
                f"choose one of {', '.join(layout.page.papers)}",
                exit_code=ExitCode.USAGE,
            )
        ]
    )


__all__ = ["Wish", "file_name", "plan"]
