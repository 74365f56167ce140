"""The PDFs that are to be put into a pack, read and looked over before anything is composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from handouts.cli.session import Session
from handouts.diagnostics import Diagnostic, ExitCode, Place, problem
from handouts.model.pack import Foreign

if TYPE_CHECKING:
    from handouts.load.packs import FiledPack


@dataclass(frozen=True, slots=True)
class Insertion:
    """A PDF to put in: what it is called, where it goes, and the file it was read from."""

    foreign: Foreign
    after: str | int
    data: bytes
    path: Path


def insertions(
    session: Session, filed: FiledPack | None, typed: Iterable[Path]
) -> Iterator[Insertion]:
    """Those of the pack file, then those that were typed, which go to the end.

    Raises:
        HandoutsError: for a PDF that cannot be put in.
    """
    from handouts.load.files import read
    from handouts.load.packs import LARGEST

    world = session.world
    for number, insert in enumerate(filed.file.insert if filed else ()):
        assert filed is not None
        place = filed.spot.at(("insert", number, "file"))
        path = filed.path.parent / insert.file
        _check_kind(path, insert.file, place)
        data = filed.insert(world, number)
        foreign = _looked_over(session, data, insert.title, insert.file, place)
        yield Insertion(foreign, insert.after, data, path)
    for given in typed:
        path = world.cwd / given
        _check_kind(path, str(given), None)
        data = read(world, path, LARGEST)
        title = given.stem.replace("-", " ").replace("_", " ").strip()
        title = title[:1].upper() + title[1:]
        yield Insertion(_looked_over(session, data, title, str(given), None), "end", data, path)


def taken(target: Path, inputs: Iterable[Path]) -> Diagnostic | None:
    """Why a pack may not be written to a file it is made from, whoever made that file.

    Forcing does not help: the next run would put the pack into itself.
    """
    for path in inputs:
        try:
            same = target.samefile(path)
        except (OSError, ValueError):
            continue
        if same:
            message = f"{target} is what the pack is made from, so the pack cannot replace it"
            hint = "choose another name with -o"
            return Diagnostic("input-is-output", message, hint, exit_code=ExitCode.FILE)
    return None


def _check_kind(path: Path, written: str, place: Place | None) -> None:
    """Refuses pipes and devices, which may never end; what is not there is told when it is read."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if not (S_ISREG(mode) or S_ISDIR(mode)):
        message, hint = f"{written} is a device or pipe", "save it to a file and give that"
        raise problem("not-a-file", message, hint, place, ExitCode.FILE)


def _looked_over(
    session: Session, data: bytes, title: str, path: str, place: Place | None
) -> Foreign:
    from handouts.finish.foreign import read_foreign, told

    name = Path(path).name
    reading = read_foreign(data, name, place)
    session.findings.add(reading.warnings)
    return Foreign(told(title), told(name), reading.sizes)
