"""Removing outputs that are not asked for any more, where they are as a batch left them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from handouts.batch.intact import is_intact
from handouts.batch.listing import orphan_paths
from handouts.batch.manifest import PENDING, Manifest
from handouts.batch.store import Store


def pruned(manifest: Manifest, store: Store) -> Iterator[tuple[str, bool]]:
    """Goes through the orphans; says of each whether it is gone, or stays as changed by hand."""
    for number, path in enumerate(orphan_paths(manifest)):
        if number == 0:
            store.survey()  # Hours may have passed since the last one.
        ours = _is_ours(manifest, store, path)
        if ours:
            store.remove(path)
            with manifest.transaction():
                manifest.db.execute("DELETE FROM output WHERE path = ?", (path,))
        yield path, ours


def _is_ours(manifest: Manifest, store: Store, path: str) -> bool:
    """Whether a file is the one the manifest knows, or at least an untouched one of ours."""
    known, seen = manifest.known(path), store.look(path)
    if seen is None or known is None or (known.size, known.mark) == (seen.size, seen.mark):
        return True
    with suppress(OSError):  # A folder in its place, say: not ours.
        if known.sha256 is not None and store.digest(path) == known.sha256.hex():
            return True
        return known.state == PENDING and is_intact(store.read(path))
    return False
