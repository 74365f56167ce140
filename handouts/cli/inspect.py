"""``inspect``: what a finished PDF says about itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from handouts.cli.help import Command
from handouts.cli.options import common, machine
from handouts.cli.report import clean
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, Place, problem


@click.command(
    cls=Command,
    examples=("inspect output/default/benefits-flyer-de-A4.pdf",),
)
@click.argument("file", type=click.Path(path_type=Path))
@machine()
@common
@click.pass_obj
def inspect(session: Session, file: Path) -> int:
    """Show which handout a PDF is: layout, language, brand, edition.

    Only files that handouts made can be read.
    """
    from handouts.finish import inspect as read

    found = read(_content(file), Place(str(file)))
    claims = ", ".join(found.claims)
    facts = asdict(found.identity) | {"pages": found.pages, "claims": claims}
    facts["inserted"] = found.inserted
    if session.machine:
        session.document(path=str(file), **facts)
        return session.finish()
    width = max(map(len, facts))
    for key, value in facts.items():
        if value:
            session.console.result(f"{key.ljust(width)}  {clean(str(value))}")
    return session.finish()


def _content(file: Path) -> bytes:
    """The file's bytes.

    Raises:
        HandoutsError: when it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise problem(
            "unreadable-file",
            f"cannot read {file}: {reason}",
            "give the path of a PDF that handouts made",
            exit_code=ExitCode.FILE,
        ) from error
