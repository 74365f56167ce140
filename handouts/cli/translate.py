"""``translate``: what translators and reviewers need, and what a gate in CI asks."""

from __future__ import annotations

import click

from handouts.cli.help import Group

_EXAMPLES = (
    "translate status                       how far every language is",
    "translate export de -o de.xlsx         a file for a translator",
    "translate import de.xlsx --by MK       take what comes back",
)
_VERBS = {
    "export": "handouts.cli.translate_export:export",
    "import": "handouts.cli.translate_import:import_",
    "review": "handouts.cli.translate_review:review",
    "status": "handouts.cli.translate_status:status",
}


@click.group(cls=Group, examples=_EXAMPLES, verbs=_VERBS, invoke_without_command=True)
@click.pass_context
def translate(ctx: click.Context) -> int:
    """Send strings to translators and reviewers, take them back, see how far each language is."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), color=ctx.color)
    return 0
