"""Options that more than one command takes, each defined once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from handouts.cli.help import Option
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, problem

F = TypeVar("F", bound=Callable[..., Any])
WHAT = "What to make"
WHERE = "Where to put it"
SHOW = "What to show"


def common(function: F) -> F:
    """``-q``, ``-v``, ``--debug`` and ``--no-color``, kept in the session."""
    for decorator in (
        _kept("--no-color", "plain", "No colours, also with NO_COLOR=1."),
        _kept("--debug", "debug", "Show where in the program an error arose."),
        _kept("-v/--verbose", "verbose", "Say which files are read and how long stages take."),
        _kept("-q/--quiet", "quiet", "Say nothing but errors."),
    ):
        function = decorator(function)
    return function


def config(function: F) -> F:
    """``--config`` and ``--no-config``: which project."""
    function = _kept("--no-config", "no_config", "Ignore handouts.yaml: built-in data only.")(
        function
    )
    return click.option(
        "--config",
        cls=Option,
        heading=SHOW,
        type=click.Path(path_type=Path),
        metavar="PATH",
        expose_value=False,
        callback=_keep("config"),
        help="The project: a folder or its handouts.yaml. Default: look here, then upwards.",
    )(function)


def machine(*more: str) -> Callable[[F], F]:
    """``--json`` and other forms of output, kept in the session."""

    def decorate(function: F) -> F:
        for form in reversed(("json", *more)):
            function = _form(form)(function)
        return function

    return decorate


def selection(function: F) -> F:
    """Which layouts, languages, brands, papers, profile; and values set for this run."""
    for decorator in (
        listed("--set", "overrides", "KEY=VALUE", "Set a value of the project or brand once."),
        click.option(
            "--profile",
            cls=Option,
            heading=WHAT,
            type=click.Choice(["instructor", "clinic"], case_sensitive=False),
            help="instructor: every benefit; clinic: approved words and supported claims only.",
        ),
        listed("--size", "papers", "PAPER", "A4, Letter, …; default: by language."),
        listed("--brand", "brands", "NAME", "A brand's id, or the path of a brand.yaml."),
        listed("--language", "languages", "TAG", "Language: de, zh-Hans, es+en (both), or all."),
        listed("--layout", "layouts", "NAME", "Layout; without it, all there are."),
    ):
        function = decorator(function)
    return function


def listed(flag: str, name: str, metavar: str, text: str) -> Callable[[F], F]:
    """An option that may be given again and again."""
    return click.option(
        flag,
        name,
        cls=Option,
        heading=WHAT,
        multiple=True,
        metavar=metavar,
        help=text,
        shell_complete=_complete,
    )


def _complete(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from handouts.cli.names import available
    from handouts.units import PAPERS

    known = available() | {"papers": list(PAPERS)}
    names = known.get(parameter.name or "", [])
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _form(form: str) -> Callable[[F], F]:
    texts = {
        "json": "Print one JSON document.",
        "jsonl": "Print a JSON record for each file as it is finished.",
        "github": "Print problems as annotations of GitHub Actions.",
    }

    def keep(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
        session = ctx.find_object(Session)
        if value and session is not None:
            if session.form not in ("text", form):
                message = f"--{session.form} and --{form} contradict each other"
                raise problem("usage", message, "use one", exit_code=ExitCode.USAGE)
            session.form = form

    return click.option(
        f"--{form}",
        cls=Option,
        heading=SHOW,
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=keep,
        help=texts[form],
    )


def _kept(flags: str, name: str, text: str) -> Callable[[F], F]:
    return click.option(
        *flags.split("/"),
        cls=Option,
        heading=SHOW,
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_keep(name),
        help=text,
    )


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Stores a value in the session if it was given; group and command may both take it."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        session = ctx.find_object(Session)
        if value and session is not None:
            setattr(session, name, value)

    return keep


def gates(function: F) -> F:
    """``--include``, ``--allow-draft`` and ``--allow-stale``: softer gates, asked for by name."""
    for name, text in (
        ("--allow-stale", "Print translations of English text that has changed."),
        ("--allow-draft", "Print translations nobody has approved, marked as a draft."),
    ):
        function = click.option(name, cls=Option, heading=WHAT, is_flag=True, help=text)(function)
    return click.option(
        "--include",
        cls=Option,
        heading=WHAT,
        multiple=True,
        metavar="ID",
        help="A benefit the clinic profile would leave out.",
    )(function)
