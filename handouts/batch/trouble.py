"""What can go wrong with files and programs, in the words of a diagnostic.

Some troubles are one file's; others (a full disk) will be every next file's too, so that the
batch had better stop: those are `STOPS`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from handouts.diagnostics import Diagnostic, ExitCode, Severity

DISK_FULL = "disk-full"
DISK_ERROR = "disk-error"
SUPERSEDED = "superseded"
STOPS = frozenset((DISK_FULL, DISK_ERROR, SUPERSEDED))
"""Codes of what will go on: the batch ends, and goes on from there the next time."""

_WARNING = Severity.WARNING
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_EVERYWHERE = (errno.EROFS, errno.EIO, getattr(errno, "ESTALE", errno.EIO), errno.ENODEV)
_AGAIN = "; then run the batch again: it goes on from here"


def file_trouble(error: OSError, where: str, *, everywhere: bool = False) -> Diagnostic:
    """An operating system's error about a file; `everywhere`: it was about all of them."""
    if error.errno in _FULL:
        reason = "no room on the disk" if error.errno == errno.ENOSPC else _reason(error)
        return _file(DISK_FULL, f"{where}: {reason}", "free some space" + _AGAIN)
    if error.errno == errno.ENAMETOOLONG:
        hint = "shorten the file-name template or the ids in it"
        return _file("name-too-long", f"{where}: the file name is too long", hint)
    if everywhere or error.errno in _EVERYWHERE:
        hint = "look after the disk or the connection"
        hint = ("see who may read and write there" if _refused(error) else hint) + _AGAIN
        return _file(DISK_ERROR, f"{where}: {_reason(error)}", hint)
    if error.errno == errno.EISDIR:
        return _file("folder-in-the-way", f"{where} is a folder", "move it away")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        message = f"{where} cannot be made: something on the way to it is no folder"
        return _file("file-in-the-way", message, "move that file away")
    if _refused(error):
        hint = "close it in other programs, or mend the folder's permissions"
        hint = "see who may write there" if "://" in where else hint
        return _file("not-writable", f"{where} may not be written", hint)
    return _file("file", f"{where}: {_reason(error)}", "mend that and run the batch again")


def _refused(error: OSError) -> bool:
    return isinstance(error, PermissionError)


def program_trouble(error: BaseException, name: str) -> Diagnostic:
    """An exception nobody expected while a document was made."""
    what = f"{type(error).__name__}: {error}".strip().splitlines()[0]
    return Diagnostic(
        "internal",
        f"{name}: the program made an error of its own: {what}",
        "make this one alone with build --debug and report what it shows",
    )


def crashed(name: str, how: str) -> Diagnostic:
    """A document that took its worker down, twice."""
    return Diagnostic(
        "worker-crashed",
        f"{name}: the process that made it {how}, twice",
        "make this one alone with build; a lack of memory or a damaged image can be the cause",
        exit_code=ExitCode.RESOURCE,
    )


def differs(name: str) -> Diagnostic:
    """The quick way and the full way gave different files: ``--verify`` found a bug."""
    return Diagnostic(
        "verify-failed",
        f"{name}: made from a template, it differs from the same made anew; it was not written",
        "this is an error of the program: report it; build makes the file without a template",
    )


def superseded() -> Diagnostic:
    """Another batch has taken over."""
    message = "another batch has begun here meanwhile, or somebody removed this one's lock"
    return _file(SUPERSEDED, message, "let the other one finish, then run this one again")


def refused_file(name: str) -> Diagnostic:
    """A file that is not as a batch left it."""
    return _file(
        "changed-by-hand",
        f"{name} was changed since it was written, or was made by somebody else",
        "keep it by moving it away, or replace it with --force",
    )


def orphan_changed(name: str) -> Diagnostic:
    """A file nobody asks for, that is not as a batch left it."""
    message = f"{name} is not asked for any more, but was changed by hand: it stays"
    return replace(_file("orphan-changed", message, "remove it yourself"), severity=_WARNING)


def not_removed(error: OSError, name: str) -> Diagnostic:
    """A file nobody asks for that the system does not let go."""
    message = f"{name} is not asked for any more, but may not be removed: {_reason(error)}"
    return _file("not-writable", message, "mend the permissions of its folder, or remove it")


def not_pruned(name: str) -> Diagnostic:
    """Pruning would remove the files of a clinic whose row has a typing error."""
    message = f"nothing was removed from {name}, since rows of the spreadsheet are left out"
    return replace(_file("not-pruned", message, "mend the rows first"), severity=_WARNING)


def manifest_damaged(name: str, aside: str) -> Diagnostic:
    """The manifest cannot be read; the files themselves say which of them are ours."""
    message = f"the manifest of {name} is damaged; every file is made again"
    hint = (
        "remove files you no longer ask for yourself: they are not known any more; the damaged "
        f"one was kept as {aside}"
    )
    return replace(_file("manifest-damaged", message, hint), severity=_WARNING)


def manifest_trouble(error: sqlite3.Error, name: str) -> Diagnostic:
    """The manifest's disk."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _file(DISK_FULL, f"{name}: no room on the disk", "free some space" + _AGAIN)
    message = f"the manifest of {name} cannot be kept: {error}"
    return _file(DISK_ERROR, message, "look after the disk or the connection" + _AGAIN)


def plan_trouble(error: sqlite3.Error, name: str) -> Diagnostic:
    """The same while a batch is planned: until it begins, only temporary tables are written."""
    if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF != sqlite3.SQLITE_FULL:
        return manifest_trouble(error, name)
    message = f"no room on the disk of temporary files to plan what goes to {name}"
    return _file(DISK_FULL, message, "free some space there, or name another with TMPDIR")


def stop_among(diagnostics: Iterable[Diagnostic]) -> Diagnostic | None:
    """The first of them that ends the batch."""
    return next((one for one in diagnostics if one.code in STOPS), None)


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def _file(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, hint, exit_code=ExitCode.FILE)
