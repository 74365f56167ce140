"""The command as a whole: its verbs, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from handouts.cli.errors import bug, file, usage
from handouts.cli.help import Group
from handouts.cli.options import common
from handouts.cli.session import Session
from handouts.cli.version import print_version
from handouts.diagnostics import ExitCode, HandoutsError

_EXAMPLES = (
    "build                                  every handout, in every language",
    "build --layout benefits-flyer --language de",
    "new my-clinic                          a folder for your own name, logo and colours",
    "list                                   what there is",
)
_VERBS = {
    "build": "handouts.cli.build:build",
    "batch": "handouts.cli.batch:batch",
    "pack": "handouts.cli.pack:pack",
    "list": "handouts.cli.list:list_",
    "check": "handouts.cli.check:check",
    "new": "handouts.cli.new:new",
    "translate": "handouts.cli.translate:translate",
    "inspect": "handouts.cli.inspect:inspect",
    "fonts": "handouts.cli.fonts:fonts",
    "config": "handouts.cli.config:config",
    "schema": "handouts.cli.schema:schema",
}
_EPILOG = (
    "Exit codes: 0 all well, 1 content (or an error of this program), 2 usage, 3 font, 4 file, "
    "5 does not fit, 6 translation not released, 130 interrupted. When several files fail, the "
    "highest. Completion in your shell, once handouts is installed: "
    'eval "$(_HANDOUTS_COMPLETE=bash_source handouts)"; zsh_source and fish_source work too.'
)


@click.group(
    cls=Group,
    examples=_EXAMPLES,
    verbs=_VERBS,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@common
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    help="Show the versions of this program and its libraries.",
)
@click.pass_context
def cli(ctx: click.Context) -> int:
    """Make branded PDF flyers and class handouts about infant massage, in any language."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), color=ctx.color)
    return 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; prints whatever went wrong."""
    session = Session()
    try:
        result = cli.main(
            list(arguments) if arguments is not None else None,
            obj=session,
            standalone_mode=False,
        )
        for work in session.later:
            work()
        return int(result or 0)
    except HandoutsError as error:
        session.findings.add(error.diagnostics)
    except click.ClickException as error:
        session.findings.add([usage(error)])
    except (click.Abort, KeyboardInterrupt):
        session.console.error("interrupted")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        return int(ExitCode.FILE)
    except OSError as error:
        session.findings.add([file(error)])
        _trace(session)
    except Exception as error:
        session.findings.add([bug(error)])
        _trace(session)
    return _stopped(session)


def _stopped(session: Session) -> int:
    """Nothing could be done: the diagnostics are all there is to say."""
    code = session.finish()
    if session.form == "jsonl":
        session.records()
    elif session.machine:
        session.document(files=[])
    return code


def _trace(session: Session) -> None:
    if session.debug:
        import traceback

        traceback.print_exc(file=sys.stderr)


__all__ = ["run"]
