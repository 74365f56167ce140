"""The options of ``batch``, each with its help, in the order in which a person meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from handouts.cli.help import Option
from handouts.cli.options import WHAT, WHERE, common, config, gates, listed, machine

F = TypeVar("F", bound=Callable[..., Any])
HOW = "How to go about it"


class _JobFile(click.Argument):
    """The argument, explained where what to make is."""

    heading = WHAT

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its name and what it is."""
        return "JOBS.yaml", "A job file that says what to make: see docs/batch.md."


def matrix(function: F) -> F:
    """What to make: the job file, or the spreadsheet, and names with globs."""
    function = gates(function)
    for decorator in (
        listed("--set", "overrides", "KEY=VALUE", "Set a value of the project or brand once."),
        listed("--part", "parts", "NAME", "A group or week, for layouts made for one."),
        listed("--profile", "profiles", "NAME", "instructor, clinic, or all."),
        listed("--size", "papers", "PAPER", "A4, Letter, …; default: by language."),
        listed("--layout", "layouts", "NAME", "Layouts: 'topic-*', or all. Default: all."),
        listed("--language", "languages", "TAG", "Languages: de, es+en (both), 'zh-*', all."),
        listed("--brand", "brands", "NAME", "Brands or clinics: an id, 'clinic-*', or all."),
        click.option(
            "--clinics",
            cls=Option,
            heading=WHAT,
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="A CSV or XLSX file with a clinic in each row.",
        ),
        click.argument(
            "jobs",
            cls=_JobFile,
            required=False,
            type=click.Path(dir_okay=False),
            metavar="[JOBS.yaml]",
        ),
    ):
        function = decorator(function)
    return function


def place(function: F) -> F:
    """Where files and report go."""
    for decorator in (
        _flag("--no-report", "without_report", WHERE, "Write no report."),
        click.option(
            "--report",
            cls=Option,
            heading=WHERE,
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="The page that tells what happened. Default: report.html beside the files.",
        ),
        _flag("--prune", "prune", WHERE, "Remove files of earlier batches not asked for now."),
        _flag("--force", "force", WHERE, "Replace files that were changed by hand."),
        _flag("-n/--dry-run", "dry", WHERE, "Check everything, count, and write nothing."),
        click.option(
            "--output",
            cls=Option,
            heading=WHERE,
            metavar="FOLDER",
            help="Folder for the files, or a URL such as s3://bucket/prefix. Default: output.",
        ),
    ):
        function = decorator(function)
    return function


def manner(function: F) -> F:
    """Who makes the files, and what a failure does."""
    for decorator in (
        _flag("--wait", "wait", HOW, "Wait while another batch works in the same folder."),
        click.option(
            "--verify",
            cls=Option,
            heading=HOW,
            type=click.IntRange(min=1),
            default=None,
            metavar="N",
            help="Make every Nth file twice, by the fast and by the full way, and compare.",
        ),
        click.option(
            "--fail-fast/--keep-going",
            "fail_fast",
            cls=Option,
            heading=HOW,
            default=False,
            help="Stop at the first problem; or make all others. Default: keep going.",
        ),
        _pem("--tls-key", "tls_key", "The key of that certificate."),
        _pem("--tls-cert", "tls_cert", "A certificate of that CA for this machine."),
        _pem("--tls-ca", "tls_ca", "For tls://host:8786, in PEM form: the CA of the cluster."),
        click.option(
            "--scheduler",
            cls=Option,
            heading=HOW,
            metavar="ADDRESS",
            help="Dask: a cluster that is running, tcp://host:8786. Default: one is started here.",
        ),
        click.option(
            "--processes",
            cls=Option,
            heading=HOW,
            type=click.IntRange(min=1),
            default=None,
            metavar="N",
            help="Worker processes. Default: as many as there are cores.",
        ),
        click.option(
            "--engine",
            cls=Option,
            heading=HOW,
            type=click.Choice(["local", "dask"], case_sensitive=False),
            default="local",
            help="Processes of this machine, or a Dask cluster. Default: local.",
        ),
    ):
        function = decorator(function)
    return function


def shown(function: F) -> F:
    """What to print."""
    return machine("jsonl", "github")(config(common(function)))


def _pem(flag: str, name: str, text: str) -> Callable[[F], F]:
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option(flag, name, cls=Option, heading=HOW, type=kind, metavar="FILE", help=text)


def _flag(flags: str, name: str, heading: str, text: str) -> Callable[[F], F]:
    return click.option(
        *flags.split("/"), name, cls=Option, heading=heading, is_flag=True, help=text
    )
