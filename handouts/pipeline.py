"""The order of the stages: load, compose, typeset, pdf. A screen of code, on purpose.

``load`` is called once by whoever has a project; everything after it is a pure function of the
project, the job and the date, so its result can be kept. A stage is imported when it is first
needed: a sheet whose pages were kept is only drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from handouts.diagnostics import HandoutsError
from handouts.load import load_fonts
from handouts.model.brand import FamilyChoice
from handouts.model.document import Document
from handouts.model.fonts import FontLibrary, ScriptSetting
from handouts.model.pages import Pages
from handouts.model.project import Job, LoadedBrand, Project
from handouts.plan import Wish, file_name, plan
from handouts.world import World

if TYPE_CHECKING:
    from handouts.typeset import Typeset


def place(project: Project, world: World, job: Job) -> Pages:
    """Compose and typeset: everything that can go wrong with a sheet goes wrong here."""
    return set_pages(project, world, job, composed(project, world, job))


def composed(project: Project, world: World, job: Job) -> Document:
    """The words and boxes of a sheet, before anything has a place."""
    from handouts.compose import compose

    return compose(project, job, date=world.date)


def set_pages(project: Project, world: World, job: Job, document: Document) -> Pages:
    """A sheet's document on its pages."""
    from handouts.typeset import typeset

    try:
        return typeset(document, _own_fonts(project, world, job))
    except HandoutsError as error:
        if any(one.code != "missing-glyph" for one in error.diagnostics):
            raise
        # A name in another script: only now are the fonts of all scripts worth reading.
        brand = project.brands[job.brand]
        return typeset(document, load_fonts(world, project, brand, project.fonts.families))


def set_to_keep(project: Project, world: World, job: Job, document: Document) -> Typeset | None:
    """The same with what `retypeset` needs; None when it needs the fonts of other scripts."""
    from handouts.typeset import typeset_to_keep

    try:
        return typeset_to_keep(document, _own_fonts(project, world, job))
    except HandoutsError as error:
        if any(one.code != "missing-glyph" for one in error.diagnostics):
            raise
        return None


def render(pages: Pages) -> bytes:
    """A finished PDF."""
    from handouts import pdf

    return pdf.render(pages)


def make(project: Project, world: World, job: Job) -> bytes:
    """All stages after ``load``."""
    return render(place(project, world, job))


def families(project: Project, tags: Iterable[str], brand: LoadedBrand) -> tuple[str, ...]:
    """The families that sheets in these languages are set in."""
    settings = [project.fonts.setting(t, project.locales[t].script) for t in tags]
    return _own_families(settings, brand)


def _own_fonts(project: Project, world: World, job: Job) -> FontLibrary:
    """The fonts of the sheet's scripts and of its brand."""
    brand = project.brands[job.brand]
    settings = [project.fonts.setting(t, project.locales[t].script) for t in job.languages]
    return load_fonts(world, project, brand, _own_families(settings, brand))


def _own_families(settings: Iterable[ScriptSetting], brand: LoadedBrand) -> tuple[str, ...]:
    """The families the sheet's scripts are set in, and those the brand chose."""
    chosen = (brand.brand.typography.base, brand.brand.typography.headings)
    names = (one.family if isinstance(one, FamilyChoice) else one for one in chosen if one)
    own = (name for setting in settings for name in (*setting.text, *setting.heading))
    return tuple(dict.fromkeys((*own, *names)))


__all__ = [
    "Wish",
    "composed",
    "families",
    "file_name",
    "make",
    "place",
    "plan",
    "render",
    "set_pages",
]
