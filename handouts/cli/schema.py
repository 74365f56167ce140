"""``schema``: the JSON Schemas of the YAML files, for editors and other programs."""

from __future__ import annotations

import click

from handouts.cli.help import Command
from handouts.cli.names import pick
from handouts.cli.options import common
from handouts.cli.session import Session


@click.command(cls=Command, examples=("schema brand > brand.json",))
@click.argument("kind")
@common
@click.pass_obj
def schema(session: Session, kind: str) -> int:
    """Print the JSON Schema of a kind of YAML file: brand, layout, locale, project or another."""
    from handouts.load.schema import MODELS, text

    session.console.result(text(pick("schema", kind, MODELS)).rstrip())
    return 0
