"""A whole batch as a program of its own: ``program.py PEER WORK ROWS OUT KINDS LANGUAGES
PROCESSES``.

What a person who has chosen a peer would write: read the rows, make every document, write it.
All documents of a template come one after the other, so that what is kept is of use.
"""

from __future__ import annotations

import csv
import importlib
import sys
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main() -> None:
    """Everything in one process, or the rows shared out among several."""
    peer, work, rows, out, kinds, languages, processes = sys.argv[1:]
    parts = [
        (peer, work, rows, out, kinds, languages, number, int(processes))
        for number in range(int(processes))
    ]
    Path(out).mkdir(parents=True, exist_ok=True)
    if len(parts) == 1:
        make(*parts[0])
        return
    with get_context("spawn").Pool(len(parts)) as pool:
        pool.starmap(make, parts, chunksize=1)


def make(
    peer: str, work: str, rows: str, out: str, kinds: str, languages: str, part: int, parts: int
) -> None:
    """Every `parts`-th row's documents."""
    module = importlib.import_module(f"peers.{peer}")
    batch = module.Batch(Path(work), kinds.split(","), languages.split(","))
    with Path(rows).open(encoding="utf-8", newline="") as file:
        mine = list(csv.DictReader(file))[part::parts]
    # A clinic's code is made once for all of its sheets.
    brands = [(row["id"], batch.coded(batch.ready(row))) for row in mine]
    for kind in kinds.split(","):
        for language in languages.split(","):
            for name, brand in brands:
                data = batch.make(kind, language, brand)
                Path(out, f"{name}-{kind}-{language}.pdf").write_bytes(data)


if __name__ == "__main__":
    main()
