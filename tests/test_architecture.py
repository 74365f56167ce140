"""Who may import what, and who may do what. The rules are those of docs/architecture.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "handouts"
STAGES = ("load", "compose", "typeset", "pdf", "finish")
SHARED = ("handouts.model", "handouts.units", "handouts.diagnostics")
FILES = sorted(p for p in PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {_name(path): ast.parse(path.read_text("utf-8"), str(path)) for path in FILES}


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module a tree imports, inside functions too; ``a.b.c`` for ``from a.b import c``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, *packages: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in packages)


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of an attribute chain, or an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def uses(tree: ast.Module, *names: str) -> list[str]:
    """Attribute chains and calls that end in one of these names."""
    found = []
    for node in ast.walk(tree):
        said = dotted(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        if said and any(said == name or said.endswith(f".{name}") for name in names):
            found.append(f"{said} (line {node.lineno})")  # type: ignore[attr-defined]
    return found


def offenders(allowed: tuple[str, ...], *names: str) -> dict[str, list[str]]:
    return {
        module: found
        for module, tree in TREES.items()
        if not within(module, *allowed) and (found := uses(tree, *names))
    }


def importers(*packages: str) -> set[str]:
    return {
        module
        for module, tree in TREES.items()
        if any(within(name, *packages) for name in imports(tree))
    }


def test_every_module_was_seen() -> None:
    assert len(TREES) == len(FILES) > 60
    assert {stage for stage in STAGES if f"handouts.{stage}" in TREES} == set(STAGES)
    assert "handouts.compose.blocks.evidence" in TREES
    # Imports were really read: each stage that exists leans on the shared types.
    for stage in STAGES:
        mine = [tree for module, tree in TREES.items() if within(module, f"handouts.{stage}")]
        assert any(within(name, *SHARED) for tree in mine for name in imports(tree)), stage


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_no_other_stage(stage: str) -> None:
    allowed = {*SHARED, f"handouts.{stage}"}
    if stage == "load":  # The first stage reads the world it is given.
        allowed.add("handouts.world")
    found = {
        (module, name)
        for module, tree in TREES.items()
        if within(module, f"handouts.{stage}")
        for name in imports(tree)
        if within(name, "handouts") and not within(name, *allowed)
    }
    assert found == set()


def test_reading_stands_beside_the_stages() -> None:
    """It measures what was loaded and knows no stage; only the command asks it."""
    mine = {module: tree for module, tree in TREES.items() if within(module, "handouts.reading")}
    assert len(mine) > 5
    own = {name for tree in mine.values() for name in imports(tree) if within(name, "handouts")}
    assert {name for name in own if not within(name, *SHARED, "handouts.reading")} == set()
    users = {m for m in importers("handouts.reading") if not within(m, "handouts.reading")}
    assert users == {"handouts.cli.reading"}


def test_reports_stand_beside_the_command() -> None:
    """They tell what became of finished files, and only the command asks for one."""
    mine = {module: tree for module, tree in TREES.items() if within(module, "handouts.report")}
    assert len(mine) > 4
    own = {name for tree in mine.values() for name in imports(tree) if within(name, "handouts")}
    allowed = (*SHARED, "handouts.finish", "handouts.report")
    assert {name for name in own if not within(name, *allowed)} == set()
    users = {m for m in importers("handouts.report") if not within(m, "handouts.report")}
    assert users
    assert {m for m in users if not within(m, "handouts.cli")} == set()


def test_batches_stand_beside_the_command() -> None:
    """They know the stages, and of the world only what they are given; nobody leans on them."""
    mine = {module: tree for module, tree in TREES.items() if within(module, "handouts.batch")}
    assert len(mine) > 15
    users = {m for m in importers("handouts.batch") if not within(m, "handouts.batch")}
    assert users
    assert {m for m in users if not within(m, "handouts.cli")} == set()
    own = {name for tree in mine.values() for name in imports(tree)}
    assert {name for name in own if within(name, "handouts.cli", "handouts.report")} == set()


def test_the_shared_types_lean_on_nothing_else() -> None:
    allowed = {
        "handouts.model": ("handouts.model", "handouts.units", "handouts.diagnostics"),
        "handouts.units": (),
        "handouts.diagnostics": (),
    }
    found = {
        (module, name)
        for module, tree in TREES.items()
        for package, may in allowed.items()
        if within(module, package)
        for name in imports(tree)
        if within(name, "handouts") and not within(name, package, *may)
    }
    assert found == set()


def test_the_pipeline_is_below_the_command_only() -> None:
    consumers = ("handouts.batch", "handouts.cli", "handouts.translate")
    users = importers("handouts.pipeline")
    others = ("handouts.packing", "handouts.press", "handouts.batch")
    assert {m for m in users if not within(m, *consumers, *others)} == set()
    assert any(within(m, "handouts.translate") for m in users)
    users = importers("handouts.translate")
    assert {m for m in users if not within(m, *consumers)} == set()
    assert {m for m in importers("handouts.cli") if not within(m, "handouts.cli")} == set()


def test_only_pdf_draws_with_reportlab() -> None:
    users = importers("reportlab")
    assert users
    assert {m for m in users if not within(m, "handouts.pdf")} == set()


def test_each_library_has_one_home() -> None:
    homes = {
        "yaml": ("handouts.load",),
        "click": ("handouts.cli",),
        "uharfbuzz": ("handouts.typeset", "handouts.pdf"),
        "icu4py": ("handouts.typeset", "handouts.reading"),
        "babel": ("handouts.load", "handouts.compose", "handouts.translate"),
        "pyphen": ("handouts.typeset",),
        "segno": ("handouts.compose",),
        "pypdf": ("handouts.finish",),
        "polib": ("handouts.translate",),
        "openpyxl": ("handouts.load", "handouts.translate"),
        "lxml": ("handouts.translate",),
        "dask": ("handouts.batch.engines",),
        "distributed": ("handouts.batch.engines",),
        "fsspec": ("handouts.batch.objects",),
    }
    for library, home in homes.items():
        users = importers(library)
        assert users, f"nobody imports {library}: is the check looking at the right thing?"
        assert {m for m in users if not within(m, *home)} == set(), library


def test_models_know_neither_files_nor_pages() -> None:
    models = {m for m in TREES if within(m, "handouts.model")}
    assert len(models) > 8
    assert models & importers("yaml", "reportlab", "pathlib", "os", "io", "datetime.datetime") == (
        set()
    )


def test_nobody_reaches_for_the_network() -> None:
    assert importers("socket", "urllib.request", "http", "requests", "ssl", "ftplib") == set()


def test_only_the_command_prints_and_exits() -> None:
    talking = ("print", "input", "exit", "sys.stdout", "sys.stderr", "sys.stdin")
    assert offenders(("handouts.cli",), *talking) == {}
    said = [m for m in TREES if within(m, "handouts.cli") and uses(TREES[m], "sys.stdout")]
    assert said, "the command prints nowhere: is the check looking at the right thing?"


def test_only_the_world_knows_clock_folder_and_environment() -> None:
    asking = ("now", "utcnow", "time.time", "environ", "getenv", "getcwd", "Path.cwd")
    days = ("date.today", "Date.today", "datetime.today")  # World has a field called `today`.
    found = offenders(("handouts.world",), *asking, *days)
    # The command switches plugins of pydantic off before it is imported: it sets, it never reads.
    assert [use.split(" (")[0] for use in found.pop("handouts.cli", [])] in ([], ["os.environ"])
    assert "os.environ.setdefault(" in (PACKAGE / "cli" / "__init__.py").read_text("utf-8")
    assert found == {}
    assert uses(TREES["handouts.world"], "os.environ")
    assert uses(TREES["handouts.world"], "Path.cwd")
    assert uses(TREES["handouts.world"], "datetime.now")


def test_nothing_is_random_but_names_of_unfinished_files() -> None:
    writers = {"handouts.cli.output", "handouts.batch.folder", "handouts.batch.lock"}
    assert importers("random", "secrets", "uuid") <= writers


def test_nobody_rebinds_a_global() -> None:
    found = [m for m, t in TREES.items() if any(isinstance(n, ast.Global) for n in ast.walk(t))]
    assert found == []


HELP = """
import sys
from handouts.cli import main
try:
    code = main(["--help"])
except SystemExit as stop:
    code = stop.code
heavy = {"polib", "openpyxl", "lxml"}
heavy |= {"reportlab", "uharfbuzz", "babel", "icu4py", "fontTools", "PIL", "segno", "pypdf"}
print("LOADED", code, *sorted(heavy & set(sys.modules)))
"""


def test_help_comes_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Usage" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED 0"
