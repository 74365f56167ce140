"""``check``: everything that could go wrong in a build, found without writing a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from handouts.cli.help import Command
from handouts.cli.options import common, config, machine, selection
from handouts.cli.report import counted
from handouts.cli.session import Session


@click.command(
    cls=Command,
    examples=(
        "check",
        "check --layout benefits-flyer --brand my-clinic/brand.yaml",
        "check --json",
    ),
    short_help="Check that everything loads, fits and can be read.",
    choices=True,
)
@selection
@machine("github")
@config
@common
@click.pass_obj
def check(session: Session, /, **options: Any) -> int:
    """Check layouts, languages, brands and fonts, and whether every sheet fits.

    Sets every layout in every language on every paper it is made for, with the project's brand,
    and says what is wrong. Nothing is written.
    """
    from handouts.cli.choose import Request
    from handouts.cli.project import brand_ids, open_project
    from handouts.cli.work import Run, exit_code

    overrides = options.pop("overrides")
    project = open_project(session, brands=options["brands"], overrides=overrides)
    options["brands"] = brand_ids(project, options["brands"])
    _check_fonts(session, project)
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


def _check_fonts(session: Session, project: Any) -> None:
    """Reads every font file, whether a sheet uses it or not, and compares its checksum."""
    from handouts.diagnostics import HandoutsError
    from handouts.load import load_fonts

    for brand in project.brands.values():
        try:
            load_fonts(session.world, project, brand, project.fonts.families)
        except HandoutsError as error:
            session.findings.add(error.diagnostics)
