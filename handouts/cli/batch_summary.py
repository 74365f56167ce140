"""The end of a batch in a few lines: what became of how many files, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.progress import duration
from handouts.cli.report import Finding, annotation, clean, counted, text
from handouts.cli.session import Session
from handouts.diagnostics import Severity

if TYPE_CHECKING:
    from handouts.batch.events import Counts, Summary
    from handouts.report.ledger import Ledger

SHOWN = 5
"""Problems that are shown in full at the end; the report has all."""
ANNOTATED = 50
"""Problems a code host is told: it shows no more."""
_NAMED = 4
"""Reasons that are named in a line."""


def problems(session: Session, ledger: Ledger, report: str) -> None:
    """The first errors and warnings in full, and where the others are."""
    github = session.form == "github"
    most = ANNOTATED if github else SHOWN
    for severity in (Severity.ERROR, Severity.WARNING):
        if session.quiet and severity is Severity.WARNING:
            continue
        for issue in ledger.issues(first=most, severity=severity):
            finding = Finding(issue.diagnostic, issue.files)
            session.console.error(annotation(finding) if github else _text(finding, issue.count))
        more = ledger.count(severity) - most
        if more > 0 and not github:
            where = f": see {clean(report)}" if report else ": --report FILE lists them"
            session.console.error(f"and {counted(more, f'more {severity.value}')}{where}")


def table(summary: Summary, *, dry: bool, prune: bool) -> list[str]:
    """What became of how many, a line each; what did not happen has none."""
    rows = [row for row in _rows(summary, dry=dry, prune=prune) if row[1] or row[3]]
    width = max(len(name) for name, *_ in rows)
    digits = max(len(f"{count:,}") for _, count, *_ in rows)
    return [
        click.style(f"{name:<{width}}  {count:>{digits},}", fg=colour if count else None)
        + (f"  {said}" if said and count else "")
        for name, count, said, _, colour in rows
    ]


def took(summary: Summary) -> str:
    """``in 1 min 32 s, 1,087 a second``."""
    made = summary.written + summary.failed
    line = f"in {duration(summary.seconds)}"
    if made >= 10 and summary.seconds >= 1:
        line += f", {made / summary.seconds:,.0f} a second"
    return line


def total(ledger: Ledger) -> str:
    """``2 errors, 14 warnings``, or nothing."""
    counts = ((s, ledger.count(s)) for s in (Severity.ERROR, Severity.WARNING))
    return ", ".join(counted(count, severity.value) for severity, count in counts if count)


def as_data(summary: Summary, ledger: Ledger, report: str | None, code: int) -> dict[str, Any]:
    """The summary in JSON, with every key always there."""
    counts = summary.counts
    return {
        "total": counts.total,
        "to_write": counts.to_write,
        "written": summary.written,
        "unchanged": counts.unchanged,
        "failed": summary.failed,
        "refused": counts.refused,
        "not_reached": summary.skipped,
        "bad_rows": counts.bad_rows,
        "orphans": counts.orphans,
        "removed": summary.pruned,
        "pages": summary.pages,
        "bytes": summary.size,
        "seconds": round(summary.seconds, 3),
        "planned": dict(counts.causes),
        "reasons": dict(summary.by_cause),
        "failures": dict(summary.failures),
        "errors": ledger.count(Severity.ERROR),
        "warnings": ledger.count(Severity.WARNING),
        "interrupted": summary.interrupted,
        "report": report,
        "exit_code": code,
    }


_Row = tuple[str, int, str, bool, str | None]


def _rows(summary: Summary, *, dry: bool, prune: bool) -> Iterator[_Row]:
    """Name, count, what to add, whether it always stands there, colour."""
    counts = summary.counts
    if dry:
        yield "would be written", counts.to_write, _reasons(counts.causes), True, "green"
    else:
        yield "written", summary.written, _reasons(summary.by_cause), True, "green"
    yield "unchanged", counts.unchanged, "", True, None
    yield "failed", summary.failed, _reasons(summary.failures), not dry, "red"
    yield "changed by hand", counts.refused, "left alone; --force replaces them", False, "yellow"
    yield "not reached", 0 if dry else summary.skipped, "the next run goes on", False, "yellow"
    yield "rows left out", counts.bad_rows, _reasons(counts.bad_causes), False, "red"
    if summary.pruned:
        yield "removed", summary.pruned, "no longer asked for", False, None
    left = counts.orphans - summary.pruned
    hint = "see the warnings" if prune and not dry else _prunable(counts)
    if counts.bad_rows:
        hint = "they stay while rows are left out"
    yield "no longer asked for", left, hint, False, "yellow"


def _prunable(counts: Counts) -> str:
    """What ``--prune`` would do."""
    changed = counts.changed_orphans
    if not changed:
        return "--prune removes them"
    if changed == counts.orphans:
        return "changed by hand: --prune leaves them"
    return f"--prune removes them, but for {changed:,} changed by hand"


def _reasons(counts: Mapping[str, int]) -> str:
    """``layout changed 120 · never written 8``, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ordered) == 1:
        return ordered[0][0]
    named = [f"{why} {count:,}" for why, count in ordered[:_NAMED]]
    rest = sum(count for _, count in ordered[_NAMED:])
    return " · ".join([*named, f"other {rest:,}"] if rest else named)


def _text(finding: Finding, count: int) -> str:
    """A problem as everywhere; `count` outputs have it, of which some are named."""
    more = count - len(finding.files)
    said = text(finding)
    return f"{said}\n  and {counted(more, 'more file')}" if more > 0 else said
