"""Exceptions that are no diagnostics yet, in the words of one."""

from __future__ import annotations

import click

from handouts.cli.help import called
from handouts.diagnostics import Diagnostic, ExitCode


def bug(error: BaseException) -> Diagnostic:
    """An exception nobody expected, in one line."""
    what = f"{type(error).__name__}: {error}".strip().splitlines()[0]
    return Diagnostic(
        "internal",
        f"the program made an error of its own: {what}",
        "run it again with --debug and report what it shows",
    )


def usage(error: click.ClickException) -> Diagnostic:
    """What click found wrong with the command line."""
    ctx = getattr(error, "ctx", None)
    verbs = ctx.command_path.split()[1:] if ctx else []
    command = " ".join([called(ctx) if ctx else "handouts", *verbs, "--help"])
    return Diagnostic(
        "usage",
        error.format_message().rstrip("."),
        f"see {command}",
        exit_code=ExitCode(error.exit_code) if error.exit_code == 2 else ExitCode.FILE,
    )


def file(error: OSError) -> Diagnostic:
    """A file that could not be read or written, where nobody knows it better."""
    name = error.filename or "standard output"
    return Diagnostic("file", f"{name}: {error.strerror or error}", exit_code=ExitCode.FILE)
