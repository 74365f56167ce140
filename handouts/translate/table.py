"""The neutral table of a language: every string with its note, state, places and room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from handouts.model.locale import SOURCE_LANGUAGE, Translation, source_hash
from handouts.model.project import Project
from handouts.translate.language import Language
from handouts.translate.places import Printed, described, mean_advance, places, rooms
from handouts.translate.unit import BETWEEN, LISTED, META, State, Table, Unit
from handouts.world import World

_META_GROUP = "Words the program checks claims by; nothing of this is printed"
_META_NOTES = {
    "hedges": "Words that keep a claim careful (may, some, small). Not a translation of the list: "
    "the words your sentences really use. A * stands for any letters. Divide with semicolons.",
    "negations": "Words that deny (not, never), as your sentences use them. A * stands for any "
    "letters. Divide with semicolons.",
    "blocked": "What a clinic may not claim, in the words people would use. A * stands for any "
    "letters. Divide with semicolons.",
}


@dataclass(frozen=True, slots=True)
class Where:
    """What looking at the pages has found: places of each string and its room."""

    printed: Mapping[str, tuple[Printed, ...]]
    room: Mapping[str, int]


def look(project: Project, world: World, language: Language) -> Where:
    """Sets the English sheets, and the language's own for the width of its characters."""
    printed = places(project, world, SOURCE_LANGUAGE)
    locale = language.locale()
    texts = {name: language.text(name) or english for name, english in language.english.items()}
    advance = mean_advance(project, world, locale)
    return Where(printed, rooms(printed, texts, advance))


def table(
    project: Project,
    world: World,
    language: Language,
    where: Where,
    earlier: Mapping[str, str],
    only: Collection[State] = (),
) -> Table:
    """The units of a language.

    Args:
        project: for the catalogue's edition and its safety notes.
        world: for the date.
        language: as it is filed.
        where: what `look` found.
        earlier: English texts by hash.
        only: states to keep; none: all. The lists of words come with everything only.
    """
    must = {
        f"safety.{note.id}" for note in project.catalogue.safety.values() if note.level == "must"
    }
    units = [_unit(language, name, where, earlier, name in must) for name in language.english]
    kept = [unit for unit in units if unit.state in only] if only else [*units, *_meta(language)]
    return Table(
        language=language.tag,
        name=english_name(language.tag),
        direction=language.direction,
        units=tuple(kept),
        date=world.date,
        edition=project.catalogue.edition,
        plural_forms=_plural_forms(language.tag),
        base=language.file.base,
        notes=language.file.notes,
    )


def english_name(tag: str) -> str:
    """``Portuguese (Portugal)``."""
    from babel import Locale

    return str(Locale.parse(tag, sep="-").get_display_name("en") or tag)


def _plural_forms(tag: str) -> str:
    """The header that programs for PO files ask for. No string of ours has a plural."""
    from babel.messages.plurals import get_plural

    return str(get_plural(tag.replace("-", "_")).plural_forms)


def _unit(
    language: Language, name: str, where: Where, earlier: Mapping[str, str], must: bool
) -> Unit:
    english, entry = language.english[name], language.entry(name)
    state, printed = language.state(name), where.printed.get(name, ())
    belongs = language.order[name]
    unit = Unit(
        id=name,
        group=belongs.group,
        source=english,
        hash=source_hash(english),
        target=language.text(name),
        state=state,
        note=belongs.note,
        prints=described(printed),
        references=tuple({one.layout: one.page for one in reversed(printed)}.items())[::-1],
        room=where.room.get(name),
        must=must,
        inherited=entry is not None and language.own(name) is None,
    )
    if not isinstance(entry, Translation):
        return unit
    return replace(
        unit,
        by=entry.by or "",
        on=entry.on.isoformat() if entry.on else "",
        previous=earlier.get(entry.source, "") if state == "stale" else "",
        history=entry.history,
    )


def _meta(language: Language) -> list[Unit]:
    """The lists of words and the terms: a new language is checked by them."""
    mine, english = language.file, language.english_file
    units = []
    for name in LISTED:
        source, target = BETWEEN.join(getattr(english, name)), BETWEEN.join(getattr(mine, name))
        units.append(_meta_unit(META + name, source, target, _META_NOTES[name]))
    for key, term in english.terms.items():
        said = mine.terms.get(key)
        note = "Key term, to be used the same way everywhere."
        units.append(_meta_unit(f"{META}terms.{key}", term.text, said.text if said else "", note))
    return units


def _meta_unit(name: str, source: str, target: str, note: str) -> Unit:
    state: State = "approved" if target else "missing"
    return Unit(name, _META_GROUP, source, source_hash(source), target, state, note=note)
