"""``build``: the verb everything else is for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import WHERE, common, config, gates, listed, machine, selection
from handouts.cli.report import counted
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, problem

if TYPE_CHECKING:
    from handouts.cli.work import Entry

_EXAMPLES = (
    "build",
    "build --layout benefits-flyer --language de --language ar",
    "build --layout topic-sheet --language es+en",
    "build --layout class-handout --week 1 --brand my-clinic/brand.yaml",
    "build --profile clinic --size A4 --output print",
    "build --layout benefits-flyer --language en -o - > flyer.pdf",
    "build --dry-run",
)


@click.command(cls=Command, examples=_EXAMPLES, choices=True)
@selection
@listed("--week", "weeks", "WEEK", "A file for this week only: 1 or week-1.")
@listed("--group", "groups", "GROUP", "A file for this group of benefits only.")
@gates
@click.option(
    "--output",
    cls=Option,
    heading=WHERE,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder for the files. Default: output.",
)
@click.option(
    "-o",
    "file",
    cls=Option,
    heading=WHERE,
    metavar="FILE",
    help="Name of the one file to make; - for standard output.",
)
@click.option(
    "-n",
    "--dry-run",
    cls=Option,
    heading=WHERE,
    is_flag=True,
    help="Check everything and say what would be written, but write nothing.",
)
@click.option(
    "--force",
    cls=Option,
    heading=WHERE,
    is_flag=True,
    help="Replace files that handouts did not make.",
)
@machine("jsonl", "github")
@config
@common
@click.pass_obj
def build(session: Session, /, **options: Any) -> int:
    """Make PDFs: every layout in English, or the layouts and languages you choose.

    Two languages on one sheet: --language es+en. Files are written to output/<brand>/ and
    replaced only when handouts made them. A handout that cannot be made is reported; the
    others are written all the same.
    """
    from handouts.cli.work import Run, exit_code

    file: str | None = options.pop("file")
    output: Path | None = options.pop("output")
    force: bool = options.pop("force")
    mode: Literal["make", "rehearse"] = "rehearse" if options.pop("dry_run") else "make"
    _refuse_contradictions(session, file, output)
    run = Run(session, *_planned(session, options, file, output, force), mode=mode)
    entries = run.all(lambda entry: _say(session, entry))
    session.finish()
    if session.form == "json":
        session.document(files=[entry.as_data() for entry in entries])
    elif session.form == "jsonl":
        session.records()
    good = sum(entry.good for entry in entries)
    _summary(session, good, len(run.targets), mode, run.interrupted)
    if good and not options["languages"] and not run.project.settings.languages:
        _more_languages(session)
    return exit_code(session, run)


def _planned(
    session: Session,
    options: dict[str, Any],
    file: str | None,
    output: Path | None,
    force: bool,
) -> tuple[Any, Any]:
    """The project, and its targets."""
    from handouts.cli.choose import Request, jobs
    from handouts.cli.project import open_opted, output_folder
    from handouts.cli.targets import in_folder, single

    project = open_opted(session, options)
    planned = jobs(project, Request(**options))
    if file is not None:
        return project, single(planned, file, force=force)
    folder = output_folder(session, project, output)
    return project, in_folder(planned, folder, force=force)


def _refuse_contradictions(session: Session, file: str | None, output: Path | None) -> None:
    pairs: Iterable[tuple[bool, str]] = (
        (file is not None and output is not None, "-o and --output"),
        (file == "-" and session.machine, f"-o - and --{session.form}"),
    )
    for both, names in pairs:
        if both:
            raise problem(
                "usage", f"{names} contradict each other", "use one", exit_code=ExitCode.USAGE
            )


def _say(session: Session, entry: Entry) -> None:
    """A line for a file: only its path when it is there, so that scripts can use it."""
    name = entry.target.name
    if session.form == "jsonl":
        session.record(type="file", **entry.as_data())
    elif session.form == "json" or session.quiet or not entry.good or not entry.target.path:
        return
    elif entry.status.startswith("would"):
        session.console.result(f"{entry.status.replace('-', ' '):<16} {name}")
    else:
        session.console.result(name)


def _more_languages(session: Session) -> None:
    from handouts.cli.project import choices

    more = len(choices(session).languages) - 1
    session.console.say(f"in English; {more} more languages: --language es, or --language all")


def _summary(session: Session, good: int, total: int, mode: str, interrupted: bool) -> None:
    verb = "written" if mode == "make" else "would be written"
    line = f"{counted(good, 'file')} {verb}"
    if interrupted:
        session.console.error(f"interrupted: {good} of {counted(total, 'file')} {verb}")
    else:
        session.console.say(f"{line}, {total - good} not" if good < total else line)
