from __future__ import annotations

from collections.abc import Iterator

import pytest

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity
from handouts.report import Ledger
from tests.report.scenes import ARABIC, BAD_ROW, UNSEEN, entry, fill, path_of, unfit


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger() as book:
        fill(book)
        yield book


def test_outputs_by_path_each_once(ledger: Ledger) -> None:
    paths = [one.path for one in ledger.entries()]
    assert len(paths) == 18
    assert paths == sorted(set(paths))
    assert ledger.statuses() == {"written": 3, "failed": 1, "refused": 1, "unchanged": 13}
    assert [one.language for one in ledger.entries("written")] == ["ar", "en", "es"]


def test_problems_once_errors_first_as_they_were_added(ledger: Ledger) -> None:
    issues = list(ledger.issues())
    assert [one.diagnostic for one in issues] == [unfit(), BAD_ROW, UNSEEN]
    assert [one.count for one in issues] == [1, 0, 6]
    assert issues[0].diagnostic.place == Place("clinics.csv", 3, 1)
    assert issues[0].diagnostic.place.source.endswith(",x")
    assert len(issues[2].files) == 5
    assert [one.diagnostic for one in ledger.issues(severity=Severity.WARNING)] == [UNSEEN]
    assert len(list(ledger.issues(first=1))) == 1


def test_problems_are_counted_by_their_weight(ledger: Ledger) -> None:
    assert (ledger.count(Severity.ERROR), ledger.count(Severity.WARNING)) == (2, 1)


def test_exit_code_is_the_most_severe_error() -> None:
    with Ledger() as book:
        assert book.exit_code is ExitCode.OK
        warning = Diagnostic("w", "w", severity=Severity.WARNING, exit_code=ExitCode.REVIEW)
        book.add([warning])
        assert book.exit_code is ExitCode.OK
        book.add([Diagnostic("a", "a"), unfit()])
        assert book.exit_code is ExitCode.FIT


def test_runs_are_where_a_problem_is_among_the_outputs(ledger: Ledger) -> None:
    ledger.number_entries()
    paths = [one.path for one in ledger.entries()]
    for issue in ledger.issues():
        runs = ledger.runs(issue)
        found = [
            paths[n]
            for start, count in zip(runs[::2], runs[1::2], strict=True)
            for n in range(start, start + count)
        ]
        assert len(found) == issue.count
        assert set(issue.files) <= set(found)


def test_a_problem_of_all_files_is_two_numbers() -> None:
    with Ledger() as book:
        for number in range(700):
            book.enter(entry(f"clinic-{number:04}", "flyer", "en"))
            book.add([UNSEEN], path_of(f"clinic-{number:04}", "flyer", "en"))
        book.number_entries()
        (issue,) = book.issues()
        assert book.runs(issue) == [0, 700]


def test_one_of_each_template(ledger: Ledger) -> None:
    assert ledger.templates("written", "unchanged") == 6
    first = ledger.first_of_each(100, "written", "unchanged")
    assert len({(one.layout, one.language) for one in first}) == len(first) == 6
    assert [one.status for one in first if one.layout == "flyer"] == ["written"] * 3
    assert {one.layout for one in ledger.first_of_each(2, "written", "unchanged")} == {
        "flyer",
        "poster",
    }
    assert [one.path for one in ledger.troubled(9, "failed")] == [path_of("north", "poster", "en")]


def test_names_that_are_no_text_are_kept_visible() -> None:
    with Ledger() as book:
        book.add([Diagnostic("odd", "caf\udce9", place=Place("caf\udce9.csv", 1, 1))], "a.pdf")
        book.add([Diagnostic("odd", "caf\udce9", place=Place("caf\udce9.csv", 1, 1))], "b.pdf")
        (issue,) = book.issues()
        assert issue.diagnostic.message == "caf\\udce9"
        assert issue.count == 2


def test_more_problems_than_are_kept_at_hand() -> None:
    with Ledger() as book:
        for turn in range(2):
            for number in range(2500):
                book.add([Diagnostic("many", f"{ARABIC} {number}")], f"{turn}/{number}.pdf")
        assert book.count(Severity.ERROR) == 2500
        assert [one.count for one in book.issues(first=3)] == [2, 2, 2]
