"""An object store, or any other place fsspec knows, as a few plain calls.

Below `remote`, which is the `Store`; here is only what differs between services: S3 answers a
write with its ETag, checks a SHA-256 while it takes the bytes, lists a thousand objects a page
and knows conditions. Whatever goes wrong is an OSError.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from handouts.batch.store import Stamp
from handouts.diagnostics import ExitCode, problem

WIDTH = 16
"""Writes at once: what hides the way there and back, and few enough for any service."""
_WHOLE = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az")
"""Where a write is one request, and an object is seen whole or not at all."""
_MARKS = ("ETag", "etag", "md5Hash", "generation", "mtime", "LastModified", "created")
_TYPES = {"pdf": "application/pdf", "json": "application/json"}


class Entry(NamedTuple):
    """An object in a listing: its name under the prefix, and its stamp."""

    name: str
    stamp: Stamp


_TRIES = 2
"""How often s3fs asks a service, each time through a library that asks five times itself. With the
five of s3fs one would hear after seven minutes that a server takes connections and says nothing."""


class Objects:
    """The objects under one URL. Not to be pickled: whoever travels takes the URL along."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._fs, root = _opened(self.url)
        self._root = str(root).rstrip("/")
        kinds = self._fs.protocol
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        self.s3 = "s3" in kinds
        if self.s3:
            self._fs.retries = _TRIES
        self.whole = any(kind in _WHOLE for kind in kinds)

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[Stamp | OSError]:
        """Writes objects, each whole or not at all, and says of each its stamp or what failed."""
        if not self._fs.async_impl:
            return [self._slow(name, data) for name, data in files]
        from fsspec.asyn import sync

        found: list[Stamp | OSError] = sync(self._fs.loop, self._all, files)
        return found

    def put_new(self, name: str, data: bytes) -> None:
        """Writes an object where there is none.

        On S3 the service decides (``If-None-Match: *``); elsewhere it is looked for first, which
        another may do at the same moment.

        Raises:
            FileExistsError: when there is one.
        """
        with _said():
            path = self._path(name)
            self._make_folder(path)
            self._fs.pipe_file(path, data, mode="create")

    def move(self, name: str, to: str) -> None:
        """Renames; what is there is replaced."""
        with _said():
            self._fs.mv(self._path(name), self._path(to))

    def get(self, name: str) -> bytes:
        """The object's bytes."""
        with _said():
            self._forget()
            data: bytes = self._fs.cat_file(self._path(name))
            return data

    def look(self, name: str) -> Stamp | None:
        """The object's stamp, or None when there is none."""
        try:
            with _said():
                self._forget()
                found = self._fs.info(self._path(name))
        except FileNotFoundError:
            return None
        return None if found["type"] == "directory" else _stamp(found)

    def sha256(self, name: str) -> str:
        """The digest the service itself made of the bytes it has, in hex; empty if it has none."""
        if not self.s3:
            return ""
        bucket, _, key = self._path(name).partition("/")
        with _said():
            head = self._fs.call_s3("head_object", Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        return _hex(head.get("ChecksumSHA256", ""))

    def remove(self, name: str) -> None:
        """Removes an object."""
        with _said():
            self._fs.rm_file(self._path(name))

    def tidy(self, name: str) -> None:
        """Removes folders that are empty without the object; an object store has none."""
        while not self.whole and (name := name.rpartition("/")[0]):
            try:
                with _said():
                    self._forget()
                    if self._fs.ls(self._path(name), detail=False):
                        return
                    self._fs.rmdir(self._path(name))
            except OSError:
                return

    def listing(self) -> Iterator[Entry]:
        """Everything under the URL; on S3 page by page, so that it is never held at once."""
        return self._pages() if self.s3 else self._found()

    def reachable(self) -> None:
        """Asks for one page of the listing.

        Raises:
            OSError: when the bucket is not there, or may not be read.
        """
        if self.s3:
            self._page(1, "")
        else:
            self.look("")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _forget(self) -> None:
        """Drops what fsspec keeps of listings: others write here too."""
        self._fs.invalidate_cache()

    async def _all(self, files: Sequence[tuple[str, bytes]]) -> list[Stamp | OSError]:
        gate = asyncio.Semaphore(WIDTH)

        async def one(name: str, data: bytes) -> Stamp | OSError:
            async with gate:
                try:
                    with _said():
                        return await self._one(name, data)
                except OSError as error:
                    return error

        return list(await asyncio.gather(*(one(name, data) for name, data in files)))

    async def _one(self, name: str, data: bytes) -> Stamp:
        kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        more = {"ContentType": kind, "ChecksumAlgorithm": "SHA256"} if self.s3 else {}
        answer = await self._fs._pipe_file(self._path(name), data, **more)
        if isinstance(answer, Mapping) and answer.get("ETag"):
            return Stamp(len(data), str(answer["ETag"]))
        self._forget()
        return _stamp(await self._fs._info(self._path(name)))

    def _slow(self, name: str, data: bytes) -> Stamp | OSError:
        try:
            with _said():
                path = self._path(name)
                self._make_folder(path)
                self._fs.pipe_file(path, data)
                self._forget()
                return _stamp(self._fs.info(path))
        except OSError as error:
            return error

    def _make_folder(self, path: str) -> None:
        """The folder a file is to lie in; an object store has none."""
        if not self.whole:
            self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)

    def _page(self, count: int, token: str) -> Mapping[str, Any]:
        bucket, _, prefix = self._root.partition("/")
        asked = {"Bucket": bucket, "MaxKeys": count, "Prefix": f"{prefix}/" if prefix else ""}
        if token:
            asked["ContinuationToken"] = token
        with _said():
            page: Mapping[str, Any] = self._fs.call_s3("list_objects_v2", **asked)
        return page

    def _pages(self) -> Iterator[Entry]:
        skip = len(self._root.partition("/")[2]) + 1 if "/" in self._root else 0
        token = ""
        while True:
            page = self._page(1000, token)
            for one in page.get("Contents", ()):
                yield Entry(one["Key"][skip:], Stamp(one["Size"], one["ETag"]))
            token = page.get("NextContinuationToken", "")
            if not token:
                return

    def _found(self) -> Iterator[Entry]:
        with _said():
            self._forget()
            found = self._fs.find(self._root, detail=True)
        for path, one in found.items():
            yield Entry(path[len(self._root) + 1 :], _stamp(one))


def _stamp(info: Mapping[str, Any]) -> Stamp:
    mark = next((info[key] for key in _MARKS if info.get(key) is not None), "")
    if isinstance(mark, datetime):  # Some say it in one way here and in another there.
        mark = mark.timestamp()
    return Stamp(int(info["size"] or 0), str(mark))


def _hex(base64: str) -> str:
    """A digest in base64 as hex; of a part-wise digest (``…-3``) nothing can be said."""
    import binascii

    if not base64 or "-" in base64:
        return ""
    return binascii.a2b_base64(base64).hex()


def _opened(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise _missing(url, "fsspec") from None
    try:
        with _said():
            fs, root = url_to_fs(url)
    except ImportError as error:
        raise _missing(url, str(error)) from None
    except OSError as error:
        if isinstance(error.__cause__, ValueError):
            message = f"'{_kind(url)}://' is no place that files can go to: {error.strerror}"
            hint = "use a folder, or s3://bucket/prefix"
            raise problem("unknown-store", message, hint, exit_code=ExitCode.USAGE) from None
        message = f"{_kind(url)}:// does not answer: {error.strerror or error}"
        hint = "mend the address, the connection or the keys in the environment"
        raise problem("store-unreachable", message, hint, exit_code=ExitCode.FILE) from None
    return fs, root


def _missing(url: str, what: str) -> Exception:
    hint = "install it: pip install 'handouts[cluster]'"
    if _kind(url) not in ("s3", "s3a"):
        hint += f", and the package of fsspec for {_kind(url)}://"
    message = f"writing to {_kind(url)}:// needs a library that is not installed ({what})"
    return problem("missing-library", message, hint, exit_code=ExitCode.USAGE)


def _kind(url: str) -> str:
    return url.partition("://")[0]


@contextmanager
def _said() -> Iterator[None]:
    """Every service has exceptions of its own; one kind is enough for those above."""
    try:
        yield
    except (OSError, ImportError):
        raise
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise OSError(errno.EIO, reason) from error


__all__ = ["Entry", "Objects"]
