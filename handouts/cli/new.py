"""``new``: a folder to begin with, holding what differs from the defaults and nothing else."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from handouts.cli.help import Command, called
from handouts.cli.options import common, machine
from handouts.cli.output import explain, write
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, HandoutsError, problem

BRAND = """\
# yaml-language-server: $schema=.schema/brand.json
# Your name, colours and contact. Change what is on the right of the colons; take away the # in
# front of a line to use it. What you leave out is mixed from your colours or printed as a line
# to write on.

name: Name of your clinic or class
# tagline: Gentle touch, time together
# instructor: Your name

color:
  primary: "#1f5e5b"      # your main colour: title band, headings, icons
  # accent: "#a9462f"     # markers, badges, safety
  # tint: "#edf4f2"       # pale fill of panels

# logo:
#   path: logo.svg        # SVG, PNG or JPEG, in this folder
#   alt: Name of your clinic

# contact:
#   address: "Street 1, Town"
#   phones: ["+1 555 0100"]
#   email: hello@example.org
#   web: https://example.org
#   emergency: "112"

# class:
#   when: Tuesdays, 10:00
#   where: Upstairs room
#   next_date: 2026-03-03
#   next_time: "10:00"

# qr: https://example.org/massage
"""
PROJECT = """\
# yaml-language-server: $schema=.schema/project.json
# What `build` makes when it is run in this folder. Everything has a default.

brand: brand.yaml
# languages: [en, es]          # default: English
# layouts: [benefits-flyer]    # default: all there are
# paper: A4                    # default: by language
# profile: clinic              # default: instructor
# output: output
"""
README = """\
# Handouts

Edit `brand.yaml`, then run `{command} build --config {folder}`. The PDFs appear
in `output/` in this folder.
"""


@click.command(cls=Command, examples=("new my-clinic",))
@click.argument("folder", type=click.Path(path_type=Path))
@machine()
@common
@click.pass_context
def new(ctx: click.Context, folder: Path) -> int:
    """Make a project folder: brand.yaml, handouts.yaml and a read-me.

    Your editor offers and checks the keys of both files if it knows YAML schemas.
    """
    session: Session = ctx.obj
    command = called(ctx)
    files = {
        "brand.yaml": BRAND,
        "handouts.yaml": PROJECT,
        "README.md": README.format(command=command, folder=folder),
        **_schemas(),
    }
    _refuse_existing(folder, files)
    for name, text in files.items():
        try:
            write(folder / name, text.encode("utf-8"))
        except OSError as error:
            raise HandoutsError([explain(error, folder / name)]) from error
    if session.machine:
        session.document(files=[str(folder / name) for name in files])
    elif not session.quiet:
        for name in ("brand.yaml", "handouts.yaml", "README.md"):
            session.console.result(str(folder / name))
        session.console.say(f"Next: edit {folder / 'brand.yaml'}, then")
        session.console.say(f"  {command} build --config {shlex.quote(str(folder))}")
    return session.finish()


def _schemas() -> dict[str, str]:
    """Schemas for the editor, beside the files, so that they work without a network."""
    from handouts.load.schema import text

    return {f".schema/{kind}.json": text(kind) for kind in ("brand", "project")}


def _refuse_existing(folder: Path, names: dict[str, str]) -> None:
    """Nobody's file is overwritten, whatever it holds.

    Raises:
        HandoutsError: naming what is in the way.
    """
    if folder.exists() and not folder.is_dir():
        there = [str(folder)]
    else:
        there = [str(folder / name) for name in names if (folder / name).exists()]
    if there:
        raise problem(
            "exists",
            f"{there[0]} is there already",
            "choose a folder that does not exist yet",
            exit_code=ExitCode.FILE,
        )
