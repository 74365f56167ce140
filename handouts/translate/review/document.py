"""The sheet as a document: the cover, then a section for each part, with running heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.model.document import (
    Box,
    Document,
    Identity,
    Insets,
    Region,
    Role,
    Row,
    Rule,
    Section,
    Spacer,
    Span,
    Stack,
    Track,
)
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import Project
from handouts.translate.language import Language
from handouts.translate.review import words
from handouts.translate.review.cover import Facts, cover
from handouts.translate.review.desk import Desk
from handouts.translate.review.items import Group, Part
from handouts.translate.review.pictures import Shown
from handouts.translate.review.rows import head, named, row
from handouts.units import PAPERS, Length, millimetres

LAYOUT = "review"
"""What the file calls its layout, beside those that are YAML."""
_MARGINS = Insets(millimetres(10), millimetres(12), millimetres(9), millimetres(12))


def document(
    desk: Desk,
    language: Language,
    parts: Sequence[Part],
    shown: Mapping[int, Shown],
    project: Project,
    facts: Facts,
    identity: Identity,
    paper: str,
) -> Document:
    """All pages of a review sheet, as boxes and elements in reading order."""
    structure = desk.structure
    sheets = {name: layout.name for name, layout in project.layouts.items()}
    with structure.within(structure.add(Role.SECT)):
        front = cover(desk, language, parts, facts)
    sections = [_section(desk, front, words.KICKER, facts, cover_=True)]
    for part in parts:
        with structure.within(structure.add(Role.SECT)):
            body = Stack(children=tuple(_part(desk, part, shown, sheets)))
        sections.append(_section(desk, body, part.title, facts))
    return Document(
        identity=identity,
        direction="ltr",
        paper=PAPERS[paper],
        margins=_MARGINS,
        palette=desk.palette,
        nodes=structure.nodes,
        sections=tuple(sections),
        directions={SOURCE_LANGUAGE: "ltr", desk.lang: desk.direction},
    )


def _part(desk: Desk, part: Part, shown: Mapping[int, Shown], sheets: dict[str, str]) -> list[Box]:
    title = desk.text(part.title, "part", colour="primary")
    boxes: list[Box] = [Stack(children=(title,), keep_with_next=True)]
    for at, group in enumerate(part.groups):
        boxes += _group(desk, group, shown, sheets, alone=part.title == group.title, first=not at)
    return boxes


def _group(
    desk: Desk,
    group: Group,
    shown: Mapping[int, Shown],
    sheets: dict[str, str],
    *,
    alone: bool,
    first: bool,
) -> list[Box]:
    """A heading with what to keep in mind, the columns' names, then a row for each string."""
    top: list[Box] = [Spacer(size=Length(4 if first else 14))]
    if not alone:
        top.append(desk.text(group.title, "group"))
    if group.intro:
        top.append(desk.text(group.intro, "small"))
    structure = desk.structure
    with structure.within(structure.add(Role.TABLE)):
        with structure.within(structure.add(Role.THEAD)):
            columns = head(desk)
        with structure.within(structure.add(Role.TBODY)):
            rows = [row(desk, item, shown.get(item.number), sheets) for item in group.items]
    top += [Spacer(size=Length(6)), columns, Spacer(size=Length(3))]
    return [Stack(children=tuple(top), keep=True, keep_with_next=True), *rows]


def _section(desk: Desk, body: Stack, title: str, facts: Facts, *, cover_: bool = False) -> Section:
    """A part with its running head; on its first page the columns are named in the body."""
    with desk.structure.as_artifact():
        edition = f"{words.EDITION} {facts.edition}, {facts.date}"
        language = (*named(desk), Span(f" · {edition}"))
        left = desk.text(language, "small")
        middle = desk.text("" if cover_ else title, "small", colour="ink")
        page = (Span("Page "), Span("", field="page"), Span(" of "), Span("", field="pages"))
        right = desk.text(page, "small", align="end")
    shares = (Track("share", 2), Track("share", 2), Track("share", 1))
    line = Row(children=(left, middle, right), tracks=shares, align="baseline")
    rule = Rule(colour="line", above=Length(3))
    header = (Region("all", Stack(children=(line, rule, Spacer(size=Length(6))))),)
    return Section(body=body, header=header, name=title)
