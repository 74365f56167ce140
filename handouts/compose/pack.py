"""Binds a pack: every handout composed as it is alone, and a cover and contents before them.

Each handout passes its own gates; what they refuse is told for all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from handouts.compose.document import compose
from handouts.compose.facts import language_names, number
from handouts.compose.palette import palette
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.model.brand import localised
from handouts.model.document import Document, Identity, Role
from handouts.model.locale import Locale
from handouts.model.pack import (
    CONTENTS,
    COVER,
    PACK,
    Foreign,
    FrontJob,
    Listed,
    Pack,
    PackJob,
    Piece,
)
from handouts.model.project import Job, Project

TITLE, SUBTITLE = "pack.title", "pack.subtitle"
"""Names under which the cover's layout prints what the pack is called."""

_BRACES = re.compile(r"\{([a-z_.]+)\}")
_DEFAULT_TITLE = "class.course"
_SHEET_ICON = "heart"
_FOREIGN_ICON = "book"


def compose_pack(project: Project, pack: PackJob, *, date: str) -> Pack:
    """The pack a job asks for.

    Args:
        project: everything loaded, the layouts of cover and contents among it.
        pack: the handouts, for one brand and one paper.
        date: ISO 8601 moment written into the file.

    Raises:
        HandoutsError: what the gates of all its handouts refuse.
    """
    front = _titled(project, pack)
    items = _items(pack)
    listed = tuple(_listed(project, pack, item, at) for at, item in enumerate(items))
    entries = tuple(one for one in listed if one is not None)
    jobs = [
        (front, _front_job(pack.front, item, entries)) if isinstance(item, str) else (project, item)
        for item in items
        if not isinstance(item, Foreign)
    ]
    documents = iter(_all(jobs, date))
    title = _title_of(front, pack)
    pieces = [
        _piece(one, item, None if isinstance(item, Foreign) else next(documents), pack.grouped)
        if one is not None
        else _front_piece(next(documents), project, entries, title if item == COVER else "")
        for one, item in zip(listed, items, strict=True)
    ]
    first = next(piece.document for piece in pieces if piece.document)
    return Pack(
        identity=_identity(front, pack, first.identity),
        direction=project.locales[pack.front.languages[0]].direction,
        palette=palette(project.brands[pack.front.brand].brand.color),
        pieces=tuple(pieces),
        start=pack.start,
    )


def _items(pack: PackJob) -> list[Job | Foreign | str]:
    """Everything in the pack in the order of its pages; cover and contents by their layouts."""
    cover = [COVER] if pack.cover else []
    contents = [CONTENTS] if pack.contents else []
    return [*cover, *pack.after_cover, *contents, *pack.items]


def _all(jobs: Sequence[tuple[Project, Job]], date: str) -> list[Document]:
    """Every document, or everything that is wrong with any of them."""
    made: list[Document] = []
    wrong: list[Diagnostic] = []
    for project, job in jobs:
        try:
            made.append(compose(project, job, date=date))
        except HandoutsError as error:
            wrong += error.diagnostics
    if wrong:
        raise HandoutsError(wrong)
    return made


def _titled(project: Project, pack: PackJob) -> Project:
    """The project with the pack's title and subtitle among the brand's own texts."""
    loaded = project.brands[pack.front.brand]
    texts = {tag: dict(own) for tag, own in loaded.brand.texts.items()}
    name = _default_title(project, pack)
    for tag in pack.front.languages:
        locale = project.locales[tag]
        own = texts.setdefault(tag, {})
        tags = (tag, locale.base or tag)
        own[TITLE] = localised(pack.title, *tags) or own.get(name) or locale.strings[name].text
        own[SUBTITLE] = localised(pack.subtitle, *tags) or ""
    brand = loaded.brand.model_copy(update={"texts": texts})
    return replace(
        project, brands={**project.brands, pack.front.brand: replace(loaded, brand=brand)}
    )


def _default_title(project: Project, pack: PackJob) -> str:
    """The string a pack without a title is called by: its one layout's, or the class's name."""
    titles = {project.layouts[one.layout].title for one in pack.items if isinstance(one, Job)}
    only = titles.pop() if len(titles) == 1 else _DEFAULT_TITLE
    return _DEFAULT_TITLE if "{" in only else only


def _front_job(front: Job, layout: str, listed: tuple[Listed, ...]) -> FrontJob:
    values = {one.name: getattr(front, one.name) for one in fields(Job)}
    return FrontJob(**{**values, "layout": layout, "part": ""}, listed=listed)


def _front_piece(
    document: Document, project: Project, listed: Sequence[Listed], title: str
) -> Piece:
    """Cover or contents; the contents name handouts in languages of their own."""
    tags = {tag for one in listed for _, tag in one.titles}
    locales = [project.locales[tag] for tag in sorted(tags)]
    document = replace(
        document,
        digits={**{one.tag: one.digits for one in locales}, **document.digits},
        directions={**{one.tag: one.direction for one in locales}, **document.directions},
    )
    name = document.identity
    return Piece(title or name.title, name.language, document, role=Role.SECT, outlined=False)


def _piece(
    one: Listed, item: Job | Foreign | str, document: Document | None, grouped: bool
) -> Piece:
    title = " · ".join(text for text, _ in one.titles)
    numbered = f"{one.number} · {title}" if one.number else title
    foreign = item if isinstance(item, Foreign) else None
    return Piece(
        f"{title} ({foreign.name})" if foreign else numbered,
        one.titles[0][1],
        document,
        foreign,
        group=one.group,
        level=2 if grouped and not foreign else 1,
    )


def _listed(
    project: Project, pack: PackJob, item: Job | Foreign | str, piece: int
) -> Listed | None:
    """How the contents name an item; None for the pages the pack adds itself."""
    if isinstance(item, str):
        return None
    if isinstance(item, Foreign):
        lang = pack.front.languages[0]
        return Listed(piece, ((item.title, lang),), icon=_FOREIGN_ICON)
    layout = project.layouts[item.layout]
    locales = [project.locales[tag] for tag in item.languages]
    first, week = locales[0], layout.for_each == "week" and item.part
    named = pack.order == "language" or not pack.several
    return Listed(
        piece,
        _titles(project, item, locales, named),
        group=_names(locales) if pack.grouped else "",
        group_lang=first.tag if pack.grouped else "",
        section=_words(project, item, first)[layout.title] if week and named else "",
        number=_week_number(project, item, first) if week else "",
        icon=_icon(project, item),
    )


def _titles(
    project: Project, job: Job, locales: Sequence[Locale], named: bool
) -> tuple[tuple[str, str], ...]:
    """Title and language, once for what is the same in both.

    The language's own name follows where no heading says which it is.
    """
    found: dict[str, str] = {}
    for locale in locales:
        found.setdefault(_title(project, job, locale), locale.tag)
    if not named:
        found.setdefault(_names(locales), locales[0].tag)
    return tuple(found.items())


def _title(project: Project, job: Job, locale: Locale) -> str:
    """The title of a week or group where the sheet is made for one, else the layout's."""
    layout, words = project.layouts[job.layout], _words(project, job, locale)
    if layout.for_each == "week" and job.part:
        return words[f"week.{job.part.removeprefix('week-')}.title"]
    part = {"group.id": job.part, "week.id": job.part.removeprefix("week-"), "week.key": job.part}
    return words[_BRACES.sub(lambda match: part.get(match[1], ""), layout.title)]


def _words(project: Project, job: Job, locale: Locale) -> Mapping[str, str]:
    """The language's strings as plain text, a brand's own wordings over them."""
    texts = project.brands[job.brand].brand.texts
    own = {**texts.get(locale.base or "", {}), **texts.get(locale.tag, {})}
    return _Plain(locale, own)


class _Plain(dict[str, str]):
    def __init__(self, locale: Locale, own: Mapping[str, str]) -> None:
        super().__init__(own)
        self._locale = locale

    def __missing__(self, key: str) -> str:
        return self._locale.strings[key].text


def _names(locales: Sequence[Locale]) -> str:
    """Languages as they call themselves."""
    return " · ".join(language_names(one.tag)[0] for one in locales)


def _week_number(project: Project, job: Job, locale: Locale) -> str:
    ids = [week.id for week in project.catalogue.weeks]
    return number(ids.index(job.part) + 1, locale.digits)


def _icon(project: Project, job: Job) -> str:
    groups = {group.id: group.icon for group in project.catalogue.groups}
    return groups.get(job.part, _SHEET_ICON)


def _identity(project: Project, pack: PackJob, first: Identity) -> Identity:
    """What the whole file says about itself."""
    languages = pack.front.languages
    return replace(
        first,
        title=_title_of(project, pack),
        layout=PACK,
        language=languages[0],
        second=languages[1] if len(languages) > 1 else None,
        part="",
    )


def _title_of(project: Project, pack: PackJob) -> str:
    """What the pack is called, in its languages."""
    texts = project.brands[pack.front.brand].brand.texts
    return " · ".join(dict.fromkeys(texts[tag][TITLE] for tag in pack.front.languages))
