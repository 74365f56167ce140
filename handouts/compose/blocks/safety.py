"""The safety block, and how a baby says yes and no."""

from __future__ import annotations

from handouts.compose.blocks.texts import listed
from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet, spaced
from handouts.compose.styles import BODY_FLOOR
from handouts.diagnostics import problem
from handouts.model.blocks import CuesBlock, SafetyBlock
from handouts.model.document import Art, Box, Decoration, Insets, Row, Stack, Text, Track
from handouts.units import Length

_PARTS = ("before", "stop", "ask", "oil")
_TITLES = {
    "before": "safety.title",
    "stop": "safety.stop.title",
    "ask": "safety.ask.title",
    "oil": "safety.oil.title",
}
_CUE_ICONS = {"yes": "check", "break": "pause", "stop": "hand", "respond": "heart"}
_CUE_GROUNDS = {"yes": "tint", "break": "tint", "stop": "warm", "respond": "tint"}


def safety(block: SafetyBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """All notes the catalogue requires of such a sheet, in order, under their parts."""
    style = sheet.styles[block.style]
    if style.text.size < BODY_FLOOR:
        raise problem(
            "small-safety",
            f"the safety block of layout '{sheet.job.layout}' is set in {style.text.size:g} pt",
            f"safety notes are body text: choose a style of {BODY_FLOOR:g} pt or more",
        )
    notes = _required(block, sheet, scope)
    sheet.named.safety.update(dict.fromkeys(notes))
    catalogue = sheet.project.catalogue
    parts = [(part, [n for n in notes if catalogue.safety[n].part == part]) for part in _PARTS]
    out: list[Box] = []
    for part, ids in (p for p in parts if p[1]) if block.titles else [("before", notes)]:
        if block.titles:
            look = sheet.styles[block.title_style]
            spans = sheet.words.spans(_TITLES[part])
            out.append(spaced(sheet.paragraph(spans, look, source=_TITLES[part]), look))
        out.append(
            listed(
                [(f"safety.{i}", sheet.words.spans(f"safety.{i}")) for i in ids],
                sheet,
                style,
                marker="tick",
                others={f"safety.{i}": "cross" for i in ids if catalogue.safety[i].stops},
                colour=block.marker_colour,
                gap=block.gap,
                columns=block.columns,
                column_gap=block.column_gap,
            )
        )
    return [Stack(children=tuple(out))]


def cues(block: CuesBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """One panel a kind, side by side, told apart by icon and word, never by colour alone."""
    style, title = sheet.styles[block.style], sheet.styles[block.title_style]
    all_cues = sheet.project.catalogue.cues
    signs = {
        "yes": all_cues.yes,
        "break": all_cues.break_,
        "stop": all_cues.stop,
        "respond": all_cues.respond,
    }
    panels: list[Box] = []
    for kind in block.kinds:
        heading_id = f"cue.{kind}.title"
        heading: Text = sheet.paragraph(sheet.words.spans(heading_id), title, source=heading_id)
        icon = Art(
            drawing=sheet.project.drawings[_CUE_ICONS[kind]],
            width=Length(16),
            height=Length(16),
            colour=title.text.colour,
        )
        head = Row(
            children=(icon, heading),
            tracks=(Track("fixed", 16), Track("share")),
            gap=Length(6),
            align="middle",
        )
        items = [f"cue.{sign}" for sign in signs[kind][: block.limit]]
        body = listed(
            [(source, sheet.words.spans(source)) for source in items],
            sheet,
            style,
            marker="bullet",
            colour="accent",
            gap=Length(2),
        )
        panels.append(
            Stack(
                children=(head, body),
                gap=Length(5),
                padding=Insets(Length(10), Length(11), Length(11), Length(11)),
                decoration=Decoration(fill=_CUE_GROUNDS[kind], radius=Length(8)),
            )
        )
    return [
        Row(
            children=tuple(panels),
            tracks=(Track("share"),) * len(panels),
            gap=block.gap,
            align="stretch",
        )
    ]


def _required(block: SafetyBlock, sheet: Sheet, scope: Scope) -> list[str]:
    catalogue = sheet.project.catalogue
    notes = list(
        catalogue.required.stroke if block.notes == "stroke" else catalogue.required.benefit
    )
    notes += block.also
    if block.extra:
        key = scope.expand("{week.key}")
        for week in catalogue.weeks:
            if week.id == key:
                notes += [n for n in week.safety if n not in notes]
    return [n for n in catalogue.safety if n in notes]
