"""``schema``: the JSON Schemas of the YAML files, for editors and other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from handouts.cli.help import Command
from handouts.cli.options import common
from handouts.cli.session import Session

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS = ("brand", "handouts", "layout", "locale")


@click.command(cls=Command, examples=("schema brand > brand.json",))
@click.argument("kind", type=click.Choice(KINDS))
@common
@click.pass_obj
def schema(session: Session, kind: str) -> int:
    """Print the JSON Schema of a kind of YAML file."""
    session.console.result(text(kind))
    return 0


def text(kind: str) -> str:
    """The schema, made from the model that reads the file, so that the two cannot differ."""
    return json.dumps(_model(kind).model_json_schema(), indent=1)


def _model(kind: str) -> type[BaseModel]:
    if kind == "brand":
        from handouts.model.brand import Brand

        return Brand
    if kind == "layout":
        from handouts.model.layout import Layout

        return Layout
    if kind == "locale":
        from handouts.model.locale import LocaleFile

        return LocaleFile
    from handouts.model.project import ProjectFile

    return ProjectFile
