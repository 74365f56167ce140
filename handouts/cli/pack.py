"""``pack``: several handouts in one file, with a cover, contents and page numbers throughout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import WHAT, WHERE, common, config, gates, listed, machine, selection
from handouts.cli.report import counted
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, problem

if TYPE_CHECKING:
    from handouts.cli.pack_ask import Asked

_EXAMPLES = (
    "pack course.yaml",
    "pack --layout class-handout --language es --language en -o course.pdf",
    "pack --layout class-handout --layout topic-sheet --language es+en",
    "pack --layout class-handout --week 1 --week 2 --start any --no-cover",
    "pack course.yaml --insert clinic-rules.pdf",
)


F = TypeVar("F", bound=Callable[..., Any])


def _flag(name: str, text: str) -> Callable[[F], F]:
    return click.option(
        f"--{name}/--no-{name}", name, cls=Option, heading=WHAT, default=None, help=text
    )


@click.command(cls=Command, examples=_EXAMPLES, choices=True)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@selection
@listed("--week", "weeks", "WEEK", "Only this week of layouts made for one: 1 or week-1.")
@listed("--group", "groups", "GROUP", "Only this group of benefits.")
@gates
@click.option(
    "--title", cls=Option, heading=WHAT, metavar="TEXT", help="Title on the cover and of the file."
)
@_flag("cover", "A first page with title, logo and contact. Default: yes.")
@_flag("contents", "A list of all handouts with their pages. Default: yes.")
@click.option(
    "--start",
    cls=Option,
    heading=WHAT,
    type=click.Choice(["right", "any"], case_sensitive=False),
    help="right: each handout begins on a right-hand page, for printing on both sides; any: on "
    "the next page. Default: right.",
)
@click.option(
    "--order",
    cls=Option,
    heading=WHAT,
    type=click.Choice(["language", "part"], case_sensitive=False),
    help="language: all in one language, then in the next; part: each handout in all languages. "
    "Default: language.",
)
@click.option(
    "--insert",
    "inserts",
    cls=Option,
    heading=WHAT,
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PDF",
    help="Put the pages of another PDF at the end. The file then claims neither PDF/UA nor PDF/A.",
)
@click.option(
    "--output",
    cls=Option,
    heading=WHERE,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder for the file. Default: output.",
)
@click.option(
    "-o",
    "target",
    cls=Option,
    heading=WHERE,
    metavar="FILE",
    help="Name of the file; - for standard output.",
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
    help="Replace a file that handouts did not make.",
)
@machine("github")
@config
@common
@click.pass_obj
def pack(session: Session, /, **options: Any) -> int:
    """Bind handouts into one PDF: a whole course, in one language or several.

    FILE is a pack file (see docs/packs.md). Without it, choose layouts and languages as for
    build. Every page counts, links in the contents lead to the handouts, and tags, languages
    and outline are those of the single sheets.
    """
    from handouts.cli.pack_ask import asked
    from handouts.cli.pack_make import make

    _refuse_contradictions(session, options)
    wanted: Asked = asked(session, options)
    entry = make(session, wanted)
    code = session.finish()
    if session.machine:
        session.document(files=[entry.as_data()])
    elif entry.good and entry.target.path:
        if entry.status.startswith("would"):
            session.console.result(f"{entry.status.replace('-', ' '):<16} {entry.target.name}")
        else:
            session.console.result(entry.target.name)
    if entry.good:
        verb = "would be written" if options["dry_run"] else "written"
        session.console.say(f"{counted(entry.pages or 0, 'page')} {verb}")
    return code


def _refuse_contradictions(session: Session, options: dict[str, Any]) -> None:
    chosen = options["layouts"] or options["weeks"] or options["groups"]
    pairs = (
        (options["target"] is not None and options["output"] is not None, "-o and --output"),
        (options["target"] == "-" and session.machine, f"-o - and --{session.form}"),
        (bool(options["file"] and chosen), "a pack file and --layout, --week or --group"),
    )
    for both, names in pairs:
        if both:
            raise problem(
                "usage", f"{names} contradict each other", "use one", exit_code=ExitCode.USAGE
            )
