"""Things kept on disk between commands: entries of the user's cache folder, whatever is in them.

An entry is used only when it is whole, of the same question and state (`Shelf.get`), and every
file and folder that was looked at for it still says the same (`handouts.load.seen`). Whatever is
wrong with the folder or an entry (damaged, somebody else's, not writable), it is as if it were
not there.

Entries are pickles, which can run code: they are read only from a folder and file that belong to
the user alone, and only classes of this program and a few plain types are looked up. The world
and the bytes of fonts are left out.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PosixPath, WindowsPath
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from handouts.load import seen
from handouts.model.fonts import FontFile
from handouts.world import World

FORMAT: Final = b"handouts-kept-2\n"
SUFFIX: Final = ".kept"
MAX_ENTRIES: Final = 64
MAX_BYTES: Final = 2_000_000

_PLAIN = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("builtins", "tuple"),
        ("copyreg", "_reconstructor"),
        ("datetime", "date"),
        *((kind.__module__, kind.__name__) for kind in (Path, PosixPath, WindowsPath)),
        (__name__, "_view"),
    }
)
_OWN = ("handouts.model.", "handouts.load.")
_SHARED = ("handouts.diagnostics", "handouts.units")


def digest(*parts: Any) -> str:
    """A name for plain values: texts, numbers, bytes, and tuples and lists of them."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Shelf(NamedTuple):
    """The cache folder, and the world its entries are put back into."""

    world: World
    folder: Path

    @classmethod
    def of(cls, world: World) -> Shelf | None:
        """The shelf, made if need be; None without a folder that is the user's alone."""
        folder = world.cache
        if folder is None:
            return None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cls(world, folder) if _private(folder.lstat(), stat.S_ISDIR) else None
        except OSError:
            return None

    def get(self, question: str, state: str) -> Any:
        """What was kept for a question in this very state, when nothing changed since; or None."""
        try:
            stream = io.BytesIO(_body(_bytes(self._path(question))))
            if _Reader(stream, self.world).load() != state:
                return None
            if not seen.unchanged(_Reader(stream, self.world).load()):
                return None
            return _Reader(stream, self.world).load()
        except Exception:  # Whatever a damaged entry does, the work can be done without it.
            return None

    def put(self, question: str, state: str, notes: seen.Notes, content: Any) -> None:
        """Keeps a thing and what was seen of the disk for it, in place of what was there.

        The work is done by now: whatever goes wrong here is nobody's business.
        """
        with suppress(Exception):
            data = _entry(state, notes, content)
            if len(data) <= MAX_BYTES:
                _write(self._path(question), data)

    def _path(self, question: str) -> Path:
        return self.folder / f"{question[:32]}{SUFFIX}"


def _private(status: os.stat_result, kind: Any) -> bool:
    """Whether nobody else can have written it. Windows keeps a user's folders to the user."""
    if not kind(status.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _view(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A read-only mapping; pickle knows none."""
    return MappingProxyType(content)


class _Writer(pickle.Pickler):
    """Leaves out the world, whose environment stays private, and the bytes of fonts."""

    dispatch_table = MappingProxyType({MappingProxyType: lambda one: (_view, (dict(one),))})

    def __init__(self, out: io.BytesIO, notes: seen.Notes) -> None:
        super().__init__(out, 5)
        self.fonts: set[str] = set()
        """Files whose contents are asked for when the entry is read."""
        self._paths = seen.contents(notes)
        self._digests: dict[int, str] = {}

    def persistent_id(self, thing: Any) -> Any:
        if isinstance(thing, World):
            return ("world",)
        if isinstance(thing, FontFile):
            return self._font(thing)
        return None

    def reducer_override(self, thing: Any) -> Any:
        """A stage's own kind of tuple is a tuple to the next: as such it is kept."""
        kind = type(thing)
        if isinstance(thing, tuple) and not _ours(kind.__module__):
            return tuple, (tuple(thing),)
        return NotImplemented

    def _font(self, file: FontFile) -> tuple[Any, ...]:
        """Where the bytes are and what they must be; `digest` is only what a manifest says."""
        said = self._digests.get(id(file)) or hashlib.sha256(file.data).hexdigest()
        self._digests[id(file)] = said
        path = self._paths[said]
        self.fonts.add(path)
        return ("font", path, said, file.digest, file.index, file.axes)


class _Reader(pickle.Unpickler):
    """Puts this run's world and fonts back, and looks up nothing but what entries are made of."""

    def __init__(self, data: io.BytesIO, world: World) -> None:
        super().__init__(data)
        self._world = world
        self._fonts: dict[str, bytes] = {}

    def persistent_load(self, name: Any) -> Any:
        kind, *facts = name
        if kind == "world":
            return self._world
        path, said, known, index, axes = facts
        if path not in self._fonts:
            self._fonts[path] = Path(path).read_bytes()
            if hashlib.sha256(self._fonts[path]).hexdigest() != said:
                raise pickle.UnpicklingError(f"{path} is another file now")
        return FontFile(known, self._fonts[path], index, axes)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if "." not in name and _ours(module):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an entry")


def _ours(module: str) -> bool:
    """Whether classes of a module may be looked up in an entry."""
    return module.startswith(_OWN) or module in _SHARED


def _entry(state: str, notes: seen.Notes, content: Any) -> bytes:
    """The file of an entry: format, checksum, state, what was seen, content."""
    inside = io.BytesIO()
    writer = _Writer(inside, notes)
    writer.dump(content)
    left = {key: said for key, said in notes.items() if not _checked(key, writer.fonts)}
    body = pickle.dumps(state, 5) + pickle.dumps(left, 5) + inside.getvalue()
    return FORMAT + hashlib.sha256(body).digest() + body


def _checked(note: tuple[str, str], fonts: set[str]) -> bool:
    """Whether a note need not be looked at: the font is read and compared anyway."""
    return note[0] == seen.CONTENT and note[1] in fonts


def _body(data: bytes) -> memoryview:
    """What is inside.

    Raises:
        ValueError: when it is not whole.
    """
    start = len(FORMAT) + 32
    body = memoryview(data)[start:]
    if not data.startswith(FORMAT) or hashlib.sha256(body).digest() != data[start - 32 : start]:
        raise ValueError("no entry, or not all of one")
    return body


def _bytes(path: Path) -> bytes:
    """An entry's bytes; none when it is not ours."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - no link may stand in for it
        mine = _private(os.fstat(file.fileno()), stat.S_ISREG)
        return file.read(MAX_BYTES + 1024) if mine else b""


def _write(path: Path, data: bytes) -> None:
    """Puts an entry in its place, whole or not at all; the oldest make room for it."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(draft, flags, 0o600), "wb") as file:  # noqa: PTH123
            file.write(data)
        draft.replace(path)
        _make_room(path.parent)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Keeps the newest entries; parts that a killed command left go too once they are old."""
    ages: Mapping[Path, float] = {
        one: one.stat().st_mtime for one in folder.iterdir() if one.suffix in (SUFFIX, ".part")
    }
    for old in sorted(ages, key=lambda one: ages[one], reverse=True)[MAX_ENTRIES:]:
        old.unlink(missing_ok=True)


__all__ = ["FORMAT", "MAX_BYTES", "MAX_ENTRIES", "SUFFIX", "Shelf", "digest"]
