"""The command over the real engine, in this process; once as a person starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import click
import pytest

from handouts.batch.events import Counts, Summary
from handouts.batch.folder import HIDDEN
from handouts.batch.lock import acquire
from handouts.cli import batch_estimate, batch_summary
from handouts.cli.batch_book import may_replace, relative_url
from handouts.diagnostics import Diagnostic, ExitCode
from tests.cli.conftest import Result, Run
from tests.report.scenes import data

ROOT = Path(__file__).resolve().parents[2]
ROWS = """name;phone;primary;languages
Willow North;0117 496 0001;#1f5e5b;en
عيادة الصفصاف;0117 496 0002;#a9462f;en
Bad Clinic;0117 496 0003;#12;en
"""
SECOND = "ydh-lsfsf"
NORTH = "willow-north/benefits-flyer-en-A4.pdf"
ASKED = ("batch", "--clinics", "clinics.csv", "--layout", "benefits-flyer", "--processes", "1")


@pytest.fixture
def network(run: Run, tmp_path: Path) -> Run:
    """A folder with a spreadsheet in it."""
    (tmp_path / "clinics.csv").write_text(ROWS, "utf-8")
    return run


def _good(tmp_path: Path) -> None:
    (tmp_path / "clinics.csv").write_text("\n".join(ROWS.splitlines()[:2]), "utf-8")


def _records(done: Result) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in done.out.splitlines():
        record = json.loads(line)
        assert record["schema"] == 1
        found.setdefault(record["type"], []).append(record)
    return found


def test_alone_it_says_what_is_missing(run: Run) -> None:
    done = run("batch")
    assert done.code == ExitCode.USAGE
    assert done.out == ""
    assert "batch --clinics clinics.csv" in done.err
    assert "--help" in done.err
    assert len(done.err.splitlines()) < 12


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("jobs.yaml", "--language", "es"), "usage"),
        (("--language", "es", "--report", "a.html", "--no-report"), "usage"),
        (("--language", "es", "--scheduler", "tcp://here:8786"), "no-effect"),
        (("--part", "relief", "--engine", "dask", "--scheduler", "tcp://a:1", "--processes", "2"),
         "no-effect"),
        (("--language", "es", "--tls-ca", "ca.pem"), "no-effect"),
        (("--language", "es", "--engine", "dask", "--scheduler", "tls://a:1", "--tls-key", "k.pem"),
         "usage"),
        (("--language", "xx"), "unknown-language"),
        (("--layout", "zzz-*"), "no-match"),
        (("--layout", "benefits-flyer", "--include", "sleep-patterns"), "no-effect"),
        (("--layout", "benefits-flyer", "--profile", "clinic", "--include", "zz"),
         "unknown-benefit"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant(run: Run, arguments: tuple[str, ...], code: str) -> None:
    done = run("batch", *arguments)
    assert done.code == ExitCode.USAGE
    assert f"[{code}]" in done.err
    assert not Path("output").exists()


def test_dry_run_counts_and_writes_nothing(network: Run) -> None:
    done = network(*ASKED, "--dry-run")
    assert done.code == ExitCode.CONTENT
    assert done.out == ""
    assert "clinics.csv:4:3: error: '#12' is no colour" in done.err
    assert "would be written  2  never written" in done.err
    assert "rows left out     1  unknown-colour" in done.err
    assert "with 1 process: a rough figure, from 1 template tried just now" in done.err
    assert [one.name for one in Path().iterdir()] == ["clinics.csv"]


def test_dry_run_for_programs(network: Run) -> None:
    found = json.loads(network(*ASKED, "--dry-run", "--json").out)
    assert [(one["path"], one["status"]) for one in found["files"]] == [
        (f"output/{name}/benefits-flyer-en-A4.pdf", "would-write")
        for name in ("willow-north", SECOND)
    ]
    assert found["summary"]["planned"] == {"never written": 2}
    assert found["diagnostics"][0]["line"] == 4


def test_lines_for_programs_also_where_nothing_could_begin(network: Run, tmp_path: Path) -> None:
    (tmp_path / "jobs.yaml").write_text("clinics: nowhere.csv\n", "utf-8")
    for command in (("batch", "jobs.yaml"), ("build", "--layout", "nothing")):
        done = network(*command, "--jsonl")
        (found,) = _records(done)["diagnostic"]
        assert done.code == found["exit_code"] != 0


def test_problems_call_files_as_their_records_do(network: Run, tmp_path: Path) -> None:
    long = f"id,name,class.where\nfar,Far,{'room ' * 900}\n"
    (tmp_path / "clinics.csv").write_text(long, "utf-8")
    for found in (
        json.loads(network(*ASKED, "--json").out),
        _records(network(*ASKED, "--jsonl")),
    ):
        files = found.get("files") or found["file"]
        told = found.get("diagnostics") or found["diagnostic"]
        (failed,) = [one["path"] for one in files]
        assert [one["files"] for one in told] == [[failed]]
        assert failed.startswith("output/")


def test_the_page_on_json_tells_the_keys_there_are(network: Run) -> None:
    text = (ROOT / "docs" / "exit-codes-and-json.md").read_text("utf-8")
    told = [json.loads(one) for one in re.findall(r"^```json\n(.*?)^```", text, re.M | re.S)]
    found = _records(network(*ASKED, "--jsonl"))
    for kind in ("file", "summary"):
        (keys,) = (set(one) for one in told if one.get("type") == kind)
        assert keys == set(found[kind][0]), kind


def test_a_batch_then_again_then_changed_by_hand(network: Run, tmp_path: Path) -> None:
    done = network(*ASKED, "--jsonl")
    found = _records(done)
    assert done.code == ExitCode.CONTENT
    assert [one["status"] for one in found["file"]] == ["written", "written"]
    assert {one["path"] for one in found["file"]} >= {f"output/{NORTH}"}
    assert [one["code"] for one in found["diagnostic"]] == ["unknown-colour"]
    (summary,) = found["summary"]
    assert (summary["written"], summary["bad_rows"], summary["exit_code"]) == (2, 1, 1)
    assert summary["report"] == "output/report.html"
    assert done.out.splitlines()[-1] == json.dumps(summary)
    page = data(Path("output/report.html"))
    assert len(page["pictures"]) == 1
    assert len(page["outputs"]) == 2

    _good(tmp_path)
    done = network(*ASKED)
    assert done.code == ExitCode.OK
    assert "unchanged            1" in done.err
    assert "no longer asked for  1  --prune removes them" in done.err
    assert done.out == ""
    assert f"unchanged    output/{NORTH}\n" in network(*ASKED, "-v").out

    target = Path("output") / NORTH
    whole = target.read_bytes()
    target.write_bytes(whole + b"x")
    done = network(*ASKED)
    assert done.code == ExitCode.FILE
    assert "changed by hand      1  left alone" in done.err
    assert target.read_bytes() == whole + b"x"
    issue = next(
        one for one in data(Path("output/report.html"))["issues"] if one["severity"] == "error"
    )
    assert (issue["code"], issue["runs"]) == ("changed-by-hand", [0, 1])

    done = network(*ASKED, "--force", "--prune", "-v")
    assert done.code == ExitCode.OK
    assert target.read_bytes() == whole
    assert f"removed      output/{SECOND}/benefits-flyer-en-A4.pdf" in done.out
    assert not Path("output", SECOND).exists()


def test_quiet_is_silent(network: Run, tmp_path: Path) -> None:
    _good(tmp_path)
    done = network(*ASKED, "-q", "--no-report")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert not Path("output/report.html").exists()


def test_a_report_takes_nobody_elses_place(network: Run, tmp_path: Path) -> None:
    _good(tmp_path)
    mine = Path("mine.html")
    mine.write_text("<p>mine", "utf-8")
    done = network(*ASKED, "--report", "mine.html")
    assert done.code == ExitCode.FILE
    assert "[not-ours]" in done.err
    assert mine.read_text("utf-8") == "<p>mine"
    network(*ASKED, "--report", "pages/other.html")
    assert data(Path("pages/other.html"))["head"]["base"] == "../output/"
    assert may_replace(Path("pages/other.html"))
    assert not may_replace(mine)


def test_a_report_never_replaces_what_is_no_page(network: Run, tmp_path: Path) -> None:
    """Not by force either: ``--report jobs.yaml`` was a slip of the hand."""
    _good(tmp_path)
    rows = (tmp_path / "clinics.csv").read_bytes()
    done = network(*ASKED, "--report", "clinics.csv", "--force")
    assert done.code == ExitCode.FILE
    assert "not even --force" in done.err
    assert (tmp_path / "clinics.csv").read_bytes() == rows
    page = Path("page.html")
    page.write_text("\n<!DOCTYPE HTML><p>mine", "utf-8")
    assert network(*ASKED, "--report", "page.html").code == ExitCode.FILE
    assert network(*ASKED, "--report", "page.html", "--force").code == ExitCode.OK
    assert may_replace(page)


def test_the_project_is_that_of_the_job_file(
    network: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scheduler starts it from anywhere; the sheets are the same."""
    _good(tmp_path)
    home, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (home / "jobs").mkdir(parents=True)
    elsewhere.mkdir()
    (home / "handouts.yaml").write_text("paper: Letter\n", "utf-8")
    (tmp_path / "clinics.csv").rename(home / "jobs" / "clinics.csv")
    job = home / "jobs" / "night.yaml"
    job.write_text("clinics: clinics.csv\nlayouts: benefits-flyer\noutput: ../made\n", "utf-8")
    for folder in (home, elsewhere):
        monkeypatch.chdir(folder)
        done = network("batch", str(job), "--processes", "1", "--no-report")
        assert done.code == ExitCode.OK, done.err
    assert "written    0" in done.err
    assert [one.name for one in (home / "made").rglob("*.pdf")] == ["benefits-flyer-en-Letter.pdf"]
    (elsewhere / "handouts.yaml").write_text("paper: A4\n", "utf-8")
    loose = tmp_path / "loose.yaml"
    loose.write_text("clinics: project/jobs/clinics.csv\nlayouts: benefits-flyer\n", "utf-8")
    network("batch", str(loose), "--processes", "1", "--no-report")
    assert list((elsewhere / "output").rglob("*-A4.pdf"))


@pytest.mark.parametrize(
    "place",
    [
        *("s3://", "s3:", "s3:/bucket/out", "s3:///out", "S3:/b", "gs:", "memory://x", "s3:bucket"),
        *("simplecache::s3://b/x", "dir::s3://b/x", "https://clinic.example/out", "zip://x.zip"),
    ],
)
def test_urls_that_lead_nowhere_are_no_folders(network: Run, tmp_path: Path, place: str) -> None:
    done = network(*ASKED, "--output", place)
    assert done.code == ExitCode.USAGE
    assert "[bad-url]" in done.err
    assert [one.name for one in tmp_path.iterdir()] == ["clinics.csv"]


def test_a_folder_by_its_url_is_that_folder(network: Run, tmp_path: Path) -> None:
    _good(tmp_path)
    place = tmp_path / "made here"
    assert network(*ASKED, "--output", place.as_uri()).code == ExitCode.OK
    assert len(list(place.rglob("*.pdf"))) == 1
    done = network(*ASKED, "--output", "made here")
    assert "unchanged  1" in done.err
    job = tmp_path / "night.yaml"
    asked = (
        f"clinics: clinics.csv\nlayouts: benefits-flyer\nlanguages: en\noutput: {place.as_uri()}\n"
    )
    job.write_text(asked, "utf-8")
    assert "unchanged  1" in network("batch", str(job)).err


def test_which_places_are_urls() -> None:
    from handouts.batch.remote_home import folder_of, is_url, whole_url

    assert folder_of("file:///C:/out") == "C:/out"
    assert folder_of("s3://bucket/out") is None
    folders = ("out", "C:/out", "c:", "a/b:/c", "./s3:/x", "", "clinics:2026", "s3/x")
    assert not any(map(is_url, folders))
    assert all(map(is_url, ("arrow_hdfs://x", "gs:bucket", "a1+b://c", "dir::s3://x")))
    assert whole_url("S3://Bucket/Out") == "s3://Bucket/Out"
    assert whole_url("file:///srv/out") == "file:///srv/out"


def test_bad_rows_keep_what_is_no_longer_asked_for(network: Run, tmp_path: Path) -> None:
    network(*ASKED, "--no-report")
    (tmp_path / "clinics.csv").write_text(ROWS.replace("Willow North", "Willow South"), "utf-8")
    done = network(*ASKED, "--prune", "--dry-run")
    assert "no longer asked for  1  they stay while rows are left out" in done.err
    assert "[not-pruned]" in network(*ASKED, "--prune", "--no-report").err
    assert Path("output", NORTH).exists()


def test_a_job_file(network: Run, tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "clinics.csv").rename(tmp_path / "night" / "clinics.csv")
    (tmp_path / "night" / "jobs.yaml").write_text(
        "clinics: clinics.csv\nlayouts: benefits-flyer\nlanguages: [en, es]\noutput: made\n",
        "utf-8",
    )
    done = network("batch", "night/jobs.yaml", "--dry-run")
    assert "would be written  2" in done.err
    assert "never written" in done.err
    assert network("batch", "nothing.yaml").code == ExitCode.FILE


def test_github(network: Run) -> None:
    done = network(*ASKED, "--dry-run", "--github")
    assert "::error file=clinics.csv,title=unknown-colour,line=4,col=3::" in done.err


def test_as_a_person_starts_it_and_stops_it(tmp_path: Path) -> None:
    rows = "\n".join(f"Clinic {n},0117 496 {n:04}" for n in range(3000))
    (tmp_path / "clinics.csv").write_text(f"name,phone\n{rows}\n", "utf-8")
    command = (
        sys.executable, str(ROOT / "generate.py"), "batch", "--clinics", "clinics.csv",
        "--layout", "benefits-flyer", "--language", "en", "--processes", "2", "--jsonl",
    )  # fmt: skip
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as batch:
        assert batch.stdout is not None
        first = json.loads(batch.stdout.readline())
        started = time.monotonic()
        os.kill(batch.pid, signal.SIGINT)
        out, err = batch.communicate(timeout=60)
        assert time.monotonic() - started < 30
    assert first["status"] == "written"
    assert batch.returncode == ExitCode.INTERRUPTED
    assert "interrupted: what was written is whole and stays" in err
    assert "Traceback" not in err
    summary = json.loads(out.splitlines()[-1])
    assert summary["interrupted"] is True
    assert summary["not_reached"] > 0
    assert summary["written"] + summary["not_reached"] == 3000
    made = [path for path in (tmp_path / "output").rglob("*.pdf") if path.stat().st_size]
    assert len(made) >= summary["written"] > 0
    head = data(tmp_path / "output" / "report.html")["head"]
    assert "interrupted" in head["notes"][0]
    assert not list((tmp_path / "output").rglob("*.part"))


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_take_nothing_along(tmp_path: Path, closed: str) -> None:
    _good(tmp_path)
    words = [sys.executable, str(ROOT / "generate.py"), *ASKED[:-1], "2", "--language", "en"]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh"]
    done = subprocess.run([*shell, *words], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "output" / NORTH).read_bytes().startswith(b"%PDF")
    assert (tmp_path / "output/report.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_table_says_what_happened_and_leaves_out_what_did_not() -> None:
    summary = Summary(
        Counts(
            total=100_020,
            causes={"layout changed": 1180},
            unchanged=98_800,
            bad_rows=3,
            bad_causes={"unknown-colour": 2, "bad-url": 1},
        ),
        written=1180,
        failed=20,
        seconds=92.4,
    )
    summary.by_cause.update({"layout changed": 180, "never written": 1000})
    summary.failures.update({"does-not-fit": 18, "missing-glyph": 2})
    table = batch_summary.table(summary, dry=False, prune=False)
    assert list(map(click.unstyle, table)) == [
        "written         1,180  never written 1,000 · layout changed 180",
        "unchanged      98,800",
        "failed             20  does-not-fit 18 · missing-glyph 2",
        "rows left out       3  unknown-colour 2 · bad-url 1",
    ]
    assert batch_summary.took(summary) == "in 1 min 32 s, 13 a second"


def test_estimates_say_what_they_are_from() -> None:
    assert batch_estimate.from_rate(6000, 100.0) == (
        "about 1 min, as fast as the last such batch here (100 a second)"
    )
    sample = batch_estimate.Sample(first=0.5, further=0.001, templates=3)
    assert batch_estimate.from_sample(10_000, 40, sample, 2) == (
        "about 15 s with 2 processes: a rough figure, from 3 templates tried just now"
    )


def test_the_way_from_the_report_to_the_files(tmp_path: Path) -> None:
    assert relative_url(tmp_path / "out", tmp_path / "out") == ""
    assert relative_url(tmp_path / "a b" / "ü", tmp_path / "c") == "../a%20b/%C3%BC/"


def test_a_report_that_cannot_be_written(network: Run, tmp_path: Path) -> None:
    _good(tmp_path)
    Path("file").touch()
    done = network(*ASKED, "--report", "file/report.html")
    assert (Path("output") / NORTH).exists()
    assert done.code == ExitCode.FILE
    assert "[file-in-the-way]" in done.err
    assert "report:" not in done.err


def test_a_full_disk_of_temporary_files_leaves_the_summary(
    network: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("handouts.report.ledger.Ledger.enter", full)
    done = network(*ASKED)
    assert done.code == ExitCode.FILE
    assert "written        2" in done.err
    assert "[no-report]" in done.err
    assert "'#12' is no colour" in done.err
    assert not Path("output/report.html").exists()


def test_first_problems_in_full_and_how_many_more(run: Run) -> None:
    from handouts.cli.session import Session
    from handouts.report import Ledger

    with Ledger() as ledger:
        for number in range(8):
            ledger.add([Diagnostic("odd", f"number {number}")], f"{number}.pdf")
        batch_summary.problems(Session(), ledger, "out/report.html")
        assert batch_summary.total(ledger) == "8 errors"


def test_a_batch_that_waits_says_for_whom(network: Run, tmp_path: Path) -> None:
    _good(tmp_path)
    lock = acquire(tmp_path / "output" / HIDDEN, "output")
    refused = network(*ASKED)
    assert refused.code == ExitCode.FILE
    assert "another batch is at work in output" in refused.err
    timer = threading.Timer(0.5, lock.release)
    timer.start()
    done = network(*ASKED, "--wait", "--no-report")
    timer.join()
    assert done.code == ExitCode.OK
    assert f"waiting: another batch is at work in output (process {os.getpid()}" in done.err
    assert (tmp_path / "output" / NORTH).exists()
