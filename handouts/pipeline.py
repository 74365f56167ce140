"""The order of the stages: load, compose, typeset, pdf. A screen of code, on purpose.

``load`` is called once by whoever has a project; everything after it is a pure function of the
project, the job and the date, so its result can be kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from handouts.compose import compose, default_paper
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.load import load_fonts
from handouts.model.brand import FamilyChoice
from handouts.model.catalogue import Profile
from handouts.model.document import Document
from handouts.model.fonts import ScriptSetting
from handouts.model.layout import Layout
from handouts.model.pages import Pages
from handouts.model.project import Job, LoadedBrand, Project
from handouts.typeset import typeset
from handouts.units import PAPERS
from handouts.world import World


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


def place(project: Project, world: World, job: Job) -> Pages:
    """Compose and typeset: everything that can go wrong with a sheet goes wrong here."""
    return set_pages(project, world, job, composed(project, world, job))


def composed(project: Project, world: World, job: Job) -> Document:
    """The words and boxes of a sheet, before anything has a place."""
    return compose(project, job, date=world.date)


def set_pages(project: Project, world: World, job: Job, document: Document) -> Pages:
    """A sheet's document on its pages."""
    brand = project.brands[job.brand]
    settings = [project.fonts.setting(t, project.locales[t].script) for t in job.languages]
    try:
        return typeset(document, load_fonts(world, project, brand, _own_families(settings, brand)))
    except HandoutsError as error:
        if any(one.code != "missing-glyph" for one in error.diagnostics):
            raise
        # A name in another script: only now are the fonts of all scripts worth reading.
        return typeset(document, load_fonts(world, project, brand, project.fonts.families))


def render(pages: Pages) -> bytes:
    """A finished PDF. ReportLab is imported when the first one is wanted, not before."""
    from handouts import pdf

    return pdf.render(pages)


def make(project: Project, world: World, job: Job) -> bytes:
    """All stages after ``load``."""
    return render(place(project, world, job))


def file_name(job: Job) -> str:
    """ASCII and unique among the jobs of one brand: ``benefits-flyer-de-A4.pdf``."""
    pieces = [job.layout, job.part, job.language, job.paper]
    if job.profile != "instructor":
        pieces.append(job.profile)
    return "-".join(piece for piece in pieces if piece) + ".pdf"


def _own_families(settings: Iterable[ScriptSetting], brand: LoadedBrand) -> tuple[str, ...]:
    """The families the sheet's scripts are set in, and those the brand chose."""
    chosen = (brand.brand.typography.base, brand.brand.typography.headings)
    names = (one.family if isinstance(one, FamilyChoice) else one for one in chosen if one)
    own = (name for setting in settings for name in (*setting.text, *setting.heading))
    return tuple(dict.fromkeys((*own, *names)))


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


__all__ = ["Wish", "composed", "file_name", "make", "place", "plan", "render", "set_pages"]
