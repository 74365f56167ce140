"""Small layouts over the real catalogue, so that one block at a time can be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handouts.compose import compose
from handouts.model.document import Box, Columns, Document, Node, Row, Stack, Table, Text
from handouts.model.layout import Layout
from handouts.model.locale import Locale
from handouts.model.project import Job, LoadedBrand, Project
from handouts.pipeline import Wish, plan

DATE = "2026-03-02T00:00:00+00:00"
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
SAFETY: dict[str, Any] = {"type": "safety", "notes": "benefit"}
EVIDENCE: dict[str, Any] = {"type": "evidence"}
BENEFITS: dict[str, Any] = {"type": "benefits", "over": "groups"}
STYLES = {
    "body": {"size": "11.5pt"},
    "small": {"extends": "body", "size": "9pt", "small_print": True},
    "h2": {"role": "H2", "size": "16pt"},
    "h3": {"role": "H3", "size": "12.5pt"},
    "table-head": {"extends": "body", "weight": 700},
}


def layout(body: Sequence[Mapping[str, Any]], **more: Any) -> Layout:
    """A layout as the loader would make it."""
    return Layout.model_validate(
        {
            "id": "trial",
            "name": "Trial",
            "title": "flyer.title",
            "page": {"margins": "15mm"},
            "styles": {**STYLES, **more.pop("styles", {})},
            "body": tuple(body),
            **more,
        }
    )


def jobs(project: Project, **more: Any) -> list[Job]:
    """One job for each layout that ships, of one part when it is made for parts."""
    found = {one.layout: one for one in plan(project, Wish(brands=("default",), languages=("en",)))}
    return [replace(one, **more) for one in found.values()]


def job(**more: Any) -> Job:
    usual = {
        "layout": "trial",
        "language": "en",
        "brand": "default",
        "paper": "A4",
        "profile": "instructor",
    }
    return Job(**{**usual, **more})


def made(
    project: Project, body: Sequence[Mapping[str, Any]], *, more: Any = None, **job_values: Any
) -> Document:
    """The document of a small layout."""
    trial = replace(project, layouts={"trial": layout(body, **(more or {}))})
    return compose(trial, job(**job_values), date=DATE)


def with_locale(project: Project, tag: str, **changes: Any) -> Project:
    """The project with every string of a language changed: ``status``, ``stale``."""
    locale: Locale = project.locales[tag]
    strings = {key: replace(string, **changes) for key, string in locale.strings.items()}
    return replace(project, locales={**project.locales, tag: replace(locale, strings=strings)})


def with_string(project: Project, tag: str, key: str, **changes: Any) -> Project:
    """The project with one string of a language changed."""
    locale = project.locales[tag]
    strings = {**locale.strings, key: replace(locale.strings[key], **changes)}
    return replace(project, locales={**project.locales, tag: replace(locale, strings=strings)})


def with_brand(project: Project, **changes: Any) -> Project:
    """The project with its default brand changed."""
    loaded: LoadedBrand = project.brands["default"]
    brand = loaded.brand.model_copy(update=changes)
    return replace(project, brands={**project.brands, "default": replace(loaded, brand=brand)})


def walk(box: Box) -> Iterator[Box]:
    yield box
    if isinstance(box, Stack | Row | Columns):
        for child in box.children:
            yield from walk(child)
    elif isinstance(box, Table):
        for row in (*box.head, *box.rows):
            for cell in row.cells:
                yield from walk(cell)


def parts(document: Document) -> Iterator[Box]:
    """All boxes of masthead, body and sidebar."""
    for section in document.sections:
        if section.masthead:
            yield from walk(section.masthead)
        yield from walk(section.body)
        if section.sidebar:
            yield from walk(section.sidebar.box)


def texts(document: Document) -> list[Text]:
    return [box for box in parts(document) if isinstance(box, Text)]


def sources(document: Document, prefix: str = "") -> list[str]:
    """Ids of the strings printed, in order."""
    return [text.source for text in texts(document) if text.source.startswith(prefix)]


def said(text: Text) -> str:
    return "".join(span.text for span in text.spans)


def printed(document: Document) -> str:
    """All of it, without isolates."""
    return "\n".join(said(text) for text in texts(document)).translate(ISOLATES)


def nodes(document: Document, role: str) -> list[Node]:
    return [node for node in document.nodes if node.role == role]
