"""``fonts check``: whether every character of a language, a brand or a text has a glyph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.fonts_glyphs import as_rows, borrowed, described, lacking
from handouts.cli.fonts_strings import Said, strings
from handouts.cli.help import Command
from handouts.cli.list import table
from handouts.cli.names import pick
from handouts.cli.options import common, config, machine
from handouts.cli.project import open_project, project_folder
from handouts.cli.report import clean, counted
from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, problem

if TYPE_CHECKING:
    from handouts.model.fonts import FontLibrary
    from handouts.model.locale import Locale
    from handouts.model.project import Project

Row = dict[str, Any]
_TEXT_LIMIT = 1_000_000
_NAMED = 3
"""Strings a message names."""
_LISTED = 20
"""Characters a line shows."""


@click.command(
    cls=Command,
    examples=(
        "fonts check",
        "fonts check ar zh-Hans --brand my-clinic/brand.yaml",
        "fonts check --text 'Ọjọ́ Ajé'",
        "fonts check vi --file names.txt",
    ),
    short_help="Check that every character has a glyph.",
)
@click.argument("languages", nargs=-1, metavar="[LANG]…")
@click.option("--text", help="A text to check instead of the languages' strings.")
@click.option(
    "--file", type=click.Path(path_type=Path), help="The same from a UTF-8 file, or - for input."
)
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="A brand's id or path.")
@machine("github")
@config
@common
@click.pass_obj
def check(
    session: Session,
    languages: tuple[str, ...],
    text: str | None,
    file: Path | None,
    brands: tuple[str, ...],
) -> int:
    """Check that every character has a glyph in the fonts of its language.

    Looks at every string of every language (or of those named), at what the brand prints, and
    at the checksums of the font files. With --text or --file it says which families can write
    the text; with a language too, whether the fonts of that language can.
    """
    from handouts.load import load_fonts

    words = _given(session, text, file)
    project = open_project(
        session, brands=brands, languages=languages or None, layouts=(), partial=True
    )
    _check_files(session)
    library = load_fonts(session.world, project, None, project.fonts.families)
    if words is not None and not languages:
        return _finish(session, "families", _families(session, project, library, words))
    # English always comes along as the source, whether it was named or not.
    tags = [pick("language", name, project.locales) for name in languages or project.locales]
    rows = []
    for locale in (project.locales[tag] for tag in dict.fromkeys(tags)):
        if locale.script not in project.fonts.scripts:
            session.findings.add([_no_fonts(locale)])
            continue
        said = strings(session, project, locale) if words is None else [Said("the text", words)]
        rows.append(_language(session, project, library, locale, said))
    return _finish(session, "languages", rows)


def _given(session: Session, text: str | None, file: Path | None) -> str | None:
    """The text that was typed, or that of the file.

    Raises:
        HandoutsError: for both at once, and for a file that is no UTF-8 text.
    """
    if text is not None and file is not None:
        message = "--text and --file contradict each other"
        raise problem("usage", message, "use one", exit_code=ExitCode.USAGE)
    if file is None:
        return text
    from handouts.load.files import read

    if str(file) == "-":
        data = sys.stdin.buffer.read(_TEXT_LIMIT)
    else:
        data = read(session.world, session.world.cwd / file, _TEXT_LIMIT)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message, hint = f"byte {error.start + 1} is no UTF-8", "save the file as UTF-8"
        raise problem("not-utf-8", message, hint, Place(str(file)), ExitCode.FILE) from None


def _check_files(session: Session) -> None:
    """Compares every font file with its checksum."""
    from handouts.load import check_manifest

    try:
        check_manifest(session.world, project=project_folder(session))
    except HandoutsError as error:
        session.findings.add(error.diagnostics)


def _language(
    session: Session, project: Project, library: FontLibrary, locale: Locale, said: list[Said]
) -> Row:
    """What a language's fonts have of these texts; what nobody has goes to the findings."""
    setting = project.fonts.setting(locale.tag, locale.script)
    own = tuple(dict.fromkeys((*setting.text, *setting.heading)))
    wanted = tuple(dict.fromkeys((*own, *project.fonts.text_families)))
    everything = "".join(dict.fromkeys("".join(one.text for one in said)))
    missing = lacking(everything, wanted, library)
    where = {char: [one for one in said if char in one.text] for char in missing}
    session.findings.add(_missing(locale, char, found) for char, found in where.items())
    others = [family for family in wanted if family not in own]
    return {
        "language": locale.tag,
        "script": locale.script,
        "families": list(own),
        "characters": len(everything),
        "borrowed": [
            {"family": one.family, "characters": as_rows(one.characters)}
            for one in borrowed(everything, own, others, library)
        ],
        "missing": [
            {**row, "strings": [one.name for one in where[row["character"]]]}
            for row in as_rows(missing)
        ],
    }


def _missing(locale: Locale, char: str, found: Sequence[Said]) -> Diagnostic:
    more = counted(len(found) - _NAMED, "more string") if len(found) > _NAMED else ""
    named = ", ".join(one.name for one in found[:_NAMED])
    return Diagnostic(
        "missing-glyph",
        f"{locale.tag}: no font has {described(char)} ({char}), in {named}"
        + (f" and {more}" if more else ""),
        f"write it otherwise, or add a font that has it: fonts add FILE --script {locale.script}",
        found[0].place,
        exit_code=ExitCode.RESOURCE,
    )


def _no_fonts(locale: Locale) -> Diagnostic:
    return Diagnostic(
        "no-script-fonts",
        f"there are no fonts for {locale.tag}, which is written in {locale.script}",
        f"add one: fonts add FILE --script {locale.script}",
        exit_code=ExitCode.RESOURCE,
    )


def _families(session: Session, project: Project, library: FontLibrary, words: str) -> list[Row]:
    """What each family has of a text, the best first; those with no letter of it are left out."""
    everything = "".join(dict.fromkeys(words))
    letters = {char for char in everything if char.isalpha()}
    rows = []
    for family in project.fonts.families:
        lacks = lacking(everything, (family,), library)
        if not letters or letters - set(lacks):
            rows.append({"family": family, "lacks": as_rows(lacks)})
    for char in lacking(everything, project.fonts.families, library):
        message = f"no font has {described(char)} ({char})"
        hint = "write it otherwise, or add a font that has it: fonts add FILE"
        session.findings.add(
            [Diagnostic("missing-glyph", message, hint, exit_code=ExitCode.RESOURCE)]
        )
    return sorted(rows, key=lambda row: len(row["lacks"]))


def _finish(session: Session, what: str, rows: list[Row]) -> int:
    code = session.finish()
    if session.machine:
        session.document(**{what: rows})
        return code
    shown = [_shown_language(row) if what == "languages" else _shown_family(row) for row in rows]
    for line in table(shown) if shown else ():
        session.console.result(clean(line))
    return code


def _shown_family(row: Row) -> list[str]:
    lacks = row["lacks"]
    said = f"lacks {counted(len(lacks), 'character')}: {_listed(lacks)}" if lacks else "has it all"
    return [row["family"], said]


def _shown_language(row: Row) -> list[str]:
    missing = row["missing"]
    others = (f"; {one['family']} for {_listed(one['characters'])}" for one in row["borrowed"])
    return [
        row["language"],
        counted(row["characters"], "character"),
        f"{len(missing)} missing" if missing else "all there",
        ", ".join(row["families"]) + "".join(others),
    ]


def _listed(rows: Sequence[Row]) -> str:
    more = " …" if len(rows) > _LISTED else ""
    return " ".join(row["character"] for row in rows[:_LISTED]) + more
