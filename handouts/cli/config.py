"""``config show``: what the project says, and where each value comes from."""

from __future__ import annotations

import click

from handouts.cli.help import Command, Group
from handouts.cli.list import table
from handouts.cli.options import common, machine
from handouts.cli.options import config as project_options
from handouts.cli.project import open_project, project_folder
from handouts.cli.session import Session


@click.group(cls=Group, examples=("config show --resolved",), invoke_without_command=True)
@click.pass_context
def config(ctx: click.Context) -> int:
    """Show what the project says."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), color=ctx.color)
    return 0


@config.command(cls=Command, examples=("config show", "config show --resolved"))
@click.option("--resolved", is_flag=True, help="Also the values nobody set: the defaults.")
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="As build has it.")
@machine()
@project_options
@common
@click.pass_obj
def show(session: Session, resolved: bool, overrides: tuple[str, ...]) -> int:
    """Show the settings of the project and where each comes from."""
    project = open_project(session, overrides=overrides, languages=(), layouts=())
    folder = project_folder(session)
    file = session.world.shown(folder / "handouts.yaml") if folder else ""
    settings = project.settings
    keys = {_key(text) for text in overrides}
    rows = []
    for key, value in settings.model_dump(mode="json", by_alias=True).items():
        name = key.removesuffix("_")
        given = (
            name in keys
            or key in settings.model_fields_set
            or f"{key}_" in (settings.model_fields_set)
        )
        origin = "--set" if name in keys else file if given else "default"
        if given or resolved:
            rows.append({"key": name, "value": value, "origin": origin})
    cache = session.world.cache
    if session.machine:
        session.document(settings=rows, cache=str(cache) if cache else None)
        return session.finish()
    for line in table([(r["key"], _shown(r["value"]), f"({r['origin']})") for r in rows]):
        session.console.result(line)
    session.console.say(f"kept for a quicker start: {cache or 'nothing'}")
    return session.finish()


def _key(override: str) -> str:
    """The setting that ``project.paper=A4`` or ``class.when=…`` changes."""
    first, _, rest = override.partition("=")[0].partition(".")
    return rest.partition(".")[0] if first == "project" else first


def _shown(value: object) -> str:
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
