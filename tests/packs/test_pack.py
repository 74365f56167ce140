"""A pack is its handouts as they are alone, bound with pages that count through."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from handouts.diagnostics import ExitCode, HandoutsError
from handouts.model.document import Role
from handouts.model.pages import GlyphRun, Page
from handouts.model.project import Job, Project
from handouts.packing import Binding, place_pack, plan_pack
from handouts.pipeline import Wish, place, plan
from handouts.world import World
from tests.packs.conftest import Made, Make
from tests.validators import pagecheck, treecheck

TWO = ("en", "de")


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of every entry."""
    found: list[tuple[int, str, int]] = []
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as tree:
        waiting = [(1, item) for item in tree.root]
        while waiting:
            level, item = waiting.pop(0)
            assert isinstance(item.destination, pikepdf.Array)
            page = pdf.pages.index(pikepdf.Page(item.destination[0])) + 1
            found.append((level, str(item.title), page))
            waiting[:0] = [(level + 1, child) for child in item.children]
    return found


def links(data: bytes, page: int) -> list[tuple[int, Any]]:
    """Page (from 1) each link on a page leads to, and the annotation."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (pdf.pages.index(pikepdf.Page(one.Dest[0])) + 1, dict(one))
            for one in pdf.pages[page - 1].obj.get("/Annots", [])
            if "/Dest" in one
        ]


def said(page: Page) -> str:
    runs = (item for item in page.items if isinstance(item, GlyphRun))
    return " ".join("".join(glyph.text for glyph in run.glyphs) for run in runs)


def starts(made: Made, level: int) -> list[int]:
    return [mark.page for mark in made.bound.pages.bookmarks if mark.level == level]


def test_every_handout_begins_on_the_right(make: Make) -> None:
    made = make(TWO)
    assert [page % 2 for page in starts(made, 1) + starts(made, 2)] == [0] * 10
    blank = made.bound.pages.pages[1]
    assert not blank.items
    assert not blank.links


def test_blank_pages_are_artifacts_alone_and_may_be_left_out(make: Make) -> None:
    layouts = ("benefits-flyer", "class-handout")
    made = make(("en",), layouts=layouts)
    any_page = make(("en",), Binding(start="any"), layouts=layouts)
    assert len(made.bound.pages.pages) - len(any_page.bound.pages.pages) == 3
    for page in made.bound.pages.pages:
        if not any(isinstance(item.owner, int) for item in page.items):
            assert not page.links
    contents_back = made.bound.pages.pages[3]
    assert "Page 4 of" in said(contents_back)
    assert starts(any_page, 1) == [0, 1, 2, 3, 5]


def test_page_numbers_count_through_in_each_languages_digits(make: Make) -> None:
    made = make(("en", "fa"), layouts=("class-handout",))
    pages = made.bound.pages.pages
    total = len(pages)
    assert f"Page 5 of {total}" in said(pages[4])
    eastern = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    footer = tuple(item for item in pages[-1].items if not isinstance(item.owner, int))
    last = said(replace(pages[-1], items=footer))
    assert last.count(str(total).translate(eastern)) == 2
    assert str(total) not in last


def test_contents_lead_to_where_they_say(make: Make) -> None:
    made = make(TWO)
    found = links(made.data, 3)
    assert [page for page, _ in found] == [page + 1 for page in starts(made, 2)]
    text = "".join(text for path, text in treecheck.transcript(made.data) if "TOCI" in path)
    marks = [mark for mark in made.bound.pages.bookmarks if mark.level == 2]
    for (page, link), mark in zip(found, marks, strict=True):
        assert str(link["/Contents"]) == mark.title
        assert f" {page}" in text
        x0, _, x1, _ = (float(one) for one in link["/Rect"])
        assert x1 - x0 > 300, "from the title over to the number"


def test_outline_has_a_level_for_languages_and_one_for_handouts(make: Make) -> None:
    found = outline(make(TWO).data)
    assert [title for level, title, _ in found if level == 1] == [
        "Infant massage class · Babymassage-Kurs",
        "Contents · Inhalt",
        "English",
        "Deutsch",
    ]
    handouts = [title for level, title, _ in found if level == 2]
    assert handouts[0] == "1 · Hello, legs and feet"
    assert len(handouts) == 6
    assert any(level == 3 for level, _, _ in found)
    single = outline(make(("en",)).data)
    assert ("1 · Hello, legs and feet" in [t for level, t, _ in single if level == 1]) is True


def test_a_part_for_each_handout_with_its_language(make: Make) -> None:
    made = make(("en", "ar"), layouts=("class-handout",))
    parts = [node for node in made.bound.pages.nodes if node.role is Role.PART]
    assert [node.lang for node in parts] == ["en", "en", "ar", "ar"]
    assert all(node.parent == 0 and node.title for node in parts)
    ids = [node.id for node in made.bound.pages.nodes]
    assert ids == sorted(set(ids))


def test_handouts_are_those_that_are_made_alone(
    make: Make, real_project: Project, real_world: World
) -> None:
    """Same glyphs at the same places, page numbers aside."""
    job = Job("class-handout", "ar", "willow", "A4", "instructor", "week-2")
    alone = place(real_project, real_world, job).pages
    made = make(("en", "ar"), layouts=("class-handout",))
    first = starts(made, 2)[-1]

    def placed(page: Page) -> Counter[tuple[Any, ...]]:
        runs = (item for item in page.items if isinstance(item, GlyphRun))
        return Counter((r.face, r.x, r.y, r.glyphs) for r in runs if isinstance(r.owner, int))

    for one, other in zip(alone, made.bound.pages.pages[first:], strict=True):
        assert placed(one) == placed(other)


@pytest.mark.parametrize(
    ("languages", "brand", "paper"),
    [
        (("en",), "willow", "A4"),
        (("de", "ar"), "marisol", "Letter"),
        (("es+en",), "willow", "A4"),
        (("zh-Hans",), "marisol", "Letter"),
    ],
)
def test_passes_the_validators(
    make: Make, languages: tuple[str, ...], brand: str, paper: str
) -> None:
    data = make(languages, brand=brand, paper=paper).data
    assert pagecheck.problems(data) == []
    assert treecheck.problems(data) == []


def test_the_order_of_languages(make: Make) -> None:
    by_part = make(TWO, Binding(order="part"), drawn=False)
    jobs = [item for item in by_part.job.items if isinstance(item, Job)]
    assert [(job.part, job.language) for job in jobs[:4]] == [
        ("week-1", "en"),
        ("week-1", "de"),
        ("week-2", "en"),
        ("week-2", "de"),
    ]
    titles = [mark.title for mark in by_part.bound.pages.bookmarks if mark.level == 1]
    assert "1 · Hello, legs and feet · English" in titles


def test_title_and_pages_that_may_be_left_out(make: Make) -> None:
    titled = make(
        ("en",), Binding(title={"en": "Spring course"}, subtitle="With your baby"), drawn=False
    )
    pages = titled.bound.pages
    assert pages.identity.title == "Spring course"
    assert (pages.identity.layout, pages.identity.part) == ("pack", "")
    assert "Spring" in said(pages.pages[0])
    assert "With" in said(pages.pages[0])
    bare = make(("en",), Binding(cover=False, contents=False), drawn=False)
    assert bare.bound.pages.bookmarks[0].title == "1 · Hello, legs and feet"


def test_draft_marks_stay(make: Make) -> None:
    made = make(("de",))
    rows = [text for _, text in treecheck.transcript(made.data)]
    assert sum("Übersetzungsentwurf" in text for text in rows) >= 2 + 3


def test_gates_hold_for_every_part(fronted: Project, real_world: World) -> None:
    """What the clinic profile refuses alone it refuses in a pack, for all parts at once."""
    wish = Wish(
        layouts=("benefits-flyer", "topic-sheet"),
        languages=("de",),
        brands=("willow",),
        papers=("A4",),
        profile="clinic",
    )
    jobs = plan(fronted, wish)
    with pytest.raises(HandoutsError) as caught:
        place_pack(fronted, real_world, plan_pack(fronted, [jobs], Binding()))
    codes = {one.code for one in caught.value.diagnostics}
    assert codes == {"unapproved-translation"}
    assert caught.value.exit_code is ExitCode.REVIEW
    assert len(caught.value.diagnostics) > 2


def test_nothing_to_bind(fronted: Project) -> None:
    with pytest.raises(HandoutsError, match="no handout"):
        plan_pack(fronted, [[]], Binding())
    job = Job("benefits-flyer", "en", "willow", "A4", "instructor")
    with pytest.raises(HandoutsError, match="one brand"):
        plan_pack(fronted, [[job, replace(job, paper="Letter")]], Binding())


def test_starts_grow(make: Make) -> None:
    for one, other in pairwise(starts(make(TWO), 2)):
        assert other > one
