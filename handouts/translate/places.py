"""Where each string prints, and how much room it has there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from handouts.diagnostics import HandoutsError
from handouts.model.locale import SOURCE_LANGUAGE, Locale
from handouts.model.project import Job, Project
from handouts.pipeline import set_pages
from handouts.translate.sheets import documents, with_locale
from handouts.translate.trace import Traced, trace
from handouts.world import World

ENOUGH = 300
"""Characters of a language that must be on the pages before its own width is believed."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One place where a string stands. Points, origin at the top left of the page (from 1).

    `lines` are those it takes, `measure` the width of its column, `size` of its type. `block`
    says what it is there: title, heading, list item, table cell, text, header or footer.
    """

    layout: str
    part: str
    paper: str
    page: int
    block: str
    box: tuple[float, float, float, float]
    lines: int
    measure: float
    size: float


def places(
    project: Project, world: World, language: str, locale: Locale | None = None
) -> Mapping[str, tuple[Printed, ...]]:
    """Where a language's strings print, by id; strings that are only spoken are not there.

    Args:
        project: with all layouts to look at; its first brand is used.
        world: the outside world.
        language: the language whose pages are looked at.
        locale: its strings, when the project's own are not meant; what is missing is English.
    """
    found: dict[str, list[Printed]] = {}
    for job, traced in _all(project, world, locale or project.locales[language]):
        one = _printed(job, traced)
        here = found.setdefault(traced.text.source, [])
        if one not in here:
            here.append(one)
    english = project.locales[SOURCE_LANGUAGE].strings
    return {name: tuple(found[name]) for name in english if name in found}


def rooms(
    printed: Mapping[str, tuple[Printed, ...]], texts: Mapping[str, str], advance: float
) -> dict[str, int]:
    """How many characters each string has room for: the least of all its places.

    A place has ``lines x measure / (advance x size)``: as many lines as the English takes,
    filled with the language's characters of average width. What stands there today fits, so
    the room is never less than its length. A label in a column that is as wide as its content
    has no such limit. The room is a guide for the translator; whether a text fits is decided by
    setting it, when it is imported.
    """
    result = {}
    for name, ones in printed.items():
        sizes = [
            int(lines * one.measure / (advance * one.size))
            for one, lines in _whole(ones)
            if lines > 1 or one.measure > one.box[2] - one.box[0] + 1
        ]
        if sizes:
            result[name] = max(min(sizes), len(texts.get(name, "")))
    return result


def mean_advance(project: Project, world: World, locale: Locale) -> float:
    """The average width of a language's characters in type sizes, as its pages have it.

    Too little text says nothing: then it is that of English.
    """
    characters, ems = 0, 0.0
    for _, traced in _all(project, world, locale, brief=True):
        if traced.text.source in locale.strings:
            characters += traced.characters
            ems += traced.ems
    if characters >= ENOUGH:
        return ems / characters
    english = project.locales[SOURCE_LANGUAGE]
    return 0.5 if locale is english else mean_advance(project, world, english)


def described(printed: Iterable[Printed]) -> str:
    """``benefits-flyer: title; topic-sheet: heading``."""
    found: dict[str, dict[str, None]] = {}
    for one in printed:
        found.setdefault(one.layout, {})[one.block] = None
    return "; ".join(f"{layout}: {', '.join(blocks)}" for layout, blocks in found.items())


def _all(
    project: Project, world: World, locale: Locale, *, brief: bool = False
) -> Iterator[tuple[Job, Traced]]:
    """Every paragraph of every sheet that can be set."""
    ready = project if locale.tag == SOURCE_LANGUAGE else with_locale(project, locale)
    if locale.script not in project.fonts.scripts:
        return
    for job, document in documents(ready, world, locale.tag, brief=brief):
        try:
            found = list(trace(document, partial(set_pages, ready, world, job)))
        except HandoutsError:  # It does not fit as it is, which ``check`` reports.
            continue
        yield from ((job, one) for one in found)


def _printed(job: Job, one: Traced) -> Printed:
    return Printed(
        job.layout,
        job.part,
        job.paper,
        one.page,
        one.block,
        one.box,
        one.lines,
        one.measure,
        one.size,
    )


def _whole(ones: Iterable[Printed]) -> Iterator[tuple[Printed, int]]:
    """Each place with its lines; a paragraph that goes on overleaf counts as one."""
    split: dict[tuple[str, str, str, str, float, float], list[Printed]] = {}
    for one in ones:
        key = (one.layout, one.part, one.paper, one.block, one.measure, one.size)
        split.setdefault(key, []).append(one)
    for group in split.values():
        pages_apart = len(group) == 2 and group[1].page == group[0].page + 1
        torn = pages_apart and group[0].lines != group[1].lines
        for one in group:
            yield one, sum(p.lines for p in group) if torn else one.lines
