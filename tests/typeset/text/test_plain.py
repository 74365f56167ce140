"""What is made quickly for plain Latin is what the long way makes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.model.document import Span
from handouts.typeset.text import place, plain_line
from handouts.typeset.text.faces import Font, faces_of, load
from handouts.typeset.text.itemise import Setup
from handouts.typeset.text.shaping import Shaped, shape

from .samples import EVERYTHING, LATIN, library, shaped

WORDS = (
    "Willow Family Clinic 12, 10 Harbour Street", "office fjord, difficult waffles; AVATAR To. Yo,",
    "hello@clinic0001.example", "https://clinic0001.example/a-b_c?d=e&f", "0117\u00a0496\u00a00000",
    "Ärzte für Säuglinge, Größe ½ · «Zoë»", "Ịgbò Ǎǐ Đặng Šťastný ỳ", "mas\u00adsage\u00ad",
    "e\u0301a\u0308 fi\u0302", "سلام", "字", "\u200b \t\n  ", "ﬁ", "a\u2019s",
)  # fmt: skip

texts = st.lists(
    st.sampled_from(WORDS).flatmap(
        lambda text: st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)).map(
            lambda at: text[at[0] : at[0] + at[1]]
        )
    ),
    min_size=1,
    max_size=3,
).map("".join)


@cache
def fresh(number: int) -> Font:
    """A face of the library nobody has shaped with."""
    return load.__wrapped__(library().faces[number].file)


def glyphs(found: Shaped) -> tuple[object, ...]:
    return (found.glyphs, list(found.clusters), found.safe, found.actual, list(found.advances))


@settings(deadline=None, max_examples=300)
@given(texts, st.integers(0, 2), st.sampled_from(["en", "tr", "vi"]))
def test_glyphs_seen_before_are_those_of_the_long_way(text: str, face: int, lang: str) -> None:
    """The long way: a font that is told to forget which glyphs are a character's own."""
    seen, forgetful = load(library().faces[face].file), fresh(face)
    long = shape.__wrapped__
    forgetful._plain.clear()
    wanted = glyphs(long(text, "", "", forgetful, "Latn", False, lang))
    for _ in range(2):
        assert glyphs(long(text, "", "", seen, "Latn", False, lang)) == wanted


def test_a_characters_own_glyphs_are_known_the_second_time() -> None:
    font = replace(fresh(0), _plain={}, _written={})
    signs = ["0+600"] * 5
    assert font.plain(signs, "touch") is None
    shape.__wrapped__("touch", "", "", font, "Latn", False, "en")
    assert [text for _, text in font._plain] == list("touch")
    shape.__wrapped__("to\u0301", "", "", font, "Latn", False, "en")
    assert [text for _, text in font._plain] == list("touch")


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.builds(Span, text=texts, bold=st.booleans(), href=st.sampled_from([None, "x:y"]))),
    st.sampled_from(["ltr", "rtl"]),
    st.sampled_from(["start", "centre", "end", "justify"]),
)
def test_a_ready_line_is_the_paragraphs_line(
    spans: list[Span],
    direction: Literal["ltr", "rtl"],
    align: Literal["start", "centre", "end", "justify"],
) -> None:
    made = shaped(*spans, families=EVERYTHING, direction=direction)
    ready = plain_line(tuple(spans), made.setting.setup)
    if ready is None:
        return
    assert not made.missing
    (line,) = made.lines(1e6)
    assert ready._replace(ready=None) == line
    there = {"x": 3.0, "baseline": 5.0, "size": 9.0, "measure": 4000.0}
    quick = place(made, ready, align=align, colour="ink", owner=2, **there)
    assert quick == place(made, line, align=align, colour="ink", owner=2, **there)


@pytest.mark.parametrize(
    ("spans", "plain"),
    [
        ((Span("Willow Clinic"),), True),
        ((Span("Room 1"), Span(" · "), Span("10 Harbour Street")), True),
        ((Span("office"),), True),
        ((Span("Willow "), Span("Clinic", bold=True)), False),
        ((Span("Willow "),), False),
        ((Span("Willow\nClinic"),), False),
        ((Span("\u00ad"),), False),
        ((Span("عيادة"),), False),
        ((Span("Ω"),), False),
        ((), False),
    ],
)
def test_which_lines_are_plain(spans: tuple[Span, ...], plain: bool) -> None:
    setup = Setup(LATIN, 400, "en", 0, faces_of(library()))
    assert (plain_line(spans, setup) is not None) is plain
    assert plain_line(spans, setup._replace(level=1)) is None


def test_where_a_run_may_be_cut_is_harfbuzzs_word_both_times() -> None:
    font = replace(fresh(0), _plain={}, _written={})
    for _ in range(2):
        found = shape.__wrapped__("Tap AVA", "", "", font, "Latn", False, "en")
        assert found.safe == bytearray((1, 0, 1, 1, 1, 0, 0))
    assert font._plain
