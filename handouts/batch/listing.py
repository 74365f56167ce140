"""What the manifest and the plan know together: lists of outputs, and orphans."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.batch.events import Cause, Listed, Reason
from handouts.batch.judge import REFUSED, UNCHANGED, WRITE, is_ours
from handouts.batch.manifest import FAILED, Manifest
from handouts.batch.plan import BROKEN, MADE, Plan
from handouts.batch.said import unsaid
from handouts.batch.store import Store

_PAGE = 500
_STATUS = {
    UNCHANGED: "unchanged",
    WRITE: "waiting",
    REFUSED: "refused",
    MADE: "written",
    BROKEN: "failed",
}
_FACTS = "o.pages, o.size, o.sha256, o.seconds, o.stamped, o.claims, o.said"
_ASKED = f"""
SELECT p.n, p.path, p.template, p.brand, p.action, p.cause, p.detail, {_FACTS}
FROM plan p LEFT JOIN output o ON o.path = p.path WHERE p.n > ? ORDER BY p.n LIMIT ?
"""
_ORPHANS = "FROM output o WHERE NOT EXISTS (SELECT 1 FROM plan p WHERE p.path = o.path)"
_THERE = "AND o.path NOT IN (SELECT path FROM astray WHERE gone)"
_CHANGED = "EXISTS (SELECT 1 FROM astray a WHERE a.path = o.path)"
_ORPHAN_ROWS = f"""
SELECT o.path, t.layout, t.language, o.brand, t.paper, t.profile, t.part,
{_CHANGED}, {_FACTS}
FROM output o JOIN template t ON t.id = o.template
WHERE NOT EXISTS (SELECT 1 FROM plan p WHERE p.path = o.path) {_THERE}
AND o.path > ? ORDER BY o.path LIMIT ?
"""


def listed(manifest: Manifest, plan: Plan) -> Iterator[Listed]:
    """Every output asked for, in the order of tasks, then the orphans."""
    yield from _asked(manifest, plan)
    yield from _orphans(manifest)


def note_astray(manifest: Manifest, store: Store) -> None:
    """Notes outputs nobody asks for now and that are gone, or were changed by somebody.

    What failed and was never made is no output, whatever stands in its place.
    """
    db = manifest.db
    db.execute("CREATE TEMP TABLE astray(path TEXT PRIMARY KEY, gone INTEGER) WITHOUT ROWID")
    last = ""
    found = f"SELECT o.path, o.state = {FAILED} AND o.sha256 IS NULL {_ORPHANS} AND o.path > ?"
    while rows := db.execute(f"{found} ORDER BY o.path LIMIT ?", (last, _PAGE)).fetchall():
        for path, failed in rows:
            last = path
            gone = failed or store.look(path) is None
            if gone or not is_ours(manifest.known(path), store, path):
                db.execute("INSERT INTO astray VALUES(?, ?)", (path, gone))


def forget_gone(manifest: Manifest) -> None:
    """Lets go of what is neither asked for nor there."""
    manifest.db.execute("DELETE FROM output WHERE path IN (SELECT path FROM astray WHERE gone)")


def orphan_counts(manifest: Manifest) -> tuple[int, int]:
    """How many outputs that are there are not asked for any more, and how many were changed."""
    sums = f"count(*), total({_CHANGED})"
    orphans, changed = manifest.db.execute(f"SELECT {sums} {_ORPHANS} {_THERE}").fetchone()
    return int(orphans), int(changed)


def orphan_paths(manifest: Manifest) -> Iterator[str]:
    """Their paths."""
    return (one.path for one in _orphans(manifest))


def _asked(manifest: Manifest, plan: Plan) -> Iterator[Listed]:
    last = 0
    while rows := manifest.db.execute(_ASKED, (last, _PAGE)).fetchall():
        for n, path, template, brand, action, cause, detail, *facts in rows:
            last = n
            job = plan.templates[template]
            what = (job.layout, job.language, brand, job.paper, job.profile, job.part)
            reason = str(Reason(Cause(cause), detail)) if cause else ""
            if action == WRITE:
                facts[-1] = None  # What was wrong the last time need not be wrong now.
            yield _listed(path, _STATUS[action], what, reason, facts)


def _orphans(manifest: Manifest) -> Iterator[Listed]:
    last = ""
    while rows := manifest.db.execute(_ORPHAN_ROWS, (last, _PAGE)).fetchall():
        for path, layout, language, brand, paper, profile, part, changed, *facts in rows:
            last = path
            what = (layout, language, brand, paper, profile, part)
            facts[-1] = None  # Nobody asks for it, so nothing is wrong with it.
            yield _listed(path, "orphan", what, "changed by hand" if changed else "", facts)


def _listed(
    path: str,
    status: str,
    what: tuple[str, str, str, str, str, str],
    reason: str,
    facts: list[object],
) -> Listed:
    pages, size, sha256, seconds, stamped, claims, said = facts
    return Listed(
        path,
        status,
        *what,
        reason=reason,
        pages=int(str(pages or 0)),
        size=int(str(size or 0)),
        sha256=sha256.hex() if isinstance(sha256, bytes) else "",
        seconds=float(str(seconds or 0)),
        stamped=bool(stamped),
        claims=str(claims or ""),
        diagnostics=unsaid(said if isinstance(said, str) else None),
    )
