"""Puts a sheet together: sections with their regions, then the gates it has to pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from handouts.compose import facts
from handouts.compose.bilingual import painted
from handouts.compose.blocks import MAKERS
from handouts.compose.blocks.expand import boxes
from handouts.compose.contrast import Pair, pairs_of, refuse_low_contrast
from handouts.compose.gates import (
    refuse_claims,
    refuse_empty,
    refuse_unhedged,
    refuse_unreviewed,
    refuse_unsafe,
)
from handouts.compose.letters import letters
from handouts.compose.palette import palette
from handouts.compose.scope import Scope
from handouts.compose.sheet import Named, Sheet, insets
from handouts.compose.slots import Slots
from handouts.compose.structure import Structure
from handouts.compose.styles import styles_of
from handouts.compose.variables import part_scopes, sheet_scope
from handouts.compose.words import Words
from handouts.model.brand import FamilyChoice
from handouts.model.document import (
    Document,
    FitStep,
    Identity,
    Region,
    Role,
    Section,
    Sidebar,
    Stack,
)
from handouts.model.layout import FitStepEntry, Layout, RegionBlock
from handouts.model.locale import MADE, SOURCE_LANGUAGE, Locale
from handouts.model.project import Job, LoadedBrand, Project
from handouts.units import PAPERS


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A document, and what it takes to make it again for another brand."""

    document: Document
    sheet: Sheet
    scope: Scope
    """The scope the title was made in."""
    slots: Slots
    pairs: tuple[Pair, ...]
    """What is painted on what."""
    places: Mapping[int, int]
    """Where each element stands among the document's, by its id."""


def compose(project: Project, job: Job, *, date: str) -> Document:
    """The document a job asks for; see `composed`."""
    made = composed(project, job, date=date)
    made.slots.forget()
    return made.document


def composed(project: Project, job: Job, *, date: str) -> Composed:
    """The document a job asks for.

    Args:
        project: everything loaded.
        job: layout, language, brand, paper and profile, by id.
        date: ISO 8601 moment written into the file.

    Raises:
        HandoutsError: when a gate refuses the sheet (review, safety, evidence, contrast) or a
            string is missing.
    """
    drafts = frozenset(tag for tag in job.languages if _has_drafts(project.locales[tag]))
    sheet, scope, document = _composed(project, job, date, drafts)
    used = frozenset(one.words.lang for one in sheet.both if one.draft and _used_draft(one))
    if used != drafts:
        sheet, scope, document = _composed(project, job, date, used)
    for one in sheet.both:
        refuse_unreviewed(one)
        refuse_claims(one)
    pairs = pairs_of(document)
    refuse_low_contrast(pairs, job.brand, sheet.owner.brand.color)
    refuse_empty(sheet, document)
    places = {node.id: at for at, node in enumerate(document.nodes)}
    return Composed(document, sheet, scope, sheet.slots, pairs, places)


def _has_drafts(locale: Locale) -> bool:
    return locale.tag != SOURCE_LANGUAGE and any(s.status in MADE for s in locale.strings.values())


def _composed(
    project: Project, job: Job, date: str, drafts: frozenset[str]
) -> tuple[Sheet, Scope, Document]:
    layout, brand = project.layouts[job.layout], project.brands[job.brand]
    sheet = _sheet(project, job, drafts)
    locale, structure = project.locales[sheet.words.lang], sheet.structure
    scope = _both_scopes(sheet, sheet_scope)
    scopes = part_scopes(sheet, scope)
    if sheet.twin and scope.twin:
        theirs = part_scopes(sheet.twin, scope.twin)
        scopes = [replace(a, twin=b) for a, b in zip(scopes, theirs, strict=True)]
    sections = []
    for inner in scopes:
        # Each section answers for itself: its own safety notes, evidence and sources.
        own = sheet.afresh()
        section = _section(layout, own, inner, len(scopes) > 1)
        for one, whole in zip(own.both, sheet.both, strict=True):
            refuse_unhedged(one, one.words.used)
            refuse_unsafe(one, section, one.words.used)
            whole.words.used.update(one.words.used)
        sections.append(section)
    paper, more = PAPERS[job.paper], _more_pages(layout, sheet)
    titled = scopes[0] if len(scopes) == 1 else scope
    identity = identity_of(sheet, titled, date)
    refuse_unhedged(sheet, [layout.title])
    document = Document(
        identity=identity,
        directions={one.words.lang: one.words.direction for one in sheet.both},
        direction=locale.direction,
        paper=paper.turned() if layout.page.orientation == "landscape" else paper,
        margins=insets(layout.page.margins),
        palette=palette(brand.brand.color),
        nodes=structure.nodes,
        sections=tuple(sections),
        fit=tuple(_fit_step(s, more) for s in layout.fit),
        digits={one.words.lang: one.words.digits for one in sheet.both},
        letters=letters((project.locales[tag] for tag in job.languages), _around_brand(sheet)),
        strings=tuple((one.words.lang, i) for one in sheet.both for i in one.words.used),
    )
    if sheet.twin:
        structure.keep(painted(document))
        document = replace(document, nodes=structure.nodes)
    return sheet, titled, document


def _around_brand(sheet: Sheet) -> list[str]:
    """The sheet's own words in its slots: printed strings, and what its languages are called."""
    found = [facts.language_names(one.words.lang)[0] for one in sheet.both]
    for slot in sheet.slots.found:
        for one, used in zip(slot.sheet.both, slot.used, strict=True):
            strings = sheet.project.locales[one.words.lang].strings
            found += [strings[i].text for i in used if i in strings and not i.startswith("alt.")]
    return found


def _sheet(project: Project, job: Job, drafts: frozenset[str]) -> Sheet:
    """The sheet in its first language, and with it the one in its second."""
    layout, brand = project.layouts[job.layout], project.brands[job.brand]
    structure, named, slots = Structure(job.languages[0]), Named(), Slots()
    twin: Sheet | None = None
    for tag in reversed(job.languages):
        locale = project.locales[tag]
        own = brand.brand.texts.get(tag, {})
        base = brand.brand.texts.get(locale.base or "", {})
        words = Words(locale, {**base, **own}, structure)
        styles = styles_of(layout.styles, project.fonts, locale.script, tag, *_families(brand))
        twin = Sheet(
            project,
            replace(job, language=tag),
            brand,
            styles,
            words,
            structure,
            named,
            tag in drafts,
            MAKERS,
            slots,
            twin,
            layout.bilingual.arrange if layout.bilingual else "side",
        )
    assert twin is not None
    return twin


def _both_scopes(sheet: Sheet, make: Callable[[Sheet], Scope]) -> Scope:
    scope = make(sheet)
    return replace(scope, twin=make(sheet.twin)) if sheet.twin else scope


def _section(layout: Layout, sheet: Sheet, scope: Scope, several: bool) -> Section:
    """Masthead, body, then the sidebar: that is the order in which they are read."""
    structure = sheet.structure
    with structure.within(structure.add(Role.SECT) if several else None):
        masthead = None
        if layout.masthead:
            top = tuple(boxes(layout.masthead, sheet, scope))
            masthead = Stack(children=top, gap=layout.gap)
        side = layout.sidebar
        blocks = layout.body
        if side and sheet.twin:
            at = side.joins_after
            blocks, side = (*blocks[:at], *side.children, *blocks[at:]), None
        body = Stack(children=tuple(boxes(blocks, sheet, scope)), gap=layout.gap)
        sidebar = None
        if side:
            sidebar = Sidebar(
                side=side.side,
                width=side.width,
                gap=side.gap,
                box=Stack(children=tuple(boxes(side.children, sheet, scope))),
                pages=side.pages,
            )
    with structure.as_artifact():
        running = replace(sheet, arrangement="inline")
        header = tuple(_region(r, running, scope) for r in layout.header)
        footer = tuple(_region(r, running, scope) for r in layout.footer)
    name = scope.expand("{week.key}") or scope.expand("{group.id}")
    pages = layout.max_pages and layout.max_pages + _more_pages(layout, sheet)
    return Section(body, masthead, sidebar, header, footer, pages, name)


def _more_pages(layout: Layout, sheet: Sheet) -> int:
    """Pages that two languages may take beyond what one does, in fit steps too."""
    wanted = layout.bilingual.max_pages if sheet.twin and layout.bilingual else None
    return wanted - layout.max_pages if wanted and layout.max_pages else 0


def _fit_step(step: FitStepEntry, more: int) -> FitStep:
    pages = step.pages and step.pages + more
    return FitStep(step.spacing, step.type, step.drop, pages, step.sidebar)


def _region(region: RegionBlock, sheet: Sheet, scope: Scope) -> Region:
    return Region(region.pages, Stack(children=tuple(boxes(region.children, sheet, scope))))


def identity_of(sheet: Sheet, scope: Scope, date: str) -> Identity:
    """What the file will say about itself."""
    job, catalogue = sheet.job, sheet.project.catalogue
    layout = sheet.project.layouts[job.layout]
    name = scope.get("brand.name")
    titles = [one.words.text(scope.expand(layout.title)) for one in sheet.both]
    return Identity(
        title=" · ".join(dict.fromkeys(titles)),
        author=name.text if name else "",
        subject=sheet.words.text("evidence.note"),
        keywords="",
        layout=job.layout,
        brand=job.brand,
        language=job.language,
        second=sheet.twin.words.lang if sheet.twin else None,
        profile=job.profile,
        edition=catalogue.edition,
        checked=catalogue.checked.isoformat(),
        part=job.part,
        date=date,
    )


def _families(brand: LoadedBrand) -> tuple[str | None, str | None]:
    """The families a brand chose for text and for headings."""

    def name(choice: FamilyChoice | str | None) -> str | None:
        return choice.family if isinstance(choice, FamilyChoice) else choice

    fonts = brand.brand.typography
    return name(fonts.base), name(fonts.headings)


def _used_draft(sheet: Sheet) -> bool:
    """Whether anything but the notice itself is a draft."""
    strings = sheet.project.locales[sheet.job.language].strings
    used = (i for i in sheet.words.used if i != "sheet.draft")
    return any(i in strings and strings[i].status in MADE for i in used)
