"""The page: one HTML file that asks nothing of the network, written whole or not at all.

What is in it stands there as JSON, and ``page.js`` shows a hundred lines of it at a time, so
that a hundred thousand outputs can be searched in any browser. Outputs are lists of numbers
into tables of names, and a path says only how it differs from the one before: some fifty bytes
an output. Nothing is put into the page as HTML but the template itself.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any, TextIO

from handouts.diagnostics import Diagnostic
from handouts.report.facts import Entry, Head
from handouts.report.ledger import Ledger
from handouts.report.pictures import LIMIT, Reader, pictures

_STALE = 3600.0
_TABLES = ("status", "layout", "language", "brand", "paper", "profile", "part", "why")


def write(
    target: Path,
    head: Head,
    ledger: Ledger,
    read: Reader,
    *,
    limit: int = LIMIT,
    step: Callable[[int], None] = lambda done: None,
) -> int:
    """Writes the report to `target` and returns its size in bytes.

    Args:
        target: the file; its folder is made.
        head: what stands on top.
        ledger: what happened.
        read: gives the bytes of an output by its path, for the pictures.
        limit: pictures at most.
        step: told how many pictures are made.

    Raises:
        OSError: as the system says; an older report is still there then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".handouts-{target.name}-{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            _sweep(target, draft.stat().st_mtime)
            _fill(stream, head, ledger, read, limit, step)
        size = draft.stat().st_size
        os.replace(draft, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return size


def _sweep(target: Path, moment: float) -> None:
    """Removes drafts of those who were killed while they wrote it; nobody takes an hour."""
    for draft in target.parent.glob(f".handouts-{glob.escape(target.name)}-*.part"):
        with suppress(OSError):
            if moment - draft.stat().st_mtime > _STALE:
                draft.unlink()


def _fill(
    stream: TextIO,
    head: Head,
    ledger: Ledger,
    read: Reader,
    limit: int,
    step: Callable[[int], None],
) -> None:
    """The template with its places filled, piece by piece: the whole need not be in memory."""
    tables: dict[str, dict[str, int]] = {name: {} for name in _TABLES}
    ledger.number_entries()

    def images() -> Iterator[Any]:
        for number, pair in enumerate(pictures(_sample(ledger, limit), read), 1):
            step(number)
            yield pair

    fillings: dict[str, Callable[[], Iterator[str]]] = {
        "style": lambda: iter([_asset("page.css")]),
        "script": lambda: iter([_asset("page.js")]),
        "head": lambda: iter([_json(_head(head, ledger))]),
        "outputs": lambda: _array(_rows(ledger.entries(), tables)),
        "tables": lambda: iter([_json(_names(tables, ledger))]),
        "issues": lambda: _array(
            _issue(issue.diagnostic, issue.count, issue.files, ledger.runs(issue))
            for issue in ledger.issues()
        ),
        "pictures": lambda: _array(images()),
    }
    for number, piece in enumerate(_asset("page.html").split("%%")):
        if number % 2:
            stream.writelines(fillings[piece]())
        else:
            stream.write(piece)


def _sample(ledger: Ledger, limit: int) -> list[str]:
    """Outputs worth a look: one of each template, then those with problems, which have a quarter.

    Only files that are there; a report of a plan has none.
    """
    there = ("written", "unchanged")
    wrong = [entry.path for entry in ledger.troubled(limit, *there)]
    room = limit - min(len(wrong), limit // 4)
    kinds = [entry.path for entry in ledger.first_of_each(room, *there)]
    return list(dict.fromkeys([*kinds, *wrong]))[:limit]


def _head(head: Head, ledger: Ledger) -> dict[str, Any]:
    return {
        "title": head.title,
        "folder": head.folder,
        "base": head.base,
        "day": head.day,
        "seconds": round(head.seconds, 1),
        "version": head.version,
        "skipped": head.skipped,
        "rehearsed": head.rehearsed,
        "notes": head.notes,
        "statuses": ledger.statuses(),
        "reasons": head.reasons,
    }


def _names(tables: dict[str, dict[str, int]], ledger: Ledger) -> dict[str, list[str]]:
    """The names that stand behind numbers, and beside ids of brands what they are called."""
    called = [ledger.name_of(brand) for brand in tables["brand"]]
    return {name: list(table) for name, table in tables.items()} | {"called": called}


def _rows(entries: Iterator[Entry], tables: dict[str, dict[str, int]]) -> Iterator[list[Any]]:
    """Outputs as numbers; `tables` get the names they stand for."""
    before = ""
    for entry in entries:
        row: list[Any] = []
        for name, table in tables.items():
            row.append(table.setdefault(getattr(entry, name), len(table)))
        same = _shared(before, entry.path)
        yield [*row, entry.pages, entry.size, _units(same), entry.path[len(same) :]]
        before = entry.path


def _shared(one: str, other: str) -> str:
    """What two texts begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(char for char, _ in pairs)


def _units(text: str) -> int:
    """Length of a text as a browser counts it: in UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _issue(
    diagnostic: Diagnostic, count: int, some: tuple[str, ...], runs: list[int]
) -> dict[str, Any]:
    """A problem; what it does not have is left out."""
    place = diagnostic.place
    found = {
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": place.path if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "source": place.source.rstrip("\r\n")[:400] if place else "",
        "string": ":".join(diagnostic.string) if diagnostic.string else "",
        "count": count,
        "files": some,
        "runs": runs,
    }
    return {key: value for key, value in found.items() if value}


def _array(items: Iterator[Any]) -> Iterator[str]:
    """A JSON list, an item a line."""
    comma = "["
    for item in items:
        yield f"{comma}\n{_json(item)}"
        comma = ","
    yield "]" if comma == "," else "[]"


def _json(value: Any) -> str:
    """JSON that can stand in a script element: no ``<`` can end it or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _asset(name: str) -> str:
    return files("handouts.report").joinpath(name).read_text("utf-8")
