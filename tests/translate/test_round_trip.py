"""Out and in again through every format: nothing lost, changed or put in another order."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.translate.csv_file import guarded, unguarded
from handouts.translate.formats import FORMATS, read, write
from handouts.translate.unit import STATES, Unit
from handouts.translate.workbook import escaped, unescaped
from tests.translate.scenes import table, unit

PIECES = (
    *("=1+1", "+41 79", "-", "@SUM(A1)", "\t", "'", "''=", '"', '""', ";", ",", "\\n", "\\", "#"),
    *("{name}", "{week}", "**", "**fett**", "<b>", "&amp;", "&", "]]>", "_x000D_", "_x005F_", "%"),
    *("ثلاثة", "\u2067عربي\u2069", "\u200f", "婴儿", "👶🏽", "e\u0301", "é", "\u00a0", "\u2028"),
    *("\n", "\r", "\r\n", "  ", "\x07", "\x85", "fuzzy", 'msgid "', "#~", "-7", "1.0", "true"),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(codec="utf-8"), max_size=8)),
    min_size=1,
    max_size=6,
).map("".join)
# A null character is in no text, and a text of spaces only is none.
GOOD = TEXTS.filter(lambda text: "\0" not in text and text.strip() != "")
NAMES = st.text(string.ascii_lowercase + ".-", min_size=1, max_size=12)
SIGNED = st.sampled_from(("", "MK", "Hebamme Köln", "=MK", "Амина"))


@st.composite
def units(draw: st.DrawFn) -> tuple[Unit, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    return tuple(
        unit(
            name,
            draw(GOOD),
            draw(GOOD),
            state=draw(st.sampled_from(STATES[1:])),
            by=draw(SIGNED),
            on=draw(st.sampled_from(("", "2026-02-28"))),
            previous=draw(st.one_of(st.just(""), GOOD)),
            note=draw(st.one_of(st.just(""), GOOD)),
            room=draw(st.sampled_from((None, 5, 120))),
            must=draw(st.booleans()),
            references=draw(st.sampled_from(((), (("benefits-flyer", 1), ("topic-sheet", 2))))),
        )
        for name in names
    )


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(made=units())
def test_nothing_is_lost(form: str, made: tuple[Unit, ...]) -> None:
    written = write(form, table(*made))
    back = read(written, f"de{FORMATS[form].ending}")
    assert back.language == "de"
    assert [one.id for one in back.rows] == [one.id for one in made]
    for row, one in zip(back.rows, made, strict=True):
        assert (row.source, row.target) == (one.source, one.target)
        assert (row.state, row.by, row.on) == (one.state, one.by, one.on)
        assert (row.hash, row.was) == (one.hash, one.was)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_every_time(form: str) -> None:
    made = table(unit(), unit("flyer.scan", "Scan", "", room=12))
    assert write(form, made) == write(form, made)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_missing_stays_missing(form: str) -> None:
    back = read(write(form, table(unit(target=""))), f"de{FORMATS[form].ending}")
    assert [(row.target, row.state in ("", "missing")) for row in back.rows] == [("", True)]


@given(TEXTS)
def test_a_guarded_cell_is_no_formula(text: str) -> None:
    assert guarded(text)[:1] not in tuple("=+-@\t\r\n")
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_an_escaped_cell_comes_back(text: str) -> None:
    assert "\r" not in escaped(text)
    assert unescaped(escaped(text)) == text
