"""Which benefits a sheet names, and in which words: the two profiles."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from handouts.compose.kept import kept
from handouts.model.catalogue import GRADES, Benefit, Catalogue, Policy, Profile
from handouts.model.project import Job

_POLICIES: tuple[Policy, ...] = ("ok", "hedge", "omit")


def selected(catalogue: Catalogue, job: Job, group: str) -> tuple[Benefit, ...]:
    """The group's benefits, in seed order.

    The instructor profile has all of them. The clinic profile leaves out those whose policy is
    ``omit`` unless they are asked for by id, and prints one of a ``same_as`` pair.
    """
    return _by_group(catalogue, job.profile, job.include, job.exclude).get(group, ())


def printable(catalogue: Catalogue, job: Job) -> frozenset[str]:
    """Ids of the benefits that the job's profile prints."""
    groups = _by_group(catalogue, job.profile, job.include, job.exclude).values()
    return frozenset([benefit.id for group in groups for benefit in group])


@kept(64)
def _by_group(
    catalogue: Catalogue, profile: Profile, include: tuple[str, ...], exclude: tuple[str, ...]
) -> Mapping[str, tuple[Benefit, ...]]:
    found: dict[str, list[Benefit]] = {group.id: [] for group in catalogue.groups}
    for one in catalogue.benefits:
        if one.id not in exclude and (
            profile == "instructor"
            or (_printable(one, include) and not _said_elsewhere(one, catalogue, include, exclude))
        ):
            found[one.group].append(one)
    return {group: tuple(benefits) for group, benefits in found.items()}


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


def _said_elsewhere(
    benefit: Benefit, catalogue: Catalogue, include: Collection[str], exclude: Collection[str]
) -> bool:
    """True when the other one of a pair is printed, so that this one is not."""
    if benefit.same_as is None or benefit.id in include:
        return False
    return any(
        other.id == benefit.same_as and other.id not in exclude and _printable(other, include)
        for other in catalogue.benefits
    )
