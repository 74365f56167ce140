"""What tests of clusters share: small chunks, a folder in the hands of a batch, real processes."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from handouts.batch.engines.cluster import ClusterEngine
from handouts.batch.folder import Folder
from handouts.batch.lock import acquire
from handouts.batch.worker import Payload, Worker
from handouts.model.batch import Chunk, Outcome, Task
from handouts.model.project import Job, Project
from handouts.world import World

ROOT = Path(__file__).parents[2]
LAYOUT = "benefits-flyer"
SLOW = "slow.pdf"
KILLER = "killer.pdf"


class Trap(Folder):
    """A folder that kills the process at one file, and takes its time at another."""

    __slots__ = ()

    def stage(self, path: str, data: bytes) -> None:
        if path.endswith(KILLER):
            os.kill(os.getpid(), signal.SIGKILL)
        if path.endswith(SLOW):
            time.sleep(0.3)
        Folder.stage(self, path, data)


def task(path: str, language: str = "en", brand: str = "default") -> Task:
    return Task(path, Job(LAYOUT, language, brand, "A4", "instructor"))


def chunks(count: int, size: int, *, slow: bool = False) -> Iterator[Chunk]:
    """Chunks of three brands and two languages."""
    for number in range(count):
        language, brand = ("en", "es")[number % 2], ("default", "willow", "marisol")[number % 3]
        paths = [f"{number}/{index}.pdf" for index in range(size)]
        if slow:
            paths[-1] = f"{number}/{SLOW}"
        yield Chunk(number, tuple(task(path, language, brand) for path in paths))


@contextmanager
def held(root: Path, kind: type[Folder] = Folder) -> Iterator[Folder]:
    """A folder in the hands of a batch."""
    store = kind(root)
    lock = acquire(store.home, "out")
    try:
        yield store.owned(lock.token) if kind is Folder else kind(root, "", lock.token)
    finally:
        lock.release()


def local(project: Project, world: World, root: Path, work: Iterable[Chunk]) -> dict[str, str]:
    """The digests of all files when they are made in this process, without a trap."""
    with held(root) as store:
        worker = Worker(Payload(project, world, store, {}))
        for chunk in work:
            said = [one.diagnostics for one in worker.run(chunk) if one.status != "written"]
            assert said == []
    return digests(root)


def made(
    engine: ClusterEngine, project: Project, world: World, store: Folder, work: Iterator[Chunk]
) -> list[Outcome]:
    payload = Payload(project, world, store, {})
    return [one for report in engine.run(payload, work) for one in report.outcomes]


def digests(root: Path) -> dict[str, str]:
    """Every file that can be seen, and what is in it; what a killed worker had begun is hidden."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.parent.name != ".handouts"
    }


def once(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """The status of each path, each of which came back once."""
    found = list(outcomes)
    assert len({one.path for one in found}) == len(found)
    return {one.path: one.status for one in found}


class Processes:
    """A scheduler and workers as their own processes, as on other machines; `more` is for all."""

    def __init__(self, folder: Path, *more: str) -> None:
        self._folder, self._more = folder, more
        self._all: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"),
            *("--no-dashboard", "--scheduler-file", str(folder / "scheduler.json")),
        )
        self.address = self._address()

    def worker(self, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        return self._start(
            "distributed.cli.dask_worker",
            *(self.address, "--host", "127.0.0.1", "--nthreads", "1", "--memory-limit", "0"),
            *("--nanny" if nanny else "--no-nanny", "--no-dashboard", "--death-timeout", "20"),
            *("--local-directory", str(self._folder / "scratch")),
        )

    def end(self) -> None:
        for one in reversed(self._all):
            one.kill()
            one.wait()

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / "log").open("ab")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments, *self._more],
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )
        self._all.append(process)
        return process

    def _address(self) -> str:
        import json

        path = self._folder / "scheduler.json"
        wait_until(lambda: path.is_file() and path.stat().st_size > 0)
        time.sleep(0.05)
        return str(json.loads(path.read_text())["address"])


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
