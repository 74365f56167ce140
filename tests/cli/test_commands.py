from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.diagnostics import ExitCode
from tests.cli.conftest import FLYER, Run, Stages

ROOT = Path(__file__).parents[2]
HEAVY = ("reportlab", "uharfbuzz", "babel", "pydantic", "yaml", "fontTools", "PIL", "pypdf")


@pytest.mark.parametrize("verb", [(), ("build",), ("list",), ("check",), ("new",), ("inspect",)])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_begins_with_examples(run: Run, verb: tuple[str, ...], flag: str) -> None:
    done = run(*verb, flag)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Examples:\n  ")
    assert "Usage:" in done.out


def test_no_arguments_is_help(run: Run) -> None:
    assert run().out == run("--help").out


def test_help_lists_what_there_is(run: Run) -> None:
    out = run("build", "--help").out
    for name in ("benefits-flyer", "zh-Hans", "willow", "What to make:", "Where to put it:"):
        assert name in out
    assert "_base" not in out


def test_version_names_the_libraries(run: Run) -> None:
    out = run("--version").out
    assert out.startswith("handouts ")
    assert "reportlab 5." in out
    assert "missing" not in out


@pytest.mark.parametrize(
    ("arguments", "meant"), [(("bild",), "build"), (("build", "--layot", "x"), "--layout")]
)
def test_misspelled_command_or_option(run: Run, arguments: tuple[str, ...], meant: str) -> None:
    done = run(*arguments)
    assert done.code == ExitCode.USAGE
    assert meant in done.err
    assert "--help" in done.err
    assert done.out == ""


def _imported(*arguments: str) -> set[str]:
    """The heavy libraries a run of the command imports."""
    script = (
        "import sys; from handouts.cli import main; main(sys.argv[1:]);"
        f"print('IMPORTED', *[m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    line = done.stdout.splitlines()[-1]
    assert line.startswith("IMPORTED")
    return set(line.split()[1:])


def test_help_and_usage_errors_import_nothing_heavy() -> None:
    assert _imported("--help") == set()
    assert _imported("build", "--help") == set()
    assert _imported("bild") == set()


def test_list_and_wrong_names_do_not_typeset() -> None:
    assert not _imported("list", "layouts") & {"reportlab", "uharfbuzz"}
    assert not _imported("build", "--layout", "flier") & {"reportlab", "uharfbuzz", "babel"}


def test_list_shows_everything(run: Run) -> None:
    out = run("list").out
    for text in (
        "Layouts (",
        "benefits-flyer",
        "Languages (",
        "Deutsch",
        "100%",
        "Brands (",
        "willow",
        "Benefits (",
        "omit",
    ):
        assert text in out


def test_list_as_json(run: Run) -> None:
    document = json.loads(run("list", "--json").out)
    assert list(document) == [
        "schema",
        "layouts",
        "languages",
        "brands",
        "benefits",
        "diagnostics",
    ]
    german = next(row for row in document["languages"] if row["id"] == "de")
    assert german["name"] == "Deutsch"
    assert german["draft"] + german["reviewed"] + german["approved"] == german["strings"]
    assert {row["id"] for row in document["brands"]} >= {"default", "willow", "marisol"}
    assert set(document["benefits"][0]) == {
        "id",
        "group",
        "grade",
        "certainty",
        "policy",
        "claim",
    }


def test_list_one_kind(run: Run) -> None:
    lines = run("list", "brands").out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    assert run("list", "brand").code == ExitCode.USAGE


def test_check_covers_every_sheet_on_every_paper(run: Run, stages: Stages, tmp_path: Path) -> None:
    done = run("check", *FLYER)
    assert done.code == 0
    papers = {(job.language, job.paper) for job in stages.placed}
    assert {("en", "A4"), ("en", "Letter"), ("ar", "A4")} <= papers
    assert len(papers) == len(stages.placed)
    assert f"{len(papers)} of {len(papers)} sheets in order" in done.err
    assert list(tmp_path.iterdir()) == []


def test_check_reads_every_font(run: Run, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts.diagnostics import problem

    def changed(*_: object, **__: object) -> None:
        raise problem("font-changed", "a font changed", exit_code=ExitCode.RESOURCE)

    monkeypatch.setattr("handouts.load.check_manifest", changed)
    done = run("check", *FLYER, "--language", "en")
    assert done.code == ExitCode.RESOURCE
    assert "[font-changed]" in done.err


def test_new_folder_builds(run: Run, stages: Stages) -> None:
    done = run("new", "mine")
    assert done.code == 0
    assert done.out.splitlines() == ["mine/brand.yaml", "mine/handouts.yaml", "mine/README.md"]
    assert "build --config mine" in done.err
    built = run("build", "--config", "mine", *FLYER, "--language", "en")
    assert (built.code, built.err) == (0, "1 file written\n")
    assert built.out == "mine/output/mine/benefits-flyer-en-A4.pdf\n"


@pytest.mark.parametrize("name", ["brand.yaml", "handouts.yaml"])
def test_new_files_name_a_schema_that_is_there(run: Run, name: str) -> None:
    run("new", "mine")
    first = (Path("mine") / name).read_text().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((Path("mine") / first.partition("=")[2]).read_text())
    assert schema["additionalProperties"] is False


def test_new_comments_are_valid_when_taken_away(run: Run, stages: Stages) -> None:
    run("new", "mine")
    Path("mine/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    for name in ("brand.yaml", "handouts.yaml"):
        path = Path("mine") / name
        path.write_text(_uncommented(path.read_text()))
    done = run("build", "--config", "mine", "-n")
    assert done.code == 0, done.err


def _uncommented(text: str) -> str:
    """The file with all its suggestions taken, and its sentences left as comments."""
    head, _, rest = text.partition("\n\n")
    return head + "\n\n" + "\n".join(_suggestion(line) for line in rest.splitlines()) + "\n"


def _suggestion(line: str) -> str:
    before, mark, after = line.partition("# ")
    return before + after if mark and not before.strip() else line


def test_new_overwrites_nothing(run: Run) -> None:
    Path("mine").mkdir()
    Path("mine/brand.yaml").write_text("name: precious\n")
    done = run("new", "mine")
    assert done.code == ExitCode.FILE
    assert "mine/brand.yaml is there already" in done.err
    assert [path.name for path in Path("mine").iterdir()] == ["brand.yaml"]
    assert Path("mine/brand.yaml").read_text() == "name: precious\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "unreadable-file"), (b"hello", "not-a-pdf"), (b"%PDF-1.7\n", "damaged-pdf")],
)
def test_inspect_what_is_no_handout(run: Run, content: bytes | None, code: str) -> None:
    if content is not None:
        Path("a.pdf").write_bytes(content)
    done = run("inspect", "a.pdf")
    assert done.code == ExitCode.FILE
    assert f"[{code}]" in done.err
    assert "Traceback" not in done.err


def test_config_show(run: Run) -> None:
    Path("handouts.yaml").write_text("paper: A4\n")
    out = run("config", "show", "--set", "project.profile=clinic").out
    assert [line.split() for line in out.splitlines()] == [
        ["profile", "clinic", "(--set)"],
        ["paper", "A4", "(handouts.yaml)"],
    ]
    resolved = run("config", "show", "--resolved", "--json").out
    origins = {row["key"]: row["origin"] for row in json.loads(resolved)["settings"]}
    assert origins["paper"] == "handouts.yaml"
    assert origins["output"] == "default"


@pytest.mark.parametrize("kind", ["brand", "project", "layout", "locale"])
def test_schema(run: Run, kind: str) -> None:
    assert "properties" in json.loads(run("schema", kind).out)
