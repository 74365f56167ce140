"""From what was typed to jobs: every name checked, the nearest one offered when it is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.cli.names import collected, pick, tags_of
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem

if TYPE_CHECKING:
    from handouts.model.catalogue import Profile
    from handouts.model.project import Job, Project


@dataclass(frozen=True, slots=True)
class Request:
    """Options of ``build`` and ``check``, as they were typed; brands are all the project has."""

    layouts: Sequence[str] = ()
    languages: Sequence[str] = ()
    papers: Sequence[str] = ()
    profile: Profile | None = None
    weeks: Sequence[str] = ()
    groups: Sequence[str] = ()
    include: Sequence[str] = ()
    allow_draft: bool = False
    allow_stale: bool = False


def jobs(project: Project, request: Request) -> tuple[Job, ...]:
    """The files that were asked for.

    Raises:
        HandoutsError: for names that do not exist, all of them at once, and for options that
            would have no effect.
    """
    request = _checked(project, request)
    from handouts.pipeline import Wish, plan

    wish = Wish(
        layouts=request.layouts,
        languages=request.languages,
        papers=request.papers,
        profile=request.profile,
        parts=(*request.weeks, *request.groups),
        allow_draft=request.allow_draft,
        allow_stale=request.allow_stale,
    )
    planned = dict.fromkeys(plan(project, wish))
    return tuple(replace(j, include=(*j.include, *request.include)) for j in planned)


def layout_names(project: Project) -> tuple[str, ...]:
    """Layouts that make a sheet, not those that others are made from."""
    return tuple(name for name in project.layouts if not name.startswith("_"))


def _checked(project: Project, request: Request) -> Request:
    """The request with every name as the data writes it."""
    wrong: list[Diagnostic] = []

    def each(what: str, given: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
        return collected(wrong, given, lambda name: pick(what, name, known, _aliases(name)))

    def languages(given: Iterable[str]) -> tuple[str, ...]:
        known = tuple(project.locales)
        return collected(wrong, given, lambda name: _languages(name, known))

    from handouts.units import PAPERS

    catalogue = project.catalogue
    found = replace(
        request,
        layouts=each("layout", request.layouts, layout_names(project)),
        languages=languages(request.languages),
        papers=each("paper", request.papers, tuple(PAPERS)),
        weeks=each("week", request.weeks, tuple(week.id for week in catalogue.weeks)),
        groups=each("group", request.groups, tuple(group.id for group in catalogue.groups)),
        include=each("benefit", request.include, tuple(b.id for b in catalogue.benefits)),
    )
    if wrong:
        raise HandoutsError(wrong)
    _refuse_idle(project, found)
    return found if found.layouts else replace(found, layouts=_layouts_for(project, found))


def _languages(name: str, known: Collection[str]) -> str:
    """One language, or the two of a sheet that has both: ``es+en``."""
    return "+".join(pick("language", tag, known) for tag in tags_of(name))


def _aliases(name: str) -> dict[str, str]:
    """Week 1 is ``week-1``."""
    return {name.strip().lower(): f"week-{name.strip()}"} if name.strip().isdigit() else {}


def _layouts_for(project: Project, request: Request) -> tuple[str, ...]:
    """With ``--week`` or ``--group`` alone: the layouts made for one. Else what plan decides."""
    kinds = _kinds(request)
    names = project.settings.layouts or layout_names(project)
    return tuple(n for n in names if project.layouts[n].for_each in kinds) if kinds else ()


def _kinds(request: Request) -> set[str]:
    pairs = (("week", request.weeks), ("group", request.groups))
    return {kind for kind, names in pairs if names}


def _refuse_idle(project: Project, request: Request) -> None:
    """An option that changes nothing was meant otherwise."""
    chosen = request.layouts or project.settings.layouts or layout_names(project)
    for kind in sorted(_kinds(request)):
        if not any(project.layouts[name].for_each == kind for name in chosen):
            raise problem(
                "no-effect",
                f"--{kind} changes nothing: no layout chosen is made for each {kind}",
                "leave it out, or choose a layout that is: see 'list layouts'",
                exit_code=ExitCode.USAGE,
            )
    profile = request.profile or project.settings.profile
    if request.include and profile != "clinic":
        raise problem(
            "no-effect",
            f"--include changes nothing: the {profile} profile has every benefit",
            "add --profile clinic, or leave it out",
            exit_code=ExitCode.USAGE,
        )


__all__ = ["Request", "jobs", "layout_names"]
