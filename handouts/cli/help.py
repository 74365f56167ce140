"""Help pages: examples first, options in groups, and the names there are to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click


class Option(click.Option):
    """An option with the heading it stands under."""

    def __init__(self, *args: Any, heading: str = "Options", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.heading = heading


class Command(click.Command):
    """A command whose help begins with what people type."""

    def __init__(
        self, *args: Any, examples: Sequence[str] = (), choices: bool = False, **attributes: Any
    ) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples
        self.choices = choices
        """Whether the help lists layouts, languages and brands."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, what it does, options, choices."""
        write_examples(ctx, formatter, self.examples)
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        self.format_options(ctx, formatter)
        if self.choices:
            _write_choices(formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A list of options for each heading."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record:
                groups.setdefault(getattr(parameter, "heading", "What to show"), []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)


class Group(click.Group):
    """The command with its verbs; knows what was meant by a misspelled one.

    `verbs` says where each command is (``module:name``), in the order in which a person meets
    them; one is imported when it is asked for.
    """

    command_class = Command

    def __init__(
        self,
        *args: Any,
        examples: Sequence[str] = (),
        verbs: Mapping[str, str] = MappingProxyType({}),
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples
        self.verbs = verbs

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        write_examples(ctx, formatter, self.examples)
        super().format_help(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a person meets them."""
        return [*self.verbs, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command."""
        if cmd_name not in self.verbs:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.verbs[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the verb, or the nearest one for the message."""
        from handouts.cli.names import hint

        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command '{args[0]}': {hint(args[0], known)}", ctx)
        return super().resolve_command(ctx, args)


def write_examples(
    ctx: click.Context, formatter: click.HelpFormatter, examples: Sequence[str]
) -> None:
    """Lines to type, as this program was called."""
    if examples:
        with formatter.section("Examples"):
            for example in examples:
                formatter.write(f"  {called(ctx)} {example}\n")
        formatter.write_paragraph()


def called(ctx: click.Context) -> str:
    """How the program is started here: ``handouts`` or ``python generate.py``."""
    name = ctx.find_root().info_name or "handouts"
    return f"python {name}" if name.endswith(".py") else name


def _write_choices(formatter: click.HelpFormatter) -> None:
    from handouts.cli.names import available

    with formatter.section("There are"):
        formatter.write_dl(
            [(what, ", ".join(names)) for what, names in available().items() if names]
        )
