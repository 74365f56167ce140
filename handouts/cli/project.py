"""Opening a project: the command's one door to ``load``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli.progress import Progress
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, problem

if TYPE_CHECKING:
    from handouts.model.project import Project


def open_project(
    session: Session,
    *,
    brands: Sequence[str] = (),
    overrides: Sequence[str] = (),
) -> Project:
    """Everything a build may need; warnings go to the session's findings.

    Raises:
        HandoutsError: with all problems of all files. A project that does not load stops at
            once: half a catalogue is worse than none.
    """
    progress = Progress(session.console)
    progress.show("Reading the catalogue …")
    started = time.perf_counter()
    try:
        from handouts.load import load

        file = project_file(session)
        session.console.detail(f"project: {file or 'built-in data only'}")
        loaded = load(session.world, project=file, brands=tuple(brands), overrides=tuple(overrides))
    finally:
        progress.clear()
    session.findings.add(loaded.warnings)
    session.console.detail(f"read in {(time.perf_counter() - started) * 1000:.0f} ms")
    return loaded.project


def project_file(session: Session) -> Path | None:
    """The project's file: named with ``--config``, or found from here upwards.

    Raises:
        HandoutsError: when the one that was named is not there.
    """
    if session.no_config:
        return None
    from handouts.load import find_project

    if session.config is None:
        return find_project(session.world.cwd)
    path = session.world.cwd / session.config
    path = path / "handouts.yaml" if path.is_dir() else path
    if path.is_file():
        return path
    raise problem(
        "no-such-file",
        f"there is no project {session.config}",
        "name a folder with a handouts.yaml in it, or make one: new FOLDER",
        exit_code=ExitCode.FILE,
    )


def output_folder(session: Session, project: Project, chosen: Path | None) -> Path:
    """Where files go: ``--output``, else the project's own folder for them.

    A path as a person here would type it, so that it can be read and clicked.
    """
    if chosen is not None:
        return chosen
    file = project_file(session)
    folder = (file.parent if file else session.world.cwd) / project.settings.output
    return Path(session.world.shown(folder))


def brand_ids(project: Project, given: Sequence[str]) -> tuple[str, ...]:
    """Brands as the project knows them: a path to a brand file stands for its id."""
    return tuple(_brand_id(name) if name not in project.brands else name for name in given)


def _brand_id(name: str) -> str:
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return name
    return path.parent.name if path.stem == "brand" and path.parent.name else path.stem
