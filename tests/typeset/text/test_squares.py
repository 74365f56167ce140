"""Chinese and Japanese lines: punctuation that closes up, edges, and air round Latin."""

from __future__ import annotations

import pytest

from handouts.model.document import Span
from handouts.typeset.text.squares import AIR, half

from .samples import placed, spoken, texts
from .world import made

SCRIPT = {"zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan"}


def advances(text: str, lang: str) -> list[float]:
    paragraph = made(text, lang=lang, script=SCRIPT[lang])
    return [glyph.advance for run in placed(paragraph).runs for glyph in run.glyphs]


@pytest.mark.parametrize(
    ("lang", "text", "narrow"),
    [
        ("zh-Hans", "字）（字", "）"),
        ("zh-Hans", "字。」字", "。"),
        ("zh-Hans", "字「（字", "（"),
        ("zh-Hans", "字！」字", "！"),
        ("ja", "字、「字", "、"),
        ("ja", "字！」字", ""),
        ("zh-Hant", "字。」字", ""),
        ("zh-Hant", "字，「字", "「"),
        ("zh-Hant", "字」（字", "」"),
        ("zh-TW", "字。」字", ""),
        ("zh-Hans", "字（字）字", ""),
    ],
)
def test_which_of_two_marks_gives_half(lang: str, text: str, narrow: str) -> None:
    assert "".join(text[a:b] for a, b in half(text, lang)) == narrow


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("zh-Hans", "字）（字", [1000, 500, 1000, 1000]),
        ("ja", "（字。", [500, 1000, 500]),
        ("zh-Hant", "（字。", [500, 1000, 1000]),
        ("zh-Hant", "字。」字", [1000, 1000, 1000, 1000]),
        ("zh-Hans", "（字\n字。\n", [500, 1000, 0, 1000, 500]),
    ],
)
def test_widths(lang: str, text: str, wanted: list[float]) -> None:
    paragraph = made(text, lang=lang, script=SCRIPT[lang])
    found = [
        glyph.advance
        for line in paragraph.lines(1e6)
        for run in placed(paragraph, line).runs
        for glyph in run.glyphs
        if glyph.text.strip()
    ]
    assert found == [width for width in wanted if width]


@pytest.mark.parametrize("lang", SCRIPT)
def test_brackets_at_line_edges_lose_their_blank_half(lang: str) -> None:
    paragraph = made("字字字字「字字字」字字字字", lang=lang, script=SCRIPT[lang])
    assert texts(paragraph, 4500.0) == ["字字字字", "「字字字」", "字字字字"]
    line = paragraph.lines(4500.0)[1]
    assert line.width == 4000
    glyphs = placed(paragraph, line, measure=4500.0).runs[0].glyphs
    assert [glyph.advance for glyph in glyphs] == [500, 1000, 1000, 1000, 500]
    assert glyphs[0].dx == -500


def test_a_stop_that_fits_only_without_its_blank_stays_on_the_line() -> None:
    paragraph = made("字字字字。字字字字", lang="zh-Hans", script="Hans")
    assert [line.width for line in paragraph.lines(4500.0)] == [4500, 4000]
    centred = made("字字字字。字字字字", lang="zh-Hant", script="Hant")
    assert texts(centred, 4500.0)[0] == "字字字"


@pytest.mark.parametrize("lang", SCRIPT)
def test_air_between_ideographs_and_latin(lang: str) -> None:
    paragraph = made("在A在9在 B，C", lang=lang, script=SCRIPT[lang])
    plain = made("在在在", lang=lang, script=SCRIPT[lang]).widest
    rest = made("A", lang=lang, script=SCRIPT[lang]).widest
    assert made("在A", lang=lang, script=SCRIPT[lang]).widest == pytest.approx(
        plain / 3 + rest + AIR
    )
    result = placed(paragraph)
    assert spoken(result) == "在A在9在 B，C"
    whole = made("在A在9在", lang=lang, script=SCRIPT[lang]).widest
    parts = sum(made(c, lang=lang, script=SCRIPT[lang]).widest for c in "在A在9在")
    assert whole == pytest.approx(parts + 4 * AIR)


def test_no_air_at_line_edges_nor_in_korean() -> None:
    paragraph = made("在在在在Willow在在", lang="zh-Hans", script="Hans")
    first, second = paragraph.lines(5500.0)
    assert (first.width, first.end) == (4000, 4)
    assert placed(paragraph, first).runs[0].glyphs[-1].advance == 1000
    word = made("Willow", lang="zh-Hans", script="Hans").widest
    assert second.width == pytest.approx(word + AIR + 2000)
    korean = made("병원에서A", lang="ko", script="Kore").widest
    parts = [made(part, lang="ko", script="Kore").widest for part in ("병원에서", "A")]
    assert korean == pytest.approx(sum(parts))


def test_air_across_a_style_border() -> None:
    bold = made("在", Span("A", bold=True), "在", lang="ja", script="Jpan")
    assert [round(r.x) for r in placed(bold).runs][1] == round(1000 + AIR)


def test_justified_lines_open_air_but_not_brackets() -> None:
    paragraph = made("在在（在在）在A在在在在在", lang="zh-Hans", script="Hans")
    line = paragraph.lines(9600.0)[0]
    loose = placed(paragraph, line, measure=9600.0, align="justify").runs
    plain = placed(paragraph, line, measure=9600.0).runs
    grown = [
        one.text
        for a, b in zip(loose, plain, strict=True)
        for one, other in zip(a.glyphs, b.glyphs, strict=True)
        if one.advance > other.advance
    ]
    assert "（" not in grown
    assert "A" in grown
    assert sum(g.advance for r in loose for g in r.glyphs) == pytest.approx(9600)
