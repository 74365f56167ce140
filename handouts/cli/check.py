"""``check``: everything that could go wrong in a build, found without writing a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import SHOW, common, config, gates, machine, selection
from handouts.cli.report import counted
from handouts.cli.session import Session


@click.command(
    cls=Command,
    examples=(
        "check",
        "check --layout benefits-flyer --brand my-clinic/brand.yaml",
        "check --reading --language es",
        "check --json",
    ),
    short_help="Check that everything loads, fits and can be read.",
    choices=True,
)
@selection
@gates
@click.option(
    "--reading",
    cls=Option,
    heading=SHOW,
    is_flag=True,
    help="Say how hard the languages are to read instead. Advice: the exit code stays 0.",
)
@machine("github")
@config
@common
@click.pass_obj
def check(session: Session, /, *, reading: bool, **options: Any) -> int:
    """Check layouts, languages, brands and fonts, and whether every sheet fits.

    Sets every layout in every language on every paper it is made for, with the project's brand,
    and says what is wrong. Nothing is written.
    """
    if reading:
        from handouts.cli.reading import report

        return report(session, options)
    from handouts.cli.choose import Request
    from handouts.cli.project import open_opted
    from handouts.cli.work import Run, exit_code

    project = open_opted(session, options, every=True)
    _check_fonts(session)
    run = Run(session, project, tuple(_targets(project, Request(**options))), mode="check")
    entries = run.all()
    session.finish()
    if session.machine:
        session.document(files=[entry.as_data() for entry in entries])
    good = sum(entry.good for entry in entries)
    line = f"{good} of {counted(len(entries), 'sheet')} in order"
    session.console.say(f"interrupted: {line}" if run.interrupted else line)
    return exit_code(session, run)


def _targets(project: Any, request: Any) -> Iterator[Any]:
    """Every sheet on every paper of its layout, unless papers were chosen."""
    from handouts.cli.choose import jobs
    from handouts.cli.output import Verdict
    from handouts.cli.targets import Target
    from handouts.pipeline import file_name

    for job in jobs(project, request):
        papers = project.layouts[job.layout].page.papers
        for paper in (job.paper,) if request.papers else papers:
            one = replace(job, paper=paper)
            yield Target(one, Path(one.brand) / file_name(one), Verdict("write"))


def _check_fonts(session: Session) -> None:
    """Compares every font file with its checksum, whether a sheet uses it or not."""
    from handouts.cli.project import project_folder
    from handouts.diagnostics import HandoutsError
    from handouts.load import check_manifest

    try:
        check_manifest(session.world, project=project_folder(session))
    except HandoutsError as error:
        session.findings.add(error.diagnostics)
