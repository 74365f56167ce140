"""An export from beginning to end, up to but not including the writing of a file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from handouts.model.locale import source_hash
from handouts.model.project import Project
from handouts.translate.archive import added, archived
from handouts.translate.formats import FORMATS, write
from handouts.translate.language import Language
from handouts.translate.table import look, table
from handouts.translate.unit import State
from handouts.world import World


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for a translator, how many strings are in it, and the archive if it grows."""

    content: bytes
    strings: int
    archive: tuple[Path, bytes] | None


def export(
    world: World,
    folder: Path | None,
    project: Project,
    language: Language,
    form: str,
    only: Collection[State] = (),
) -> Exported:
    """A language as a file for translators.

    Args:
        world: the outside world.
        folder: the project's folder, or None; only a project's archive grows.
        project: with all layouts, and the brands sheets are looked at with.
        language: as it is filed.
        form: a key of `FORMATS`.
        only: states to put in; none: everything.
    """
    where = look(project, world, language)
    found = table(project, world, language, where, archived(world, folder), only)
    current = {source_hash(text): text for text in language.english.values()}
    archive = added(world, folder, current) if folder else None
    strings = sum(not unit.meta for unit in found.units)
    return Exported(write(form, found), strings, archive)


__all__ = ["FORMATS", "Exported", "export"]
