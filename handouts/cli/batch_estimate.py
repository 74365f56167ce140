"""How long a batch will take: from the last one here, or from a few sheets made on the spot."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.cli.progress import duration
from handouts.diagnostics import HandoutsError
from handouts.model.project import Job

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.model.project import LoadedBrand, Project
    from handouts.press import Press
    from handouts.report.facts import Entry
    from handouts.world import World

TEMPLATES = 4
"""Templates a sample tries at most."""
_NAMES = ("Willow Family Clinic", "Harbour Children's Centre")
PATIENCE = 3.0
"""Seconds a sample may take before no further template is tried."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of the first sheet of a template and of a further one; of how many templates."""

    first: float
    further: float
    templates: int


def from_rate(files: int, rate: float) -> str:
    """An estimate by what the last batch here did."""
    speed = f"{rate:,.0f} a second"
    return f"about {duration(files / rate)}, as fast as the last such batch here ({speed})"


def from_sample(files: int, templates: int, sample: Sample, processes: int) -> str:
    """An estimate by a sample, which is said to be one."""
    firsts = min(templates, files)
    seconds = firsts * sample.first + (files - firsts) * sample.further
    made = "template" if sample.templates == 1 else "templates"
    by = "process" if processes == 1 else "processes"
    return (
        f"about {duration(seconds / max(1, processes))} with {processes} {by}: a rough figure, "
        f"from {sample.templates} {made} tried just now"
    )


def take(project: Project, world: World, entries: Iterable[Entry]) -> Sample | None:
    """Makes a few of the sheets twice and throws them away; None when none can be made.

    A clinic's sheet takes as long as its brand's, so any brand of the project will do, once
    with one name and once with another, as two clinics have them.
    """
    from handouts.press import Press

    press = Press(project, world)
    brand = next(iter(project.brands.values()))
    clinics = [replace(brand, brand=brand.brand.model_copy(update={"name": n})) for n in _NAMES]
    firsts, furthers, began = [], [], time.perf_counter()
    for entry in entries:
        job = Job(
            entry.layout, entry.language, brand.id,
            entry.paper, "clinic" if entry.profile == "clinic" else "instructor", entry.part,
            allow_draft=True, allow_stale=True,
        )  # fmt: skip
        try:
            times = [_timed(press, job, one) for one in clinics]
        except HandoutsError:
            continue
        firsts.append(times[0])
        furthers.append(times[1])
        if time.perf_counter() - began > PATIENCE:
            break
    if not firsts:
        return None
    return Sample(sum(firsts) / len(firsts), sum(furthers) / len(furthers), len(firsts))


def _timed(press: Press, job: Job, brand: LoadedBrand) -> float:
    started = time.perf_counter()
    press.make(job, brand)
    return time.perf_counter() - started
