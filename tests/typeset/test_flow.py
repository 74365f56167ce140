"""Pages: breaks, running regions, numbers, sidebars, growing space."""

from __future__ import annotations

import pytest

from handouts.diagnostics import HandoutsError
from handouts.model.document import (
    Columns,
    Decoration,
    PageBreak,
    Region,
    Role,
    Section,
    Sidebar,
    Spacer,
    Span,
    Stack,
)
from handouts.model.pages import Artifact, GlyphRun, Pages, Shape
from handouts.units import Length
from tests.typeset.builder import Builder, baselines, insets, said, words


def lines_on(pages: Pages) -> list[int]:
    return [len(baselines(page)) for page in pages.pages]


def artifacts(pages: Pages, page: int) -> list[str]:
    runs = [item for item in pages.pages[page].items if isinstance(item, GlyphRun)]
    return [said(run).strip() for run in runs if run.owner is Artifact.PAGINATION]


def test_text_breaks_over_pages_between_lines() -> None:
    b = Builder()
    assert lines_on(b.pages(b.lines(60))) == [25, 25, 10]


def test_two_lines_at_least_stay_on_either_side() -> None:
    b = Builder()
    assert lines_on(b.pages(b.lines(24), b.lines(3))) == [24, 3]
    assert lines_on(b.pages(b.lines(26))) == [24, 2]


def test_a_heading_goes_with_what_follows_it() -> None:
    b = Builder()
    heading = b.lines(1, keep_with_next=True)
    assert lines_on(b.pages(b.lines(23), heading, b.lines(4))) == [23, 5]
    b = Builder()
    heading = b.lines(1, keep_with_next=True)
    assert lines_on(b.pages(b.lines(22), heading, b.lines(4))) == [25, 2]


def test_a_heading_at_the_end_of_a_padded_stack_goes_with_what_follows_too() -> None:
    b = Builder()
    inner = Stack(children=(b.lines(2), b.lines(1, keep_with_next=True)), padding=insets(3))
    assert lines_on(b.pages(b.lines(21), inner, b.lines(4))) == [21, 7]


def test_space_after_a_heading_does_not_part_it_from_its_text() -> None:
    b = Builder()
    heading = b.lines(1, keep_with_next=True)
    pages = b.pages(b.lines(22), heading, Spacer(size=Length(6)), b.block(40))
    assert lines_on(pages) == [22, 2]


def test_what_is_kept_together_moves_as_a_whole() -> None:
    b = Builder()
    kept = Stack(children=(b.lines(4), b.lines(4)), keep=True)
    assert lines_on(b.pages(b.lines(20), kept)) == [20, 8]


def test_space_at_a_break_is_swallowed() -> None:
    b = Builder()
    pages = b.pages(b.lines(25), Spacer(size=Length(50)), b.lines(2), gap=7)
    assert baselines(pages.pages[0])[0] == pytest.approx(baselines(pages.pages[1])[0])


def test_a_page_break_starts_a_page_but_never_an_empty_one() -> None:
    b = Builder()
    pages = b.pages(PageBreak(), b.lines(1), PageBreak(), b.lines(2), PageBreak())
    assert lines_on(pages) == [1, 2]


def test_a_list_item_breaks_and_leaves_its_marker_behind() -> None:
    b = Builder()
    item = b.item("\n".join("abcdef"))
    pages = b.pages(b.lines(22), item)
    shapes = [[i for i in page.items if isinstance(i, Shape)] for page in pages.pages]
    assert lines_on(pages) == [25, 3]
    assert [len(one) for one in shapes] == [1, 0]
    lefts = {round(i.x, 3) for p in pages.pages for i in p.items if said_letter(i)}
    assert len(lefts) == 1


def said_letter(item: object) -> bool:
    return isinstance(item, GlyphRun) and len(said(item).strip()) == 1


def test_a_panel_over_two_pages_is_a_panel_on_both() -> None:
    b = Builder()
    panel = Stack(children=(b.lines(30),), padding=insets(6), decoration=Decoration(fill="tint"))
    pages = b.pages(panel)
    heights = [i.bbox[3] - i.bbox[1] for p in pages.pages for i in p.items if isinstance(i, Shape)]
    assert heights == pytest.approx([24 * 12 + 12, 6 * 12 + 12])


def test_columns_flow_on_to_the_next_page() -> None:
    b = Builder()
    children = tuple(b.lines(5) for _ in range(14))
    pages = b.pages(Columns(children=children, count=2, gap=Length(10)))
    assert [len(p.items) for p in pages.pages] == [50, 20]
    assert lines_on(pages) == [25, 10]


def test_columns_that_are_not_balanced_fill_one_after_the_other() -> None:
    b = Builder()
    children = tuple(b.lines(5) for _ in range(6))
    pages = b.pages(Columns(children=children, count=2, gap=Length(10), balance=False))
    assert lines_on(pages) == [25]
    assert len(pages.pages[0].items) == 30


def test_a_table_repeats_its_head_as_an_artifact() -> None:
    b = Builder()
    table = b.table([(f"row {i}",) for i in range(30)], ("head",))
    pages = b.pages(table)
    assert len(pages.pages) == 2
    assert [artifacts(pages, i) for i in range(2)] == [[], ["head"]]
    assert words(pages).count("head") == 1
    assert [
        words(pages).count(f"row {i} ") + words(pages).endswith(f"row {i}") for i in range(30)
    ] == [1] * 30


def test_regions_stand_on_the_pages_they_are_for() -> None:
    b = Builder()
    variants = ("all", "first", "not-first", "last", "not-last")
    header = tuple(Region(v, b.text(v, owned=False)) for v in variants)  # type: ignore[arg-type]
    pages = b.pages(b.lines(60), header=header)
    assert [artifacts(pages, i) for i in range(3)] == [
        ["all", "first", "not-last"],
        ["all", "not-first", "not-last"],
        ["all", "not-first", "last"],
    ]


def test_a_footer_stands_at_the_foot_and_takes_room_from_the_body() -> None:
    b = Builder()
    pages = b.pages(b.lines(25), footer=(Region("all", b.text("foot", owned=False)),))
    assert lines_on(pages) == [23, 2]
    foot = next(i for i in pages.pages[0].items if isinstance(i, GlyphRun))
    assert 298 < foot.y < 310


def test_pages_are_numbered_through_all_sections_in_the_language_s_digits() -> None:
    b = Builder("ar")
    spans = (Span("", field="page"), Span("/"), Span("", field="pages"))
    footer = (Region("all", b.text(spans, owned=False)),)
    sections = [
        Section(Stack(children=(b.lines(n),)), footer=footer, name=f"s{n}") for n in (30, 2)
    ]
    pages = b.pages(*sections, digits="٠١٢٣٤٥٦٧٨٩")
    found = ["".join(artifacts(pages, i)) for i in range(3)]
    assert [sorted(one) for one in found] == [sorted(f"{n}/٣") for n in "١٢٣"]


def test_a_last_page_that_is_larger_than_the_others_settles() -> None:
    """One line more room on the page when it is not the last: never an endless to and fro."""
    b = Builder()
    footer = (Region("last", b.text("end\nend", owned=False)),)
    pages = b.pages(b.lines(24), footer=footer)
    assert sum(lines_on(pages)) == 24
    assert artifacts(pages, len(pages.pages) - 1) == ["end", "end"]
    assert all(artifacts(pages, i) == [] for i in range(len(pages.pages) - 1))
    runs = [i for i in pages.pages[-1].items if isinstance(i, GlyphRun)]
    foot = min(run.y for run in runs if run.owner is Artifact.PAGINATION)
    assert all(run.y < foot for run in runs if isinstance(run.owner, int))


def test_a_last_row_does_not_stand_alone() -> None:
    b = Builder()
    pages = b.pages(b.table([(f"row {i}",) for i in range(24)]))
    assert lines_on(pages) == [22, 2]


def test_a_masthead_stands_over_body_and_sidebar_on_the_first_page() -> None:
    b = Builder()
    masthead = Stack(children=(b.lines(2),))
    body = Stack(children=(b.lines(60),), gap=Length(12))
    side = Sidebar("end", Length(80), Length(20), b.lines(1))
    pages = b.pages(Section(body, masthead, side))
    first = [i for i in pages.pages[0].items if isinstance(i, GlyphRun)]
    tops = {owner: min(i.y for i in first if i.owner == owner) for owner in (1, 2, 3)}
    assert tops[2] == tops[3] == pytest.approx(tops[1] + 36)
    assert len(baselines(pages.pages[0], 2)) == 22
    assert {i.owner for i in pages.pages[1].items if isinstance(i, GlyphRun)} == {2}


def test_a_ruled_spacer_grows_by_whole_lines_to_write_on() -> None:
    b = Builder()
    space = Spacer(size=Length(30), grow=1, ruled="line", pitch=Length(24))
    pages = b.pages(b.lines(3), space, b.block(20))
    rules = [i for i in pages.pages[0].items if isinstance(i, Shape)][:-1]
    assert len(rules) == (300 - 36 - 20) // 24
    assert [r.bbox[3] for r in rules[:2]] == pytest.approx([10 + 36 + 24, 10 + 36 + 48])


def test_a_sidebar_narrows_the_body_on_the_first_page() -> None:
    b = Builder()
    side = Sidebar("start", Length(80), Length(20), b.text("side"))
    pages = b.pages(b.text("word " * 300), sidebar=side)
    first = [i.x for i in pages.pages[0].items if isinstance(i, GlyphRun)]
    second = [i.x for i in pages.pages[1].items if isinstance(i, GlyphRun)]
    assert (min(first[:-1]), min(second)) == pytest.approx((110, 10))
    assert words(pages).split().count("word") == 300


def test_a_sidebar_on_every_page_is_content_once() -> None:
    b = Builder()
    side = Sidebar("end", Length(80), Length(20), b.text("side"), pages="all")
    pages = b.pages(b.lines(40), sidebar=side)
    assert words(pages).split().count("side") == 1
    assert artifacts(pages, 1) == ["side"]


def test_a_growing_spacer_pins_what_follows_to_the_foot_of_the_last_page() -> None:
    b = Builder()
    pages = b.pages(b.lines(1), Spacer(grow=1), b.block(40))
    panel = next(i for i in pages.pages[0].items if isinstance(i, Shape))
    assert panel.bbox[3] == pytest.approx(310)


def test_bookmarks_are_headings_with_their_place() -> None:
    b = Builder()
    pages = b.pages(b.text("One\u2068x\u2069", Role.H1), b.lines(30), b.text("Two", Role.H2))
    assert [(m.title, m.level, m.page, m.y) for m in pages.bookmarks] == [
        ("Onex", 1, 0, 10),
        ("Two", 2, 1, pytest.approx(10 + 6 * 12)),
    ]


def test_an_unbreakable_box_higher_than_a_page_is_refused() -> None:
    b = Builder()
    with pytest.raises(HandoutsError) as raised:
        b.pages(b.block(340))
    (found,) = raised.value.diagnostics
    assert found.code == "does-not-fit"
    assert "'string.1' cannot be broken and is 14.1 mm higher than page 1" in found.message
