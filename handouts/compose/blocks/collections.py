"""What a block may be repeated over, and the variables that each member brings."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose import facts
from handouts.compose.scope import Scope, Value
from handouts.compose.selection import selected
from handouts.compose.sheet import Sheet, numbered
from handouts.model.blocks import Collection


def members(collection: Collection, sheet: Sheet, scope: Scope) -> list[Scope]:
    """The scope of each member of a collection: groups, weeks, or the current week's things."""
    catalogue = sheet.project.catalogue
    digits = sheet.words.digits
    if collection == "days":
        names = facts.weekdays(sheet.words.lang, sheet.structure.lang)
        return [scope.with_values({"day.name": Value(name)}) for name in names]
    if collection == "groups":
        ids = tuple(group.id for group in catalogue.groups)
        values = numbered(ids, "group", digits)
        icons = {group.id: Value(group.icon) for group in catalogue.groups}
        return [scope.with_values({**v, "group.icon": icons[v["group.id"].text]}) for v in values]
    if collection == "benefits":
        return [scope.with_values(v) for v in _benefits(sheet, scope)]
    if collection == "weeks":
        ids = tuple(week.id for week in catalogue.weeks)
        return [scope.with_values(_week(v)) for v in numbered(ids, "week", digits)]
    week = next(w for w in catalogue.weeks if w.id == scope.expand("{week.key}"))
    if collection == "strokes":
        return [
            scope.with_values(_stroke(v, sheet)) for v in numbered(week.strokes, "stroke", digits)
        ]
    if collection == "talks":
        return [scope.with_values(v) for v in numbered(week.talks, "talk", digits)]
    return [
        scope.with_values(_practice(v, sheet)) for v in numbered(week.practice, "practice", digits)
    ]


def _benefits(sheet: Sheet, scope: Scope) -> list[Mapping[str, Value]]:
    """The benefits the profile lets print: of the current group, or outside one of all groups."""
    catalogue = sheet.project.catalogue
    current = scope.expand("{group.id}")
    groups = [current] if current else [group.id for group in catalogue.groups]
    chosen = [b for group in groups for b in selected(catalogue, sheet.job, group)]
    values = numbered(tuple(b.id for b in chosen), "benefit", sheet.words.digits)
    return [{**v, "benefit.grade": Value(b.grade)} for v, b in zip(values, chosen, strict=True)]


def _week(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """A week's id in the catalogue is ``week-2``; its strings are ``week.2.title``."""
    key = values["week.id"].text
    return {**values, "week.key": Value(key), "week.id": Value(key.removeprefix("week-"))}


def _stroke(values: Mapping[str, Value], sheet: Sheet) -> Mapping[str, Value]:
    stroke = sheet.project.catalogue.strokes[values["stroke.id"].text]
    sheet.named.strokes[stroke.id] = None
    return {**values, "stroke.drawing": Value(stroke.drawing)}


def _practice(values: Mapping[str, Value], sheet: Sheet) -> Mapping[str, Value]:
    """What to practise is a stroke, or a thing to do with a string of its own."""
    item = values["practice.id"].text
    is_stroke = item in sheet.project.catalogue.strokes
    name = f"stroke.{item}.name" if is_stroke else f"practice.{item}"
    return {**values, "practice.name": Value(sheet.words.text(name))}
