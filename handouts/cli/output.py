"""Writing files so that nothing is ever lost: beside the target first, then in its place."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.diagnostics import Diagnostic, ExitCode, dead_link

NAME_LIMIT = 255
"""Bytes of a file name that every common file system takes."""

Action = Literal["write", "overwrite", "refuse"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would happen to a target, and why not when it is refused."""

    action: Action
    why: Diagnostic | None = None


def judge(target: Path, *, force: bool) -> Verdict:
    """Whether a file may be written at `target`; reads, and touches nothing.

    A file that handouts did not make is only replaced when forced.
    """
    if len(os.fsencode(target.name)) > NAME_LIMIT:
        return _refused(_explained(OSError(errno.ENAMETOOLONG, ""), target))
    try:
        if target.is_dir():
            return _refused(_explained(OSError(errno.EISDIR, ""), target))
        if not target.exists():
            dead = target.is_symlink()
            return (
                _refused(dead_link(str(target), target.readlink()))
                if dead
                else _judge_folder(target)
            )
        if not target.is_file():
            return _refused(_diagnostic("not-a-file", f"{target} is a device or pipe", _ELSEWHERE))
    except OSError as error:
        return _refused(_explained(error, target))
    folder = _judge_folder(target)
    if folder.why or force or _ours(target):
        return folder if folder.why else Verdict("overwrite")
    return _refused(
        _diagnostic(
            "not-ours",
            f"{target} is there already and was not made by handouts",
            "move it away, choose another folder with --output, or replace it with --force",
        )
    )


def write(target: Path, data: bytes) -> None:
    """Puts `data` at `target`, whole or not at all.

    Whatever happens on the way (disk full, Ctrl-C) an old file stays as it was: the bytes go to
    a file of their own in the same folder, reach the disk, and then take the name.

    Raises:
        OSError: as the system says; `explain` puts it in words.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".handouts-{os.urandom(6).hex()}.part"
    try:
        with draft.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(OSError):
            draft.chmod(target.stat().st_mode & 0o777)
        os.replace(draft, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def explain(error: OSError, target: Path) -> Diagnostic:
    """An operating system's error as one clear line."""
    return _explained(error, target)


_ELSEWHERE = "choose another place with --output or -o"


def _explained(error: OSError, target: Path) -> Diagnostic:
    where = target.parent if error.errno in (errno.EROFS, errno.ENOTDIR, errno.EEXIST) else target
    messages = {
        errno.ENOSPC: ("disk-full", f"no room on the disk for {where}", "free some space"),
        errno.EDQUOT: ("disk-full", f"no room left for you to write {where}", "free some space"),
        errno.EISDIR: ("folder-in-the-way", f"{where} is a folder", _ELSEWHERE),
        errno.ENOTDIR: ("file-in-the-way", f"{where} is no folder", _ELSEWHERE),
        errno.EEXIST: ("file-in-the-way", f"{where} is no folder", _ELSEWHERE),
        errno.EROFS: ("not-writable", f"{where} is on a read-only disk", _ELSEWHERE),
        errno.ENAMETOOLONG: (
            "name-too-long",
            f"the file name is longer than {NAME_LIMIT} bytes: {target.name[:60]}…",
            "shorten the id of the layout or brand, or name the file with -o",
        ),
    }
    if isinstance(error, PermissionError) and error.errno not in messages:
        hint = f"close it in other programs, mend its permissions, or {_ELSEWHERE}"
        return _diagnostic("not-writable", f"{where} may not be written", hint)
    found = messages.get(error.errno or 0)
    reason = error.strerror or str(error) or type(error).__name__
    return _diagnostic(*found) if found else _diagnostic("file", f"{where}: {reason}", _ELSEWHERE)


def _judge_folder(target: Path) -> Verdict:
    """Whether the nearest folder that is there can be written into."""
    folder = target.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return _refused(_explained(OSError(errno.ENOTDIR, ""), folder / target.name))
    if not os.access(folder, os.W_OK):
        return _refused(_explained(PermissionError(errno.EACCES, ""), folder))
    return Verdict("write")


def _ours(target: Path) -> bool:
    from handouts.finish import is_ours

    return is_ours(target)


def _refused(why: Diagnostic) -> Verdict:
    return Verdict("refuse", why)


def _diagnostic(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, hint, exit_code=ExitCode.FILE)
