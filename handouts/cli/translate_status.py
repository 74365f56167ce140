"""``translate status``: how far each language is, and a gate for a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.cli.help import Command, Option
from handouts.cli.options import SHOW, WHAT, common, config, machine
from handouts.cli.report import clean
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError

if TYPE_CHECKING:
    from handouts.translate import Standing
    from handouts.translate.status import Stale
    from handouts.translate.word_diff import Piece

GATES = ("missing", "stale", "machine", "unreviewed", "unapproved")
_SHOWN = 5
_COLOURS = {"added": "green", "removed": "red"}


@click.command(
    cls=Command,
    examples=(
        "translate status",
        "translate status de                  what changed in its stale strings, too",
        "translate status --json --fail-on missing,stale,unreviewed",
    ),
)
@click.argument("languages", nargs=-1, metavar="[LANGUAGE…]")
@click.option(
    "--fail-on",
    cls=Option,
    heading=WHAT,
    multiple=True,
    metavar="STATE,…",
    help=f"End with 6 when a language has such strings: {', '.join(GATES)}.",
)
@click.option(
    "--diff",
    cls=Option,
    heading=SHOW,
    is_flag=True,
    help="What changed in the English of stale strings, for all languages.",
)
@machine()
@config
@common
@click.pass_obj
def status(
    session: Session, languages: tuple[str, ...], fail_on: tuple[str, ...], diff: bool
) -> int:
    """Show how many strings of each language are up to date, stale, missing or unreviewed.

    Every string counts once: as missing, stale, machine, draft, reviewed or approved.
    """
    from handouts.cli.project import project_folder
    from handouts.cli.translate_files import picked
    from handouts.translate import open_language, standing
    from handouts.translate.archive import archived

    gates = _gates(fail_on)
    folder = project_folder(session)
    tags = picked(session, languages)
    earlier = archived(session.world, folder)
    found: list[Standing] = []
    for tag in tags:
        try:
            found.append(standing(open_language(session.world, folder, tag), earlier))
        except HandoutsError as error:
            session.findings.add(error.diagnostics)
    session.findings.add(d for one in found for gate in gates for d in _failing(one, gate))
    if session.machine:
        code = session.finish()
        session.document(languages=[_record(one) for one in found])
        return code
    _table(session, found)
    for one in found if diff or languages else ():
        _details(session, one)
    return session.finish()


def _gates(fail_on: tuple[str, ...]) -> tuple[str, ...]:
    from handouts.cli.names import collected, pick

    wrong: list[Diagnostic] = []
    names = [name for text in fail_on for name in text.split(",") if name.strip()]
    found = collected(wrong, names, lambda name: pick("gate", name, GATES))
    if wrong:
        raise HandoutsError(wrong)
    return found


def _failing(one: Standing, gate: str) -> list[Diagnostic]:
    names = one.failing(gate)
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    said = "string is" if len(names) == 1 else "strings are"
    return [
        Diagnostic(
            "translation-gate",
            f"{one.language}: {len(names)} {said} {gate}: {', '.join(names[:_SHOWN])}{more}",
            f"handouts translate export {one.language} makes a file for the translator",
            exit_code=ExitCode.REVIEW,
        )
    ]


def _table(session: Session, found: list[Standing]) -> None:
    """A row for each language under a head, numbers flush right."""
    if not found:
        return
    heads = ["language", "strings", "up to date", *found[0].counts]
    rows = [
        [one.language, str(one.total), str(one.up_to_date), *map(str, one.counts.values())]
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for number, row in enumerate([heads, *rows]):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        line = "  ".join([row[0].ljust(widths[0]), *cells[1:]])
        session.console.result(click.style(line, bold=True) if number == 0 else line)


def _details(session: Session, one: Standing) -> None:
    """Names of what is missing, and what changed in each stale string."""
    out = session.console.result
    if one.strings["missing"]:
        out(f"\n{one.language}, missing: {', '.join(one.strings['missing'])}")
    for stale in one.stale:
        out(f"\n{one.language}, stale: {stale.id}")
        out(f"  English: {_changed(stale)}")
        out(f"  {one.language}: {clean(stale.text)}")


def _changed(stale: Stale) -> str:
    """The English with what went and came, marked and coloured."""
    if not stale.before:
        return f"{clean(stale.after)} (the earlier text is not known)"
    return " ".join(_piece(piece) for piece in stale.pieces)


def _piece(piece: Piece) -> str:
    text = clean(piece.text.strip())
    if piece.kind == "same":
        return text
    return click.style(f"{'+' if piece.kind == 'added' else '-'}[{text}]", fg=_COLOURS[piece.kind])


def _record(one: Standing) -> dict[str, Any]:
    return {
        "language": one.language,
        "total": one.total,
        "up_to_date": one.up_to_date,
        **{str(state): count for state, count in one.counts.items()},
        "unreviewed": len(one.failing("unreviewed")),
        "strings": {state: list(names) for state, names in one.strings.items()},
        "changes": [
            {
                "id": stale.id,
                "before": stale.before or None,
                "after": stale.after,
                "diff": [{"kind": piece.kind, "text": piece.text} for piece in stale.pieces]
                if stale.before
                else None,
                "translation": stale.text,
                "by": stale.by,
            }
            for stale in one.stale
        ],
    }
