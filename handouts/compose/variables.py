"""The variables a sheet starts with: brand, class, profile and language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from handouts.compose import facts
from handouts.compose.blocks.collections import members
from handouts.compose.blocks.contact import contact_values
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Sheet
from handouts.model.blocks import Collection
from handouts.model.brand import Brand, ClassDetails, Localised, localised
from handouts.model.locale import Locale


def sheet_scope(sheet: Sheet) -> Scope:
    """Everything that is the same on the whole sheet."""
    job = sheet.job
    found = {
        "profile": Value(job.profile),
        "language": Value(job.language),
        "direction": Value(sheet.project.locales[job.language].direction),
        "part": Value(job.part),
    }
    if sheet.draft:
        found["draft"] = Value("yes")
    return Scope({**found, **brand_variables(sheet)}, slots=sheet.slots)


def brand_variables(sheet: Sheet) -> dict[str, Value]:
    """What differs from brand to brand; see `handouts.compose.scope.OF_THE_BRAND`."""
    brand, locale = sheet.owner.brand, sheet.project.locales[sheet.job.language]
    lang, languages = sheet.words.lang, sheet.words.languages

    def own(text: Localised | None) -> Value | None:
        said = localised(text, *languages)
        if said is None:
            return None
        return Value(said, lang=lang if isinstance(text, dict) else brand.language)

    found: dict[str, Value | None] = {
        "brand.name": own(brand.name) or _any_name(brand),
        "brand.tagline": own(brand.tagline),
        "brand.disclaimer": own(brand.disclaimer),
        "brand.address": own(brand.contact.address),
        "brand.hours": own(brand.contact.hours),
        "brand.instructor": Value(brand.instructor) if brand.instructor else None,
        "brand.qr": Value(brand.qr, kind="url") if brand.qr else None,
        "brand.logo": Value("yes") if sheet.owner.logo else None,
        "brand.contact": None if brand.contact.empty else Value("yes"),
        **_class(brand.class_, sheet.project.settings.class_, own, locale),
    }
    said = {name: value for name, value in found.items() if value is not None}
    return {**said, **contact_values(brand.contact)}


def part_scopes(sheet: Sheet, scope: Scope) -> list[Scope]:
    """One scope for each group or week the sheet is made for; the sheet's own when for none."""
    layout = sheet.project.layouts[sheet.job.layout]
    if layout.for_each is None:
        return [scope]
    collection: Collection = "groups" if layout.for_each == "group" else "weeks"
    key = "group.id" if layout.for_each == "group" else "week.key"
    scopes = members(collection, sheet, scope)
    if not sheet.job.part:
        return scopes
    return [s for s in scopes if s.expand("{" + key + "}") == sheet.job.part]


def _class(
    brand: ClassDetails,
    project: ClassDetails,
    own: Callable[[Localised | None], Value | None],
    locale: Locale,
) -> Mapping[str, Value | None]:
    """The project's word goes before the brand's."""
    out: dict[str, Value | None] = {}
    for name in ("when", "where", "bring"):
        out[f"class.{name}"] = own(getattr(project, name) or getattr(brand, name))
    day = project.next_date or brand.next_date
    out["class.next_date"] = Value(_day(day, locale)) if day else None
    time = project.next_time or brand.next_time
    out["class.next_time"] = Value(time, kind="code") if time else None
    return out


def _day(text: str, locale: Locale) -> str:
    """A day written as 2026-03-03 in the language's own way; any other text as it stands."""
    try:
        return facts.day(date.fromisoformat(text), locale.tag, locale.digits)
    except ValueError:
        return text


def _any_name(brand: Brand) -> Value | None:
    """A name given for other languages only: better its first than a sheet from nobody."""
    if isinstance(brand.name, dict):
        lang, text = next(iter(brand.name.items()))
        return Value(text, lang=lang)
    return None
