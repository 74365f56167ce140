"""Benefits under their lead-in, and what the evidence icons mean."""

from __future__ import annotations

from dataclasses import replace

from handouts.compose.blocks.texts import listed
from handouts.compose.scope import Scope
from handouts.compose.selection import best, selected
from handouts.compose.sheet import Sheet, spaced
from handouts.diagnostics import problem
from handouts.model.blocks import BenefitsBlock, LegendBlock
from handouts.model.catalogue import GRADES, Benefit, Grade
from handouts.model.document import Art, Box, Insets, Role, Row, Spacer, Stack, Track
from handouts.model.variables import MORE_BENEFITS
from handouts.units import Length

_SHORT_LABEL = 29
"""Characters of the longest label of the legend that still has room in a third of the width."""
_SHORT_WORD = 14
_DOTS = Length(29)
"""Width of the evidence icons: four dots, drawn on a 48 by 16 grid."""


def benefits(block: BenefitsBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """A group's lead-in and its benefits; nothing when none of them may be printed."""
    group = scope.expand("{group.id}") if block.group == "$group.id" else block.group
    chosen = best(
        selected(sheet.project.catalogue, sheet.job, group), block.limit.get(sheet.job.profile)
    )
    if not chosen:
        return []
    if sheet.named.summed_up:
        raise problem(
            "benefits-too-late",
            f"layout '{sheet.job.layout}' names benefits after its {sheet.named.summed_up} block, "
            "which sums them up",
            f"put the {sheet.named.summed_up} block behind the last block of benefits",
        )
    sheet.named.benefits.update({b.id: b for b in chosen})
    with sheet.structure.within(sheet.structure.add(Role.SECT)):
        lead = _lead(block, sheet, group)
        body = (
            _detail(block, sheet, chosen) if block.form == "detail" else _list(block, sheet, chosen)
        )
    return [Stack(children=(lead, body))]


def legend(block: LegendBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """Each evidence icon that the sheet uses, with its meaning."""
    sheet.named.summed_up = block.type
    style = sheet.styles[block.style]
    used = {b.grade for b in sheet.named.benefits.values()}
    structure = sheet.structure
    cells: list[Box] = []
    long = False
    with structure.within(structure.add(Role.L, numbering="None")):
        for grade in GRADES:
            if grade not in used:
                continue
            with structure.within(structure.add(Role.LI)):
                icon = _dots(grade, sheet, style.text.size * style.text.leading)
                source = f"grade.{grade}.label"
                node = structure.add(Role.LBODY)
                spans = sheet.words.spans(source)
                label = sheet.paragraph(spans, style, source=source, node=node)
            cells.append(
                Row(children=(icon, label), tracks=(Track("fixed", _DOTS + 6), Track("share")))
            )
            words = "".join(span.text for span in spans)
            long |= len(words) > _SHORT_LABEL or max(map(len, words.split())) > _SHORT_WORD
    count = 2 if long else 3
    rows = [cells[i : i + count] for i in range(0, len(cells), count)]
    return [Stack(children=tuple(_filled(row, count) for row in rows), gap=Length(2))]


def _filled(cells: list[Box], count: int) -> Row:
    """A row of so many equal cells, those that are missing left empty."""
    filled = (*cells, *(Spacer() for _ in range(count - len(cells))))
    return Row(children=filled, tracks=(Track("share"),) * count, gap=Length(8))


def _lead(block: BenefitsBlock, sheet: Sheet, group: str) -> Box:
    """The heading. As taught, it is the hedged lead-in that governs the list."""
    if sheet.job.profile == "instructor":
        source = f"group.{group}.lead"
    else:
        source = f"group.{group}.title" if block.form == "list" else "topic.benefits.title"
    style = sheet.styles[block.lead_style]
    heading = sheet.paragraph(sheet.words.spans(source), style, source=source)
    if not block.icon:
        return spaced(heading, style)
    icons = {g.id: g.icon for g in sheet.project.catalogue.groups}
    side = block.icon_size
    icon = Art(
        drawing=sheet.project.drawings[icons[group]],
        width=side,
        height=side,
        colour="primary",
        disc="tint",
    )
    row = Row(
        children=(icon, heading),
        tracks=(Track("fixed", side), Track("share")),
        gap=Length(8),
        align="middle",
    )
    return Stack(
        children=(row,),
        padding=Insets(top=style.space_before, bottom=style.space_after),
        keep_with_next=True,
    )


def _list(block: BenefitsBlock, sheet: Sheet, chosen: tuple[Benefit, ...]) -> Box:
    wording = "taught" if sheet.job.profile == "instructor" else "hedged"
    sources = [f"benefit.{b.id}.{wording}" for b in chosen]
    sheet.named.led.update(dict.fromkeys(sources))
    firm = best(chosen, block.firm if sheet.job.profile == "clinic" else None)
    spare = {b.id for b in chosen} - {b.id for b in firm}
    return listed(
        [(source, sheet.words.spans(source)) for source in sources],
        sheet,
        sheet.styles[block.style],
        marker="bullet",
        colour=block.marker_colour,
        gap=block.gap,
        columns=block.columns,
        optional={f"benefit.{i}.{wording}": MORE_BENEFITS for i in spare},
    )


def _detail(block: BenefitsBlock, sheet: Sheet, chosen: tuple[Benefit, ...]) -> Box:
    """Evidence icon as label; title and the hedged sentence as body."""
    structure = sheet.structure
    title_style, style = sheet.styles[block.title_style], sheet.styles[block.style]
    wording = "taught" if sheet.job.profile == "instructor" else "short"
    rows: list[Box] = []
    sheet.named.led.update(dict.fromkeys(f"benefit.{b.id}.{wording}" for b in chosen))
    with structure.within(structure.add(Role.L, numbering="None")):
        for benefit in chosen:
            with structure.within(structure.add(Role.LI)):
                icon = _dots(benefit.grade, sheet, title_style.text.size * title_style.text.leading)
                with structure.within(structure.add(Role.LBODY)):
                    body = []
                    for source, look in (
                        (f"benefit.{benefit.id}.{wording}", title_style),
                        (f"benefit.{benefit.id}.hedged", style),
                    ):
                        spans = sheet.words.spans(source)
                        body.append(sheet.paragraph(spans, look, source=source, role=Role.P))
            rows.append(
                Row(
                    children=(icon, Stack(children=tuple(body))),
                    tracks=(Track("fixed", _DOTS), Track("share")),
                    gap=Length(9),
                    keep=True,
                )
            )
    # The last one goes on with what follows: a legend alone on a page explains nothing.
    rows[-1] = replace(rows[-1], keep_with_next=True)
    return Stack(children=tuple(rows), gap=block.gap)


def _dots(grade: Grade, sheet: Sheet, line: float) -> Box:
    """The evidence icon, centred on a first line of this height; it reads as its meaning."""
    node = sheet.structure.add(Role.LBL, actual=sheet.words.text(f"grade.{grade}.label"))
    height = Length(_DOTS / 3)
    art = Art(
        node=node,
        drawing=sheet.project.drawings[f"grade-{grade}"],
        width=_DOTS,
        height=height,
        colour="primary",
        mirrored=True,
    )
    return Stack(children=(art,), padding=replace(Insets(), top=Length((line - height) / 2)))
