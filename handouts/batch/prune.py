"""Removing outputs that are not asked for any more, where they are as a batch left them.

Two names may lead to one file: where a folder was renamed and a link left behind, or the disk
takes capitals for small letters. A file that is asked for by another name stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from handouts.batch.judge import is_ours
from handouts.batch.listing import orphan_paths
from handouts.batch.manifest import Manifest
from handouts.batch.store import Store

Fate = Literal["removed", "changed", "wanted"] | PermissionError
"""Removed; or stays, as changed by hand, as asked for by another name, or as it may not go."""


def pruned(manifest: Manifest, store: Store) -> Iterator[tuple[str, Fate]]:
    """Goes through the orphans and says what becomes of each."""
    for number, path in enumerate(orphan_paths(manifest)):
        if number == 0:
            store.survey()  # Hours may have passed since the last one.
            _know_wanted(manifest)
        if not is_ours(manifest.known(path), store, path):
            yield path, "changed"
            continue
        wanted = _is_wanted(manifest, store, path)
        if not wanted:
            try:
                store.remove(path)
            except PermissionError as error:
                yield path, error
                continue
        with manifest.transaction():
            manifest.db.execute("DELETE FROM output WHERE path = ?", (path,))
        yield path, "wanted" if wanted else "removed"


def _know_wanted(manifest: Manifest) -> None:
    """Makes what is asked for quick to find by its bytes."""
    with manifest.transaction():
        manifest.db.execute("CREATE TEMP TABLE wanted(sha256 BLOB, path TEXT)")
        manifest.db.execute(
            "INSERT INTO wanted SELECT o.sha256, o.path FROM plan p "
            "JOIN output o ON o.path = p.path WHERE o.sha256 IS NOT NULL"
        )
        manifest.db.execute("CREATE INDEX temp.wanted_bytes ON wanted(sha256)")


def _is_wanted(manifest: Manifest, store: Store, path: str) -> bool:
    """Whether the file is one that is asked for, by another name."""
    known = manifest.known(path)
    digest = known.sha256 if known else None
    if digest is None:
        with suppress(OSError):
            digest = bytes.fromhex(store.digest(path))
    others = manifest.db.execute("SELECT path FROM wanted WHERE sha256 = ?", (digest,)).fetchall()
    return any(store.same(path, other) for (other,) in others)
