"""Small worlds to load from: a project in a temporary folder, over the real built-in data."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load import LoadResult, load_result
from handouts.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
FIXTURES = REPOSITORY / "tests" / "fixtures" / "load"
WRONG = FIXTURES / "wrong"


def world(cwd: Path, builtin: Path | None = None) -> World:
    made = World(cwd, date(2026, 3, 1), {})
    return made if builtin is None else replace(made, builtin=builtin)


def project(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A project folder with these files; ``handouts.yaml`` is made when it is not among them."""
    for name, content in {"handouts.yaml": "languages: [en]\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def builtin_with(folder: Path, files: Mapping[str, str]) -> Path:
    """A package folder like the real one, with some files of its data replaced."""
    package = REPOSITORY / "handouts"
    made = folder / "package"
    for name in ("catalogue", "brands"):
        shutil.copytree(package / name, made / name)
    (made / "drawings").symlink_to(package / "drawings")
    for name in ("layouts", "fonts"):
        (made / name).symlink_to(REPOSITORY / name)
    for name, content in files.items():
        (made / name).write_text(content, "utf-8")
    return made


def loaded(
    folder: Path,
    layouts: Sequence[str] | None = ("benefits-flyer",),
    languages: Sequence[str] | None = ("en",),
    overrides: Sequence[str] = (),
    brands: Sequence[str] = (),
    builtin: Path | None = None,
) -> LoadResult:
    return load_result(
        world(folder, builtin),
        project=folder if (folder / "handouts.yaml").exists() else None,
        layouts=layouts,
        languages=languages,
        overrides=overrides,
        brands=brands,
    )


def errors(*args: object, **named: object) -> tuple[Diagnostic, ...]:
    """What loading says; nothing when it succeeds."""
    try:
        loaded(*args, **named)  # type: ignore[arg-type]
    except HandoutsError as error:
        return error.diagnostics
    return ()


def codes(*args: object, **named: object) -> list[str]:
    return [diagnostic.code for diagnostic in errors(*args, **named)]


def shown(diagnostics: Sequence[Diagnostic]) -> str:
    """Diagnostics as readable text, for goldens."""
    lines = []
    for one in diagnostics:
        lines.append(f"{one.place or '-'}: {one.severity}: {one.message} [{one.code}]")
        if one.place and one.place.source:
            lines.append(f"  | {one.place.source}")
            lines.append(f"  | {' ' * (one.place.column - 1)}^")
        if one.hint:
            lines.append(f"  = {one.hint}")
    return "\n".join(lines) + "\n"


def said_about(fixture: Path, folder: Path) -> str:
    """What is said about a wrong file. Its name begins with the kind of file it is."""
    kind, _, name = fixture.stem.partition("-")
    folder = folder / "project"
    folder.mkdir()
    content = fixture.read_text("utf-8")
    if kind == "layout":
        project(folder, {f"layouts/{name}.yaml": content})
        return shown(errors(folder, layouts=[name]))
    if kind in ("brand", "project"):
        target = "brand.yaml" if kind == "brand" else "handouts.yaml"
        return shown(errors(project(folder, {target: content})))
    if kind == "locale":
        tag = name.partition("-")[0]
        project(folder, {f"locales/{tag}.yaml": content})
        return shown(errors(folder, languages=[tag]))
    package = builtin_with(folder, {f"catalogue/{kind}.yaml": content})
    return shown(errors(folder, builtin=package))
