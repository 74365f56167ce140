"""Plates of the program's own sheets: real pages, with other words in their slots."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader

from handouts import pipeline
from handouts.model.pages import GlyphRun, Item, Page, Pages
from handouts.model.project import Project
from handouts.pdf import engrave, render
from handouts.world import World
from tests.validators import pagecheck, treecheck

SHEETS = (
    ("benefits-flyer", "en"),
    ("benefits-flyer", "ar"),
    ("benefits-flyer", "zh-Hans"),
    ("class-handout", "de"),
)


@pytest.fixture(scope="module", params=SHEETS, ids=lambda sheet: "-".join(sheet))
def pages(request: pytest.FixtureRequest, real_project: Project, real_world: World) -> Pages:
    layout, language = request.param
    wish = pipeline.Wish(
        layouts=(layout,), languages=(language,), brands=("willow",), allow_draft=True
    )
    return pipeline.place(real_project, real_world, pipeline.plan(real_project, wish)[0])


def _other(pages: Pages, seed: int) -> Pages:
    """Runs of slots backwards and moved, links elsewhere, other words about the document."""
    chance = random.Random(seed)
    changed = tuple(_other_page(page, chance) for page in pages.pages)
    identity = replace(pages.identity, title=f"Title {seed}", author=f"Author {seed}")
    return replace(pages, pages=changed, identity=identity)


def _other_page(page: Page, chance: random.Random) -> Page:
    items: list[Item] = list(page.items)
    for slot in page.slots:
        for at in range(slot.start, slot.stop):
            run = items[at]
            if isinstance(run, GlyphRun) and not run.actual:
                x = run.x + chance.random()
                items[at] = replace(run, glyphs=tuple(reversed(run.glyphs)), x=x)
    links = tuple(replace(area, uri=area.uri + "x") for area in page.links)
    return replace(page, items=tuple(items), links=links)


def test_pressed_bytes_are_those_of_the_full_way(pages: Pages) -> None:
    assert any(page.slots for page in pages.pages)
    plate = engrave(pages)
    assert plate.press(pages) == render(pages)
    for seed in range(3):
        other = _other(pages, seed)
        assert plate.press(other) == render(other) != render(pages)


def test_slots_change_nothing_for_a_reader(pages: Pages) -> None:
    slotted = render(pages)
    whole = render(replace(pages, pages=tuple(replace(p, slots=()) for p in pages.pages)))
    assert pagecheck.problems(slotted) == []
    assert treecheck.problems(slotted) == []
    assert treecheck.transcript(slotted) == treecheck.transcript(whole)
    assert _pypdf(slotted) == _pypdf(whole)
    assert _pdfium(slotted) == _pdfium(whole)


def _pypdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def _pdfium(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts
