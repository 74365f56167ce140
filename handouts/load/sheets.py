"""Placed pages kept on disk: a command that makes the same sheet again only has to draw it.

A sheet is a pure function of the project, the job, the date, the fonts and the program. The
project is known by what it was made from (`handouts.load.cache`), drawings and fonts by their
bytes: fonts are not kept but read again and compared, whatever checksum a manifest gives them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handouts.load import program, seen
from handouts.load.entries import Shelf, digest
from handouts.model.pages import Pages
from handouts.model.project import Job, Project

_FOLDERS = ("compose", "typeset", "model", "load")


class Sheets(NamedTuple):
    """Where the sheets of a project are kept. `identity` says what the project was made from."""

    shelf: Shelf
    question: str
    identity: str

    def placed(
        self, project: Project, job: Job, place: Callable[[], Pages]
    ) -> tuple[Pages, Callable[[], None]]:
        """A sheet as it was kept, or else as `place` makes it; and what keeps it for next time.

        Raises:
            HandoutsError: as `place` does; what fails is never kept.
        """
        name = digest(self.question, "pages", repr(job))
        code = program.state(_FOLDERS, program.SETTING)
        state = digest(self.identity, self.shelf.world.date, code)
        kept = self.shelf.get(name, state)
        if isinstance(kept, Pages):
            return kept, _nothing
        with seen.listening() as notes:
            pages = place()
        drawn = getattr(project.drawings, "notes", {})
        return pages, lambda: self.shelf.put(name, state, notes | drawn, pages)


def _nothing() -> None:
    """It is kept already."""


__all__ = ["Sheets"]
