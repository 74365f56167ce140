"""Fit steps, what they may drop, and what is said when nothing helps."""

from __future__ import annotations

import pytest

from handouts.diagnostics import ExitCode, HandoutsError
from handouts.model.document import FitStep, Role, Section, Stack
from handouts.model.pages import GlyphRun, Pages
from handouts.typeset import fit
from handouts.typeset.fit import levels
from handouts.units import Length
from tests.typeset.builder import Builder, words


def sizes(pages: Pages) -> set[float]:
    runs = (i for page in pages.pages for i in page.items if isinstance(i, GlyphRun))
    return {run.size for run in runs}


def test_steps_add_up() -> None:
    steps = (FitStep(spacing=0.8), FitStep(type=0.9, drop=("a",)), FitStep(drop=("b",), pages=2))
    assert [level.spacing for level in levels(steps)] == [1, 0.8, 0.8, 0.8]
    assert levels((FitStep(spacing=0.8), FitStep(spacing=0.6)))[-1].spacing == 0.6
    last = levels(steps)[-1]
    assert (last.spacing, last.type, last.dropped, last.pages) == (0.8, 0.9, {"a", "b"}, 2)


def test_no_step_is_taken_when_it_fits() -> None:
    b = Builder()
    pages = b.pages(b.lines(25), max_pages=1, fit=(FitStep(type=0.5),))
    assert sizes(pages) == {10}


def test_the_first_step_that_helps_is_the_last_one_taken() -> None:
    b = Builder()
    steps = (FitStep(spacing=0.5), FitStep(type=0.9), FitStep(type=0.1))
    pages = b.pages(b.lines(27), max_pages=1, fit=steps)
    assert (len(pages.pages), sizes(pages)) == (1, {9})


def test_the_weakest_of_many_steps_is_found_wherever_the_search_begins() -> None:
    steps = tuple(FitStep(type=1 - number / 100) for number in range(1, 31))
    for lines in (26, 28, 30, 33):
        b = Builder()
        pages = b.pages(b.lines(lines, floor=Length(2)), max_pages=1, fit=steps)
        # 300 points there are, and a line takes 1.2 times its size
        tried = [10 - number / 10 for number in range(31)]
        (size,) = sizes(pages)
        assert size == pytest.approx(max(t for t in tried if lines * 1.2 * t < 300.001))


@pytest.mark.parametrize(("lines", "max_pages", "tried"), [(30, 1, 3), (31, 1, 2), (62, 2, 3)])
def test_a_level_that_is_far_too_loose_is_not_tried(
    lines: int, max_pages: int, tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """30 lines leave 12 points, 31 leave 2: less than a step takes. Two pages leave who knows."""
    flows = []
    flow = fit.flow
    monkeypatch.setattr(fit, "flow", lambda *given: flows.append(given) or flow(*given))
    steps = tuple(FitStep(type=number / 100) for number in range(95, 50, -5))
    b = Builder()
    pages = b.pages(b.lines(lines, floor=Length(2)), max_pages=max_pages, fit=steps)
    assert sizes(pages) == {8}
    assert len(flows) == tried


def test_a_step_that_loosens_is_not_jumped_over() -> None:
    b = Builder()
    steps = (FitStep(type=0.9), FitStep(type=1.0, pages=2), FitStep(type=0.5))
    assert sizes(b.pages(b.lines(27), max_pages=1, fit=steps)) == {9}
    assert sizes(b.pages(b.lines(45), max_pages=1, fit=steps)) == {10}


def test_type_stops_at_its_floor() -> None:
    b = Builder()
    texts = (b.lines(13, floor=Length(9.5)), b.lines(13, floor=Length(2)))
    pages = b.pages(*texts, max_pages=1, fit=(FitStep(type=0.8),))
    assert sizes(pages) == {9.5, 8}


def test_only_optional_boxes_of_the_step_are_dropped_and_their_nodes_with_them() -> None:
    b = Builder()
    section = b.node(Role.SECT)
    first = Stack(
        children=(b.text("gone", Role.P, section), b.text("gone too", Role.P, section)),
        optional="more",
    )
    other = b.text("stays", optional="other")
    pages = b.pages(b.lines(24), first, other, max_pages=1, fit=(FitStep(drop=("more",)),))
    assert "gone" not in words(pages)
    assert "stays" in words(pages)
    left = {node.id for node in pages.nodes}
    assert left == {node.id for node in b.nodes} - {section, section + 1, section + 2}


def test_a_step_may_allow_another_page() -> None:
    b = Builder()
    pages = b.pages(b.lines(40), max_pages=1, fit=(FitStep(pages=2),))
    assert len(pages.pages) == 2


def test_sheets_of_one_course_share_type_and_spacing_but_not_what_is_dropped() -> None:
    b = Builder()
    long = Section(Stack(children=(b.lines(27),)), max_pages=1, name="long")
    short = Section(
        Stack(children=(b.lines(5), b.text("kept", optional="more"))), max_pages=1, name="short"
    )
    steps = (FitStep(drop=("more",)), FitStep(type=0.9))
    pages = b.pages(long, short, fit=steps)
    assert sizes(pages) == {9}
    assert "kept" in words(pages)


def test_what_is_missing_is_said_in_millimetres() -> None:
    b = Builder()
    section = Section(
        Stack(children=(b.lines(25), b.lines(2, source="week.oil"))), max_pages=1, name="week-2"
    )
    with pytest.raises(HandoutsError) as raised:
        b.pages(section, fit=(FitStep(spacing=0.9),))
    (found,) = raised.value.diagnostics
    assert found.code == "does-not-fit"
    assert found.exit_code is ExitCode.FIT
    # 27 lines with the leading the step left (1.2 becomes 1.18), 300 points there are
    missing = (27 * 11.8 - 300) / 72 * 25.4
    assert f"week-2 (en, test) needs {missing:.1f} mm more than its last page, page 1" in str(
        found.message
    )
    assert "'week.oil'" in found.message
    assert found.hint


def test_a_word_wider_than_its_column_is_refused() -> None:
    b = Builder()
    with pytest.raises(HandoutsError) as raised:
        b.pages(b.text("Supercalifragilistic" * 3, source="word"), b.text("x" * 90, source="two"))
    assert [d.code for d in raised.value.diagnostics] == ["does-not-fit"] * 2
    assert all("wider than its column" in d.message for d in raised.value.diagnostics)


def test_all_missing_glyphs_are_named_before_anything_is_set() -> None:
    b = Builder()
    texts = (b.text("ok 漢", source="one"), b.text("\N{SNOWMAN}漢", source="two"), b.block(900))
    with pytest.raises(HandoutsError) as raised:
        b.pages(*texts)
    found = raised.value.diagnostics
    assert {d.code for d in found} == {"missing-glyph"}
    assert raised.value.exit_code is ExitCode.RESOURCE
    assert [d.message.partition(" (U+")[2][:4] for d in found] == ["6F22", "2603", "6F22"]
    assert "'one': no font has '漢' (U+6F22), language en; tried Noto Sans" in found[0].message


def test_digits_of_page_numbers_are_checked_too() -> None:
    from handouts.model.document import Region, Span

    b = Builder()
    footer = (Region("all", b.text((Span("", field="page"),), owned=False, source="page")),)
    with pytest.raises(HandoutsError, match="U\\+0BE6"):
        b.pages(b.lines(1), footer=footer, digits="௦௧௨௩௪௫௬௭௮௯")
