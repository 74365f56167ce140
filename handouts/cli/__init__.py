"""The command: the only part of the program that prints, asks or exits.

A thin layer over `handouts.pipeline`: it turns options into a wish, diagnostics into text and
bytes into files. Nothing heavy is imported before it is needed, so that help comes at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def command() -> int:
    """The whole of a process: `main`, and an end that does not look through all there was.

    Once enabled, the collector would go through every object, twice, before the interpreter
    takes them all down anyway: as long as two hundred documents take. It is told to let them be.
    """
    _open_streams()
    code = main()
    gc.freeze()
    return code


def _open_streams() -> None:
    """Streams that were closed (``2>&-``, some services) lead to nowhere instead.

    Otherwise the first file the program opens would take their number, and messages go into it.
    """
    number = os.open(os.devnull, os.O_RDWR)
    while number < 3:
        os.set_inheritable(number, True)
        number = os.dup(number)
    os.close(number)
    for number, name in enumerate(("stdout", "stderr"), 1):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code (see `handouts.diagnostics.ExitCode`)."""
    # Looking for plugins of pydantic reads the metadata of everything installed: a tenth of a
    # cold start for something nobody uses here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # noqa: TID251
    # What is imported and loaded is never garbage; `Run` turns this back after its first file.
    gc.disable()
    try:
        from handouts.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:  # While modules were still being imported.
        return 130
    finally:
        gc.enable()


__all__ = ["command", "main"]
