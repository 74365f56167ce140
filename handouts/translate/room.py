"""Whether the pages still have room: every sheet whose words an import changes is set again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.diagnostics import Diagnostic, HandoutsError, Severity
from handouts.model.document import Document
from handouts.model.locale import Locale
from handouts.model.project import Job, Project
from handouts.pipeline import set_pages
from handouts.translate.merge import Change
from handouts.translate.sheets import documents, sources, with_locale
from handouts.world import World

_TOLD = frozenset(("does-not-fit", "missing-glyph"))
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Crowded:
    """A sheet that can no longer be set: what is wrong, and the changed strings that are on it."""

    job: Job
    found: tuple[Diagnostic, ...]
    strings: tuple[str, ...]
    before: bool
    """Whether it could not be set without the changes either."""


Before = Mapping[tuple[str, ...], tuple[Job, Document]]
"""Every sheet as it was composed before the import."""


def composed_before(project: Project, world: World, old: Locale) -> Before:
    """The sheets of a language as it is filed."""
    if old.script not in project.fonts.scripts:
        return {}
    found = documents(with_locale(project, old), world, old.tag)
    return {_key(job): (job, document) for job, document in found}


def crowded(
    project: Project,
    world: World,
    known: Before,
    locales: tuple[Locale, Locale],
    changes: Mapping[str, Change],
) -> Iterator[Crowded]:
    """Sheets that the changes leave without room, or with characters no font has.

    A sheet whose composed words are the same as before is not set again.

    Args:
        project: with all layouts.
        world: the outside world.
        known: what `composed_before` gave.
        locales: the language before and after.
        changes: what happens to its strings.
    """
    old, new = locales
    if new.script not in project.fonts.scripts:
        return
    before, after = with_locale(project, old), with_locale(project, new)
    for job, document in documents(after, world, new.tag):
        earlier = known.get(_key(job))
        if earlier is not None and _like(earlier[1]) == _like(document):
            continue
        found = _problems(after, world, job, document)
        if not found:
            continue
        names = sources(document)
        strings = tuple(name for name in changes if name in names) or tuple(changes)
        broken = earlier is not None and bool(_problems(before, world, *earlier))
        yield Crowded(job, found, strings, broken)


def explained(one: Crowded, changes: Mapping[str, Change]) -> Iterator[Diagnostic]:
    """What to say of a crowded sheet, at the rows that are to blame."""
    sheet = "-".join(p for p in (one.job.layout, one.job.part, one.job.paper, one.job.profile) if p)
    grown = sorted(one.strings, key=lambda name: -growth(changes[name]))
    shown = [f"'{name}' (+{growth(changes[name])})" for name in grown if growth(changes[name]) > 0]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    blame = f"; changed on it, with characters more than before: {', '.join(shown[:_SHOWN])}{more}"
    first = changes[grown[0]].row.place
    for diagnostic in one.found:
        names = [n for n in one.strings if f"'{n}'" in diagnostic.message] or grown
        place = changes[names[0]].row.place if diagnostic.code == "missing-glyph" else first
        message = f"{sheet}: {diagnostic.message}{blame if shown else ''}"
        severity = Severity.WARNING if one.before else Severity.ERROR
        said = f"{message}; it had no room before either" if one.before else message
        yield replace(diagnostic, message=said, place=place, severity=severity)


def growth(change: Change) -> int:
    """How many characters longer a text became; for a new one, than the English it replaces."""
    before = change.old.text if change.old else change.row.source
    return len(change.new.text) - len(before)


def _key(job: Job) -> tuple[str, ...]:
    return (job.layout, job.part, job.paper, job.profile, job.brand)


def _like(document: Document) -> Document:
    return replace(document, identity=replace(document.identity, date=""))


def _problems(
    project: Project, world: World, job: Job, document: Document
) -> tuple[Diagnostic, ...]:
    try:
        set_pages(project, world, job, document)
    except HandoutsError as wrong:
        return tuple(one for one in wrong.diagnostics if one.code in _TOLD)
    return ()
