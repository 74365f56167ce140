"""The command: the only part of the program that prints, asks or exits.

A thin layer over `handouts.pipeline`: it turns options into a wish, diagnostics into text and
bytes into files. Nothing heavy is imported before it is needed, so that help comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code (see `handouts.diagnostics.ExitCode`)."""
    from handouts.cli.app import run

    return run(arguments)


__all__ = ["main"]
