"""From planned handouts to a pack's pages: which order they stand in, and through all stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handouts.compose.pack import compose_pack
from handouts.diagnostics import HandoutsError, problem
from handouts.load import load_fonts
from handouts.model.brand import Localised
from handouts.model.pack import Foreign, Order, PackJob, Start
from handouts.model.pages import Pages
from handouts.model.project import Job, Project
from handouts.pipeline import families
from handouts.typeset.pack import typeset_pack
from handouts.world import World


@dataclass(frozen=True, slots=True)
class Binding:
    """How handouts are bound. `inserts` are foreign pages with where they go, as in a pack file."""

    title: Localised | None = None
    subtitle: Localised | None = None
    order: Order = "language"
    cover: bool = True
    contents: bool = True
    start: Start = "right"
    inserts: Sequence[tuple[Foreign, str | int]] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A pack on its pages. `foreign` says on which page (from 0) foreign ones are to begin."""

    pages: Pages
    foreign: tuple[tuple[int, Foreign], ...]


def plan_pack(project: Project, entries: Sequence[Sequence[Job]], binding: Binding) -> PackJob:
    """The handouts of a pack in the order of its pages.

    Args:
        project: everything loaded.
        entries: handouts as they were asked for, entry by entry; all of one brand and paper.
        binding: the rest of the wish.

    Raises:
        HandoutsError: ``empty-pack``, or ``one-brand`` for several brands or papers.
    """
    each = [[part for job in jobs for part in _parts(project, job)] for jobs in entries]
    ordered = _ordered(each, binding.order)
    if not ordered:
        raise problem("empty-pack", "there is no handout to put into the pack", "choose a layout")
    if len({(job.brand, job.paper) for _, job in ordered}) > 1:
        message = "a pack has one brand and one size of paper"
        raise problem("one-brand", message, "make a pack for each of them")
    items: list[Job | Foreign] = []
    for number, (entry, job) in enumerate(ordered):
        items.append(job)
        if all(other != entry for other, _ in ordered[number + 1 :]):
            items += _foreign(binding, entry + 1)
    return PackJob(
        front=replace(ordered[0][1], language=_front_language(items), part=""),
        items=(*_foreign(binding, "contents"), *items, *_foreign(binding, "end")),
        after_cover=_foreign(binding, "cover"),
        title=binding.title,
        subtitle=binding.subtitle,
        cover=binding.cover,
        contents=binding.contents,
        start=binding.start,
        order=binding.order,
    )


def place_pack(project: Project, world: World, pack: PackJob) -> Bound:
    """Compose and typeset: everything that can go wrong with a pack goes wrong here.

    Raises:
        HandoutsError: whatever the stages refuse of any of its handouts.
    """
    bound = compose_pack(project, pack, date=world.date)
    brand = project.brands[pack.front.brand]
    own = families(project, _tags(pack), brand)
    try:
        pages, starts = typeset_pack(bound, load_fonts(world, project, brand, own))
    except HandoutsError as error:
        if any(one.code != "missing-glyph" for one in error.diagnostics):
            raise
        # A name in another script: only now are the fonts of all scripts worth reading.
        library = load_fonts(world, project, brand, project.fonts.families)
        pages, starts = typeset_pack(bound, library)
    pairs = zip(starts, (piece.foreign for piece in bound.pieces), strict=True)
    return Bound(pages, tuple((first, one) for first, one in pairs if one is not None))


def _tags(pack: PackJob) -> dict[str, None]:
    """Every language in the pack."""
    jobs = [pack.front, *(item for item in pack.items if isinstance(item, Job))]
    return dict.fromkeys(tag for job in jobs for tag in job.languages)


def _parts(project: Project, job: Job) -> Iterable[Job]:
    """One handout for each week or group, whatever the layout's files are."""
    each = project.layouts[job.layout].for_each
    if job.part or each is None:
        return (job,)
    members = project.catalogue.weeks if each == "week" else project.catalogue.groups
    return (replace(job, part=one.id) for one in members)


def _ordered(entries: Sequence[Sequence[Job]], order: Order) -> list[tuple[int, Job]]:
    """Each with the number of its entry: by language, or each handout in all its languages."""
    found = [(number, job) for number, jobs in enumerate(entries) for job in dict.fromkeys(jobs)]
    tags = list(dict.fromkeys(job.language for _, job in found))
    if order == "language":
        return sorted(found, key=lambda one: tags.index(one[1].language))
    seen = list(dict.fromkeys((number, job.layout, job.part) for number, job in found))
    return sorted(found, key=lambda one: seen.index((one[0], one[1].layout, one[1].part)))


def _foreign(binding: Binding, after: str | int) -> tuple[Foreign, ...]:
    return tuple(one for one, where in binding.inserts if where == after)


def _front_language(items: Sequence[Job | Foreign]) -> str:
    """Cover and contents speak the pack's languages, if they are no more than two."""
    jobs = (item for item in items if isinstance(item, Job))
    tags = list(dict.fromkeys(tag for job in jobs for tag in job.languages))
    return "+".join(tags) if len(tags) <= 2 else tags[0]
