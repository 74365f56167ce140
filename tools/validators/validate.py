"""Runs every gate over finished files: ``python tools/validators/validate.py FILE-OR-FOLDER ...``.

The gates are the ones the tests use (tests/validators): page-validation, our own check of the
structure tree, and veraPDF where setup.py has fetched it. ``--transcript`` also prints what a
reader hears. Exit status 1 when any gate finds anything, 2 when there is nothing to check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.validators import pagecheck, treecheck, vera


def main(arguments: list[str]) -> int:
    """Checks the files and prints one line for each, with what was found below it."""
    names = [argument for argument in arguments if not argument.startswith("--")]
    files = {str(path): path.read_bytes() for name in names for path in _pdfs(Path(name))}
    if not files:
        sys.stderr.write("nothing to check: give PDFs, or a folder with some\n")
        return 2
    absent = vera.missing()
    if absent:
        sys.stderr.write(f"veraPDF left out: {absent}\n")
    by_vera = {} if absent else vera.problems(files)
    failed = 0
    for name, data in files.items():
        found = [f"page: {problem}" for problem in pagecheck.problems(data)]
        found += [f"tree: {problem}" for problem in treecheck.problems(data)]
        found += [f"vera: {problem}" for problem in by_vera.get(name, [])]
        failed += bool(found)
        sys.stdout.write(f"{'FAIL' if found else 'pass'} {name}\n")
        sys.stdout.writelines(f"    {problem}\n" for problem in found)
        if "--transcript" in arguments:
            rows = treecheck.transcript(data)
            sys.stdout.writelines(f"    {path:40} {text}\n" for path, text in rows)
    sys.stdout.write(f"{len(files) - failed} of {len(files)} files pass\n")
    return int(failed > 0)


def _pdfs(path: Path) -> Iterator[Path]:
    yield from sorted(path.rglob("*.pdf")) if path.is_dir() else [path]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
