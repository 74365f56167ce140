from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from handouts.cli.choose import Request, jobs
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Severity
from tests.cli.conftest import FLYER, ONE, PDF, Run, Stages

EN = Path("output/default/benefits-flyer-en-A4.pdf")
DE = Path("output/default/benefits-flyer-de-A4.pdf")


def _error(code: str, exit_code: ExitCode) -> HandoutsError:
    return HandoutsError([Diagnostic(code, f"{code} happened", "mend it", exit_code=exit_code)])


def test_paths_go_to_stdout_and_the_summary_to_stderr(run: Run, stages: Stages) -> None:
    done = run("build", *FLYER, "--language", "en", "--language", "de")
    assert done.code == 0
    assert done.out.splitlines() == [str(EN), str(DE)]
    assert done.err == "2 files written\n"
    assert EN.read_bytes() == PDF + b"en"


def test_everything_with_no_options_and_no_project(run: Run, stages: Stages) -> None:
    done = run("build")
    assert done.code == 0
    made = {(job.layout, job.language) for job in stages.placed}
    layouts, languages = {a for a, _ in made}, {b for _, b in made}
    assert len(layouts) >= 3
    assert languages == {"en"}
    assert {job.brand for job in stages.placed} == {"default"}
    assert len(list(Path("output/default").iterdir())) == len(stages.placed)
    assert "more languages: --language es, or --language all" in done.err


def test_all_languages(run: Run, stages: Stages) -> None:
    done = run("build", *FLYER, "--language", "all")
    assert done.code == 0
    assert len({job.language for job in stages.placed}) == len(stages.placed) > 20
    assert "more languages" not in done.err


def test_two_languages_on_a_sheet(run: Run, stages: Stages) -> None:
    done = run("build", *FLYER, "--language", "ES+en", "-o", "both.pdf")
    assert (done.code, done.out) == (0, "both.pdf\n")
    assert [job.language for job in stages.placed] == ["es+en"]


@pytest.mark.parametrize("typed", ["es+en+de", "es+es", "+", "es+xx"])
def test_two_languages_that_are_not(run: Run, stages: Stages, typed: str) -> None:
    done = run("build", *FLYER, "--language", typed)
    assert done.code == ExitCode.USAGE
    assert "fix: " in done.err
    assert stages.placed == []


def test_quiet_is_silent(run: Run, stages: Stages) -> None:
    done = run("build", *ONE, "-q")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert EN.exists()


def test_verbose_says_how_long_stages_take(run: Run, stages: Stages) -> None:
    done = run("build", *ONE, "-v")
    assert "project: built-in data only" in done.err
    assert f"{EN}: placed in " in done.err
    assert " ms" in done.err
    assert done.out == f"{EN}\n"


def test_options_common_to_all_may_stand_before_the_verb(run: Run, stages: Stages) -> None:
    assert run("-q", "build", *ONE).err == ""


def test_one_bad_file_does_not_stop_the_others(run: Run, stages: Stages) -> None:
    stages.fail = {
        "de": _error("does-not-fit", ExitCode.FIT),
        "ar": _error("missing-glyph", ExitCode.RESOURCE),
    }
    languages = [x for tag in ("de", "ar", "en") for x in ("--language", tag)]
    done = run("build", *FLYER, *languages)
    assert done.code == ExitCode.FIT
    assert done.out.splitlines() == [str(EN)]
    assert not DE.exists()
    assert f"error: does-not-fit happened [does-not-fit]\n  in {DE}\n  fix: mend it" in done.err
    assert done.err.endswith("2 errors\n1 file written, 2 not\n")


@pytest.mark.parametrize("code", [c for c in ExitCode if c not in (0, 130)])
def test_exit_code_of_a_problem(run: Run, stages: Stages, code: ExitCode) -> None:
    stages.fail = {"en": _error("x", code)}
    assert run("build", *ONE).code == code


def test_warnings_do_not_fail(run: Run, stages: Stages) -> None:
    warning = Diagnostic("old", "is old", severity=Severity.WARNING)
    stages.fail = {"en": HandoutsError([warning])}
    assert run("build", *ONE).code == 0


def test_own_error_is_one_line_without_debug(run: Run, stages: Stages) -> None:
    stages.fail = {"en": ZeroDivisionError("division by zero")}
    done = run("build", *FLYER, "--language", "en", "--language", "de")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "ZeroDivisionError: division by zero [internal]" in done.err
    assert "--debug" in done.err
    assert DE.exists()
    assert "Traceback" in run("build", *ONE, "--debug", "--force").err


def test_interrupt(run: Run, stages: Stages) -> None:
    stages.fail = {"de": KeyboardInterrupt()}
    done = run("build", *FLYER, "--language", "en", "--language", "de", "--language", "ar")
    assert done.code == 130
    assert done.out.splitlines() == [str(EN)]
    assert done.err == "interrupted: 1 of 3 files written\n"
    assert [path.name for path in EN.parent.iterdir()] == [EN.name]


def test_interrupt_while_writing_leaves_no_half_file(
    run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    assert run("build", *ONE).code == 130
    assert list(EN.parent.iterdir()) == []


def test_full_disk(run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", *ONE)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = run("build", *ONE)
    assert done.code == ExitCode.FILE
    assert f"no room on the disk for {EN} [disk-full]" in done.err
    assert EN.read_bytes() == PDF + b"en"
    assert [path.name for path in EN.parent.iterdir()] == [EN.name]


def test_own_file_is_replaced_and_a_strangers_is_not(run: Run, stages: Stages) -> None:
    run("build", *ONE)
    assert run("build", *ONE).code == 0
    EN.write_bytes(b"%PDF-1.7 a stranger's")
    refused = run("build", *ONE)
    assert refused.code == ExitCode.FILE
    assert "[not-ours]" in refused.err
    assert EN.read_bytes() == b"%PDF-1.7 a stranger's"
    assert run("build", *ONE, "--force").code == 0
    assert EN.read_bytes() == PDF + b"en"


def test_strangers_file_does_not_stop_the_others(run: Run, stages: Stages) -> None:
    EN.parent.mkdir(parents=True)
    EN.write_bytes(b"a stranger's")
    done = run("build", *FLYER, "--language", "en", "--language", "de")
    assert done.code == ExitCode.FILE
    assert done.out.splitlines() == [str(DE)]


def test_dry_run_checks_everything_and_touches_nothing(run: Run, stages: Stages) -> None:
    run("build", *ONE)
    before = EN.stat().st_mtime_ns
    stages.placed.clear()
    Path("output/default/benefits-flyer-ar-A4.pdf").write_bytes(b"a stranger's")
    languages = [x for tag in ("en", "de", "ar") for x in ("--language", tag)]
    done = run("build", *FLYER, *languages, "--dry-run")
    assert done.code == ExitCode.FILE
    assert done.out.splitlines() == [f"would overwrite  {EN}", f"would write      {DE}"]
    assert "benefits-flyer-ar-A4.pdf" in done.err
    assert len(stages.placed) == 2
    assert EN.stat().st_mtime_ns == before
    assert not DE.exists()


def test_dry_run_does_not_make_folders(run: Run, stages: Stages, tmp_path: Path) -> None:
    assert run("build", *ONE, "-n", "--output", "a/b").code == 0
    assert list(tmp_path.iterdir()) == []


def test_output_folder(run: Run, stages: Stages) -> None:
    done = run("build", *ONE, "--output", "print")
    assert done.out == "print/default/benefits-flyer-en-A4.pdf\n"


def test_output_is_a_file(run: Run, stages: Stages) -> None:
    Path("output").write_bytes(b"")
    done = run("build", *ONE)
    assert done.code == ExitCode.FILE
    assert "output is no folder [file-in-the-way]" in done.err


def test_one_named_file(run: Run, stages: Stages) -> None:
    done = run("build", *ONE, "-o", "flyer.pdf")
    assert (done.code, done.out) == (0, "flyer.pdf\n")
    assert Path("flyer.pdf").read_bytes() == PDF + b"en"


def test_one_named_file_with_a_very_long_name(run: Run, stages: Stages) -> None:
    assert run("build", *ONE, "-o", "n" * 200 + ".pdf").code == 0
    done = run("build", *ONE, "-o", "n" * 300 + ".pdf")
    assert done.code == ExitCode.FILE
    assert "[name-too-long]" in done.err


def test_one_named_file_for_several_handouts(run: Run, stages: Stages) -> None:
    done = run("build", *FLYER, "--language", "all", "-o", "flyer.pdf")
    assert done.code == ExitCode.USAGE
    assert "-o takes one file, but this makes" in done.err
    assert "fix: choose one with --language" in done.err
    assert stages.placed == []


def test_standard_output(run: Run, stages: Stages, tmp_path: Path) -> None:
    done = run("build", *ONE, "-o", "-")
    assert done.code == 0
    assert done.out == (PDF + b"en").decode()
    assert list(tmp_path.iterdir()) == []


def test_standard_output_that_is_a_terminal(
    run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    done = run("build", *ONE, "-o", "-")
    assert done.code == ExitCode.USAGE
    assert "[terminal]" in done.err
    assert "%PDF" not in done.out


@pytest.mark.parametrize("options", [("-o", "-", "--json"), ("-o", "a.pdf", "--output", "b")])
def test_contradictions(run: Run, stages: Stages, options: tuple[str, ...]) -> None:
    done = run("build", *ONE, *options)
    assert done.code == ExitCode.USAGE
    assert "contradict" in done.err


def test_two_jobs_for_one_file_are_refused_before_anything_is_written(
    run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "handouts.pipeline.file_name",
        lambda job: "Same.pdf" if job.language == "en" else "same.pdf",
    )
    done = run("build", *FLYER, "--language", "en", "--language", "de")
    assert done.code == ExitCode.FILE
    assert "[same-file]" in done.err
    assert stages.placed == []
    assert list(tmp_path.iterdir()) == []


def test_saying_the_same_twice_is_no_collision(run: Run, stages: Stages) -> None:
    assert run("build", *ONE, "--language", "EN").code == 0
    assert len(stages.placed) == 1


FILE_KEYS = [
    "path",
    "layout",
    "language",
    "brand",
    "paper",
    "profile",
    "part",
    "pages",
    "bytes",
    "status",
]
DIAGNOSTIC_KEYS = [
    "severity",
    "code",
    "message",
    "hint",
    "path",
    "line",
    "column",
    "exit_code",
    "files",
]


def test_json_is_one_document_with_stable_keys(run: Run, stages: Stages) -> None:
    stages.fail = {"de": _error("does-not-fit", ExitCode.FIT)}
    done = run("build", *FLYER, "--language", "en", "--language", "de", "--json")
    document = json.loads(done.out)
    assert list(document) == ["schema", "files", "diagnostics"]
    assert document["schema"] == 1
    assert document["files"][0] == {
        "path": str(EN),
        "layout": "benefits-flyer",
        "language": "en",
        "brand": "default",
        "paper": "A4",
        "profile": "instructor",
        "part": "",
        "pages": 2,
        "bytes": len(PDF) + 2,
        "status": "written",
    }
    assert [list(file) for file in document["files"]] == [FILE_KEYS] * 2
    assert document["files"][1]["status"] == "failed"
    assert [list(d) for d in document["diagnostics"]] == [DIAGNOSTIC_KEYS]
    assert document["diagnostics"][0]["files"] == [str(DE)]
    assert done.code == ExitCode.FIT


def test_json_lines(run: Run, stages: Stages) -> None:
    stages.fail = {"de": _error("does-not-fit", ExitCode.FIT)}
    done = run("build", *FLYER, "--language", "en", "--language", "de", "--jsonl")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [record["type"] for record in records] == ["file", "file", "diagnostic"]
    assert list(records[0]) == ["schema", "type", *FILE_KEYS]
    assert list(records[2]) == ["schema", "type", *DIAGNOSTIC_KEYS]


def test_json_when_nothing_could_be_done(run: Run, stages: Stages) -> None:
    done = run("build", "--layout", "flier", "--json")
    document = json.loads(done.out)
    assert document["files"] == []
    assert document["diagnostics"][0]["code"] == "unknown-layout"
    assert done.code == ExitCode.USAGE


def test_annotations(run: Run, stages: Stages) -> None:
    stages.fail = {"en": _error("does-not-fit", ExitCode.FIT)}
    done = run("build", *ONE, "--github")
    assert f"::error title=does-not-fit::does-not-fit happened%0Ain {EN}%0Afix: mend it" in done.err


@pytest.mark.parametrize(
    ("option", "typed", "message", "meant"),
    [
        ("--layout", "flier", "there is no layout 'flier'", "benefits-flyer"),
        ("--layout", "benefit-flyer", "there is no layout 'benefit-flyer'", "benefits-flyer"),
        ("--language", "zh-Hanss", "there is no language 'zh-Hanss'", "zh-Hans"),
        ("--size", "Leter", "there is no paper 'Leter'", "Letter"),
        ("--week", "week-11", "there is no week 'week-11'", "week-1"),
        ("--brand", "wilow", "there is no brand 'wilow'", "willow"),
    ],
)
def test_nearest_name(
    run: Run, stages: Stages, option: str, typed: str, message: str, meant: str
) -> None:
    done = run("build", option, typed)
    assert done.code == ExitCode.USAGE
    assert message in done.err
    assert meant in done.err.split("fix: did you mean ")[1].split("?")[0]
    assert stages.placed == []


def test_all_wrong_names_at_once(run: Run, stages: Stages) -> None:
    done = run("build", "--layout", "flier", "--language", "xx")
    assert "2 errors" in done.err


@pytest.mark.parametrize(("typed", "tag"), [("ZH-HANS", "zh-Hans"), ("zh_hans", "zh-Hans")])
def test_language_in_any_case(run: Run, stages: Stages, typed: str, tag: str) -> None:
    assert run("build", *FLYER, "--language", typed).code == 0
    assert [job.language for job in stages.placed] == [tag]


def test_paper_in_any_case(run: Run, stages: Stages) -> None:
    assert run("build", *ONE, "--size", "letter").code == 0
    assert [job.paper for job in stages.placed] == ["Letter"]


@pytest.mark.parametrize("week", ["1", "week-1"])
def test_week_alone_makes_the_layouts_with_weeks(run: Run, stages: Stages, week: str) -> None:
    assert run("build", "--language", "en", "--week", week).code == 0
    assert {(job.layout, job.part) for job in stages.placed} == {("class-handout", "week-1")}


@pytest.mark.parametrize(
    "options", [(*FLYER, "--week", "1"), (*FLYER, "--include", "sleep"), ("--include", "sleep")]
)
def test_an_option_without_effect_is_an_error(
    run: Run, stages: Stages, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.cli.choose.pick", lambda what, name, known, aliases: name)
    done = run("build", *options)
    assert done.code == ExitCode.USAGE
    assert "[no-effect]" in done.err


def test_profile_and_what_it_may_print(run: Run, stages: Stages) -> None:
    options = ("--profile", "clinic", "--allow-draft", "--allow-stale")
    assert run("build", *ONE, *options).code == 0
    (job,) = stages.placed
    assert (job.profile, job.allow_draft, job.allow_stale) == ("clinic", True, True)


def test_included_benefits(run: Run, stages: Stages) -> None:
    from handouts.load import load
    from handouts.world import World

    project = load(World.system(), project=None)
    benefit = project.catalogue.benefits[0].id
    request = Request(languages=("en",), profile="clinic", include=(benefit.upper(),))
    assert {job.include for job in jobs(project, request)} == {(benefit,)}


def test_project_that_does_not_load_stops_at_once(run: Run, stages: Stages) -> None:
    Path("handouts.yaml").write_text("langages: [en]\n")
    done = run("build")
    assert done.code == ExitCode.CONTENT
    assert done.err.startswith("handouts.yaml:1:1: error: ")
    assert "  1 | langages: [en]\n    | ^\n" in done.err
    assert "languages" in done.err
    assert stages.placed == []


def test_project_is_found_from_a_folder_inside_it(
    run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("handouts.yaml").write_text("languages: [en]\nlayouts: [benefits-flyer]\n")
    Path("deep").mkdir()
    monkeypatch.chdir("deep")
    assert run("build").code == 0
    assert Path("../output/default/benefits-flyer-en-A4.pdf").exists()
    stages.placed.clear()
    assert run("build", "--no-config", "-q").code == 0
    assert len(stages.placed) > 1


def test_named_project(run: Run, stages: Stages) -> None:
    Path("mine").mkdir()
    Path("mine/handouts.yaml").write_text("languages: [en]\nlayouts: [benefits-flyer]\n")
    assert run("build", "--config", "mine").out == "mine/output/default/benefits-flyer-en-A4.pdf\n"
    missing = run("build", "--config", "yours")
    assert missing.code == ExitCode.FILE
    assert "there is no project yours" in missing.err


def test_brand_by_path(run: Run, stages: Stages) -> None:
    Path("mine").mkdir()
    Path("mine/brand.yaml").write_text('name: Mine\ncolor: {primary: "#1f5e5b"}\n')
    done = run("build", *ONE, "--brand", "mine/brand.yaml")
    assert done.out == "output/mine/benefits-flyer-en-A4.pdf\n"


def test_missing_brand_file(run: Run, stages: Stages) -> None:
    done = run("build", *ONE, "--brand", "mine/brand.yaml")
    assert done.code == ExitCode.FILE
    assert "mine/brand.yaml" in done.err


def test_override(run: Run, stages: Stages) -> None:
    assert run("build", *ONE, "--set", "project.output=print").code == 0
    assert Path("print/default/benefits-flyer-en-A4.pdf").exists()
    wrong = run("build", *ONE, "--set", "project.outptu=print")
    assert wrong.code == ExitCode.USAGE
    assert "output" in wrong.err


def test_wrong_clock(run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = run("build", *ONE)
    assert done.code == ExitCode.USAGE
    assert "SOURCE_DATE_EPOCH" in done.err
