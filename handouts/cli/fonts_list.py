"""``fonts list``: families, their faces and licences, and the languages each can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.cli.help import Command
from handouts.cli.list import table
from handouts.cli.options import common, config, machine
from handouts.cli.project import open_project
from handouts.cli.report import clean
from handouts.cli.session import Session

if TYPE_CHECKING:
    from handouts.load.fonts import Manifest
    from handouts.model.fonts import FontLibrary
    from handouts.model.project import Project

Row = dict[str, Any]


@click.command("list", cls=Command, examples=("fonts list", "fonts list --json"))
@machine()
@config
@common
@click.pass_obj
def list_(session: Session) -> int:
    """List the font families: faces, licence, scripts, size, and languages.

    A family is listed with a language when it has every letter of the language's real strings.
    Digits, brackets and names in Latin letters may come from the next family.
    """
    from handouts.load import load_fonts
    from handouts.load.fonts import Manifest

    project = open_project(session, layouts=(), partial=True)
    manifest = project.fonts
    assert isinstance(manifest, Manifest)
    library = load_fonts(session.world, project, None, manifest.families)
    rows = [_row(session, project, manifest, library, name) for name in manifest.families]
    if session.machine:
        session.document(fonts=rows)
        return session.finish()
    for line in table([_shown(row) for row in rows]):
        session.console.result(line)
    total = sum(row["bytes"] for row in rows)
    session.console.say(f"{len(rows)} families, {total / 1e6:.1f} MB")
    return session.finish()


def _row(
    session: Session, project: Project, manifest: Manifest, library: FontLibrary, name: str
) -> Row:
    from handouts.cli.fonts_glyphs import lacking, own_letters

    entry, folder = manifest.entries[name], manifest.folders[name]
    files = {face.file: folder / face.file for face in entry.faces}
    locales = project.locales.items()
    return {
        "family": name,
        "faces": [
            {
                "file": session.world.shown(files[face.file]),
                "weight": face.weight,
                "italic": face.italic,
            }
            for face in entry.faces
        ],
        "licence": entry.licence,
        "scripts": list(entry.scripts),
        "bytes": sum(path.stat().st_size for path in files.values()),
        "builtin": folder == session.world.data("fonts"),
        "languages": [t for t, one in locales if not lacking(own_letters(one), (name,), library)],
    }


def _shown(row: Row) -> list[str]:
    faces = (f"{one['weight']}{' italic' if one['italic'] else ''}" for one in row["faces"])
    cells = [
        row["family"],
        ", ".join(faces),
        row["licence"],
        ", ".join(row["scripts"]),
        f"{row['bytes'] / 1000:,.0f} kB",
        "" if row["builtin"] else "own",
        " ".join(row["languages"]),
    ]
    return [clean(cell) for cell in cells]
