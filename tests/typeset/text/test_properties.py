"""What must hold for any text: nothing lost, nothing twice, no line too wide, no crash."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.model.document import Span
from handouts.typeset.text import Placed
from handouts.typeset.text.breaks import graphemes
from handouts.typeset.text.clean import is_ignorable
from handouts.typeset.text.paragraph import _paragraph

from .samples import EVERYTHING, library, placed, shaped, spoken

POOL = (
    "Gentle touch may help baby. Call +1 (555) 010-4477 or ask@clinic.example.org, fi ffl AV",
    "see https://www.example.org/a/b?c=d-e&f now mas\u00adsage",
    "لمسة لطيفة قد تساعد طفلك على النوم 10:30 (12)، الكِتَاب سلام",
    "می\u200cخواهم کتاب\u200cها",
    "轻柔的抚触可能有助于“宝宝”的睡眠，请于10：30到达（三楼）。",
    "Tiếng Việt nhẹ nhàng e\u0301\u0323",
    "מגע עדין (שלוחה 12)",
    "मनुष्य क्षमा",
    "สวัสดีครับ ๆ",
    " \t\n\u00a0\u200b\u2066\u2067\u2068\u2069\u202b\u202c\u3000",
    "\U0001f600\U00020000\ufe0f\u0301",
)

pieces = st.one_of(
    st.sampled_from(POOL).flatmap(
        lambda text: st.tuples(st.integers(0, len(text)), st.integers(1, 16)).map(
            lambda at: text[at[0] : at[0] + at[1]]
        )
    ),
    st.text(st.characters(codec="utf-16"), max_size=6),
)
spans = st.lists(
    st.builds(
        Span,
        text=st.lists(pieces, min_size=1, max_size=5).map("".join),
        bold=st.booleans(),
        node=st.sampled_from([None, 2, 3]),
        lang=st.sampled_from([None, None, "ar", "ja"]),
    ),
    max_size=4,
).map(tuple)
languages = st.sampled_from(["en", "ar", "zh-Hans", "ja", "th"])
directions = st.sampled_from(["ltr", "rtl"])
measures = st.sampled_from([300.0, 1500.0, 4000.0, 9000.0, 20000.0])
aligns = st.sampled_from(["start", "centre", "end", "justify"])


def letters(text: str) -> Counter[str]:
    """Characters that must be in the glyphs; joiners may go when they have nothing to join."""
    clean = (c for c in text.replace("\n", " ") if not is_ignorable(c))
    return Counter(unicodedata.normalize("NFD", "".join(clean)))


@settings(deadline=None, max_examples=150)
@given(spans, languages, directions, measures, st.booleans(), aligns)
def test_any_text(spans, lang, direction, measure, hyphenate, align) -> None:  # type: ignore[no-untyped-def]
    made = shaped(*spans, families=EVERYTHING, lang=lang, direction=direction)
    lines = made.lines(measure, hyphenate=hyphenate)
    assert "".join(made.text[line.start : line.end] for line in lines) == made.text
    for line in lines:
        text = made.text[line.start : line.end]
        result = placed(made, line, measure=measure, align=align)
        assert letters(spoken(result)) == letters(text)
        assert line.width <= measure + 1e-3 or len(graphemes(text.rstrip())) == 1
        assert all(run.glyphs for run in result.runs)
        assert all(run.reversed is False or len(run.glyphs) > 1 for run in result.runs)


@settings(deadline=None, max_examples=60)
@given(spans, directions)
def test_border_between_equal_styles_changes_nothing(spans, direction) -> None:  # type: ignore[no-untyped-def]
    # A paragraph kept from before may outlive its setting's place in the cache.
    _paragraph.cache_clear()
    text = "".join(span.text for span in spans)
    whole = shaped(text, families=EVERYTHING, direction=direction)
    parts = (Span(span.text) for span in spans)
    assert shaped(*parts, families=EVERYTHING, direction=direction).setting is whole.setting


@settings(deadline=None, max_examples=60)
@given(spans, directions, measures)
def test_justified_lines_end_at_the_measure(spans, direction, measure) -> None:  # type: ignore[no-untyped-def]
    made = shaped(*spans, families=EVERYTHING, direction=direction)
    for line in made.lines(measure):
        result = placed(made, line, measure=measure, align="justify")
        plain = placed(made, line, measure=measure)
        if line.last or not result.runs:
            assert result == plain
            continue
        grown = _advance(result) - _advance(plain)
        assert grown <= measure - line.width + 1e-3 or line.width > measure


def _advance(result: Placed) -> float:
    return sum(glyph.advance for run in result.runs for glyph in run.glyphs)


def test_the_library_is_the_shipped_one() -> None:
    assert len(library().faces) == 7
