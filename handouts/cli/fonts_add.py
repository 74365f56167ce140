"""``fonts add``: a user's own font files into the project, with an entry in its manifest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.help import Command
from handouts.cli.options import common, config, machine
from handouts.cli.output import explain, write
from handouts.cli.project import project_folder
from handouts.cli.session import Session
from handouts.diagnostics import (
    Diagnostic,
    ExitCode,
    HandoutsError,
    Place,
    Severity,
    problem,
)

if TYPE_CHECKING:
    from handouts.cli.fonts_entry import Family
    from handouts.cli.fonts_read import FontFacts

_SCRIPT = re.compile("[A-Z][a-z]{3}")
_LICENCE_BYTES = 200_000


@click.command(
    cls=Command,
    examples=(
        "fonts add Friendly-Regular.ttf Friendly-Bold.ttf",
        "fonts add Mukta-*.ttf --script Deva --licence OFL-1.1 --licence-file OFL.txt",
        "fonts add Collection.ttc --index 2",
    ),
    short_help="Add your own font files to the project.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--family", metavar="NAME", help="What to call it; default: what the files say.")
@click.option(
    "--script", "scripts", multiple=True, metavar="CODE", help="ISO 15924 code, such as Deva."
)
@click.option("--licence", metavar="ID", help="SPDX id, such as OFL-1.1; default: from the files.")
@click.option(
    "--licence-file", type=click.Path(path_type=Path), help="The licence's text, kept beside them."
)
@click.option("--index", type=int, help="Which font of a collection (TTC), from 0.")
@machine()
@config
@common
@click.pass_obj
def add(
    session: Session,
    files: tuple[Path, ...],
    family: str | None,
    scripts: tuple[str, ...],
    licence: str | None,
    licence_file: Path | None,
    index: int | None,
) -> int:
    """Copy the files of one family into the project's fonts folder and list them there.

    Refused are web fonts, files that are no fonts, and fonts whose maker forbids embedding.
    """
    from handouts.cli.fonts_entry import Family

    project = _project(session)
    _check_scripts(scripts)
    faces = _faces(session, files, index)
    name = family or _one_family(faces)
    _refuse_twice(faces)
    added = Family(
        name=name,
        folder=_slug(name),
        faces=faces,
        licence=licence or _licence(session, faces),
        scripts=scripts or tuple(dict.fromkeys(s for face in faces for s in face.scripts)),
        licence_text=_licence_text(session, licence_file),
    )
    _warn_hidden(session, name)
    written = _write(session, project, added)
    if session.machine:
        session.document(
            family=name,
            licence=added.licence,
            scripts=list(added.scripts),
            faces=[
                {"file": one.file_name, "weight": one.weight, "italic": one.italic} for one in faces
            ],
            files=[session.world.shown(path) for path in written],
        )
        return session.finish()
    for path in written:
        session.console.result(session.world.shown(path))
    _say_next(session, name, added.scripts)
    return session.finish()


def _project(session: Session) -> Path:
    folder = project_folder(session)
    if folder is None:
        message = "there is no project here that fonts could be added to"
        raise problem("no-project", message, "make one: new FOLDER", exit_code=ExitCode.USAGE)
    return folder


def _check_scripts(scripts: Iterable[str]) -> None:
    for code in scripts:
        if not _SCRIPT.fullmatch(code):
            message = f"'{code}' is no script"
            hint = "write an ISO 15924 code such as Latn, Deva or Arab"
            raise problem("bad-value", message, hint, exit_code=ExitCode.USAGE)


def _faces(session: Session, files: Sequence[Path], index: int | None) -> list[FontFacts]:
    """What the files say; what is wrong with any of them is said of all at once."""
    from handouts.cli.fonts_read import read_font
    from handouts.load.files import read
    from handouts.load.fontfile import MAX_BYTES

    faces: list[FontFacts] = []
    wrong: list[Diagnostic] = []
    for file in dict.fromkeys(files):
        try:
            data = read(session.world, session.world.cwd / file, MAX_BYTES, Place(str(file)))
            faces.append(read_font(file, data, index))
        except HandoutsError as error:
            wrong += error.diagnostics
    if wrong:
        raise HandoutsError(wrong)
    return sorted(faces, key=lambda face: (face.italic, face.weight))


def _one_family(faces: Sequence[FontFacts]) -> str:
    names = list(dict.fromkeys(face.family for face in faces))
    if len(names) > 1:
        raise problem(
            "several-families",
            f"these are files of {len(names)} families: {', '.join(names)}",
            "add one family after the other, or say what to call them all: --family NAME",
            exit_code=ExitCode.USAGE,
        )
    return names[0]


def _refuse_twice(faces: Sequence[FontFacts]) -> None:
    seen: dict[tuple[int, bool], FontFacts] = {}
    for face in faces:
        first = seen.setdefault((face.weight, face.italic), face)
        if first is not face:
            style = f"{face.weight}{' italic' if face.italic else ''}"
            raise problem(
                "same-face",
                f"{first.source} and {face.source} are both {style}",
                "add one of them",
                exit_code=ExitCode.USAGE,
            )


def _licence(session: Session, faces: Sequence[FontFacts]) -> str:
    from handouts.cli.fonts_read import UNKNOWN_LICENCE

    found = next((f.licence for f in faces if f.licence != UNKNOWN_LICENCE), UNKNOWN_LICENCE)
    if found == UNKNOWN_LICENCE:
        message = f"{faces[0].source} does not say under which licence it is"
        hint = "find out whether you may print and pass on PDFs with it, then give --licence"
        warning = Diagnostic("unknown-licence", message, hint, severity=Severity.WARNING)
        session.findings.add([warning])
    return found


def _licence_text(session: Session, file: Path | None) -> tuple[str, bytes] | None:
    if file is None:
        return None
    from handouts.cli.fonts_read import plain
    from handouts.load.files import read

    place = Place(str(file))
    return plain(file.name), read(session.world, session.world.cwd / file, _LICENCE_BYTES, place)


def _warn_hidden(session: Session, family: str) -> None:
    """A family of the project hides all faces of the built-in one, also those it lacks."""
    from handouts.load import load_manifest

    if family in load_manifest(session.world).entries:
        message = f"'{family}' now hides the built-in family of that name with all its faces"
        hint = "give another --family if that is not what you want"
        warning = Diagnostic("hidden-font", message, hint, severity=Severity.WARNING)
        session.findings.add([warning])


def _write(session: Session, project: Path, family: Family) -> list[Path]:
    """Puts the files and the manifest in place: all of them, or none."""
    from handouts.cli.fonts_entry import with_entry
    from handouts.load.files import read
    from handouts.load.fonts import FILE, FOLDER
    from handouts.load.schema import text as schema

    manifest = project / FOLDER / FILE
    there = read(session.world, manifest, 1_000_000).decode("utf-8") if manifest.exists() else ""
    text = with_entry(there, family, session.world.shown(manifest))
    new = {manifest.parent / file: data for file, data in family.files.items()}
    _refuse_existing(session, new)
    # The manifest comes last: until it is there, the files beside it mean nothing.
    help_ = {project / ".schema" / "fonts.json": schema("fonts").encode("utf-8")}
    _write_all({**new, **help_, manifest: text.encode("utf-8")}, undo=new)
    return [*new, manifest]


def _refuse_existing(session: Session, new: Iterable[Path]) -> None:
    for path in new:
        if path.exists():
            message = f"{session.world.shown(path)} is there already"
            hint = "move it away, or give another --family"
            raise problem("exists", message, hint, exit_code=ExitCode.FILE)


def _write_all(files: dict[Path, bytes], undo: Iterable[Path]) -> None:
    """Writes files; when one cannot be, those in `undo` go away again."""
    for path, data in files.items():
        try:
            write(path, data)
        except OSError as error:
            for one in undo:
                with suppress(OSError):
                    one.unlink(missing_ok=True)
            raise HandoutsError([explain(error, path)]) from error


def _slug(family: str) -> str:
    """A folder's name for a family, in ASCII."""
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "font"


def _say_next(session: Session, family: str, scripts: Sequence[str]) -> None:
    """What to write to use it."""
    import json

    name = json.dumps(family, ensure_ascii=False)
    say = session.console.say
    say("Next: for every sheet, in brand.yaml")
    say(f"  typography: {{base: {name}, headings: {name}}}")
    say("or for one script, in fonts/fonts.yaml")
    say(f"  scripts: {{{scripts[0] if scripts else 'Latn'}: {{text: [{name}, Noto Sans]}}}}")
    say("then: fonts check")
