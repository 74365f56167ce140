"""How single boxes are measured and stand beside one another."""

from __future__ import annotations

import pytest

from handouts.model.document import (
    Art,
    Box,
    Columns,
    Decoration,
    Role,
    Row,
    Rule,
    Spacer,
    Stack,
    Track,
)
from handouts.typeset.boxes.laid import Extent, Laid
from handouts.typeset.boxes.measure import Measurer
from handouts.typeset.boxes.tracks import sole_share, widths
from handouts.typeset.shaping import Shaping
from handouts.units import Length
from tests.typeset.builder import ARROW, Builder, insets, library


def laid(b: Builder, box: Box, width: float = 200, spacing: float = 1.0) -> Laid:
    return Measurer(Shaping(b.document(box), library()), spacing).measure(box, width)


def tops(one: Laid) -> list[float]:
    return [round(child.y, 3) for child in one.children]


def starts(one: Laid) -> list[float]:
    return [round(child.x, 3) for child in one.children]


def test_a_text_is_as_high_as_its_lines() -> None:
    b = Builder()
    assert laid(b, b.lines(3)).height == pytest.approx(36)


def test_text_stands_in_the_middle_of_its_line_box() -> None:
    b = Builder()
    one = laid(b, b.text("x", size=10, leading=2.0))
    shaped = Shaping(b.document(one.box), library()).paragraph(one.box)  # type: ignore[arg-type]
    above = (one.baseline or 0) - shaped.ascent / 100
    below = 20 - (one.baseline or 0) - shaped.descent / 100
    assert above == pytest.approx(below)


def test_a_stack_adds_gaps_and_padding() -> None:
    b = Builder()
    stack = Stack(children=(b.lines(1), b.lines(2)), gap=Length(6), padding=insets(10))
    one = laid(b, stack)
    assert (tops(one), starts(one), one.height) == ([10, 28], [10, 10], pytest.approx(62))


def test_a_plain_stack_in_a_stack_is_dissolved() -> None:
    b = Builder()
    inner = Stack(children=(b.lines(1), b.lines(1)), gap=Length(2))
    one = laid(b, Stack(children=(b.lines(1), inner), gap=Length(6)))
    assert tops(one) == [0, 18, 32]


def test_spacing_takes_gaps_and_padding_but_not_room_to_write() -> None:
    b = Builder()
    written = Rule(above=Length(30), rigid=True, thickness=Length(1))
    ruled = Rule(above=Length(30), thickness=Length(1))
    stack = Stack(children=(written, ruled, Spacer(size=Length(8))), gap=Length(4))
    assert laid(b, stack, spacing=0.5).height == pytest.approx(31 + 2 + 16 + 2 + 4)


def test_tighter_spacing_takes_some_air_between_lines() -> None:
    b = Builder()
    text = b.text("x", size=10, leading=1.5)
    assert laid(b, text, spacing=0.8).height == pytest.approx(14)
    assert laid(b, text, spacing=0.1).height == pytest.approx(12.5)
    assert laid(b, b.text("x", leading=1.2), spacing=0.1).height == pytest.approx(11.5)


def test_a_taller_stack_puts_its_children_where_it_says() -> None:
    b = Builder()
    for align, top in (("top", 0), ("middle", 14), ("bottom", 28)):
        stack = Stack(children=(b.lines(1),), min_height=Length(40), align=align)  # type: ignore[arg-type]
        assert tops(laid(b, stack)) == [top]


def test_a_growing_spacer_takes_the_room_of_a_taller_stack() -> None:
    b = Builder()
    stack = Stack(
        children=(b.lines(1), Spacer(grow=1), b.lines(1), Spacer(grow=3)), min_height=Length(64)
    )
    assert tops(laid(b, stack)) == [0, 12, 22, 34]


def test_tracks_fixed_content_and_share() -> None:
    tracks = (Track("fixed", 30), Track("content"), Track("share", 1), Track("share", 2))
    extents = [Extent(0, 0), Extent(10, 40), Extent(5, 90), Extent(5, 90)]
    assert widths(tracks, extents, 130) == pytest.approx((30, 40, 20, 40))


def test_content_gives_way_to_the_longest_word_of_a_share() -> None:
    tracks = (Track("content"), Track("share"))
    assert widths(tracks, [Extent(20, 100), Extent(40, 80)], 100) == pytest.approx((60, 40))


def test_a_share_is_not_narrower_than_its_longest_word() -> None:
    tracks = (Track("share"), Track("share"), Track("share"))
    extents = [Extent(50, 60), Extent(5, 5), Extent(5, 5)]
    assert widths(tracks, extents, 90) == pytest.approx((50, 20, 20))


def test_a_sole_share_has_what_the_fixed_tracks_leave() -> None:
    assert sole_share((Track("fixed", 30), Track("share")), 100) == (30, 70)
    assert sole_share((Track("content"), Track("share")), 100) is None
    assert sole_share((Track("share"), Track("share")), 100) is None


def test_a_content_track_keeps_its_text_on_one_line() -> None:
    b = Builder()
    row = Row(
        children=(b.text("as wide as its content"), b.text("rest")),
        tracks=(Track("content"), Track("share")),
        gap=Length(5),
    )
    one = laid(b, row)
    assert one.height == pytest.approx(12)
    assert starts(one)[1] == pytest.approx(one.children[0].laid.width + 5, abs=0.01)


def test_cells_share_a_height_when_stretched() -> None:
    b = Builder()
    cells = tuple(Stack(children=(b.lines(n),), decoration=Decoration(fill="x")) for n in (1, 3))
    one = laid(b, Row(children=cells, tracks=(Track("share"),) * 2, align="stretch"))
    assert [child.laid.height for child in one.children] == pytest.approx([36, 36])


def test_baselines_of_different_sizes_agree() -> None:
    b = Builder()
    cells = (b.text("small"), b.text("LARGE", size=20))
    one = laid(b, Row(children=cells, tracks=(Track("share"),) * 2, align="baseline"))
    first, second = (c.y + (c.laid.baseline or 0) for c in one.children)
    assert first == pytest.approx(second)
    assert min(tops(one)) == 0


def test_a_marker_is_centred_on_the_first_line() -> None:
    b = Builder()
    one = laid(b, b.item("words"))
    marker, text = one.children
    assert marker.y + 2 == pytest.approx(text.y + (text.laid.middle or 0))


def test_columns_are_balanced_to_the_least_height() -> None:
    b = Builder()
    children = tuple(b.lines(n) for n in (1, 5, 2, 2, 1))
    one = laid(b, Columns(children=children, count=2, gap=Length(10)))
    assert [c.laid.height for c in one.children] == pytest.approx([72, 60])
    assert starts(one) == [0, 105]


def test_a_heading_is_never_last_in_a_column() -> None:
    b = Builder()
    heading = b.lines(1, keep_with_next=True)
    children = (b.lines(2), heading, b.lines(3))
    one = laid(b, Columns(children=children, count=2, gap=Length(0)))
    assert [len(c.laid.children) for c in one.children] == [1, 2]


def test_a_table_has_heads_rows_and_rules() -> None:
    b = Builder()
    table = b.table([("a", "b"), ("c", "d")], ("x", "y"), padding=insets(2, 3))
    one = laid(b, table)
    rules = one.detail
    assert isinstance(rules, tuple)
    assert len(rules) == 3
    assert one.height == pytest.approx(3 * 16 + 1.125 + 2 * 0.75)
    assert starts(one) == [3, 103] * 3


def test_a_box_to_tick_is_centred_under_a_centred_head() -> None:
    b = Builder()
    head = b.table([("", "")], ("x", "y"))
    cell = Art(node=b.node(Role.TD), drawing=ARROW, width=Length(10), height=Length(30))
    centred = b.text("day", Role.TH, align="centre")
    table = type(head)(
        node=head.node,
        tracks=(Track("fixed", 60), Track("fixed", 100)),
        head=(type(head.head[0])(node=head.head[0].node, cells=(b.text("x"), centred)),),
        rows=(type(head.head[0])(node=head.rows[0].node, cells=(b.text("row"), cell)),),
    )
    one = laid(b, table)
    assert starts(one)[3] == pytest.approx(60 + 45)
    assert one.children[3].laid.width == 10
    text, tick = one.children[2], one.children[3]
    assert text.y + 6 == pytest.approx(tick.y + 15)


def test_a_drawing_is_not_wider_than_its_column() -> None:
    b = Builder()
    assert laid(b, Art(drawing=ARROW, width=Length(900), height=Length(20)), 50).width == 50
