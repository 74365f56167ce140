"""Many documents that differ by brand: this program against typst, with a target for each scene.

Run ``python benchmarks/batch.py``; see README.md for what is measured and what is not.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import scenes  # noqa: E402
from run import versions  # noqa: E402
from scenes import Finding, Size  # noqa: E402

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SCENES: dict[str, Callable[[Path, Size], list[Finding]]] = {
    "documents": scenes.one_document,
    "batch": scenes.whole_batch,
    "processes": scenes.two_processes,
    "matrix": scenes.matrix,
    "cold": scenes.cold,
}


def main() -> int:
    """Measure, print, and return 1 when a target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="handouts-bench-", dir=options.work) as folder:
        result = run(Path(folder), options)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(report(result))
    if options.write:
        write(options.write, report(result))
    return 0 if all(one["met"] for one in result["findings"]) and not result["failed"] else 1


def run(work: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is measured, as data."""
    size = scenes.QUICK if options.quick else scenes.FULL
    if options.repeats:
        size = replace(size, repeats=options.repeats)
    scenes.prepare(work, size)
    found: list[Finding] = []
    failed: dict[str, str] = {}
    wanted = options.only or (() if options.memory else SCENES)
    for name in wanted:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            found += SCENES[name](work, size)
        except (RuntimeError, OSError) as error:
            failed[name] = str(error)
    if options.memory:
        found += scenes.memory(work, options.memory)
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "versions": versions(),
        "batch_command": scenes.real_batch(),
        "findings": [finding.as_data() for finding in found],
        "failed": failed,
    }


def report(result: dict[str, Any]) -> str:
    """Versions, and a table as Markdown: what, the medians, the ratio, the target."""
    named = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    lines = [f"Python {result['machine']['python']}, {named}."]
    if not result["batch_command"]:
        lines.append("There is no batch command: a loop over Press.make stands in for it.")
    lines += [
        "",
        "|  | measured | medians | ratio (of CPU) | target |  |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(one) for one in result["findings"]]
    lines += [f"\nFAILED {name}: {why}" for name, why in result["failed"].items()]
    return "\n".join(lines)


def write(page: Path, text: str) -> None:
    """Puts the report between the two marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _row(one: dict[str, Any]) -> str:
    medians = ", ".join(f"{name} {value:g}" for name, value in one["values"].items())
    medians += f" {one['unit']}" if medians else ""
    sign = "≤" if one["most"] else "≥"
    verdict = "met" if one["met"] else "**MISSED**"
    ratio, limit = f"{one['ratio']:.3g}", f"{one['limit']:.3g}"
    if one["cpu"]:
        ratio += f" ({one['cpu']:.3g})"
    return f"| {one['scene']} | {one['what']} | {medians} | {ratio} | {sign} {limit} | {verdict} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, small batches")
    parser.add_argument("--repeats", type=int, help="times a whole batch is made (3)")
    parser.add_argument("--only", nargs="+", choices=tuple(SCENES), help="these scenes alone")
    parser.add_argument(
        "--memory",
        type=int,
        nargs="?",
        const=100_000,
        metavar="DOCUMENTS",
        help="memory of a process after so many documents (100,000), and nothing else",
    )
    parser.add_argument("--json", type=Path, help="also write everything to this file")
    parser.add_argument("--write", type=Path, help="also put the table into this page")
    parser.add_argument("--work", type=Path, help="where to put files meanwhile")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
