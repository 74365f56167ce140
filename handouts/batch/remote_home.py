"""Lock and manifest of a batch whose files lie in object storage.

The manifest is a database and wants a disk. It lies on the machine that runs the batch, in
``.handouts/`` of the working folder under a name made from the URL, beside the lock that keeps
two batches of this machine apart. What other machines need lies in the store, in ``.handouts/``
under the prefix:

- ``lock.json`` says which batch is at work, by a token. It is put on condition that there is
  none (``If-None-Match: *``), so of two machines one gets it: on S3, and on servers that keep to
  that condition. Others take it without asking twice, and then two machines that begin in the
  same second both go on. A lock that this machine left behind when it was killed is taken over;
  one of another machine is not, since nothing tells that it is dead.
- ``manifest.gz`` is the manifest as the last batch left it. A machine that has no manifest, or
  that was not the last one here, begins with this copy. If it is damaged, or gone since that
  machine was here, it begins with no manifest: files then vouch for themselves, whereas an old
  manifest would take what others have written for changed by hand.

A batch that cannot take its manifest along (this machine's disk is full, say) therefore removes
the copy, which is out of date now, before it lets go of the lock. The next batch of this machine
goes on with what lies here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import platform
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from handouts.batch.lock import acquire
from handouts.batch.manifest import FILE as MANIFEST
from handouts.batch.objects import Objects
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Severity, problem
from handouts.world import World

if TYPE_CHECKING:
    from handouts.batch.remote import Remote

LOCK, COPY = ".handouts/lock.json", ".handouts/manifest.gz"
_KNOWN, _OWN_NAME = "copy.json", "name"


def is_url(place: str) -> bool:
    """Whether an output place is a URL, or was meant to be one, and not a folder.

    A scheme has two letters at least: one alone is a disk of Windows.
    """
    return _SCHEME.match(place) is not None


def whole_url(place: str) -> str:
    """A place as `opened` takes it.

    Raises:
        HandoutsError: ``bad-url`` when what follows the scheme is missing (a variable of a script
            that is empty, say), or nothing would be left of the files.
    """
    scheme, _, rest = place.partition(":")
    scheme = scheme.lower()
    if scheme in _ONLY_READ:
        message = f"nothing can be written to {scheme}://"
        hint = "name a folder or a store, as in s3://bucket/folder"
        raise problem("bad-url", message, hint, exit_code=ExitCode.USAGE)
    if scheme == "memory":
        message = f"what is written to {place} is gone when the batch ends"
        raise problem("bad-url", message, "name a folder or a store", exit_code=ExitCode.USAGE)
    if not re.match("//+[^/]", rest) or (rest[2] == "/" and scheme not in _OF_THE_DISK):
        message = f"'{place}' is not the URL of a place for files"
        hint = "write scheme, bucket and folder, as in s3://bucket/folder"
        raise problem("bad-url", message, hint, exit_code=ExitCode.USAGE)
    return f"{scheme}:{rest}"


def folder_of(url: str) -> str | None:
    """The folder a URL such as ``file:///srv/out`` leads to; None for one of a service."""
    scheme, _, rest = url.partition("://")
    if scheme not in _OF_THE_DISK:
        return None
    return re.sub("^/(?=[A-Za-z]:)", "", unquote(rest))  # file:///C:/out


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+._-]+:([:/]|$)|(s3a?|gs|gcs|abfss?|az|adl|s?ftp|file):")
_OF_THE_DISK = ("file", "local")
_ONLY_READ = ("http", "https", "zip", "tar", "libarchive", "data", "git", "github", "jar")


def home_of(url: str, world: World) -> Path:
    """The local folder for manifest and lock of a place: readable, and never that of another."""
    url = url.rstrip("/")
    plain = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"//[^/@]*@", "//", url)).strip("-")
    name = f"{plain[:60]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
    return world.cwd / ".handouts" / name


@contextmanager
def opened(
    url: str, world: World, tell: Callable[[Diagnostic], object] = lambda _: None
) -> Iterator[Remote]:
    """A remote place for one batch: brings the manifest here, and back again at the end.

    `tell` is told when the lock could not be taken away at the end.

    Raises:
        HandoutsError: when it does not answer, or another machine is at work there.
    """
    from handouts.batch.remote import Remote

    store = Remote(url, home_of(url, world))
    store.check()
    _fetch(store)
    try:
        yield store
    finally:
        store.close()
        try:
            _leave(store)
        except OSError as error:  # Only this machine may go on, with what it has.
            tell(_lock_stays(store.shown(LOCK), error))


def _lock_stays(name: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        "lock-stays",
        f"{name} could not be removed ({error.strerror or error}): until it is, other machines "
        "take this batch for running",
        "run the batch again here, with keys that may remove objects; or remove it yourself",
        severity=Severity.WARNING,
        exit_code=ExitCode.FILE,
    )


def signed(objects: Objects) -> dict[str, Any]:
    """What stands in the lock; empty when there is none.

    Raises:
        OSError: when the store does not answer.
    """
    try:
        said = json.loads(objects.get(LOCK))
    except (FileNotFoundError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def claim(objects: Objects, home: Path, shown: str, token: str) -> None:
    """Puts the lock there for a batch; called by whoever holds the lock of `home`.

    Raises:
        HandoutsError: ``batch-running`` when it is another machine's, or was until just now;
            ``not-writable``.
    """
    try:
        if not _name(home):
            home.mkdir(parents=True, exist_ok=True)
            (home / _OWN_NAME).write_text(token, "utf-8")
        content = json.dumps({"token": token, **_we(home), "pid": os.getpid()}).encode()
        try:
            objects.put_new(LOCK, content)
        except FileExistsError:
            said = signed(objects)
            _refuse_others(said, home, shown)
            _put(objects, LOCK, content)
            if said:
                return  # It was ours, so nobody else was here since.
        if _mark(objects) != _known(home):
            objects.remove(LOCK)
            raise problem(
                "batch-running",
                f"a batch of another machine has just ended in {shown}",
                "run this one again: it begins with what that one noted",
                exit_code=ExitCode.FILE,
            )
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "mend the rights of these keys, or choose another place with --output"
        message = f"{shown} cannot be written: {reason}"
        raise problem("not-writable", message, hint, exit_code=ExitCode.FILE) from None


def _we(home: Path) -> dict[str, str]:
    return {"host": platform.node(), "home": str(home), "name": _name(home)}


def _name(home: Path) -> str:
    """The token of its first batch tells this folder from others that look the same."""
    try:
        return (home / _OWN_NAME).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _refuse_others(said: dict[str, Any], home: Path, shown: str) -> None:
    ours = _we(home)
    if not said or {key: said.get(key) for key in ours} == ours:
        return
    raise problem(
        "batch-running",
        f"another batch is at work in {shown} (process {said.get('pid', '?')} on "
        f"{said.get('host', '?')}, folder {said.get('home', '?')})",
        f"wait for it to end; if it was killed, run it again there, or remove {shown}/{LOCK}",
        exit_code=ExitCode.FILE,
    )


def _fetch(store: Remote) -> None:
    """Brings the copy here when it is not what lies here; or puts that away when it is gone."""
    objects, home = store.objects, store.home
    try:
        said = signed(objects)
        _refuse_others(said, home, store.shown())
        mark = _mark(objects)
        store.left_locked = bool(said)
        if said or mark == _known(home):
            return  # A lock that is left is ours: what lies here is the latest.
        content = _unpacked(objects.get(COPY)) if mark else b""
    except OSError as error:
        message = f"{store.shown(COPY)} cannot be read: {error}"
        hint = "run the batch again; if it stays so, remove that object"
        raise problem("store-unreachable", message, hint, exit_code=ExitCode.FILE) from None
    try:
        held = acquire(home, store.shown())
    except HandoutsError:
        return  # A batch of this machine is at work; what it leaves will be the latest.
    try:
        for old in home.glob(f"{MANIFEST}*"):
            old.unlink()
        if content:
            (home / f"{MANIFEST}.new").write_bytes(content)
            (home / f"{MANIFEST}.new").replace(home / MANIFEST)
        _remember(home, mark)
    finally:
        held.release()


def _unpacked(data: bytes) -> bytes:
    """The manifest in the copy; of a damaged one its bytes, which are no database.

    So whoever opens the manifest here finds it damaged, keeps it for who wants to look at it,
    says so, and begins with a new one.
    """
    try:
        return gzip.decompress(data) or b"empty"
    except (OSError, EOFError, zlib.error):
        return data


def _leave(store: Remote) -> None:
    """Takes the copy to the store and the lock away, if the lock is still this process's."""
    said, ours = signed(store.objects), {**_we(store.home), "pid": os.getpid()}
    if {key: said.get(key) for key in ours} != ours:
        return
    try:
        _take_along(store)
    except (OSError, sqlite3.Error):
        _withdraw(store)
    store.objects.remove(LOCK)


def _take_along(store: Remote) -> None:
    if (store.home / MANIFEST).is_file():
        _put(store.objects, COPY, gzip.compress(_snapshot(store.home), 6, mtime=0))
        _remember(store.home, _mark(store.objects))


def _withdraw(store: Remote) -> None:
    """Removes the copy, and then the mark of it here: both without need of room on the disk.

    In between what lies here is still the latest, which the lock says.
    """
    with suppress(FileNotFoundError):
        store.objects.remove(COPY)
    (store.home / _KNOWN).unlink(missing_ok=True)


def _snapshot(home: Path) -> bytes:
    """The manifest in one piece, what has not yet been merged into it included."""
    whole = home / f"{MANIFEST}.copy"
    whole.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(home / MANIFEST)) as source,
            closing(sqlite3.connect(whole)) as target,
        ):
            source.backup(target)
        return whole.read_bytes()
    finally:
        whole.unlink(missing_ok=True)


def _put(objects: Objects, name: str, data: bytes) -> None:
    done = objects.put([(name, data)])[0]
    if isinstance(done, OSError):
        raise done


def _mark(objects: Objects) -> str:
    found = objects.look(COPY)
    return found.mark if found else ""


def _known(home: Path) -> str:
    """The mark of the copy that what lies here was made from, or went to."""
    try:
        said = json.loads((home / _KNOWN).read_bytes())
    except (OSError, ValueError):
        return ""
    return str(said.get("mark", "")) if isinstance(said, dict) else ""


def _remember(home: Path, mark: str) -> None:
    (home / _KNOWN).write_text(json.dumps({"mark": mark}), "utf-8")


__all__ = ["claim", "folder_of", "home_of", "is_url", "opened", "signed", "whole_url"]
