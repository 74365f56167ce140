"""Which benefits a sheet names, and in which words: the two profiles."""

from __future__ import annotations

from collections.abc import Collection

from handouts.model.catalogue import GRADES, Benefit, Catalogue, Policy
from handouts.model.project import Job

_POLICIES: tuple[Policy, ...] = ("ok", "hedge", "omit")


def selected(catalogue: Catalogue, job: Job, group: str) -> tuple[Benefit, ...]:
    """The group's benefits, in seed order.

    The instructor profile has all of them. The clinic profile leaves out those whose policy is
    ``omit`` unless they are asked for by id, and prints one of a ``same_as`` pair.
    """
    mine = [b for b in catalogue.benefits if b.group == group and b.id not in job.exclude]
    if job.profile == "instructor":
        return tuple(mine)
    return tuple(
        b for b in mine if _printable(b, job.include) and not _said_elsewhere(b, catalogue, job)
    )


def best(benefits: tuple[Benefit, ...], limit: int | None) -> tuple[Benefit, ...]:
    """At most `limit`, the best supported first chosen, back in seed order."""
    if limit is None or len(benefits) <= limit:
        return benefits
    ranked = sorted(
        benefits, key=lambda b: (GRADES.index(b.grade), _POLICIES.index(b.policy), b.seed.number)
    )
    chosen = {b.id for b in ranked[:limit]}
    return tuple(b for b in benefits if b.id in chosen)


def _printable(benefit: Benefit, include: Collection[str]) -> bool:
    return benefit.policy != "omit" or benefit.id in include


def _said_elsewhere(benefit: Benefit, catalogue: Catalogue, job: Job) -> bool:
    """True when the other one of a pair is printed, so that this one is not."""
    if benefit.same_as is None or benefit.id in job.include:
        return False
    return any(
        other.id == benefit.same_as
        and other.id not in job.exclude
        and _printable(other, job.include)
        for other in catalogue.benefits
    )
