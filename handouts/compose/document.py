"""Puts a sheet together: sections with their regions, then the gates it has to pass."""

from __future__ import annotations

from dataclasses import replace

from handouts.compose.blocks import MAKERS
from handouts.compose.blocks.expand import boxes
from handouts.compose.contrast import refuse_low_contrast
from handouts.compose.gates import (
    refuse_claims,
    refuse_empty,
    refuse_unhedged,
    refuse_unreviewed,
    refuse_unsafe,
)
from handouts.compose.palette import palette
from handouts.compose.scope import Scope
from handouts.compose.sheet import Named, Sheet, insets
from handouts.compose.structure import Structure
from handouts.compose.styles import Styles
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
from handouts.model.layout import Layout, RegionBlock
from handouts.model.locale import MADE, SOURCE_LANGUAGE
from handouts.model.project import Job, LoadedBrand, Project
from handouts.units import PAPERS


def compose(project: Project, job: Job, *, date: str) -> Document:
    """The document a job asks for.

    Args:
        project: everything loaded.
        job: layout, language, brand, paper and profile, by id.
        date: ISO 8601 moment written into the file.

    Raises:
        HandoutsError: when a gate refuses the sheet (review, safety, evidence, contrast) or a
            string is missing.
    """
    draft = job.language != SOURCE_LANGUAGE and any(
        string.status in MADE for string in project.locales[job.language].strings.values()
    )
    sheet, document = _composed(project, job, date, draft)
    if draft and not _used_draft(sheet):
        sheet, document = _composed(project, job, date, draft=False)
    refuse_unreviewed(sheet)
    refuse_claims(sheet)
    refuse_low_contrast(document, job.brand, project.brands[job.brand].brand.color)
    refuse_empty(sheet, document)
    return document


def _composed(project: Project, job: Job, date: str, draft: bool) -> tuple[Sheet, Document]:
    layout, brand = project.layouts[job.layout], project.brands[job.brand]
    locale = project.locales[job.language]
    structure = Structure(job.language)
    words = Words(locale, brand.brand.texts.get(job.language, {}), structure)
    styles = Styles(layout.styles, project.fonts, locale.script, _families(brand))
    sheet = Sheet(project, job, brand, styles, words, structure, Named(), draft, MAKERS)
    scope = sheet_scope(sheet)
    scopes = part_scopes(sheet, scope)
    sections = []
    for inner in scopes:
        # Each section answers for itself: its own safety notes, evidence and sources.
        own = replace(sheet, named=Named(), words=words.afresh())
        section = _section(layout, own, inner, len(scopes) > 1)
        refuse_unhedged(own, own.words.used)
        refuse_unsafe(own, section, own.words.used)
        words.used.update(own.words.used)
        sections.append(section)
    paper = PAPERS[job.paper]
    identity = _identity(sheet, scopes[0] if len(scopes) == 1 else scope, date)
    refuse_unhedged(sheet, [layout.title])
    document = Document(
        identity=identity,
        direction=locale.direction,
        paper=paper.turned() if layout.page.orientation == "landscape" else paper,
        margins=insets(layout.page.margins),
        palette=palette(brand.brand.color),
        nodes=structure.nodes,
        sections=tuple(sections),
        fit=tuple(FitStep(s.spacing, s.type, s.drop, s.pages) for s in layout.fit),
        digits=locale.digits,
    )
    return sheet, document


def _section(layout: Layout, sheet: Sheet, scope: Scope, several: bool) -> Section:
    """Masthead, body, then the sidebar: that is the order in which they are read."""
    structure = sheet.structure
    with structure.within(structure.add(Role.SECT) if several else None):
        masthead = None
        if layout.masthead:
            top = tuple(boxes(layout.masthead, sheet, scope))
            masthead = Stack(children=top, gap=layout.gap)
        body = Stack(children=tuple(boxes(layout.body, sheet, scope)), gap=layout.gap)
        sidebar = None
        if layout.sidebar:
            side = layout.sidebar
            sidebar = Sidebar(
                side=side.side,
                width=side.width,
                gap=side.gap,
                box=Stack(children=tuple(boxes(side.children, sheet, scope))),
                pages=side.pages,
            )
    with structure.as_artifact():
        header = tuple(_region(r, sheet, scope) for r in layout.header)
        footer = tuple(_region(r, sheet, scope) for r in layout.footer)
    name = scope.expand("{week.key}") or scope.expand("{group.id}")
    return Section(body, masthead, sidebar, header, footer, layout.max_pages, name)


def _region(region: RegionBlock, sheet: Sheet, scope: Scope) -> Region:
    return Region(region.pages, Stack(children=tuple(boxes(region.children, sheet, scope))))


def _identity(sheet: Sheet, scope: Scope, date: str) -> Identity:
    job, catalogue = sheet.job, sheet.project.catalogue
    layout = sheet.project.layouts[job.layout]
    name = scope.get("brand.name")
    title = sheet.words.text(scope.expand(layout.title))
    return Identity(
        title=title,
        author=name.text if name else "",
        subject=sheet.words.text("evidence.note"),
        keywords="",
        layout=job.layout,
        brand=job.brand,
        language=job.language,
        profile=job.profile,
        edition=catalogue.edition,
        checked=catalogue.checked.isoformat(),
        part=job.part,
        date=date,
    )


def _families(brand: LoadedBrand) -> dict[str, str | None]:
    def name(choice: FamilyChoice | str | None) -> str | None:
        return choice.family if isinstance(choice, FamilyChoice) else choice

    fonts = brand.brand.typography
    return {"text": name(fonts.base), "heading": name(fonts.headings)}


def _used_draft(sheet: Sheet) -> bool:
    """Whether anything but the notice itself is a draft."""
    strings = sheet.project.locales[sheet.job.language].strings
    used = (i for i in sheet.words.used if i != "sheet.draft")
    return any(i in strings and strings[i].status in MADE for i in used)
