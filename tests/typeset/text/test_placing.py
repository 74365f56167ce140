"""Placing: positions, order, owners, colours and links."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handouts.model.document import Span
from handouts.model.pages import Artifact

from .samples import arabic, placed, says, shaped


@pytest.mark.parametrize(
    ("align", "ltr", "rtl"),
    [("start", 0.0, 1.0), ("end", 1.0, 0.0), ("centre", 0.5, 0.5), ("justify", 0.0, 1.0)],
)
def test_alignment_follows_the_direction(align: str, ltr: float, rtl: float) -> None:
    latin, other = shaped("touch"), arabic("لمسة")
    (run,) = placed(latin, measure=9000.0, align=align).runs
    assert run.x == pytest.approx(ltr * (9000 - latin.widest))
    (run,) = placed(other, measure=9000.0, align=align).runs
    assert run.x == pytest.approx(rtl * (9000 - other.widest))


def test_space_at_the_end_moves_nothing() -> None:
    made = arabic("لمسة لطيفة")
    first = made.lines(2500)[0]
    (run,) = placed(made, first, measure=2500.0).runs
    space, *word = run.glyphs
    assert space.text == " "
    assert run.x + space.advance + sum(g.advance for g in word) == pytest.approx(2500)


def test_space_at_the_end_has_the_direction_of_the_paragraph() -> None:
    made = shaped("Say لمسة لطيفة to all", families=("Noto Sans", "Noto Sans Arabic"))
    first = made.lines(5500)[0]
    assert made.text[first.start : first.end] == "Say لمسة "
    *_, word, space = placed(made, first, measure=5500.0).runs
    assert (says(word), says(space)) == ("لمسة", " ")
    assert space.x == pytest.approx(first.width)
    assert word.x < space.x


def test_words_in_logical_order_and_numbers_readable() -> None:
    runs = placed(arabic("في ١٠:٣٠ و 10:30 يوم"), measure=20000.0).runs
    assert [says(run) for run in runs] == ["في ", "١٠:٣٠", " و ", "10:30", " يوم"]
    assert [run.reversed for run in runs] == [True, False, True, False, True]
    assert all(a.x > b.x for a, b in pairwise(runs))


def test_colour_and_node_of_a_span() -> None:
    made = shaped("a ", Span("b", colour="primary", node=9), " c")
    runs = placed(made, owner=3).runs
    assert [(says(r), r.colour, r.owner) for r in runs] == [
        ("a ", "ink", 3), ("b", "primary", 9), (" c", "ink", 3),
    ]  # fmt: skip


def test_an_artifact_stays_one() -> None:
    made = shaped("a ", Span("b", href="https://www.example.org", node=9))
    result = placed(made, owner=Artifact.PAGINATION)
    assert {run.owner for run in result.runs} == {Artifact.PAGINATION}
    assert result.links == ()


def test_language_of_a_span() -> None:
    runs = placed(shaped("word ", Span("mot", lang="fr"))).runs
    assert [run.lang for run in runs] == [None, "fr"]


def test_link_over_two_lines_has_two_areas() -> None:
    link = Span("clinic of gentle touch", href="mailto:a@b.example?subject=x", node=5)
    made = shaped("Ask the ", link, " now")
    lines = made.lines(9000)
    areas = [area for line in lines for area in placed(made, line, measure=9000.0).links]
    assert len(areas) == 2
    assert {(area.node, area.uri) for area in areas} == {(5, "mailto:a@b.example?subject=x")}
    assert {area.contents for area in areas} == {"a@b.example"}
    start = shaped("Ask the ").lines(1e6)[0].width
    assert areas[0].rect[0] > start
    assert areas[1].rect[0] == 0
    assert areas[0].rect[1] == -made.ascent
    assert areas[0].rect[3] == made.descent


def test_link_in_right_to_left_text() -> None:
    link = Span("\u2066www.example.org\u2069", href="https://www.example.org", node=5)
    made = arabic("زوروا ", link, " اليوم")
    result = placed(made, measure=20000.0)
    (area,) = result.links
    (run,) = [run for run in result.runs if run.owner == 5]
    assert says(run) == "www.example.org"
    assert not run.reversed
    assert area.rect[0] == pytest.approx(run.x)
    assert area.rect[2] == pytest.approx(run.x + sum(glyph.advance for glyph in run.glyphs))
    assert area.contents == "https://www.example.org"


def test_right_to_left_link_of_two_words_is_one_area() -> None:
    link = Span("لمسة لطيفة", href="tel:+15550104477", node=5)
    (area,) = placed(arabic("قبل ", link, " بعد"), measure=20000.0).links
    assert area.contents == "+15550104477"
    assert area.rect[2] - area.rect[0] == pytest.approx(arabic("لمسة لطيفة").widest)
