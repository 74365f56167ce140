"""Makes a pack: through all stages, then foreign pages in their places, then the file."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from handouts.cli.output import write
from handouts.cli.pack_ask import Asked
from handouts.cli.session import Session
from handouts.cli.work import Entry, attempted

if TYPE_CHECKING:
    from handouts.model.pack import Foreign
    from handouts.packing import Bound


def make(session: Session, wanted: Asked) -> Entry:
    """Makes the file; what is wrong goes to the session's findings."""
    return attempted(session, wanted.target, partial(_made, session, wanted))


def _made(session: Session, wanted: Asked) -> Entry:
    from handouts.packing import place_pack

    started = time.perf_counter()
    bound = place_pack(wanted.project, session.world, wanted.pack)
    _timed(session, "placed", started)
    target, pages = wanted.target, len(bound.pages.pages)
    over = target.verdict.action == "overwrite"
    started = time.perf_counter()
    data = _drawn(session, wanted, bound)
    _timed(session, "drawn", started)
    if wanted.rehearse:
        return Entry(target, "would-overwrite" if over else "would-write", pages)
    if target.path is None:
        session.console.result_bytes(data)
    else:
        write(target.path, data)
    return Entry(target, "overwritten" if over else "written", pages, len(data))


def _drawn(session: Session, wanted: Asked, bound: Bound) -> bytes:
    """The finished file, with the foreign pages in their places."""
    from handouts.pipeline import render

    data = render(bound.pages)
    if not bound.foreign:
        return data
    from handouts.finish import Insert, foreign_pages, insert_pages

    names = tuple(dict.fromkeys(one.name for _, one in bound.foreign))
    session.findings.add([foreign_pages(names)])
    places = [Insert(first, _bytes(wanted, one), one.name) for first, one in bound.foreign]
    return insert_pages(data, places)


def _bytes(wanted: Asked, foreign: Foreign) -> bytes:
    """Of which file these pages are: two files may have one name and look alike from outside."""
    return next(data for one, data in wanted.inserts if one is foreign)


def _timed(session: Session, what: str, started: float) -> None:
    session.console.detail(f"{what} in {(time.perf_counter() - started) * 1000:.0f} ms")
