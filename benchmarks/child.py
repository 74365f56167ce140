"""A program in a process of its own, asked for one document after another.

``python child.py PEER WORK KINDS LANGUAGES`` answers each line of JSON on standard input with one
on standard output. `Child` is the other end. Programs in processes of their own share no memo, no
cache and no collector, and each says how much memory it takes.
"""

from __future__ import annotations

import csv
import gc
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


class Child:
    """The end that asks."""

    def __init__(self, peer: str, work: Path, kinds: Sequence[str], languages: Sequence[str]):
        command = [sys.executable, __file__, peer, str(work), ",".join(kinds), ",".join(languages)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.ask()

    def ask(self, **question: Any) -> dict[str, Any]:
        """What it answers.

        Raises:
            RuntimeError: when it has ended instead; it has said why on standard error.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if question:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """The end that answers."""
    peer, work, kinds, languages = sys.argv[1:]
    module = importlib.import_module(f"peers.{peer}")
    batch = module.Batch(Path(work), kinds.split(","), languages.split(","))
    with (Path(work) / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    _say(ready=True)
    for line in sys.stdin:
        question = json.loads(line)
        if "documents" in question:
            _say(**_many(batch, rows, **question))
        else:
            first, count = question.pop("first"), question.pop("count")
            _say(**_timed(batch, rows[first : first + count], **question))


def _timed(
    batch: Any, rows: Sequence[dict[str, str]], kind: str, language: str, how: str, code: bool
) -> dict[str, Any]:
    """A document for each brand, all of them ready; QR codes are made inside only with `code`.

    Milliseconds for one document.
    """
    brands = [batch.ready(row) for row in rows]
    if not code:
        brands = [batch.coded(brand) for brand in brands]
    make = getattr(batch, how)
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    for brand in brands:
        make(kind, language, brand)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"ms": wall * 1e3 / len(brands), "cpu": cpu * 1e3 / len(brands)}


def _many(
    batch: Any,
    rows: list[dict[str, str]],
    documents: int,
    first: int,
    kinds: list[str],
    languages: list[str],
) -> dict[str, Any]:
    """As many documents as are asked for, each with a brand of its own; memory at the end.

    Template after template, as in a batch, so that all of them were used at the end.
    """
    import content

    started = time.perf_counter()
    sheets = [(kind, language) for language in languages for kind in kinds]
    known = dict(rows[0])
    for number in range(documents):
        made = content.clinic(first + number)
        known |= {heading: made[key] for key, heading in content.COLUMNS.items()}
        batch.make(*sheets[number * len(sheets) // documents], batch.ready(known))
    return {"rss_mb": _resident(), "seconds": time.perf_counter() - started}


def _resident() -> float:
    """Megabytes resident now; without /proc, the most there ever were."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(n for n in status.read_text().splitlines() if n.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _say(**answer: Any) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
