"""What holds for every document: nothing lost, nothing outside, nothing on top of another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from handouts.diagnostics import HandoutsError
from handouts.model.document import (
    Box,
    Columns,
    Decoration,
    Document,
    FitStep,
    Row,
    Rule,
    Spacer,
    Stack,
    Text,
    Track,
)
from handouts.model.pages import GlyphRun, Pages, Shape
from handouts.typeset import typeset
from handouts.typeset.boxes.laid import Laid, SetText
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.fit import Fitter
from handouts.typeset.prune import without
from handouts.typeset.shaping import Shaping
from handouts.typeset.walk import boxes, document_boxes
from handouts.units import Length
from tests.typeset.builder import Builder, insets, library, said

WORDS = ("a", "baby", "likes", "warm", "hands", "and", "slow", "strokes", "Ωmega", "цвет")
CASES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    b = Builder()
    children = draw(st.lists(_tree(b, 2), min_size=1, max_size=8))
    direction = draw(st.sampled_from(("ltr", "rtl")))
    return b.document(*children, gap=draw(_points(12)), direction=direction)


def _points(most: int) -> st.SearchStrategy[Length]:
    return st.integers(0, most).map(Length)


def _tree(b: Builder, depth: int) -> st.SearchStrategy[Box]:
    leaves = st.one_of(
        _texts(b),
        st.builds(Rule, above=_points(20)),
        st.builds(Spacer, size=_points(20), grow=st.sampled_from((0.0, 0.0, 1.0))),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join).map(b.item),
    )
    if not depth:
        return leaves
    inner = _tree(b, depth - 1)
    return st.one_of(leaves, _stacks(inner), _rows(inner), _columns(inner), _tables(b))


@st.composite
def _texts(draw: st.DrawFn, b: Builder) -> Text:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
    return b.text(
        " ".join(words),
        size=draw(st.sampled_from((6, 8, 10))),
        align=draw(st.sampled_from(("start", "centre", "end", "justify"))),
        keep_with_next=draw(st.sampled_from((False, False, False, True))),
        optional=draw(st.sampled_from((None, None, "more", "extra"))),
    )


@st.composite
def _stacks(draw: st.DrawFn, inner: st.SearchStrategy[Box]) -> Stack:
    return Stack(
        children=tuple(draw(st.lists(inner, max_size=5))),
        gap=draw(_points(8)),
        padding=draw(st.sampled_from((insets(0), insets(4), insets(6, 2, 1)))),
        decoration=draw(st.sampled_from((None, None, Decoration(fill="tint")))),
        align=draw(st.sampled_from(("top", "middle", "bottom"))),
        min_height=draw(st.sampled_from((Length(0), Length(30)))),
        optional=draw(st.sampled_from((None, None, "more"))),
    )


@st.composite
def _rows(draw: st.DrawFn, inner: st.SearchStrategy[Box]) -> Row:
    children = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    kinds = st.sampled_from((Track("share"), Track("share", 2), Track("content")))
    return Row(
        children=children,
        tracks=tuple(draw(kinds) for _ in children),
        gap=draw(_points(6)),
        align=draw(st.sampled_from(("top", "middle", "bottom", "stretch", "baseline"))),
    )


@st.composite
def _columns(draw: st.DrawFn, inner: st.SearchStrategy[Box]) -> Columns:
    return Columns(
        children=tuple(draw(st.lists(inner, min_size=1, max_size=6))),
        count=draw(st.integers(1, 3)),
        gap=draw(_points(10)),
        row_gap=draw(_points(6)),
        balance=draw(st.booleans()),
    )


@st.composite
def _tables(draw: st.DrawFn, b: Builder) -> Box:
    words = st.sampled_from(WORDS)
    width = draw(st.integers(1, 3))
    row = st.tuples(*(words for _ in range(width)))
    rows = draw(st.lists(row, min_size=1, max_size=30))
    return b.table(rows, draw(row), padding=insets(draw(_points(3))))


def _pages(document: Document) -> Pages:
    try:
        return typeset(document, library())
    except HandoutsError:
        assume(False)
        raise


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _texts_of(document: Document) -> dict[int, str]:
    return {
        box.node: _squeezed("".join(span.text for span in box.spans))
        for box in document_boxes(document)
        if isinstance(box, Text) and box.node is not None
    }


def _painted(pages: Pages) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for page in pages.pages:
        for item in page.items:
            if isinstance(item, GlyphRun) and isinstance(item.owner, int):
                found.setdefault(item.owner, []).append(said(item))
    return {node: _squeezed("".join(pieces)) for node, pieces in found.items()}


pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@CASES
@given(documents())
def test_every_character_is_painted_once(document: Document) -> None:
    painted = _painted(_pages(document))
    wanted = {node: text for node, text in _texts_of(document).items() if text}
    assert {node: sorted(text) for node, text in painted.items()} == {
        node: sorted(text) for node, text in wanted.items()
    }


@CASES
@given(documents())
def test_nothing_is_painted_outside_the_frame(document: Document) -> None:
    for page in _pages(document).pages:
        for item in page.items:
            if isinstance(item, Shape):
                x0, y0, x1, y1 = item.bbox
            else:
                assert isinstance(item, GlyphRun)
                x0, x1 = _ink(item)
                y0 = y1 = item.y
            assert x0 >= 9.9
            assert x1 <= 210.1
            assert y0 >= 9.9
            assert y1 <= 310.1


def _ink(run: GlyphRun) -> tuple[float, float]:
    """From the first to the last glyph that is no space: spaces at a line's end hang out."""
    em = run.size / 1000
    ends = [run.x]
    for glyph in run.glyphs:
        ends.append(ends[-1] + glyph.advance * em)
    inked = [i for i, glyph in enumerate(run.glyphs) if glyph.text.strip()]
    return (ends[inked[0]], ends[inked[-1] + 1]) if inked else (100.0, 100.0)


@CASES
@given(documents())
def test_siblings_do_not_overlap_and_stay_in_their_parent(document: Document) -> None:
    fitted = Fitter(document, Shaping(document, library())).fit([1])
    assume(not fitted[0].flowed.shortfalls)
    assert fitted[0].flowed.pages
    for plan in fitted[0].flowed.pages:
        _check(plan.body.laid)


def _check(laid: Laid) -> None:
    tolerance = 0.01
    for child in laid.children:
        assert child.x >= -tolerance
        assert child.y >= -tolerance
        assert child.x + child.laid.width <= laid.width + tolerance
        assert child.y + child.laid.height <= laid.height + tolerance
        _check(child.laid)
    for one, two in combinations(laid.children, 2):
        beside = (
            one.x + one.laid.width <= two.x + tolerance
            or two.x + two.laid.width <= one.x + tolerance
        )
        below = (
            one.y + one.laid.height <= two.y + tolerance
            or two.y + two.laid.height <= one.y + tolerance
        )
        assert beside or below


@CASES
@given(documents(), st.integers(5, 400))
def test_splitting_at_any_height_loses_nothing(document: Document, height: int) -> None:
    measurer = Measurer(Shaping(document, library()))
    body = document.sections[0].body
    head, tail = measurer.split(body, 200.0, float(height))
    assert head is not None or tail is not None
    parts = [measurer.measure(part, 200.0) for part in (head, tail) if part is not None]
    if head is not None:
        assert parts[0].height <= height + 0.01
    whole = measurer.measure(body, 200.0)
    assert sorted("".join(map(_characters, parts))) == sorted(_characters(whole))


def _characters(laid: Laid) -> str:
    """The text of a measured tree, without the heads that tables repeat."""
    detail = laid.detail
    if isinstance(detail, SetText):
        text = detail.paragraph.text
        return _squeezed("".join(text[line.start : line.end] for line in detail.lines))
    return "".join(_characters(child.laid) for child in laid.children if not child.repeated)


@CASES
@given(documents())
def test_what_is_kept_with_the_next_never_ends_a_page(document: Document) -> None:
    kept = {
        box.node
        for box, following in pairwise(_flowing(document.sections[0].body))
        if isinstance(box, Text) and box.keep_with_next and isinstance(following, Text)
    }
    pages = _pages(document).pages
    for page in pages[:-1]:
        owners = [i.owner for i in page.items if isinstance(i, GlyphRun)]
        if page.items and owners and isinstance(page.items[-1], GlyphRun):
            ends = owners[-1] in kept
            painted_on = [p for p in pages if _has_owner(p, owners[-1])]
            # The first lines of a long heading may end a page; its last line may not.
            assert not ends or painted_on[-1] != page


def _has_owner(page: object, owner: object) -> bool:
    items = getattr(page, "items", ())
    return any(isinstance(i, GlyphRun) and i.owner == owner for i in items)


def _flowing(box: Box) -> list[Box]:
    """What stands in the flow itself: not inside rows, columns or panels."""
    if isinstance(box, Stack) and box.decoration is None:
        return [one for child in box.children for one in _flowing(child)]
    return [box]


@CASES
@given(documents())
def test_the_same_document_gives_the_same_pages(document: Document) -> None:
    again = replace(document, sections=tuple(replace(s) for s in document.sections))
    assert _pages(document) == _pages(again)


@CASES
@given(documents(), st.sets(st.sampled_from(("more", "extra"))))
def test_only_what_is_named_is_dropped(document: Document, names: set[str]) -> None:
    body = document.sections[0].body
    left = without(body, frozenset(names))
    kept = {b.node for b in boxes(left) if isinstance(b, Text)} if left else set()
    gone = {b.node for b in boxes(body) if isinstance(b, Text)} - kept
    named = {
        one.node
        for box in boxes(body)
        if box.optional in names
        for one in boxes(box)
        if isinstance(one, Text)
    }
    assert gone == named


@CASES
@given(documents())
def test_a_fit_step_never_makes_more_pages(document: Document) -> None:
    before = len(_pages(document).pages)
    assume(before > 1)
    section = replace(document.sections[0], max_pages=before - 1)
    steps = (FitStep(spacing=0.8), FitStep(type=0.9), FitStep(pages=before))
    after = _pages(replace(document, sections=(section,), fit=steps))
    assert len(after.pages) <= before


@CASES
@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(1, 4), _points(9))
def test_columns_are_as_low_as_they_can_be(heights: list[int], number: int, gap: Length) -> None:
    b = Builder()
    rules = tuple(Rule(above=Length(height - 0.5), thickness=Length(0.5)) for height in heights)
    columns = Columns(children=rules, count=number, gap=Length(0), row_gap=gap)
    measured = Measurer(Shaping(b.document(columns), library())).measure(columns, 200.0)
    assert abs(measured.height - _lowest(tuple(heights), number, gap)) < 0.001


def _lowest(heights: tuple[int, ...], number: int, gap: float) -> float:
    """The least height of all ways to break, tried one by one."""
    whole = sum(heights) + gap * (len(heights) - 1)
    if number == 1 or len(heights) == 1:
        return whole
    return min(
        [whole]
        + [
            max(sum(heights[:i]) + gap * (i - 1), _lowest(heights[i:], number - 1, gap))
            for i in range(1, len(heights))
        ]
    )
