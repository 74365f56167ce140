"""What is measured of batches, each scene with its target: functions from a folder to findings."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import content
import measure
from child import Child
from peers import ours

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "es", "de", "pt-BR", "vi", "ru", "ar", "hi", "ja", "zh-Hans")
KINDS = ("flyer", "topic", "handout")
WARMUP = 3
"""Turns of each program that do not count."""
TURN = 20
"""Documents a program makes before it is the next one's turn, each with a brand of its own."""

Program = Callable[[Path, Path, Sequence[str], Sequence[str], Path], list[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A ratio held against its target; `values` are medians it comes from, with their unit."""

    scene: str
    what: str
    ratio: float
    limit: float
    most: bool
    """Whether the limit is the most the ratio may be, or the least."""
    unit: str
    values: dict[str, float] = field(default_factory=dict)
    cpu: float | None = None
    """The same ratio of processor time, to hold against `ratio` when the machine is busy."""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.ratio <= self.limit if self.most else self.ratio >= self.limit

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"met": self.met}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    rows: int
    many: int
    """Rows for two processes: so many that starting them does not count."""
    repeats: int
    matrix_rows: int
    languages: tuple[str, ...]
    cold: int


FULL = Size(20, 1000, 10_000, 3, 20, LANGUAGES, 9)
QUICK = Size(6, 100, 400, 1, 4, ("en", "ar", "ja"), 3)


def one_document(work: Path, size: Size) -> list[Finding]:
    """a, b and d: some documents at a time, the programs in turns, every one a new brand."""
    names = ("ours", "typst_tuned", "typst_written")
    found = []
    with _children(work, names, ("flyer", "handout"), ("en",)) as children:
        for scene, what, kind, how, limit in (
            ("a", "a flyer from scratch", "flyer", "anew", 1.0),
            ("b", "one more brand of a known flyer", "flyer", "make", 1 / 10),
            ("d", "one more brand of the class handout", "handout", "make", 1 / 8),
        ):
            for code in (False, True):
                times = _turns(children, size.rounds, kind=kind, how=how, code=code)
                said = f"{what}, QR code {'made too' if code else 'ready made'}"
                found.append(_against(scene, said, times, limit))
    return found


def whole_batch(work: Path, size: Size) -> list[Finding]:
    """c: a spreadsheet of clinics in, files out, as whole commands."""
    rows = work / "network" / "batch.csv"
    content.write_rows(rows, range(size.rows))
    programs = {
        "ours": lambda out: _ours(work, rows, ["flyer"], ["en"], out, 1),
        "typst tuned": lambda out: _peer("typst_tuned", work, rows, ["flyer"], ["en"], out),
        "typst as written": lambda out: _peer("typst_written", work, rows, ["flyer"], ["en"], out),
    }
    rates = _rates(work, programs, size.rows, size.repeats)
    what = f"a batch of {size.rows:,} brands, one process, against tuned typst"
    ratio = rates["ours"] / rates["typst tuned"]
    return [Finding("c", what, ratio, 7, False, "documents/s", rates)]


def two_processes(work: Path, size: Size) -> list[Finding]:
    """e: the same with more brands, by one process and by two."""
    rows = work / "network" / "many.csv"
    content.write_rows(rows, range(size.many))
    programs = {
        "one": lambda out: _ours(work, rows, ["flyer"], ["en"], out, 1),
        "two": lambda out: _ours(work, rows, ["flyer"], ["en"], out, 2),
    }
    rates = _rates(work, programs, size.many, size.repeats)
    what = f"a batch of {size.many:,} brands, two processes against one"
    return [Finding("e", what, rates["two"] / rates["one"], 1.8, False, "documents/s", rates)]


def matrix(work: Path, size: Size) -> list[Finding]:
    """f: brands × languages × layouts, as whole commands."""
    rows = work / "network" / "matrix.csv"
    content.write_rows(rows, range(size.matrix_rows))
    documents = size.matrix_rows * len(size.languages) * len(KINDS)
    programs = {
        "ours": lambda out: _ours(work, rows, KINDS, size.languages, out, 1),
        "two processes": lambda out: _ours(work, rows, KINDS, size.languages, out, 2),
        "typst tuned": lambda out: _peer("typst_tuned", work, rows, KINDS, size.languages, out),
    }
    rates = _rates(work, programs, documents, size.repeats)
    what = f"{size.matrix_rows} brands × {len(size.languages)} languages × {len(KINDS)} layouts"
    rate = rates["typst tuned"]
    both = rates["two processes"] / rate
    return [
        Finding("f", f"{what}, one process", rates["ours"] / rate, 5, False, "documents/s", rates),
        Finding("f", "the same, two processes", both, 5, False, "documents/s", {}),
    ]


def memory(work: Path, documents: int) -> list[Finding]:
    """g: resident memory of one process, from 1,000 documents to many, CJK and others in turns."""
    found: dict[str, float] = {}
    languages = ("en", "ja", "zh-Hans", "ko", "ar", "es")
    with _children(work, ("ours",), KINDS, languages) as children:
        for first, count in ((0, 1000), (1000, documents - 1000)):
            answer = children["ours"].ask(
                documents=count, first=first, kinds=list(KINDS), languages=list(languages)
            )
            found[f"after {first + count:,}"] = round(answer["rss_mb"], 1)
    first, last = found.values()
    return [
        Finding("g", f"memory after {documents:,} documents against after 1,000",
                last / first, 1.05, True, "MB", found),
        Finding("g", "most memory, MB", max(first, last), 150, True, "MB", {}),
    ]  # fmt: skip


def cold(work: Path, size: Size) -> list[Finding]:
    """h: whole commands for one flyer, and what ``--help`` takes of the processor."""
    script = [sys.executable, str(HERE / "peers" / "platypus.py"), str(work), "flyer"]
    generate = [sys.executable, str(ours.ROOT / "generate.py")]
    commands = {
        "ours": ours.command(work, work / "ours.pdf"),
        "platypus": [*script, str(work / "platypus.pdf")],
        "help": [*generate, "--help"],
    }
    times = measure.cold(commands, size.cold, work / "compiled")
    wall = {name: round(times[name].median, 1) for name in ("ours", "platypus")}
    busy = statistics.median(times["ours"].cpu) / statistics.median(times["platypus"].cpu)
    cpu = statistics.median(times["help"].cpu)
    return [
        Finding("h", "cold command for one flyer against the Platypus program",
                wall["ours"] / wall["platypus"], 1.2, True, "ms", wall, busy),
        Finding("h", "--help, ms of processor time", cpu, 100, True, "ms", {}),
    ]  # fmt: skip


def prepare(work: Path, size: Size) -> None:
    """Words, rows, projects and typst's sizes, outside every timing."""
    from peers import typst_tuned, typst_written

    content.prepare(work, 30)
    brands = (work / "brands.json").read_text(encoding="utf-8")
    (work / "brand.json").write_text(json.dumps(json.loads(brands)[0]), encoding="utf-8")
    content.write_rows(work / "rows.csv", range(6 * TURN * (size.rounds + WARMUP) + 1))
    ours.project_folder(work)
    for peer in (ours, typst_tuned):
        peer.Batch.prepare(work, KINDS, size.languages)
    typst_written.Batch.prepare(work, KINDS, ("en",))


def real_batch() -> bool:
    """Whether this program has its ``batch`` command yet; without it a loop stands in."""
    command = [sys.executable, str(ours.ROOT / "generate.py"), "batch", "--help"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def _children(
    work: Path, names: Sequence[str], kinds: Sequence[str], languages: Sequence[str]
) -> Iterator[dict[str, Child]]:
    children: dict[str, Child] = {}
    try:
        for name in names:
            children[name] = Child(name, work, kinds, languages)
        yield children
    finally:
        for child in children.values():
            child.close()


def _turns(children: dict[str, Child], rounds: int, **how: Any) -> dict[str, measure.Times]:
    """A B C A B C …, some documents each time, every one for a brand nobody has seen."""
    times = {name: measure.Times() for name in children}
    for number in range(rounds + WARMUP):
        first = _fresh(how, number, rounds)
        for name, child in children.items():
            answer = child.ask(first=first, count=TURN, language="en", **how)
            if number >= WARMUP:
                times[name].wall.append(answer["ms"])
                times[name].cpu.append(answer["cpu"])
    return times


def _fresh(how: dict[str, Any], number: int, rounds: int) -> int:
    """The first of some rows that no other scene or turn takes."""
    scenes = [(k, h, c) for k, h in _SCENES for c in (False, True)]
    scene = scenes.index((how["kind"], how["how"], how["code"]))
    return 1 + TURN * (scene * (rounds + WARMUP) + number)


_SCENES = (("flyer", "anew"), ("flyer", "make"), ("handout", "make"))


def _against(scene: str, what: str, times: dict[str, measure.Times], limit: float) -> Finding:
    wall = {name: round(one.median, 3) for name, one in times.items()}
    cpu = {name: statistics.median(one.cpu) for name, one in times.items()}
    ratio, of_cpu = (each["ours"] / each["typst_tuned"] for each in (wall, cpu))
    return Finding(scene, what, ratio, limit, True, "ms", wall, of_cpu)


def _rates(
    work: Path, programs: dict[str, Callable[[Path], list[str]]], documents: int, repeats: int
) -> dict[str, float]:
    """Documents per second of whole commands, in turns; the median of the repeats."""
    rates: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(repeats):
        for name, program in programs.items():
            out = work / "out"
            shutil.rmtree(out, ignore_errors=True)
            command = program(out)
            started = time.perf_counter()
            _run(command, work / "compiled")
            rates[name].append(documents / (time.perf_counter() - started))
            made = sum(1 for _ in out.rglob("*.pdf"))
            if made != documents:
                raise RuntimeError(f"{name} made {made} documents, not {documents}")
    shutil.rmtree(work / "out", ignore_errors=True)
    return {name: round(statistics.median(values), 1) for name, values in rates.items()}


def _run(command: list[str], compiled: Path) -> None:
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}  # noqa: TID251 - a command's own
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _ours(
    work: Path, rows: Path, kinds: Sequence[str], languages: Sequence[str], out: Path, count: int
) -> list[str]:
    if real_batch():
        return ours.batch_command(work, rows, kinds, languages, out, count)
    return _peer("ours", work, rows, kinds, languages, out, count)


def _peer(
    peer: str,
    work: Path,
    rows: Path,
    kinds: Sequence[str],
    languages: Sequence[str],
    out: Path,
    processes: int = 1,
) -> list[str]:
    program = [sys.executable, str(HERE / "program.py"), peer]
    where = [str(work), str(rows), str(out)]
    return [*program, *where, ",".join(kinds), ",".join(languages), str(processes)]
