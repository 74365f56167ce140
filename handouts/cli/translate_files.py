"""What the verbs of ``translate`` share: the language, the project with its sheets, files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli.output import explain, write
from handouts.cli.project import open_project
from handouts.cli.session import Session
from handouts.diagnostics import HandoutsError

if TYPE_CHECKING:
    from handouts.model.project import Project

Written = tuple[Path, bytes]


def with_sheets(session: Session) -> Project:
    """The project with all its layouts, and a brand beside its own that shows every label.

    No language but English is loaded: the one that is translated may be far from complete.
    """
    from handouts.translate.sheets import with_example

    return with_example(open_project(session, languages=(), partial=True), session.world)


def save(files: Sequence[Written]) -> None:
    """Puts files in place one after the other, each whole or not at all.

    Raises:
        HandoutsError: in the words of ``explain``.
    """
    for path, content in files:
        try:
            write(path, content)
        except OSError as error:
            raise HandoutsError([explain(error, path)]) from error


def picked(session: Session, names: Sequence[str], *, new: bool = False) -> tuple[str, ...]:
    """Tags as the data writes them; all there are when none is named.

    With `new` a tag without a file is taken as it is typed.

    Raises:
        HandoutsError: naming every tag that does not exist.
    """
    from handouts.cli.names import collected, pick
    from handouts.cli.project import project_folder
    from handouts.diagnostics import Diagnostic
    from handouts.model.locale import SOURCE_LANGUAGE
    from handouts.translate import tags

    known = (*tags(session.world, project_folder(session)), SOURCE_LANGUAGE)
    wrong: list[Diagnostic] = []

    def check(name: str) -> str:
        same = name.strip().lower().replace("_", "-")
        if new and same not in (tag.lower() for tag in known):
            return name.strip().replace("_", "-")
        return pick("language", name, known)

    found = collected(wrong, names or known[:-1], check)
    if wrong:
        raise HandoutsError(wrong)
    return found
