"""A review sheet: every string of a language on paper, for somebody with a pen.

One way: the language as it is filed becomes a table, the table becomes parts with numbered
items, the real pages say where each stands, and all of it becomes a document that goes through
the same stages as every handout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from handouts.diagnostics import ExitCode, problem
from handouts.load import load_fonts
from handouts.model.document import Identity
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import Job, Project
from handouts.pipeline import render, set_pages
from handouts.translate.archive import archived
from handouts.translate.language import Language
from handouts.translate.review.cover import Facts
from handouts.translate.review.desk import Desk, desk
from handouts.translate.review.document import LAYOUT, document
from handouts.translate.review.items import Part, kind, parts
from handouts.translate.review.pictures import pictured
from handouts.translate.review.spots import find
from handouts.translate.review.words import KICKER
from handouts.translate.sheets import with_locale
from handouts.translate.table import Where, table
from handouts.translate.unit import State
from handouts.world import World


@dataclass(frozen=True, slots=True)
class Choice:
    """What to put on a sheet; empty: everything. `brand` gives colours and the pages shown."""

    brand: str
    paper: str
    states: frozenset[State] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished sheet."""

    content: bytes
    strings: int
    pages: int


def kinds(language: Language) -> tuple[str, ...]:
    """What strings can be chosen by: the beginnings of their ids."""
    return tuple(dict.fromkeys(kind(name) for name in language.english))


def file_name(language: Language, paper: str) -> str:
    """``review-de-A4.pdf``."""
    return f"{LAYOUT}-{language.tag}-{paper}.pdf"


def review(
    world: World, folder: Path | None, project: Project, language: Language, choice: Choice
) -> Sheet:
    """A language's review sheet as a PDF.

    Args:
        world: the outside world.
        folder: the project's folder, or None.
        project: with all layouts, and the brands sheets are looked at with.
        language: as it is filed.
        choice: what to put on it.

    Raises:
        HandoutsError: when nothing was chosen, or there is no font for the language.
    """
    if language.script not in project.fonts.scripts:
        message = f"there is no font for {language.tag}, which is written in {language.script}"
        hint = "add one: fonts add"
        raise problem("no-font", message, hint, exit_code=ExitCode.RESOURCE)
    units = table(project, world, language, Where({}, {}), archived(world, folder)).units
    chosen = parts(units, choice.states, choice.kinds)
    if not chosen:
        message = f"{language.tag} has no such string"
        hint = f"see translate status {language.tag}"
        raise problem("nothing-to-review", message, hint, exit_code=ExitCode.USAGE)
    ready = with_locale(project, language.locale())
    here = desk(ready, choice.brand, language)
    found = find(project, world, language.locale(), choice.brand)
    shown = pictured(
        chain.from_iterable(part.items for part in chosen),
        found,
        rtl=language.direction == "rtl",
        font=_number_font(world, ready, choice.brand),
    )
    facts = _facts(world, project, language, choice)
    identity = _identity(world, project, here, choice, facts)
    made = document(here, language, chosen, shown, ready, facts, identity, choice.paper)
    pages = set_pages(ready, world, _job(language, choice), made)
    return Sheet(render(pages), _count(chosen), len(pages.pages))


def _count(chosen: tuple[Part, ...]) -> int:
    return sum(1 for part in chosen for _ in part.items)


def _job(language: Language, choice: Choice) -> Job:
    """Both languages, so that the fonts of both are read."""
    languages = f"{SOURCE_LANGUAGE}+{language.tag}"
    return Job(LAYOUT, languages, choice.brand, choice.paper, "instructor")


def _number_font(world: World, project: Project, brand: str) -> bytes:
    family = project.fonts.setting(SOURCE_LANGUAGE, "Latn").text[0]
    face = load_fonts(world, project, project.brands[brand], (family,)).face(family, 700, False)
    assert face is not None
    return face.file.data


def _facts(world: World, project: Project, language: Language, choice: Choice) -> Facts:
    from babel import Locale
    from babel.dates import format_date

    english = Locale.parse(SOURCE_LANGUAGE)
    day = format_date(date.fromisoformat(world.date[:10]), "d MMMM y", locale=english)
    script = str(english.scripts.get(language.script, language.script))
    selected = bool(choice.states or choice.kinds)
    return Facts(project.catalogue.edition, day, script, selected)


def _identity(world: World, project: Project, here: Desk, choice: Choice, facts: Facts) -> Identity:
    return Identity(
        title=f"{KICKER}: {here.english_name}",
        author="",
        subject=f"{here.english_name} beside English, edition {facts.edition}",
        keywords="",
        layout=LAYOUT,
        brand=choice.brand,
        language=SOURCE_LANGUAGE,
        second=here.lang,
        profile="instructor",
        edition=project.catalogue.edition,
        checked=project.catalogue.checked.isoformat(),
        date=world.date,
    )


__all__ = ["Choice", "Sheet", "file_name", "kinds", "review"]
