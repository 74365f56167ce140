"""Every command on the pages is one the program takes; every name of JSON and codes is real."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

import click
import pytest

from handouts.cli.app import cli
from handouts.cli.report import Finding, as_data
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode
from handouts.model.project import Project
from handouts.pipeline import Wish, plan
from tests.docs.pages import PAGES, ROOT, inline_code, snippets

CALLS = ("python generate.py ", "handouts ")
CODES = ROOT / "docs" / "exit-codes-and-json.md"


def written() -> Iterator[tuple[str, str]]:
    """Commands with where they stand: lines of shell blocks, and code in the text."""
    for snippet in snippets("sh"):
        for line in snippet.body.splitlines():
            for part in re.split(r"&&|\|", line.split(" #")[0]):
                yield snippet.name, re.sub(r"^(?:[A-Z_]+=\S+ )+", "", part.strip())
    for page in PAGES:
        yield from ((str(page.relative_to(ROOT)), code) for code in inline_code(page))


COMMANDS = sorted({(where, text) for where, text in written() if text.startswith(CALLS)})


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 20


@pytest.mark.parametrize(("where", "text"), COMMANDS, ids=[text for _, text in COMMANDS])
def test_command(where: str, text: str) -> None:
    words = shlex.split(text.split(" >")[0])
    arguments = words[2:] if words[0] == "python" else words[1:]
    if {"-h", "--help", "--version"} & set(arguments):
        arguments = [one for one in arguments if one not in ("-h", "--help", "--version")]
        if not arguments:
            return
    ctx = cli.make_context("handouts", list(arguments), obj=Session())
    group: click.Group = cli
    rest = [*ctx._protected_args, *ctx.args]
    while rest:
        name, command, rest = group.resolve_command(ctx, rest)
        assert command is not None
        ctx = command.make_context(name, rest, parent=ctx)
        if not isinstance(command, click.Group):
            break
        group, rest = command, [*ctx._protected_args, *ctx.args]


def test_exit_codes() -> None:
    rows = re.findall(r"^\| (\d+) \| `([a-z]+)`", CODES.read_text("utf-8"), re.M)
    assert {(int(number), name) for number, name in rows} == {
        (int(code), code.name.lower()) for code in ExitCode
    }


def test_json_examples() -> None:
    """The keys of the example are those of the program."""
    from handouts.cli.output import Verdict
    from handouts.cli.targets import Target
    from handouts.cli.work import Entry
    from handouts.model.project import Job

    job = Job("benefits-flyer", "en", "default", "A4", "instructor")
    entry = Entry(Target(job, None, Verdict("write")), "written")
    document = next(json.loads(s.body) for s in snippets("json") if '"files"' in s.body)
    assert set(document["files"][0]) == set(entry.as_data())
    assert set(document["diagnostics"][0]) == set(as_data(Finding(Diagnostic("a", "b"))))


def test_codes_exist() -> None:
    source = "".join(p.read_text("utf-8") for p in (ROOT / "handouts").rglob("*.py"))
    section = CODES.read_text("utf-8").split("## Codes of problems")[1]
    codes = re.findall(r"^\| `([a-z-]+)`", section, re.M)
    assert len(codes) > 30
    assert [code for code in codes if f'"{code}"' not in source] == []


def test_readme_counts_the_files(real_project: Project) -> None:
    made = plan(real_project, Wish(brands=("default",)))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"{len(made)} files" in readme
    assert f"{len(real_project.catalogue.benefits)} benefits" in readme
