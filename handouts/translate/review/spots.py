"""Where on the real pages each string stands, found by marking the strings, not by their words.

A paragraph may hold several strings, and a text for screen readers is nowhere on the page. So
the sheets are composed twice: as they are, and with a private character at the end of every
string. Where that character comes out, in a paragraph or in a figure's alternative text, there
the string is used; and the paragraph or figure is found on the page by `trace`, or by its element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from handouts.diagnostics import HandoutsError
from handouts.model.document import Document, Text
from handouts.model.locale import Locale
from handouts.model.pages import GlyphRun, Item, Pages, PlacedPicture, Shape
from handouts.model.project import Job, Project
from handouts.pipeline import set_pages
from handouts.translate.sheets import documents, with_locale
from handouts.translate.trace import Traced, mapped, trace
from handouts.world import World

Box = tuple[float, float, float, float]
_PRIVATE = 0xE000
_ROOM = 0xF8FF - _PRIVATE


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page (from 0) of a sheet. `block` says what the string is there.

    `spoken`: it is said by screen readers in place of what stands in the box.
    """

    job: Job
    page: int
    box: Box
    block: str
    size: float = 0.0
    spoken: bool = False
    shared: bool = False
    """Whether other strings stand in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Found:
    """Places of each string, the best first, and the pages they are on."""

    spots: Mapping[str, tuple[Spot, ...]]
    pages: Mapping[Job, Pages]


def find(project: Project, world: World, locale: Locale, brand: str) -> Found:
    """Looks at every sheet a language prints.

    Args:
        project: with all layouts, and the brands sheets are looked at with.
        world: the outside world.
        locale: the language's strings; what is missing is English.
        brand: the brand whose sheets are preferred.
    """
    if locale.script not in project.fonts.scripts:
        return Found({}, {})
    ready = with_locale(project, locale)
    names = dict(enumerate(ready.locales[locale.tag].strings, _PRIVATE))
    assert len(names) <= _ROOM
    marked = dict(documents(_marked(ready, locale.tag, names), world, locale.tag, brief=True))
    sheets = [one for one in documents(ready, world, locale.tag, brief=True) if one[0] in marked]
    spots: dict[str, list[Spot]] = {}
    pages: dict[Job, Pages] = {}
    for job, document in sorted(sheets, key=lambda one: one[0].brand != brand):
        used = _Used(document, marked[job], names)
        # Another brand is looked at only for labels that this one has no use for.
        if job.brand != brand and used.strings() <= spots.keys():
            continue
        try:
            pages[job] = set_pages(ready, world, job, document)
            traced = _traced(document, partial(set_pages, ready, world, job))
        except HandoutsError:  # It does not fit as it is, which ``check`` reports.
            continue
        for name, spot in (*used.printed(job, traced), *used.spoken(job, pages[job])):
            spots.setdefault(name, []).append(spot)
    order = [name for name in project.layouts if not name.startswith("_")]
    rank = _rank(order, brand)
    return Found({name: tuple(sorted(ones, key=rank)) for name, ones in spots.items()}, pages)


@dataclass(frozen=True, slots=True)
class _Used:
    """Which strings a document's paragraphs and figures use."""

    document: Document
    marked: Document
    names: Mapping[int, str]

    def strings(self) -> set[str]:
        """All of them, before anything has a place."""
        said = [span.text for text in _texts(self.marked) for span in text.spans]
        said += [node.alt for node in self.marked.nodes if node.alt]
        return set(self._in("".join(said)))

    def printed(self, job: Job, traced: Iterable[Traced]) -> Iterator[tuple[str, Spot]]:
        pairs = zip(_texts(self.document), _texts(self.marked), strict=True)
        used = {id(text): self._in("".join(s.text for s in twin.spans)) for text, twin in pairs}
        for one in traced:
            names = used.get(id(one.text), ())
            spot = Spot(job, one.page - 1, one.box, one.block, one.size, shared=len(names) > 1)
            for name in names:
                yield name, spot

    def spoken(self, job: Job, pages: Pages) -> Iterator[tuple[str, Spot]]:
        said = {node.id: self._in(node.alt or "") for node in self.marked.nodes if node.alt}
        for number, page in enumerate(pages.pages):
            boxes: dict[int, Box] = {}
            for item in page.items:
                if isinstance(item.owner, int) and said.get(item.owner):
                    boxes[item.owner] = _joined(boxes.get(item.owner), _box(item))
            for node, box in boxes.items():
                for name in said[node]:
                    yield name, Spot(job, number, box, "figure", spoken=True)

    def _in(self, text: str) -> tuple[str, ...]:
        return tuple(self.names[ord(char)] for char in text if ord(char) in self.names)


def _traced(document: Document, set_: Callable[[Document], Pages]) -> list[Traced]:
    """Paragraphs and their boxes, set once: how wide a column is does not matter here."""
    kept: list[Pages] = []

    def once(one: Document) -> Pages:
        if not kept:
            kept.append(set_(one))
        return kept[0]

    return list(trace(document, once))


def _marked(project: Project, tag: str, names: Mapping[int, str]) -> Project:
    locale = project.locales[tag]
    strings = dict(locale.strings)
    for code, name in names.items():
        strings[name] = replace(strings[name], text=strings[name].text + chr(code))
    return replace(project, locales={**project.locales, tag: replace(locale, strings=strings)})


def _texts(document: Document) -> list[Text]:
    found: list[Text] = []

    def note(text: Text) -> Text:
        found.append(text)
        return text

    mapped(document, note)
    return found


def _rank(order: list[str], brand: str):  # type: ignore[no-untyped-def]  # a key for ``min``
    def rank(spot: Spot) -> tuple[bool, bool, int, bool, float, int]:
        job = spot.job
        # A label that only some clinics print is shown where it is printed.
        return (
            spot.spoken,
            spot.shared,
            order.index(job.layout),
            job.brand != brand,
            -spot.size,
            spot.page,
        )

    return rank


def _box(item: Item) -> Box:
    match item:
        case Shape():
            return item.bbox
        case PlacedPicture():
            return (item.x, item.y, item.x + item.width, item.y + item.height)
        case GlyphRun():
            width = sum(glyph.advance for glyph in item.glyphs) * item.size / 1000
            return (item.x, item.y - item.size, item.x + width, item.y + item.size * 0.3)


def _joined(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
