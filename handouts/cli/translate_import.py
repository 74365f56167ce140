"""``translate import``: takes what translators and reviewers send back, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import WHAT, WHERE, common, config, machine
from handouts.cli.report import clean, counted
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, problem

if TYPE_CHECKING:
    from handouts.translate import Outcome
    from handouts.translate.returned import Returned


@dataclass(frozen=True, slots=True)
class _Into:
    """Where an import goes: the file to write, and whether a built-in one is copied for it."""

    target: Path
    copy: bool
    start: Path | None
    """The file to begin from instead of the language's own."""


@click.command(
    "import",
    cls=Command,
    examples=(
        "translate import de.xlsx --by MK",
        "translate import de.po --by MK -n            say what it would change",
        "translate import de.xlf --by MK --partial    take what is right, name the rest",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--language",
    cls=Option,
    heading=WHAT,
    metavar="TAG",
    help="The language, where the file does not say it.",
)
@click.option(
    "--by",
    cls=Option,
    heading=WHAT,
    metavar="NAME",
    help="Initials or role of who translated or reviewed, where the file does not say it.",
)
@click.option(
    "--partial",
    cls=Option,
    heading=WHAT,
    is_flag=True,
    help="Take the strings nothing is wrong with, and name those left out.",
)
@click.option(
    "--into",
    cls=Option,
    heading=WHERE,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The locale file to change. Default: locales/TAG.yaml of the project.",
)
@click.option(
    "-n", "--dry-run", cls=Option, heading=WHERE, is_flag=True, help="Check all, write nothing."
)
@machine()
@config
@common
@click.pass_obj
def import_(
    session: Session,
    files: tuple[Path, ...],
    language: str | None,
    by: str | None,
    partial: bool,
    into: Path | None,
    dry_run: bool,
) -> int:
    """Take a translation back: PO, XLIFF, XLSX or CSV.

    Every string is checked, and every sheet it prints on is set again. Nothing is written when
    anything is wrong, unless --partial says so. Strings nobody changed stay byte for byte.
    """
    from handouts.cli.project import project_folder
    from handouts.cli.translate_files import save, with_sheets
    from handouts.translate import Wanted, open_language, rehearse
    from handouts.translate.merge import Signer

    folder = project_folder(session)
    by_language = _read(session, files, language)
    signer = Signer((by or "").strip(), session.world.today)
    project = with_sheets(session)
    outcomes: list[tuple[Outcome, Path]] = []
    for tag, returned in by_language.items():
        where = _into(session, folder, tag, into)
        found = open_language(session.world, folder, tag, where.start)
        wanted = Wanted(where.target, signer, partial, where.copy)
        outcome = rehearse(session.world, folder, project, found, returned, wanted)
        session.findings.add(outcome.found)
        outcomes.append((outcome, where.target))
    stopped = any(outcome.failed for outcome, _ in outcomes) and not partial
    if not dry_run and not stopped:
        for outcome, target in outcomes:
            if outcome.content is not None:
                save([*([outcome.archive] if outcome.archive else []), (target, outcome.content)])
    code = session.finish()
    _tell(session, outcomes, dry_run=dry_run, stopped=stopped)
    return code


def _read(
    session: Session, files: Sequence[Path], language: str | None
) -> dict[str, list[Returned]]:
    """The files by language. What is wrong with any of them stops all."""
    from handouts.cli.translate_files import picked
    from handouts.load.files import read
    from handouts.translate.formats import read as parsed
    from handouts.translate.limits import MAX_BYTES

    wanted = picked(session, [language], new=True)[0] if language else ""
    found: dict[str, list[Returned]] = {}
    wrong: list[Diagnostic] = []
    for file in files:
        place = Place(str(file))
        try:
            returned = parsed(read(session.world, file, MAX_BYTES, place), str(file))
            tag = wanted or returned.language
            if not tag:
                message = f"{file} does not say which language it is in"
                hint = "give it with --language"
                raise problem("no-language", message, hint, place, ExitCode.USAGE)
            (known,) = picked(session, [tag], new=True)
            if not wanted:
                _refuse_lookalike(session, known, place)
            found.setdefault(known, []).append(returned)
        except HandoutsError as error:
            wrong += error.diagnostics
    if wrong:
        raise HandoutsError(wrong)
    return found


def _refuse_lookalike(session: Session, tag: str, place: Place) -> None:
    """A new language that may be one there is: programs write de-DE where we have de.

    Raises:
        HandoutsError: asking which is meant.
    """
    from handouts.cli.project import project_folder
    from handouts.translate import tags
    from handouts.translate.language import same_language

    known = tags(session.world, project_folder(session))
    same = [one for one in known if same_language(one, tag)]
    if tag in known or not same:
        return
    options = " or ".join(f"--language {one}" for one in (*same, tag))
    raise problem(
        "no-language",
        f"the file says it is in {tag}, which is not there; {' and '.join(same)} is",
        f"say which is meant: {options}, which begins a new language",
        place,
        ExitCode.USAGE,
    )


def _into(session: Session, folder: Path | None, tag: str, into: Path | None) -> _Into:
    """The file to write. A built-in one is only changed when it is named.

    Raises:
        HandoutsError: when there is no project and no --into.
    """
    from handouts.load.locales import available

    world = session.world
    if into is not None:
        path = world.cwd / into
        builtin = world.data("catalogue") / "locales"
        current = available(world, folder).get(tag)
        copy = not path.is_file() and current is not None and current.parent == builtin
        return _Into(path, copy, path if path.is_file() else None)
    if folder is None:
        raise problem(
            "no-project",
            "there is no project here whose translation this could be",
            "go to its folder, name it with --config, or name a locale file with --into",
            exit_code=ExitCode.USAGE,
        )
    path = folder / "locales" / f"{tag}.yaml"
    return _Into(path, not path.is_file(), None)


def _tell(
    session: Session, outcomes: list[tuple[Outcome, Path]], *, dry_run: bool, stopped: bool
) -> None:
    shown = session.world.shown
    records = []
    for outcome, target in outcomes:
        status = _status(outcome, dry_run, stopped)
        records.append({"path": shown(target), "status": status, **_record(outcome)})
        if session.machine:
            continue
        if status in ("written", "would-write"):
            session.console.result(shown(target))
        session.console.say(f"{outcome.language}: {_summary(outcome, status)}")
        for change in outcome.changes if not stopped else ():
            line = f"  {change.id}: {change.before} -> {change.new.status}"
            session.console.detail(f"{line} {clean(change.new.text)}")
        if outcome.left_out and not stopped:
            session.console.say(f"left out: {', '.join(map(clean, outcome.left_out))}")
    if session.machine:
        session.document(files=records)


def _status(outcome: Outcome, dry_run: bool, stopped: bool) -> str:
    if stopped or (outcome.failed and outcome.content is None):
        return "refused"
    if outcome.content is None:
        return "unchanged"
    return "would-write" if dry_run else "written"


def _summary(outcome: Outcome, status: str) -> str:
    if status == "refused":
        return "nothing was taken; --partial takes what is right"
    if status == "unchanged":
        return "nothing has changed"
    strings = counted(len(outcome.changes), "string")
    lists = f", {', '.join(outcome.heads)}" if outcome.heads else ""
    return f"{strings}{lists} {'would change' if status == 'would-write' else 'changed'}"


def _record(outcome: Outcome) -> dict[str, Any]:
    return {
        "language": outcome.language,
        "changes": [
            {
                "id": change.id,
                "from": change.before,
                "to": change.new.status,
                "reworded": change.reworded,
                "by": change.new.by,
            }
            for change in outcome.changes
        ],
        "lists": list(outcome.heads),
        "left_out": list(outcome.left_out),
    }
