"""``fonts``: which fonts there are, whether they have every letter, and bringing one's own."""

from __future__ import annotations

import click

from handouts.cli.help import Group


@click.group(
    cls=Group,
    examples=(
        "fonts list",
        "fonts check ar --text 'أهلا بكم'",
        "fonts add Friendly-Regular.ttf Friendly-Bold.ttf",
    ),
    verbs={
        "list": "handouts.cli.fonts_list:list_",
        "check": "handouts.cli.fonts_check:check",
        "add": "handouts.cli.fonts_add:add",
    },
    short_help="List and check fonts, and add your own.",
    invoke_without_command=True,
)
@click.pass_context
def fonts(ctx: click.Context) -> int:
    """Show which fonts there are and what they can write, and add your own.

    System fonts are never used: the same project gives the same pages on every computer.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), color=ctx.color)
    return 0
