"""What a load sees of the disk: the one door for every question about files and folders.

While somebody listens (`listening`), each question is noted with its answer. A project that was
kept (`handouts.load.cache`) may be used again only when all of them are still answered the same:
contents are compared by their bytes, never by size or date, and a file that was not there then
must not be there now.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType

Notes = dict[tuple[str, str], str]
"""Answers by question and path."""

_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)
CONTENT = "content"
"""The question what is in a file: answered with the SHA-256 of its bytes."""


@contextmanager
def listening() -> Iterator[Notes]:
    """Collects what is asked inside the block."""
    notes: Notes = {}
    token = _NOTES.set(notes)
    try:
        yield notes
    finally:
        _NOTES.reset(token)


def noted() -> bool:
    """Whether anybody collects what is asked now."""
    return _NOTES.get() is not None


def content(path: Path, data: bytes) -> None:
    """Says that a file was read and what was in it."""
    notes = _NOTES.get()
    if notes is not None:
        notes[CONTENT, str(path)] = _digest(data)


def is_file(path: Path) -> bool:
    """Whether there is a file."""
    return _asked("file", path) == "yes"


def is_folder(path: Path) -> bool:
    """Whether there is a folder."""
    return _asked("folder", path) == "yes"


def exists(path: Path) -> bool:
    """Whether there is anything of that name."""
    return _asked("exists", path) == "yes"


def real(path: Path) -> Path:
    """The path with every link followed.

    Raises:
        OSError: as `Path.resolve` does.
    """
    found = path.resolve()
    notes = _NOTES.get()
    if notes is not None:
        notes["real", str(path)] = str(found)
    return found


def files(folder: Path, pattern: str) -> list[Path]:
    """What a pattern finds in a folder, sorted; ``**/`` before it looks in all folders below."""
    return [folder / name for name in _asked(pattern, folder).split("\0") if name]


def contents(notes: Notes) -> dict[str, str]:
    """Files that were read, by what was in them."""
    return {said: path for (question, path), said in notes.items() if question == CONTENT}


def unchanged(notes: Mapping[tuple[str, str], str]) -> bool:
    """Whether every question is still answered as it was."""
    return all(_answer(question, Path(path)) == said for (question, path), said in notes.items())


def _asked(question: str, path: Path) -> str:
    answer = _answer(question, path)
    notes = _NOTES.get()
    if notes is not None:
        notes[question, str(path)] = answer
    return answer


def _answer(question: str, path: Path) -> str:
    ask = _QUESTIONS.get(question)
    return ask(path) if ask else _joined(path, question)


def _joined(folder: Path, pattern: str) -> str:
    return "\0".join(sorted(_names(folder, pattern), key=lambda name: name.replace(os.sep, "\0")))


def _names(folder: Path, pattern: str) -> Iterable[str]:
    """Names in a folder; of one ending only, without the cost of `Path.glob` for it."""
    if pattern == "*" or (pattern.startswith("*.") and "*" not in pattern[1:]):
        try:
            return [name for name in os.listdir(folder) if name.endswith(pattern[1:])]  # noqa: PTH208
        except OSError:
            return []
    start = len(str(folder)) + 1
    return [str(path)[start:] for path in folder.glob(pattern)]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> str:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _real(path: Path) -> str:
    try:
        return str(path.resolve())
    except (OSError, RuntimeError):
        return ""


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


_QUESTIONS: Mapping[str, Callable[[Path], str]] = MappingProxyType(
    {
        CONTENT: _read,
        "real": _real,
        "file": lambda path: _yes(path.is_file()),
        "folder": lambda path: _yes(path.is_dir()),
        "exists": lambda path: _yes(path.exists()),
    }
)


__all__ = [
    "CONTENT",
    "Notes",
    "content",
    "contents",
    "exists",
    "files",
    "is_file",
    "is_folder",
    "listening",
    "real",
    "unchanged",
]
