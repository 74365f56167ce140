"""From what was typed to what a batch is asked for: what to make, where, by whom."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.batch.events import Options, Source
from handouts.cli.batch_page import NAME, Page
from handouts.cli.progress import Progress
from handouts.cli.report import Finding, text
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem
from handouts.load.cache import Keeper

if TYPE_CHECKING:
    from handouts.batch.engines import Engine
    from handouts.batch.store import Store
    from handouts.load.jobs import Jobs, LoadedBatch
    from handouts.model.jobs import Allowed, Selection
    from handouts.model.project import Project

BY_HAND = {
    "clinics": "--clinics", "brands": "--brand", "languages": "--language",
    "layouts": "--layout", "papers": "--size", "profiles": "--profile", "parts": "--part",
}  # fmt: skip
"""Options that make a matrix by hand, and what they are called."""
TLS = {"tls_ca": "--tls-ca", "tls_cert": "--tls-cert", "tls_key": "--tls-key"}


@dataclass(frozen=True, slots=True)
class Order:
    """All a batch needs. `prefix` leads from here to an output's path; `page` is its report."""

    source: Source
    store: Store
    engine: Engine
    options: Options
    page: Page | None
    prefix: str
    processes: int


@contextmanager
def order(session: Session, options: Mapping[str, Any]) -> Iterator[Order]:
    """Reads the job file, spreadsheets and the project, and opens the place files go to.

    Raises:
        HandoutsError: with everything that is wrong with any of them, and for options that
            contradict each other or would have no effect.
    """
    _refuse_contradictions(options)
    if options["jobs"]:
        session.near = (session.world.cwd / options["jobs"]).parent
    keeper = Keeper()
    session.later.append(keeper.keep)
    jobs, selections = _settled(session, options, keeper)
    loaded = _loaded(session, jobs, selections, keeper, options)
    engine, processes = _engine(options)
    from handouts.batch.matrix import source

    with _place(session, loaded.project, jobs, options["output"]) as (store, folder):
        yield Order(
            source=source(session.world, loaded),
            store=store,
            engine=engine,
            options=_how(options),
            page=_page(session, options, folder),
            prefix=f"{store.shown()}/",
            processes=processes,
        )


def _refuse_contradictions(options: Mapping[str, Any]) -> None:
    """Two options of which one could not count, and options that change nothing."""
    if options["jobs"]:
        for name, flag in BY_HAND.items():
            if options[name]:
                hint = f"write it into {options['jobs']}, or leave the job file out"
                raise _usage("usage", f"a job file and {flag} contradict each other", hint)
    if options["report"] and options["without_report"]:
        raise _usage("usage", "--report and --no-report contradict each other", "use one")
    if options["scheduler"] and options["engine"] != "dask":
        raise _usage("no-effect", "--scheduler changes nothing", "add --engine dask")
    if options["scheduler"] and options["processes"]:
        message = "--processes changes nothing: a cluster has the workers it has"
        raise _usage("no-effect", message, "leave it out, or --scheduler")
    given = [name for name in TLS if options[name]]
    if given and not (options["scheduler"] or "").startswith("tls://"):
        message = f"{TLS[given[0]]} changes nothing without a scheduler that speaks TLS"
        raise _usage("no-effect", message, "add --scheduler tls://host:8786, or leave it out")
    if given and len(given) < len(TLS):
        missing = " and ".join(flag for name, flag in TLS.items() if name not in given)
        message = f"{TLS[given[0]]} is of no use without {missing}"
        raise _usage("usage", message, "give all three files, or none of them")


def _jobs(session: Session, options: Mapping[str, Any]) -> Jobs:
    from handouts.load.jobs import by_hand, read_jobs

    world = session.world
    if options["jobs"]:
        return read_jobs(world, world.cwd / options["jobs"])
    from handouts.cli.project import choices

    clinics = options["clinics"]
    return by_hand(
        world.cwd,
        brands=options["brands"],
        languages=options["languages"],
        layouts=options["layouts"],
        sizes=options["papers"],
        profiles=options["profiles"],
        parts=options["parts"],
        clinics=None if clinics is None else str(clinics),
        known=choices(session).brands,
    )


def _settled(
    session: Session, options: Mapping[str, Any], keeper: Keeper
) -> tuple[Jobs, tuple[Selection, ...]]:
    """What is asked for, with every glob turned into names."""
    from handouts.cli.project import project_folder

    folder = project_folder(session)

    def settled() -> tuple[Jobs, tuple[Selection, ...]]:
        from handouts.load.jobs import settle

        jobs = _jobs(session, options)
        return jobs, settle(session.world, folder, jobs)

    question = (folder, options["jobs"], *(options[name] for name in BY_HAND))
    return keeper.made(session.world, question, settled)


def _loaded(
    session: Session,
    jobs: Jobs,
    selections: Sequence[Selection],
    keeper: Keeper,
    options: Mapping[str, Any],
) -> LoadedBatch:
    """The project and the spreadsheets, with what the options soften."""
    from handouts.cli.project import project_folder
    from handouts.load.jobs import load_batch

    progress = Progress(session.console)
    progress.show("Reading the catalogue and the clinics …")
    try:
        loaded = load_batch(
            session.world,
            jobs,
            project=project_folder(session),
            overrides=options["overrides"],
            selections=selections,
            load=keeper.load,
        )
    finally:
        progress.clear()
    session.findings.add(loaded.warnings)
    return _softened(loaded, options)


def _softened(loaded: LoadedBatch, options: Mapping[str, Any]) -> LoadedBatch:
    """Gates that were asked to be softer, on top of what project and job file say."""
    allow: list[Allowed] = []
    if options["allow_draft"]:
        allow.append("draft")
    if options["allow_stale"]:
        allow.append("stale")
    settings = loaded.project.settings
    include = _benefits(loaded.project, options["include"])
    profiles = {one for s in loaded.selections for one in s.profiles or (settings.profile,)}
    if include and "clinic" not in profiles:
        message = "--include changes nothing: the instructor profile has every benefit"
        raise _usage("no-effect", message, "add --profile clinic, or leave it out")
    selections = tuple(
        replace(one, allow=tuple(dict.fromkeys((*(one.allow or ()), *allow))))
        for one in loaded.selections
    )
    changed = settings.model_copy(update={"include": (*settings.include, *include)})
    project = replace(loaded.project, settings=changed)
    return replace(loaded, project=project, selections=selections)


def _benefits(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """Ids of benefits as the catalogue writes them."""
    from handouts.cli.names import collected, pick

    wrong: list[Any] = []
    known = tuple(benefit.id for benefit in project.catalogue.benefits)
    found = collected(wrong, names, lambda name: pick("benefit", name, known))
    if wrong:
        raise HandoutsError(wrong)
    return found


def _engine(options: Mapping[str, Any]) -> tuple[Engine, int]:
    """Who makes the files, and how many at a time (1 where nobody knows before)."""
    asked: int = options["processes"] or 0
    here = asked or os.cpu_count() or 1
    engine: Engine
    if options["engine"] == "dask":
        from handouts.batch.engines.cluster import ClusterEngine, Tls

        scheduler: str = options["scheduler"] or ""
        tls = Tls(*(options[name] for name in TLS)) if options["tls_ca"] else None
        engine = ClusterEngine(scheduler, asked, tls)
        return engine, 1 if scheduler else here
    from handouts.batch.engines.local import LocalEngine

    engine = LocalEngine(asked)
    return engine, here


@contextmanager
def _place(
    session: Session, project: Project, jobs: Jobs, typed: str | None
) -> Iterator[tuple[Store, Path | None]]:
    """Where files go: ``--output``, else what the job file says, else the project's folder."""
    output = typed or jobs.file.output
    if output and ":" in output:
        from handouts.batch.remote_home import folder_of, is_url, opened, whole_url

        def tell(one: Diagnostic) -> None:
            """At the very end, when everything else has been said."""
            session.console.error(text(Finding(one)))

        if is_url(output):
            url = whole_url(output)
            local = folder_of(url)
            if local is None:
                progress = Progress(session.console)
                progress.show(f"Connecting to {url.partition('/')[0]}// …")
                with ExitStack() as stack:
                    try:
                        remote = stack.enter_context(opened(url, session.world, tell))
                    finally:
                        progress.clear()
                    yield remote, None
                return
            typed = output = local
    from handouts.batch.folder import Folder
    from handouts.cli.project import output_folder

    if typed:
        folder = session.world.cwd / Path(typed).expanduser()
        yield Folder(folder, typed.rstrip("/") or typed), folder
    elif output:
        folder = session.world.cwd / jobs.folder / Path(output).expanduser()
        yield Folder(folder, session.world.shown(folder)), folder
    else:
        shown = output_folder(session, project, None)
        yield Folder(session.world.cwd / shown, shown.as_posix()), session.world.cwd / shown


def _how(options: Mapping[str, Any]) -> Options:
    return Options(
        force=options["force"],
        prune=options["prune"],
        fail_fast=options["fail_fast"],
        dry=options["dry"],
        verify=options["verify"] or 0,
        wait=float("inf") if options["wait"] else 0.0,
    )


def _page(session: Session, options: Mapping[str, Any], folder: Path | None) -> Page | None:
    """The report: none of a plan, unless it is asked for."""
    typed: Path | None = options["report"]
    if options["without_report"] or (options["dry"] and typed is None):
        return None
    if typed is None:
        typed = Path(session.world.shown((folder or session.world.cwd) / NAME))
    title = Path(options["jobs"] or options["clinics"] or "").name or "A batch of handouts"
    return Page(typed, title, folder, force=options["force"])


def _usage(code: str, message: str, hint: str) -> HandoutsError:
    return problem(code, message, hint, exit_code=ExitCode.USAGE)


__all__ = ["Order", "order"]
