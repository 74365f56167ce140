"""Where strings print and how much room they have, on the real sheets."""

from __future__ import annotations

import pytest

from handouts.load import load_result
from handouts.model.document import Document
from handouts.model.project import Project
from handouts.pipeline import composed, set_pages
from handouts.translate.language import open_language
from handouts.translate.places import Printed, mean_advance, places, rooms
from handouts.translate.sheets import documents, jobs, with_example
from handouts.translate.table import look, table
from handouts.translate.trace import mapped, trace
from tests.translate.scenes import WORLD, language


@pytest.fixture(scope="module")
def sheets() -> Project:
    found = load_result(WORLD, project=None, languages=(), partial=True).project
    return with_example(found, WORLD)


@pytest.fixture(scope="module")
def printed(sheets: Project) -> dict[str, tuple[Printed, ...]]:
    return dict(places(sheets, WORLD, "en"))


def test_every_layout_is_looked_at(
    sheets: Project, printed: dict[str, tuple[Printed, ...]]
) -> None:
    layouts = {one.layout for ones in printed.values() for one in ones}
    assert layouts == {name for name in sheets.layouts if not name.startswith("_")}
    papers = {one.paper for ones in printed.values() for one in ones}
    assert {"A4", "Letter"} <= papers
    assert len(printed) > 200


def test_a_place_is_on_its_page(printed: dict[str, tuple[Printed, ...]]) -> None:
    for name, ones in printed.items():
        for one in ones:
            left, top, right, bottom = one.box
            assert 0 <= left < right <= 1250, name
            assert 0 < top < bottom <= 1250, name
            assert one.measure >= right - left - 0.01, name
            assert one.lines >= 1


def test_a_title_has_room_for_its_line(printed: dict[str, tuple[Printed, ...]]) -> None:
    titles = [one for one in printed["flyer.title"] if one.layout == "benefits-flyer"]
    assert {one.block for one in titles} == {"title"}
    assert all(one.size > 20 for one in titles)


def test_labels_that_only_some_clinics_print(printed: dict[str, tuple[Printed, ...]]) -> None:
    assert "flyer.cta.text" in printed, "printed by a clinic without a class time"
    assert "flyer.scan" in printed, "printed by a clinic with a QR code"


def test_room_is_lines_times_measure() -> None:
    one = Printed("l", "", "A4", 1, "text", (0, 0, 90, 10), 2, 100.0, 10.0)
    assert rooms({"a": (one,)}, {}, 0.5) == {"a": 40}
    assert rooms({"a": (one,)}, {"a": "x" * 50}, 0.5) == {"a": 50}
    narrow = Printed("m", "", "A4", 1, "text", (0, 0, 40, 10), 1, 50.0, 10.0)
    assert rooms({"a": (one, narrow)}, {}, 0.5) == {"a": 10}
    own = Printed("n", "", "A4", 1, "text", (0, 0, 50, 10), 1, 50.0, 10.0)
    assert rooms({"a": (own,)}, {}, 0.5) == {}, "as wide as its content"


def test_the_width_of_a_languages_characters(sheets: Project) -> None:
    english = mean_advance(sheets, WORLD, sheets.locales["en"])
    assert 0.4 < english < 0.65
    assert mean_advance(sheets, WORLD, language(b"", "pt-PT").locale()) == english
    chinese = mean_advance(sheets, WORLD, open_language(WORLD, None, "zh-Hans").locale())
    assert chinese > 0.8


def test_tracing_changes_nothing_that_shows(sheets: Project) -> None:
    job = next(jobs(sheets, "en"))
    document = composed(sheets, WORLD, job)
    pages = set_pages(sheets, WORLD, job, document)

    def set_(one: Document) -> object:
        return set_pages(sheets, WORLD, job, one)

    found = list(trace(document, set_))  # type: ignore[arg-type]
    lines = {(one.text.source, one.lines) for one in found if one.page == 1}
    assert len(lines) > 20
    assert mapped(document, lambda text: text) == document
    assert len(pages.pages) == max(one.page for one in found)


def test_right_to_left(sheets: Project) -> None:
    found = places(sheets, WORLD, "ar", open_language(WORLD, None, "ar").locale())
    ones = [one for one in found["flyer.title"] if one.layout == "benefits-flyer"]
    assert ones
    assert all(one.box[2] > one.box[0] for one in ones)


def test_the_table_tells_all(sheets: Project) -> None:
    of = open_language(WORLD, None, "de")
    where = look(sheets, WORLD, of)
    made = table(sheets, WORLD, of, where, {})
    units = {unit.id: unit for unit in made.units}
    assert [unit.id for unit in made.units if not unit.meta] == list(of.english)
    title = units["flyer.title"]
    assert title.group == "Flyer"
    assert title.note.startswith("Large title.")
    assert "benefits-flyer: title" in title.prints
    assert title.room is not None
    assert title.room >= len(title.target)
    assert units["safety.gentle"].must
    assert units["@hedges"].target
    assert table(sheets, WORLD, of, where, {}, {"missing"}).units == ()


def test_sheets_that_say_the_same_come_once(sheets: Project) -> None:
    made = [
        (job.layout, job.part, job.paper, job.brand, job.profile)
        for job, _ in documents(sheets, WORLD, "en")
    ]
    assert len(set(made)) == len(made)
    assert {"instructor", "clinic"} == {profile for *_, profile in made}
