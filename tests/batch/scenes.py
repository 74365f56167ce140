"""Small batches: a few clinics over the neutral brand, two languages, one layout."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from handouts.batch.engines.local import LocalEngine
from handouts.batch.events import Event, Options, Row, Source, Summary
from handouts.batch.folder import HIDDEN, Folder
from handouts.batch.run import Prepared, execute, prepare
from handouts.load import load
from handouts.model.batch import Clinic, Task
from handouts.model.project import Job, Project
from handouts.world import World

LAYOUT = "benefits-flyer"
LANGUAGES = ("en", "de")
DAY = date(2026, 3, 2)


@lru_cache(maxsize=1)
def project() -> Project:
    nowhere = World(Path("/"), DAY, {})
    return load(nowhere, project=None, brands=("default",), languages=LANGUAGES, layouts=(LAYOUT,))


def clinic(number: int, **values: str) -> Clinic:
    said = {"name": f"Clinic {number}", "contact.email": f"hello@clinic{number}.example", **values}
    return Clinic(f"clinic-{number:03}", number + 1, tuple(sorted(said.items())), "default")


def clinics(count: int) -> list[Clinic]:
    return [clinic(number) for number in range(1, count + 1)]


def job(brand: str, language: str = "en") -> Job:
    return Job(LAYOUT, language, brand, "A4", "instructor")


def task(brand: str, language: str = "en") -> Task:
    return Task(f"{brand}/{LAYOUT}-{language}-A4.pdf", job(brand, language))


def tasks_of(rows: Iterable[Clinic], languages: Iterable[str] = LANGUAGES) -> Iterator[Task]:
    for language in languages:
        for one in rows:
            yield task(one.id, language)


@dataclass(frozen=True, slots=True)
class Deadly(Folder):
    """A folder that takes the worker down when one of these files comes, or stops it for good."""

    kills: frozenset[str] = frozenset()
    kills_once: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()

    def stage(self, path: str, data: bytes) -> None:
        if path in self.stops:
            time.sleep(600)
        before = self.home / f"{path.replace('/', '-')}.once"
        if path in self.kills or (path in self.kills_once and not before.exists()):
            before.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        Folder.stage(self, path, data)


def source(
    rows: Iterable[Clinic], languages: Iterable[str] = LANGUAGES, day: date = DAY, **changes: object
) -> Source:
    tags = tuple(languages)
    made = Source(
        project=project(),
        world=World(Path("/"), day, {}),
        tasks=lambda good: tasks_of(good, tags),
        rows=tuple(Row(one) for one in rows),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def planned(folder: Path, asked: Source, **options: object) -> Prepared:
    return prepare(asked, Folder(folder), Options(**options))  # type: ignore[arg-type]


def batch(
    folder: Path, asked: Source, *, processes: int = 1, **options: object
) -> tuple[Summary, list[Event]]:
    events: list[Event] = []
    with planned(folder, asked, **options) as prepared:
        summary = execute(prepared, LocalEngine(processes), events.append)
    return summary, events


def files(folder: Path) -> dict[str, str]:
    """Every file that can be seen, with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("[!.]*"))
        if path.is_file() and HIDDEN not in path.relative_to(folder).parts
    }


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".handouts-*.part") if path.is_file()]
