from __future__ import annotations

import io
from typing import Any

import click
import pytest

from handouts.cli.console import Console
from handouts.cli.report import Finding, Findings, annotation, as_data, show, text
from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity


def _plain(finding: Finding) -> str:
    return click.unstyle(text(finding))


def _console(**options: Any) -> tuple[Console, io.StringIO]:
    err = io.StringIO()
    return Console(io.StringIO(), err, **options), err


KEY = Diagnostic(
    "unknown-key",
    "'colour' is no key of a brand",
    "did you mean 'color'?",
    Place("brand.yaml", 4, 3, "  colour: blue\n"),
)
FIT = Diagnostic("does-not-fit", "needs 3.0 mm more", "shorten the text", exit_code=ExitCode.FIT)
OLD = Diagnostic("old", "is old", severity=Severity.WARNING, place=Place("a.yaml"))


def test_text_with_a_place() -> None:
    assert _plain(Finding(KEY)) == (
        "brand.yaml:4:3: error: 'colour' is no key of a brand [unknown-key]\n"
        "  4 |   colour: blue\n"
        "    |   ^\n"
        "  fix: did you mean 'color'?"
    )


def test_text_with_files() -> None:
    files = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")
    assert _plain(Finding(FIT, files)) == (
        "error: needs 3.0 mm more [does-not-fit]\n"
        "  in a.pdf, b.pdf and 2 more files\n"
        "  fix: shorten the text"
    )


def test_text_of_a_warning_about_a_whole_file() -> None:
    assert _plain(Finding(OLD)) == "a.yaml: warning: is old [old]"


@pytest.mark.parametrize(
    ("source", "column", "before"),
    [
        ("name: 婴儿: x", 10, 11),  # wide characters take two columns
        ("a\u0301b: x", 3, 1),  # a mark takes none
        ("\tkey: x", 2, 1),  # a tab is shown as one space
        ("short", 99, 5),  # past the end
    ],
)
def test_caret_stands_under_its_column(source: str, column: int, before: int) -> None:
    finding = Finding(Diagnostic("x", "m", place=Place("f", 1, column, source)))
    caret = _plain(finding).splitlines()[2]
    assert caret == "    | " + " " * before + "^"


def test_long_line_is_cut_around_the_column() -> None:
    source = "x" * 500 + "HERE" + "y" * 500
    finding = Finding(Diagnostic("x", "m", place=Place("f", 1, 501, source)))
    _, line, caret = _plain(finding).splitlines()
    assert line[caret.index("^") :].startswith("HERE")
    assert len(line) < 110


def test_control_characters_of_user_files_do_not_reach_the_terminal() -> None:
    place = Place("b\x1b[2J.yaml", 1, 1, "\x1b]0;title\x07")
    shown = text(Finding(Diagnostic("x", "a\x1b[31m", "b\rc", place), ("d\x07",)))
    assert "\x1b" not in click.unstyle(shown)
    assert "\x07" not in shown
    assert "\r" not in shown


def test_annotation_escapes_what_would_end_it() -> None:
    place = Place("a,b:c.yaml", 4, 0)
    found = annotation(Finding(Diagnostic("code", "100 %\nof it", "do, this: now", place)))
    assert found == (
        "::error file=a%2Cb%3Ac.yaml,title=code,line=4,col=1::100 %25%0Aof it%0Afix: do, this: now"
    )


def test_annotation_without_place() -> None:
    assert annotation(Finding(FIT, ("a.pdf",))) == (
        "::error title=does-not-fit::needs 3.0 mm more%0Ain a.pdf%0Afix: shorten the text"
    )


def test_data_always_has_all_keys() -> None:
    assert as_data(Finding(KEY)) == {
        "severity": "error",
        "code": "unknown-key",
        "message": "'colour' is no key of a brand",
        "hint": "did you mean 'color'?",
        "path": "brand.yaml",
        "line": 4,
        "column": 3,
        "exit_code": 1,
        "files": [],
    }
    assert as_data(Finding(FIT)).keys() == as_data(Finding(KEY)).keys()


def test_findings_are_said_once_in_order_with_the_worst_code() -> None:
    findings = Findings()
    findings.add([FIT], "b.pdf")
    findings.add([FIT, KEY], "a.pdf")
    findings.add([FIT], "b.pdf")
    findings.add([OLD])
    assert [f.diagnostic.code for f in findings.all()] == ["does-not-fit", "old", "unknown-key"]
    assert findings.all()[0].files == ("b.pdf", "a.pdf")
    assert findings.exit_code is ExitCode.FIT


def test_warnings_alone_are_no_failure() -> None:
    findings = Findings()
    findings.add([OLD])
    assert findings.exit_code is ExitCode.OK


def test_show_ends_with_a_count() -> None:
    findings = Findings()
    findings.add([KEY, FIT, OLD])
    console, err = _console()
    show(console, findings)
    assert err.getvalue().splitlines()[-1] == "2 errors, 1 warning"
    assert "\x1b" not in err.getvalue()


def test_quiet_shows_errors_only() -> None:
    findings = Findings()
    findings.add([OLD])
    console, err = _console(quiet=True)
    show(console, findings)
    assert err.getvalue() == ""
    findings.add([FIT])
    show(console, findings)
    assert err.getvalue().splitlines()[-1] == "1 error"


def test_colour_is_never_the_only_signal() -> None:
    findings = Findings()
    findings.add([KEY, OLD])
    console, err = _console(colour_err=True)
    show(console, findings)
    assert "\x1b[" in err.getvalue()
    assert "error:" in click.unstyle(err.getvalue())
    assert "warning:" in click.unstyle(err.getvalue())
