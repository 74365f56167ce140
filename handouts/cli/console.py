"""The two streams: results go to standard output, everything else to standard error.

Colour is decided per stream and is never the only signal. Nothing here knows what is printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TextIO

import click

from handouts.diagnostics import ExitCode, problem


@dataclass(frozen=True, slots=True)
class Console:
    """Where to print and how much.

    `quiet` leaves errors only; `verbose` adds stages and times.
    """

    out: TextIO
    err: TextIO
    colour_out: bool = False
    colour_err: bool = False
    quiet: bool = False
    verbose: bool = False

    def result(self, text: str) -> None:
        """A line a script may read: a path, a JSON document."""
        _echo(text, self.out, self.colour_out)

    def say(self, text: str) -> None:
        """A line for the person who is watching."""
        if not self.quiet:
            _echo(text, self.err, self.colour_err)

    def detail(self, text: str) -> None:
        """A line for the person who asked for more."""
        if self.verbose:
            self.say(click.style(text, dim=True))

    def error(self, text: str) -> None:
        """What went wrong; said even when quiet."""
        _echo(text, self.err, self.colour_err)

    def result_bytes(self, data: bytes) -> None:
        """A whole file on standard output.

        Raises:
            HandoutsError: when standard output is a terminal.
        """
        if self.out.isatty():
            raise problem(
                "terminal",
                "a PDF would garble this terminal",
                "send it to a file or a program: -o - > handout.pdf",
                exit_code=ExitCode.USAGE,
            )
        stream: IO[bytes] = self.out.buffer
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            _silence(self.out)
            raise


def wants_colour(stream: TextIO, environment: Mapping[str, str], forbidden: bool) -> bool:
    """Whether to colour: ``--no-color``, then NO_COLOR, FORCE_COLOR, TERM=dumb, then a terminal.

    See no-color.org and force-color.org: a variable counts when it is set and not empty.
    """
    if forbidden or environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return environment.get("TERM") != "dumb" and stream.isatty()


def system_console(
    environment: Mapping[str, str], *, quiet: bool, verbose: bool, plain: bool
) -> Console:
    """A console on the process's own streams.

    Characters a stream's encoding lacks are escaped: a file name must not end a build.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    return Console(
        out=sys.stdout,
        err=sys.stderr,
        colour_out=wants_colour(sys.stdout, environment, plain),
        colour_err=wants_colour(sys.stderr, environment, plain),
        quiet=quiet,
        verbose=verbose and not quiet,
    )


def _echo(text: str, stream: TextIO, colour: bool) -> None:
    """Prints a line. A reader that went away (``| head``) is not our error; a full disk is."""
    try:
        click.echo(text, file=stream, color=colour)
    except BrokenPipeError:
        _silence(stream)
    except OSError:
        _silence(stream)
        raise


def _silence(stream: TextIO) -> None:
    """Sends the rest nowhere, or the interpreter would complain again when it closes it."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())
