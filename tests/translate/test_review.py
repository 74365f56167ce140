"""A language on paper: what is on a review sheet, where strings are found, what the PDF says."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from handouts.diagnostics import HandoutsError
from handouts.load import load_result
from handouts.model.project import Project
from handouts.translate.language import Language, open_language
from handouts.translate.review import Choice, Sheet, kinds, review
from handouts.translate.review.items import Item, Part, kind, parts
from handouts.translate.review.pictures import WIDTH, Shown, pictured
from handouts.translate.review.spots import Found, find
from handouts.translate.review.words import ANSWERS
from handouts.translate.sheets import with_example
from handouts.translate.table import Where, table
from tests.translate.scenes import WORLD, filed, language, translation
from tests.validators import pagecheck, treecheck, vera

FONT = Path(__file__).parents[2] / "fonts" / "noto-sans" / "NotoSans-Bold.ttf"


@pytest.fixture(scope="module")
def sheets() -> Project:
    found = load_result(WORLD, project=None, languages=(), partial=True).project
    return with_example(found, WORLD)


@pytest.fixture(scope="module")
def german() -> Language:
    return open_language(WORLD, None, "de")


@pytest.fixture(scope="module")
def all_parts(sheets: Project, german: Language) -> tuple[Part, ...]:
    return parts(table(sheets, WORLD, german, Where({}, {}), {}).units)


@pytest.fixture(scope="module")
def found(sheets: Project, german: Language) -> Found:
    return find(sheets, WORLD, german.locale(), "default")


@pytest.fixture(scope="module")
def whole(sheets: Project, german: Language) -> Sheet:
    return review(WORLD, None, sheets, german, Choice("default", "A4"))


def arabic(sheets: Project, paper: str = "A4", *groups: str) -> Sheet:
    of = open_language(WORLD, None, "ar")
    return review(WORLD, None, sheets, of, Choice("willow", paper, kinds=frozenset(groups)))


def items(chosen: tuple[Part, ...]) -> list[Item]:
    return [item for part in chosen for item in part.items]


def test_every_string_once_and_safety_first(all_parts: tuple[Part, ...], german: Language) -> None:
    assert sorted(item.unit.id for item in items(all_parts)) == sorted(german.english)
    assert [item.number for item in items(all_parts)] == list(range(1, len(german.english) + 1))
    assert all_parts[0].title == "Safety"
    assert {kind(item.unit.id) for item in all_parts[0].items} == {"safety"}
    assert any(item.unit.must for item in all_parts[0].items)


def test_numbers_stay_whatever_is_chosen(
    sheets: Project, german: Language, all_parts: tuple[Part, ...]
) -> None:
    units = table(sheets, WORLD, german, Where({}, {}), {}).units
    numbers = {item.unit.id: item.number for item in items(all_parts)}
    some = items(parts(units, kinds={"stroke", "grade"}))
    assert {kind(item.unit.id) for item in some} == {"stroke", "grade"}
    assert all(numbers[item.unit.id] == item.number for item in some)
    assert parts(units, states={"approved"}) == ()


def test_what_belongs_together(all_parts: tuple[Part, ...]) -> None:
    leads = {item.unit.id for item in items(all_parts) if item.leads}
    assert "benefit.sleep-patterns.taught" in leads
    assert "benefit.sleep-patterns.hedged" not in leads
    assert "stroke.leg-roll.name" in leads
    assert not any(name.startswith("safety.") for name in leads)


def test_headings_of_the_file_say_what_to_keep_in_mind(all_parts: tuple[Part, ...]) -> None:
    groups = {group.title: group.intro for part in all_parts for group in part.groups}
    assert groups["Safety"] == "Clear and calm; never softer than the English"
    assert groups["Benefits"].startswith("Taught: a list item")
    assert groups["Evidence"] == ""


def test_strings_are_found_where_they_are_used(found: Found) -> None:
    title = found.spots["flyer.title"][0]
    assert (title.job.layout, title.job.brand, title.page) == ("benefits-flyer", "default", 0)
    assert title.box[0] < title.box[2]
    assert title.block == "title"
    assert found.spots["evidence.note"][0].shared, "it stands in a paragraph with others"


def test_what_is_only_spoken_is_found_at_its_figure(found: Found) -> None:
    spot = found.spots["stroke.leg-roll.alt"][0]
    name = found.spots["stroke.leg-roll.name"][0]
    assert spot.spoken
    assert (spot.job.layout, spot.page) == (name.job.layout, name.page)
    assert spot.box[2] - spot.box[0] > 20


def test_labels_only_another_brand_prints(found: Found) -> None:
    assert found.spots["flyer.scan"][0].job.brand == "willow"


def shown(found: Found, all_parts: tuple[Part, ...], *groups: str) -> dict[int, Shown]:
    some = [item for item in items(all_parts) if kind(item.unit.id) in groups]
    return dict(pictured(some, found, rtl=False, font=FONT.read_bytes()))


def test_neighbours_share_a_picture(found: Found, all_parts: tuple[Part, ...]) -> None:
    made = shown(found, all_parts, "stroke")
    sharing = [one for one in made.values() if one.picture is None]
    assert sharing
    for one in sharing:
        first = made[one.first]
        assert first.picture is not None
        assert len(first.numbers) > 1
    for one in made.values():
        if one.picture is not None:
            assert one.picture.components == 1
            assert len(one.picture.data) == one.picture.width * one.picture.height
            assert 20 < one.height <= WIDTH * 2


def test_a_picture_is_pale_but_for_the_string(found: Found, all_parts: tuple[Part, ...]) -> None:
    picture = next(one.picture for one in shown(found, all_parts, "cue").values() if one.picture)
    levels = Counter(picture.data)
    assert levels[0] > 50, "the number and the frame are black"
    assert levels[255] > len(picture.data) / 2, "the page is white"
    assert len(levels) <= 16


def test_pictures_are_the_same_each_time(found: Found, all_parts: tuple[Part, ...]) -> None:
    assert shown(found, all_parts, "grade") == shown(found, all_parts, "grade")


def test_the_whole_of_a_language(whole: Sheet, german: Language) -> None:
    assert whole.strings == len(german.english)
    assert whole.pages <= 44
    assert len(whole.content) < 3_000_000
    said = " ".join(text.replace("\u200b", "") for _, text in treecheck.transcript(whole.content))
    for name, english in german.english.items():
        assert name in said, name
        assert english.replace("**", "") in said, name
        assert german.text(name).replace("**", "") in said, name
    for word in ANSWERS:
        assert said.count(word) >= len(german.english)


def test_a_row_stays_on_its_page(whole: Sheet) -> None:
    rows = 0
    with pikepdf.open(io.BytesIO(whole.content)) as pdf:
        for element in elements(pdf.Root.StructTreeRoot.K):
            if element.S == "/TR":
                rows += 1
                assert len({one.Pg.objgen for one in elements(element) if "/Pg" in one}) == 1
    assert rows > whole.strings


def elements(start: pikepdf.Object) -> list[pikepdf.Object]:
    """A structure element and all below it."""
    found: list[pikepdf.Object] = []
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.append(one)
            waiting += [one.K] if "/K" in one else []
    return found


def test_bookmarks_lead_to_the_parts(whole: Sheet, all_parts: tuple[Part, ...]) -> None:
    with pikepdf.open(io.BytesIO(whole.content)) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]
        names = {top.title, *(child.title for child in top.children)}
    assert {part.title for part in all_parts} <= names
    assert "German · Deutsch" in names


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_right_to_left(sheets: Project, paper: str) -> None:
    sheet = arabic(sheets, paper, "safety")
    assert pagecheck.problems(sheet.content) == []
    assert treecheck.problems(sheet.content) == []
    rows = treecheck.transcript(sheet.content)
    assert any("أن" in text for _, text in rows)
    assert sheet.content == arabic(sheets, paper, "safety").content, "the same bytes again"


def test_it_is_accessible(whole: Sheet) -> None:
    assert pagecheck.problems(whole.content) == []
    assert treecheck.problems(whole.content) == []


@pytest.mark.skipif(bool(vera.missing()), reason=vera.missing())
def test_verapdf_agrees(whole: Sheet, sheets: Project) -> None:
    files = {"de": whole.content, "ar": arabic(sheets, "A4", "cue").content}
    assert vera.problems(files) == {"de": [], "ar": []}


def test_a_language_nobody_has_begun(sheets: Project) -> None:
    new = language(b"", "pt-PT")
    sheet = review(WORLD, None, sheets, new, Choice("default", "A4", kinds=frozenset(("grade",))))
    said = " ".join(text for _, text in treecheck.transcript(sheet.content))
    assert "No translation yet" in said
    assert "Portuguese" in said
    assert "No word yet" in said
    assert pagecheck.problems(sheet.content) == []


def test_what_a_stale_string_was_made_from(sheets: Project) -> None:
    old = filed({"flyer.scan": translation("Scannen", "Scan me")})
    of = language(old)
    choice = Choice("default", "A4", states=frozenset(("stale",)))
    sheet = review(WORLD, None, sheets, of, choice)
    assert sheet.strings == 1
    assert "Stale" in " ".join(text for _, text in treecheck.transcript(sheet.content))


def test_a_vowel_sign_of_a_pattern_stands_on_a_circle(sheets: Project) -> None:
    words = {"flyer.scan": translation("சில", "Scan to visit us")}
    of = language(filed(words, "ta", 'negations: ["*\u0bbeதீர்"]\n'), "ta")
    sheet = review(WORLD, None, sheets, of, Choice("default", "A4", kinds=frozenset(("grade",))))
    said = " ".join(text for _, text in treecheck.transcript(sheet.content))
    assert "*\u25cc\u0bbeதீர்" in said


def test_nothing_chosen_is_an_error(sheets: Project, german: Language) -> None:
    choice = Choice("default", "A4", frozenset(("missing",)))
    with pytest.raises(HandoutsError, match="no such string"):
        review(WORLD, None, sheets, german, choice)


def test_what_can_be_chosen(german: Language) -> None:
    assert {"safety", "benefit", "stroke"} <= set(kinds(german))
