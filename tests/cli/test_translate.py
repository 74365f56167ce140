"""``translate``: what a clinic and its translators type, from an export to a built-in gate."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handouts.diagnostics import ExitCode
from handouts.world import World
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
BUILTIN = ROOT / "handouts" / "catalogue" / "locales" / "de.yaml"
OLD, NEW = "Kommen Sie in einen Kurs", "Besuchen Sie einen Kurs"
FORMS = {"po": "po", "xliff": "xlf", "xlsx": "xlsx", "csv": "csv"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder to work in."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")
    (tmp_path / "handouts.yaml").write_text("paper: A4\n")
    return tmp_path


def translated(path: Path, old: str = OLD, new: str = NEW) -> None:
    """What a translator does in the program that opens the file."""
    if path.suffix != ".xlsx":
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        return
    book = load_workbook(path)
    for cell in book["Translation"]["D"]:
        if cell.value:
            cell.value = str(cell.value).replace(old, new)
    book.save(path)


@pytest.mark.parametrize("form", FORMS)
def test_there_and_back(form: str, project: Path) -> None:
    """As a person does it, in a process of its own: export, translate, import, build on."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "generate.py"), *arguments],
            cwd=project,
            env={**World.system().env, "SOURCE_DATE_EPOCH": "1772409600"},
            capture_output=True,
            text=True,
            check=False,
        )

    file = project / f"de.{FORMS[form]}"
    done = run("translate", "export", "de", "-o", file.name)
    assert (done.returncode, done.stdout) == (0, f"{file.name}\n"), done.stderr
    assert (project / "sources.yaml").is_file()

    assert run("translate", "import", file.name).stderr == "de: nothing has changed\n"
    assert not (project / "locales").exists()

    translated(file)
    refused = run("translate", "import", file.name)
    assert (refused.returncode, "[unsigned]" in refused.stderr) == (ExitCode.CONTENT, True)
    assert not (project / "locales").exists()

    done = run("translate", "import", file.name, "--by", "MK")
    assert (done.returncode, done.stdout) == (0, "locales/de.yaml\n"), done.stderr
    filed = (project / "locales" / "de.yaml").read_text("utf-8").splitlines()
    before = BUILTIN.read_text("utf-8").splitlines()[1:]
    changed = [(a, b) for a, b in zip(before, filed, strict=True) if a != b]
    assert changed
    assert all(OLD in a and NEW in b and 'by: "MK"' in b and "history: [" in b for a, b in changed)

    assert "nothing has changed" in run("translate", "import", file.name, "--by", "MK").stderr
    checked = run("check", "--layout", "benefits-flyer", "--language", "de")
    assert checked.returncode == 0, checked.stderr


def exported(run: Run, form: str = "csv", *more: str) -> Path:
    path = Path(f"de.{FORMS[form]}")
    done = run("translate", "export", "de", "-o", str(path), "--force", *more)
    assert done.code == 0, done.err
    return path


def test_an_export_is_the_same_every_time(run: Run, project: Path) -> None:
    assert exported(run, "xlsx").read_bytes() == exported(run, "xlsx").read_bytes()


def test_an_export_does_not_lie_over_a_translators_work(run: Run, project: Path) -> None:
    Path("de.po").write_text("work")
    done = run("translate", "export", "de")
    assert (done.code, "[exists]" in done.err) == (ExitCode.FILE, True)
    assert Path("de.po").read_text() == "work"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "xx"), "unknown-language"),
        (("export", "../../etc/passwd"), "unknown-language"),
        (("export", "en"), "source-language"),
        (("export", "de", "-o", "de.doc"), "unknown-format"),
        (("export", "de", "--format", "po", "-o", "de.csv"), "usage"),
        (("export", "de", "--only", "lost"), "unknown-state"),
        (("export", "de", "--only", "approved"), "nothing-to-export"),
        (("import", "gone.po"), "no-such-file"),
        (("import", "handouts.yaml"), "unknown-format"),
        (("status", "xx"), "unknown-language"),
        (("status", "--fail-on", "lost"), "unknown-gate"),
    ],
)
def test_refused(run: Run, project: Path, arguments: tuple[str, ...], code: str) -> None:
    done = run("translate", *arguments)
    assert done.code in (ExitCode.USAGE, ExitCode.FILE, ExitCode.CONTENT)
    assert f"[{code}]" in done.err
    assert "Traceback" not in done.err
    assert sorted(p.name for p in project.iterdir()) == ["handouts.yaml"]


def test_a_new_language_from_nothing(run: Run, project: Path) -> None:
    done = run("translate", "export", "pt-PT", "-o", "pt.csv")
    assert (done.code, "a new language" in done.err) == (0, True)
    with Path("pt.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    said = {"contact.web": "Sítio", "'@hedges": "pode; podem"}
    kept = [[*row[:3], said[row[0]], *row[4:]] for row in rows if row[0] in said]
    with Path("pt.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *kept])
    done = run("translate", "import", "pt.csv", "--by", "AC")
    assert done.code == 0, done.err
    assert Path("locales/pt-PT.yaml").read_text("utf-8").count("Sítio") == 1
    (standing,) = json.loads(run("translate", "status", "pt-PT", "--json").out)["languages"]
    assert (standing["draft"], standing["missing"]) == (1, standing["total"] - 1)


def test_a_program_that_writes_a_country(run: Run, project: Path) -> None:
    path = exported(run, "xliff")
    translated(path)
    translated(path, 'trgLang="de"', 'trgLang="de-DE"')
    done = run("translate", "import", str(path), "--by", "MK")
    assert (done.code, "[no-language]" in done.err) == (ExitCode.USAGE, True)
    assert not Path("locales").exists()
    done = run("translate", "import", str(path), "--by", "MK", "--language", "de")
    assert (done.code, done.out) == (0, "locales/de.yaml\n")
    done = run("translate", "import", str(path), "--by", "MK", "--language", "fr")
    assert "[wrong-language]" in done.err


def test_all_or_nothing_over_several_files(run: Run, project: Path) -> None:
    good, bad = exported(run), Path("fr.csv")
    translated(good)
    bad.write_text("ID,Translation (fr)\nflyer.scan,Сканируйте\n", "utf-8")
    done = run("translate", "import", str(good), str(bad), "--by", "MK")
    assert (done.code, "[script]" in done.err) == (ExitCode.CONTENT, True)
    assert "fr.csv:2:1: error:" in done.err
    assert not Path("locales").exists()
    done = run("translate", "import", str(good), str(bad), "--by", "MK", "--partial")
    assert done.code == ExitCode.CONTENT, "what was left out is still an error"
    assert "left out: flyer.scan" in done.err
    assert [p.name for p in Path("locales").iterdir()] == ["de.yaml"]


def test_a_rehearsal_writes_nothing(run: Run, project: Path) -> None:
    path = exported(run)
    translated(path)
    before = sorted(project.rglob("*"))
    done = run("translate", "import", str(path), "--by", "MK", "-n", "--json")
    (record,) = json.loads(done.out)["files"]
    assert (record["status"], record["left_out"]) == ("would-write", [])
    assert (
        {c["from"] for c in record["changes"]} == {c["to"] for c in record["changes"]} == {"draft"}
    )
    assert sorted(project.rglob("*")) == before


def test_no_project_no_import(run: Run, tmp_path: Path) -> None:
    """Built-in files are nobody's to change by the way."""
    before = BUILTIN.read_bytes()
    path = exported(run)
    translated(path)
    done = run("translate", "import", str(path), "--by", "MK")
    assert (done.code, "[no-project]" in done.err) == (ExitCode.USAGE, True)
    done = run("translate", "import", str(path), "--by", "MK", "--into", "mine/de.yaml")
    assert done.code == 0, done.err
    assert NEW in Path("mine/de.yaml").read_text("utf-8")
    assert BUILTIN.read_bytes() == before


def test_a_review_and_an_approval(run: Run, project: Path) -> None:
    for text, status, by, code in (
        (NEW, "draft", "MK", ExitCode.OK),
        (NEW, "reviewed", "MK", ExitCode.REVIEW),
        (NEW, "reviewed", "JB", ExitCode.OK),
        (NEW, "approved", "MK", ExitCode.REVIEW),
        (NEW, "approved", "DeepL", ExitCode.REVIEW),
        (OLD, "approved", "Dr. S.", ExitCode.REVIEW),
        (NEW, "approved", "Dr. S.", ExitCode.OK),
    ):
        lines = f"ID,Translation (de),Status\nflyer.cta.title,{text},{status}\n"
        Path("de.csv").write_text(lines, "utf-8")
        done = run("translate", "import", "de.csv", "--by", by)
        assert done.code == code, (status, by, done.err)
    line = next(
        one
        for one in Path("locales/de.yaml").read_text("utf-8").splitlines()
        if "flyer.cta.title" in one
    )
    assert 'status: approved, by: "Dr. S."' in line
    assert [line.count(f'by: "{name}"') for name in ("MK", "JB", "Dr. S.")] == [1, 1, 1]


def test_the_english_changed(run: Run, project: Path) -> None:
    """Stale after a change of the source; its word differences; confirmed by an import."""
    exported(run)
    source = ROOT / "handouts" / "catalogue" / "locales" / "en.yaml"
    Path("locales").mkdir()
    text = source.read_text("utf-8").replace("Scan to visit us", "Scan this to visit us")
    Path("locales/en.yaml").write_text(text, "utf-8")
    done = run("translate", "status", "de", "--fail-on", "stale")
    assert done.code == ExitCode.REVIEW
    assert "Scan +[this] to visit us" in done.out
    assert "de: 1 string is stale: flyer.scan" in done.err
    path = exported(run, "po", "--only", "stale")
    content = path.read_text("utf-8")
    assert '#| msgid "Scan to visit us"' in content
    assert content.count("#, fuzzy") == 1
    assert run("translate", "import", str(path)).err == "de: nothing has changed\n"
    path.write_text(content.replace("#, fuzzy\n", ""), "utf-8")
    assert run("translate", "import", str(path), "--by", "MK").code == 0
    (standing,) = json.loads(run("translate", "status", "de", "--json").out)["languages"]
    assert (standing["stale"], standing["changes"]) == (0, [])


def test_status(run: Run, project: Path) -> None:
    done = run("translate", "status")
    head, *lines = done.out.splitlines()
    assert done.code == 0
    assert head.split() == [
        "language", "strings", "up", "to", "date",
        "missing", "stale", "machine", "draft", "reviewed", "approved",
    ]  # fmt: skip
    for line in lines:
        _, total, _, *counts = line.split()
        assert int(total) == sum(map(int, counts))
    done = run("translate", "status", "de", "--json", "--fail-on", "unreviewed")
    assert done.code == ExitCode.REVIEW
    document = json.loads(done.out)
    assert [d["code"] for d in document["diagnostics"]] == ["translation-gate"]
    (standing,) = document["languages"]
    assert standing["unreviewed"] == len(standing["strings"]["draft"]) > 0


def test_a_spreadsheet_on_standard_output(project: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "generate.py"),
            *("translate", "export", "ar", "--format", "xlsx", "-o", "-"),
        ],
        cwd=project,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    sheet = load_workbook(io.BytesIO(done.stdout))["Translation"]
    assert sheet.sheet_view.rightToLeft
