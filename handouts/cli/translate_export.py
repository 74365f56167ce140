"""``translate export``: a language as a file for a translator or reviewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import WHAT, WHERE, common, config, machine
from handouts.cli.report import counted
from handouts.cli.session import Session
from handouts.cli.targets import STREAM
from handouts.diagnostics import ExitCode, HandoutsError, Place, problem

if TYPE_CHECKING:
    from handouts.translate.unit import State

FORMS = ("po", "xliff", "xlsx", "csv")
STATES: tuple[State, ...] = ("missing", "stale", "machine", "draft", "reviewed", "approved")


@click.command(
    cls=Command,
    examples=(
        "translate export de                         de.po, for any translation program",
        "translate export ar -o for-amira.xlsx       a spreadsheet",
        "translate export pt-PT --format xliff       a new language, for an agency",
        "translate export es --only missing,stale    what is to be done",
    ),
)
@click.argument("language")
@click.option(
    "--format",
    "form",
    cls=Option,
    heading=WHAT,
    type=click.Choice(FORMS, case_sensitive=False),
    help="po: gettext; xliff: XLIFF 2.1; xlsx and csv: spreadsheets. Default: by -o, or po.",
)
@click.option(
    "--only",
    cls=Option,
    heading=WHAT,
    multiple=True,
    metavar="STATE,…",
    help=f"Strings in these states: {', '.join(STATES)}. Default: all.",
)
@click.option(
    "-o",
    "--output",
    cls=Option,
    heading=WHERE,
    metavar="FILE",
    help="The file to write; - for standard output. Default: LANGUAGE with the format's ending.",
)
@click.option("--force", cls=Option, heading=WHERE, is_flag=True, help="Replace a file there.")
@machine()
@config
@common
@click.pass_obj
def export(
    session: Session,
    language: str,
    form: str | None,
    only: tuple[str, ...],
    output: str | None,
    force: bool,
) -> int:
    """Write a language's strings into a file for translation or review.

    With notes, where each string prints and how much room it has there. A language that has no
    file yet is exported with everything missing.
    """
    from handouts.cli.project import project_folder
    from handouts.cli.translate_files import picked, save, with_sheets
    from handouts.translate import FORMATS, open_language
    from handouts.translate import export as made

    (tag,) = picked(session, [language], new=True)
    states = _states(only)
    form = _form(form, output)
    folder = project_folder(session)
    found = open_language(session.world, folder, tag)
    target = None if output == STREAM else Path(output or f"{tag}{FORMATS[form].ending}")
    if target is not None:
        _refuse_existing(target, force)
    exported = made(session.world, folder, with_sheets(session), found, form, states)
    if exported.strings == 0:
        message = f"{tag} has no string that is {' or '.join(sorted(states))}"
        hint = f"see translate status {tag}"
        raise problem("nothing-to-export", message, hint, exit_code=ExitCode.USAGE)
    if target is None:
        session.console.result_bytes(exported.content)
    else:
        save([(target, exported.content)])
    if exported.archive is not None:
        save([exported.archive])
        session.console.detail(f"English kept in {session.world.shown(exported.archive[0])}")
    if session.machine:
        path = None if target is None else str(target)
        session.document(path=path, language=tag, format=form, strings=exported.strings)
    elif target is not None:
        session.console.result(str(target))
        session.console.say(f"{counted(exported.strings, 'string')} of {tag}")
        if found.parsed is None:
            session.console.say("a new language: nothing of it is there yet")
    return session.finish()


def _form(form: str | None, output: str | None) -> str:
    """The format that was asked for, or that the file's ending says."""
    from handouts.translate.formats import FORMATS, named

    said = named(Path(output)) if output and output != STREAM else None
    if form is not None and said is not None and said != form:
        message = f"{output} does not end as a file in the format {form} does"
        hint = f"name it with {FORMATS[form].ending}"
        raise problem("usage", message, hint, exit_code=ExitCode.USAGE)
    if form is None and said is None and output and output != STREAM:
        endings = ", ".join(one.ending for one in FORMATS.values())
        message = f"{output} has an ending that no format has"
        raise problem("unknown-format", message, f"use one of {endings}", Place(output))
    return form or said or "po"


def _states(only: tuple[str, ...]) -> frozenset[State]:
    from handouts.cli.names import collected, pick
    from handouts.diagnostics import Diagnostic

    wrong: list[Diagnostic] = []
    names = [name for text in only for name in text.split(",") if name.strip()]
    found = collected(wrong, names, lambda name: pick("state", name, STATES))
    if wrong:
        raise HandoutsError(wrong)
    return frozenset(state for state in STATES if state in found)


def _refuse_existing(target: Path, force: bool) -> None:
    """A file that is there may hold a translator's work."""
    if target.is_dir() or (target.exists() and not force):
        raise problem(
            "exists",
            f"{target} is there already",
            "choose another name with -o, or replace it with --force",
            exit_code=ExitCode.FILE,
        )
