"""The figures of docs/scale.md: whole batches on two cores, and what a large one costs besides.

``python benchmarks/scale.py`` prints them as a table, ``--only NAME`` some of them. Each is
measured in a process of its own; nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import content  # noqa: E402
from peers import ours  # noqa: E402

LAYOUT = "benefits-flyer"
LANGUAGES = ("en", "es", "de", "pt-BR", "vi", "ru", "ar", "hi", "ja", "zh-Hans")
MANY = 100_000
TRIPS, WARMUP = 2200, 200
Figures = dict[str, str]


def commands(work: Path, options: argparse.Namespace) -> Figures:
    """Whole commands in turns, from the spreadsheet to the files; the median of the repeats."""
    content.prepare(work, 1)
    ours.Batch.prepare(work, (), ())
    flyers, matrix = work / "network" / "flyers.csv", work / "network" / "matrix.csv"
    content.write_rows(flyers, range(options.documents))
    content.write_rows(matrix, range(20))
    kinds = ("flyer", "topic", "handout")
    out, dask = work / "out", ["--engine", "dask"]
    one, two = (ours.batch_command(work, flyers, ["flyer"], ["en"], out, n) for n in (1, 2))
    mixed = ours.batch_command(work, matrix, kinds, LANGUAGES, out, 2)
    named = {
        "one process": (one, options.documents),
        "two processes": (two, options.documents),
        "two Dask workers": ([*two, *dask], options.documents),
        "two processes, 20 brands × 10 languages × 3 layouts": (mixed, 600),
    }
    rates: dict[str, list[float]] = {name: [] for name in named}
    for _ in range(options.repeats):
        for name, (command, count) in named.items():
            shutil.rmtree(out, ignore_errors=True)
            started = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            rates[name].append(count / (time.perf_counter() - started))
    found = {name: statistics.median(each) for name, each in rates.items()}
    return {
        f"{name}: documents a second, an hour": f"{rate:.0f}, {rate * 3.6:,.0f} thousand"
        for name, rate in found.items()
    }


def chunks(work: Path, options: argparse.Namespace) -> Figures:
    """Empty chunks; scheduler and coordinator are one process here, the workers are two."""
    from handouts.batch.engines.cluster import ClusterEngine
    from handouts.batch.folder import Folder
    from handouts.batch.lock import acquire
    from handouts.batch.worker import Payload
    from handouts.model.batch import Chunk

    moments: list[tuple[float, float]] = []

    def empty() -> Iterator[Chunk]:
        for number in range(TRIPS):
            moments.append((time.perf_counter(), time.process_time()))
            yield Chunk(number, (), ())

    folder = Folder(work / "out")
    lock = acquire(folder.home, "out")
    payload = Payload(*_project(["en"]), folder.owned(lock.token), {})
    for _ in ClusterEngine(processes=2).run(payload, empty()):
        pass
    lock.release()
    spans = zip(moments[WARMUP], moments[-1], strict=True)
    wall, busy = (1000 * (end - start) / (TRIPS - WARMUP - 1) for start, end in spans)
    return {
        "an empty chunk to one of two workers and back": f"{wall:.1f} ms",
        "processor time of scheduler and coordinator for a chunk": f"{busy:.1f} ms",
    }


def manifest(work: Path, options: argparse.Namespace) -> Figures:
    """What the coordinator does for a file besides making it, which nobody does here."""
    from handouts.batch.engines import Report
    from handouts.batch.events import Options, Source
    from handouts.batch.folder import Folder
    from handouts.batch.run import execute, prepare
    from handouts.batch.store import Delivered
    from handouts.batch.worker import Payload
    from handouts.model.batch import Chunk, Task
    from handouts.model.project import Job
    from handouts.press import Press

    project, world = _project(["en"])
    job = Job(LAYOUT, "en", "default", "A4", "instructor")
    made = Press(project, world).make(job)

    class Saying:
        """An engine that says of everything that it is written."""

        def chunk_size(self, total: int) -> int:
            return 256

        def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
            facts: dict[str, Any] = {
                "pages": made.pages, "size": len(made.data), "sha256": "00" * 32,
                "strings": made.strings, "fonts": made.fonts, "mark": "1",
            }  # fmt: skip
            for chunk in chunks:
                yield Report(tuple(Delivered(one.path, "written", **facts) for one in chunk.tasks))

    source = Source(project, world, lambda _: (Task(f"{n:06}.pdf", job) for n in range(MANY)))
    started = time.perf_counter()
    with prepare(source, Folder(work / "out"), Options()) as prepared:
        planned = time.perf_counter()
        execute(prepared, Saying())
        done = time.perf_counter()
    return {
        f"preparing {MANY:,} files nobody has written yet": f"{planned - started:.1f} s",
        "the coordinator's entries for a file": f"{(done - planned) / MANY * 1000:.3f} ms",
        f"most memory of a coordinator of {MANY:,} files": f"{_resident():.0f} MB",
    }


def listing(work: Path, options: argparse.Namespace) -> Figures:
    """What is kept of a listing; the requests themselves are the network's."""
    from handouts.batch.objects import Entry
    from handouts.batch.remote import Remote
    from handouts.batch.store import Stamp

    def entries() -> Iterator[Entry]:
        for n in range(MANY):
            yield Entry(f"clinic-{n:06}/{LAYOUT}-en-A4.pdf", Stamp(40_000 + n, f'"{n:032x}"'))

    store = Remote("memory://place", work)
    store._connection = (os.getpid(), SimpleNamespace(listing=entries))  # type: ignore[assignment]
    before, started = _resident(), time.perf_counter()
    store.survey()
    seconds = time.perf_counter() - started
    assert store.look(f"clinic-{MANY - 1:06}/{LAYOUT}-en-A4.pdf")
    kept = _resident() - before
    return {f"keeping a listing of {MANY:,} objects": f"{seconds:.1f} s, {kept:.0f} MB of memory"}


def inputs(work: Path, options: argparse.Namespace) -> Figures:
    """What goes to each worker once."""
    from handouts.batch.folder import Folder
    from handouts.batch.travel import pack
    from handouts.batch.worker import Payload, portable

    project, world = _project(None)
    payload = Payload(portable(project, world), world, Folder(work / "out"), {})
    size = len(pickle.dumps(pack(payload)))
    return {f"inputs in all {len(project.locales)} languages": f"{size / 1e6:.1f} MB a worker"}


def _project(languages: list[str] | None) -> tuple[Any, Any]:
    from handouts.load import load
    from handouts.world import World

    world = World(Path("/"), date(2026, 1, 1), {})
    return load(world, project=None, brands=("default",), languages=languages), world


def _resident() -> float:
    """The most memory this process ever had, in MB (Linux counts in kB, macOS in bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


FIGURES: dict[str, Callable[[Path, argparse.Namespace], Figures]] = {
    "commands": commands,
    "chunks": chunks,
    "manifest": manifest,
    "listing": listing,
    "inputs": inputs,
}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=FIGURES, help="some of the figures")
    parser.add_argument("--documents", type=int, default=10_000, help="flyers of a whole batch")
    parser.add_argument("--repeats", type=int, default=3, help="turns of whole batches")
    parser.add_argument("--alone", choices=FIGURES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        with tempfile.TemporaryDirectory(prefix="handouts-scale-") as work:
            print(json.dumps(FIGURES[options.alone](Path(work), options)))
        return
    print("| what | measured |\n|---|---|")
    for name in options.only or FIGURES:
        more = ["--documents", str(options.documents), "--repeats", str(options.repeats)]
        command = [sys.executable, __file__, "--alone", name, *more]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        for what, value in json.loads(done.stdout.splitlines()[-1]).items():
            print(f"| {what} | {value} |", flush=True)


if __name__ == "__main__":
    main()
