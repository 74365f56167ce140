"""Opening a project: the command's one door to ``load``."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from handouts.cli.names import ALL, collected, pick, tags_of
from handouts.cli.progress import Progress
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem

if TYPE_CHECKING:
    from handouts.load import Choices
    from handouts.load.project import Languages
    from handouts.model.project import Project


def open_project(
    session: Session,
    *,
    brands: Sequence[str] = (),
    overrides: Sequence[str] = (),
    languages: Iterable[str] | Literal["project"] | None = None,
    layouts: Iterable[str] | None = None,
    partial: bool = False,
) -> Project:
    """What a command needs of the project; warnings go to the session's findings.

    Args:
        session: the run.
        brands: ids or paths; none: the project's brand, or the neutral one.
        overrides: ``key=value`` texts.
        languages: names as they were typed; "project": those it names. None: all there are.
        layouts: likewise.
        partial: whether languages may lack strings.

    Raises:
        HandoutsError: with all problems of all files. A project that does not load stops at
            once: half a catalogue is worse than none.
    """
    progress = Progress(session.console)
    progress.show("Reading the catalogue …")
    started = time.perf_counter()
    try:
        from handouts.load import load_kept
        from handouts.model.locale import PSEUDO

        folder = project_folder(session)
        names = choices(session)
        wrong: list[Diagnostic] = []
        tags: Languages = "project"
        if languages != "project":
            tags = _picked(wrong, "language", languages, (*names.languages, *PSEUDO))
        ids = _picked(wrong, "layout", layouts, names.layouts)
        if wrong:
            raise HandoutsError(wrong)
        loaded, keep, session.sheets = load_kept(
            session.world,
            project=folder,
            brands=brands,
            overrides=overrides,
            languages=tags,
            layouts=ids,
            partial=partial,
        )
    finally:
        progress.clear()
    session.later.append(keep)
    session.findings.add(loaded.warnings)
    session.console.detail(f"project: {folder or 'built-in data only'}")
    session.console.detail(f"read in {(time.perf_counter() - started) * 1000:.0f} ms")
    return loaded.project


def open_opted(session: Session, options: dict[str, Any], *, every: bool = False) -> Project:
    """The project as the options of `handouts.cli.options.selection` want it.

    Takes ``brands`` and ``overrides`` out of the options: they are done with. Without a
    language, it has those the project names, or `every` one there is.
    """
    typed = [tag for one in options["languages"] for tag in tags_of(one)]
    all_of_them = ALL in typed
    if all_of_them:
        typed, every = [], True
    project = open_project(
        session,
        brands=options.pop("brands"),
        overrides=options.pop("overrides"),
        languages=typed or (None if every else "project"),
        layouts=options["layouts"] or None,
    )
    if all_of_them:
        pairs = (one for one in options["languages"] if "+" in one)
        options["languages"] = (*project.locales, *pairs)
    return project


def choices(session: Session) -> Choices:
    """Names of all layouts, languages and brands; no file is read for them."""
    from handouts.load import choices as find

    return find(session.world, project_folder(session))


def project_folder(session: Session) -> Path | None:
    """The project's folder: named with ``--config``, or found from here upwards.

    Raises:
        HandoutsError: when the one that was named is not there.
    """
    if session.no_config and session.config is not None:
        message = "--config and --no-config contradict each other"
        raise problem("usage", message, "use one", exit_code=ExitCode.USAGE)
    if session.no_config:
        return None
    from handouts.load import find_project
    from handouts.load.places import PROJECT_FILE

    if session.config is None:
        beside = find_project(session.near) if session.near else None
        return beside or find_project(session.world.cwd)
    path = session.world.cwd / session.config
    folder = path.parent if path.name == PROJECT_FILE else path
    if (folder / PROJECT_FILE).is_file():
        return folder
    raise problem(
        "no-such-file",
        f"there is no project {session.config}",
        f"name a folder with a {PROJECT_FILE} in it, or make one: new FOLDER",
        exit_code=ExitCode.FILE,
    )


def output_folder(session: Session, project: Project, chosen: Path | None) -> Path:
    """Where files go: ``--output``, else the project's own folder for them.

    A path as a person here would type it, so that it can be read and clicked.
    """
    if chosen is not None:
        return chosen
    wanted = Path(project.settings.output).expanduser()
    folder = (project_folder(session) or session.world.cwd) / wanted
    return Path(session.world.shown(folder))


def _picked(
    wrong: list[Diagnostic], what: str, typed: Iterable[str] | None, known: Sequence[str]
) -> tuple[str, ...] | None:
    if typed is None:
        return None
    return collected(wrong, typed, lambda name: pick(what, name, known))
