"""``translate review``: a language on paper, for somebody who reviews with a pen."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import WHAT, WHERE, common, config, machine
from handouts.cli.report import counted
from handouts.cli.session import Session
from handouts.cli.targets import STREAM
from handouts.diagnostics import ExitCode, HandoutsError, problem

PAPERS = ("A4", "Letter")
STATES = ("missing", "stale", "machine", "draft", "reviewed", "approved")


@click.command(
    cls=Command,
    examples=(
        "translate review de                        every sentence, on some 40 pages",
        "translate review ar --group safety         the safety texts only",
        "translate review es --only draft,stale     what nobody has seen yet",
        "translate review ja -o for-keiko.pdf --size Letter",
    ),
)
@click.argument("language")
@click.option(
    "--only",
    cls=Option,
    heading=WHAT,
    multiple=True,
    metavar="STATE,…",
    help=f"Strings in these states: {', '.join(STATES)}. Default: all.",
)
@click.option(
    "--group",
    "groups",
    cls=Option,
    heading=WHAT,
    multiple=True,
    metavar="NAME,…",
    help="Strings whose ids begin so: safety, benefit, stroke, … Default: all.",
)
@click.option(
    "--brand",
    cls=Option,
    heading=WHAT,
    metavar="NAME",
    help="Whose pages are shown: a brand's id, or the path of a brand.yaml.",
)
@click.option(
    "--size", "paper", cls=Option, heading=WHAT, metavar="PAPER", help="A4 or Letter. Default: A4."
)
@click.option(
    "-o",
    "--output",
    cls=Option,
    heading=WHERE,
    metavar="FILE",
    help="The file to write; - for standard output. Default: in output/<brand>/.",
)
@click.option(
    "--force",
    cls=Option,
    heading=WHERE,
    is_flag=True,
    help="Replace a file that handouts did not make.",
)
@machine()
@config
@common
@click.pass_obj
def review(
    session: Session,
    language: str,
    only: tuple[str, ...],
    groups: tuple[str, ...],
    brand: str | None,
    paper: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Make a PDF of every string beside its English, with boxes to tick and lines to write on.

    Each string has its number, its id and a picture of the place where it prints. Safety texts
    come first.
    """
    from handouts.cli.output import judge
    from handouts.cli.project import open_project, output_folder, project_folder
    from handouts.cli.translate_files import picked, save
    from handouts.translate import open_language
    from handouts.translate.review import Choice, file_name, kinds
    from handouts.translate.review import review as made
    from handouts.translate.sheets import with_example

    (tag,) = picked(session, [language], new=True)
    if output == STREAM and session.machine:
        message = f"-o - and --{session.form} contradict each other"
        raise problem("usage", message, "use one", exit_code=ExitCode.USAGE)
    folder = project_folder(session)
    found = open_language(session.world, folder, tag)
    states = _chosen("state", only, STATES)
    chosen = _chosen("group", groups, kinds(found))
    brands = (brand,) if brand else ()
    project = open_project(session, brands=brands, languages=(), partial=True)
    own = next(iter(project.brands))
    (size,) = _chosen("paper", (paper or project.settings.paper or PAPERS[0],), PAPERS)
    target = None if output == STREAM else Path(output or "")
    if not output:
        target = output_folder(session, project, None) / own / file_name(found, size)
    verdict = judge(target, force=force) if target else None
    if verdict and verdict.why:
        raise HandoutsError([verdict.why])
    choice = Choice(own, size, frozenset(states), frozenset(chosen))  # type: ignore[arg-type]
    started = time.perf_counter()
    sheet = made(session.world, folder, with_example(project, session.world), found, choice)
    session.console.detail(f"made in {time.perf_counter() - started:.1f} s")
    if target is None:
        session.console.result_bytes(sheet.content)
    else:
        save([(target, sheet.content)])
    if session.machine:
        session.document(path=str(target), language=tag, strings=sheet.strings, pages=sheet.pages)
    elif target is not None:
        session.console.result(str(target))
        session.console.say(f"{counted(sheet.strings, 'string')}, {counted(sheet.pages, 'page')}")
    return session.finish()


def _chosen(what: str, given: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """Names as the data writes them, commas or not.

    Raises:
        HandoutsError: naming every one that does not exist.
    """
    from handouts.cli.names import collected, pick
    from handouts.diagnostics import Diagnostic

    wrong: list[Diagnostic] = []
    names = [name for text in given for name in text.split(",") if name.strip()]
    found = collected(wrong, names, lambda name: pick(what, name, known))
    if wrong:
        raise HandoutsError(wrong)
    return found
