"""The sheets a translation is tried on: every layout and part, on A4 and Letter.

Statuses do not matter for whether a text has room, so gates that look at them are satisfied
beforehand; what a language still lacks is set in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from handouts.diagnostics import HandoutsError
from handouts.load import load_result
from handouts.model.catalogue import Profile
from handouts.model.document import Document, Text
from handouts.model.locale import SOURCE_LANGUAGE, Locale, LocaleString
from handouts.model.project import Job, Project
from handouts.pipeline import Wish, composed, plan
from handouts.translate.trace import mapped
from handouts.world import World

PAPERS = ("A4", "Letter")
PROFILES: tuple[Profile, ...] = ("instructor", "clinic")
EXAMPLE = "willow"
"""The built-in brand with every contact, hours, a class and a QR code."""


def with_locale(project: Project, locale: Locale) -> Project:
    """The project with a language as it would be printed were it released.

    Drafts stay drafts, since a sheet says so on it; what a program made counts as one, and no
    string is stale.
    """
    english = project.locales[SOURCE_LANGUAGE].strings
    strings = {}
    for name, source in english.items():
        found = locale.strings.get(name)
        if found is None:
            found = LocaleString(source.text, "draft")
        status = "draft" if found.status == "machine" else found.status
        strings[name] = LocaleString(found.text, status)
    ready = replace(locale, strings=strings, missing=())
    return replace(project, locales=MappingProxyType({**project.locales, locale.tag: ready}))


def with_example(project: Project, world: World) -> Project:
    """The project with a brand beside its own that gives everything a brand can give.

    Labels of addresses, opening hours and dates print only where there are some.
    """
    examples = load_result(world, project=None, brands=(EXAMPLE,), languages=(), layouts=())
    return replace(project, brands={**examples.project.brands, **project.brands})


def jobs(project: Project, tag: str, *, brief: bool = False) -> Iterator[Job]:
    """Every sheet a language prints: each layout and part on its papers, in both profiles.

    The example brand is looked at on one paper, in the instructor profile; so are all with
    `brief`.
    """
    for name, brand in product(project.layouts, project.brands):
        if name.startswith("_"):
            continue
        brief_here = brief or (brand == EXAMPLE and len(project.brands) > 1)
        papers = [p for p in project.layouts[name].page.papers if p in PAPERS]
        papers = papers or list(project.layouts[name].page.papers)
        for profile in PROFILES[:1] if brief_here else PROFILES:
            wish = Wish(
                layouts=(name,),
                languages=(tag,),
                brands=(brand,),
                papers=papers[:1] if brief_here else papers,
                profile=profile,
                allow_draft=True,
                allow_stale=True,
            )
            yield from plan(project, wish)


def documents(
    project: Project, world: World, tag: str, *, brief: bool = False
) -> Iterator[tuple[Job, Document]]:
    """Every sheet composed; those that something else is wrong with are for ``check`` to name.

    A clinic's sheet that says the same as the instructor's comes once.
    """
    seen: dict[tuple[str, ...], Document] = {}
    for job in jobs(project, tag, brief=brief):
        try:
            document = composed(project, world, job)
        except HandoutsError:
            continue
        key = (job.layout, job.brand, job.part, job.paper)
        same = replace(document, identity=replace(document.identity, profile="instructor"))
        if job.profile == "clinic" and seen.get(key) == same:
            continue
        seen[key] = same
        yield job, document


def sources(document: Document) -> frozenset[str]:
    """Ids of the strings that a document's paragraphs come from."""
    found = set[str]()

    def note(text: Text) -> Text:
        found.add(text.source)
        return text

    mapped(document, note)
    return frozenset(found)
