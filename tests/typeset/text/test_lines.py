"""Lines: measures, hyphens, hard ends, kinsoku and what justification opens."""

from __future__ import annotations

import pytest

from handouts.model.document import Span

from .samples import CHINESE, arabic, placed, says, shaped, spoken, texts


def test_no_text_no_lines() -> None:
    assert shaped().lines(1000) == ()
    assert shaped("\u2066\u2069").lines(1000) == ()
    assert shaped("").widest == shaped("").narrowest == 0


def test_widest_and_narrowest_are_measures_that_work() -> None:
    made = shaped("Gentle touch\nmay help")
    assert texts(made, made.widest) == ["Gentle touch\n", "may help"]
    assert texts(made, made.narrowest) == ["Gentle ", "touch\n", "may ", "help"]
    assert made.lines(made.narrowest)[0].width <= made.narrowest


def test_white_space_at_the_end_does_not_count() -> None:
    line = shaped("touch   ").lines(1e6)[0]
    assert line.width == shaped("touch").widest


def test_hard_ends_and_the_last_line() -> None:
    lines = shaped("a b\n\nc d").lines(1e6)
    assert [(line.start, line.end, line.last) for line in lines] == [
        (0, 4, True), (4, 5, True), (5, 8, True),
    ]  # fmt: skip
    assert lines[1].width == 0


def test_lines_go_on_from_a_place_with_another_measure() -> None:
    made = shaped("one two three four five six")
    first = made.lines(4000)[0]
    rest = made.lines(9000, first.end)
    assert rest[0].start == first.end
    assert rest[-1].end == len(made.text)


def test_soft_hyphen_shows_only_where_a_line_ends() -> None:
    made = shaped("gentle mas\u00adsage")
    whole = placed(made)
    assert spoken(whole) == "gentle massage"
    measure = made.widest - 500
    assert texts(made, measure) == ["gentle ", "mas\u00adsage"]
    assert texts(made, measure, hyphenate=True) == ["gentle mas\u00ad", "sage"]
    first = made.lines(measure, hyphenate=True)[0]
    run = placed(made, first).runs[-1]
    assert run.glyphs[-1].text == "\u00ad"
    assert run.glyphs[-1].advance > 0
    assert first.width == sum(glyph.advance for glyph in run.glyphs)


def test_a_word_too_long_prefers_its_soft_hyphen() -> None:
    made = shaped("mas\u00adsage")
    assert texts(made, made.widest - 100) == ["mas\u00ad", "sage"]


def test_a_word_too_long_is_cut_between_clusters() -> None:
    made = shaped("e\u0301" * 6)
    assert texts(made, 1300) == ["e\u0301e\u0301"] * 3
    assert texts(made, 1) == ["e\u0301"] * 6


def test_an_address_too_long_is_cut_at_its_marks() -> None:
    made = shaped("someone@clinic.example")
    assert texts(made, made.widest - 100) == ["someone@clinic.", "example"]


def test_chinese_lines_keep_punctuation() -> None:
    made = shaped("轻柔的抚触，可能有助于睡眠。", families=CHINESE, lang="zh-Hans")
    assert texts(made, 5000) == ["轻柔的抚", "触，可能有", "助于睡眠。"]


def test_chinese_punctuation_closes_up() -> None:
    made = shaped("（三楼）。“好”，「", Span("（一", bold=True), families=CHINESE, lang="zh-Hans")
    glyphs = [glyph for run in placed(made).runs for glyph in run.glyphs]
    narrow = [glyph.text for glyph in glyphs if glyph.advance == 500]
    assert narrow == ["（", "）", "。", "”", "，", "（"]
    assert made.widest == 1000 * len(glyphs) - 500 * len(narrow)


def test_justified_latin_opens_spaces_only() -> None:
    made = shaped("one two three four five")
    first = made.lines(7000)[0]
    result = placed(made, first, measure=7000.0, align="justify")
    (run,) = result.runs
    visible = [glyph for glyph in run.glyphs[:-1]]
    assert sum(glyph.advance for glyph in visible) == pytest.approx(7000)
    plain = placed(made, first, measure=7000.0).runs[0].glyphs
    assert {a.text for a, b in zip(run.glyphs, plain, strict=True) if a != b} == {" "}
    assert run.glyphs[-1] == plain[-1]


def test_justified_chinese_opens_between_characters() -> None:
    made = shaped("轻柔的抚触可能有助于睡眠", families=CHINESE, lang="zh-Hans")
    result = placed(made, made.lines(5500)[0], measure=5500.0, align="justify")
    assert [glyph.advance for glyph in result.runs[0].glyphs] == [1125.0] * 4 + [1000.0]


def test_the_last_line_is_not_justified() -> None:
    made = shaped("one two")
    (line,) = made.lines(9000)
    result = placed(made, line, measure=9000.0, align="justify")
    assert sum(glyph.advance for glyph in result.runs[0].glyphs) == made.widest


def test_every_line_keeps_its_space() -> None:
    made = shaped("one two ", Span("three", node=7), "\nfour")
    for line in made.lines(3500)[:-1]:
        assert spoken(placed(made, line)).endswith(" ")


def test_cut_arabic_words_stay_joined() -> None:
    made = arabic("والاستشفاء")
    lines = made.lines(made.widest / 2)
    assert len(lines) > 1
    assert sum(line.width for line in lines) == pytest.approx(made.widest)


def test_isolates_are_never_drawn_or_said() -> None:
    made = arabic("هاتف \u2066+1 555\u2069 \u200fالآن")
    assert spoken(placed(made)) == "هاتف +1 555 الآن" == made.text
    assert [says(run) for run in placed(made).runs] == ["هاتف ", "+1 555", " الآن"]


def test_a_last_line_of_next_to_nothing_takes_words_from_the_one_before() -> None:
    made = shaped("Less stress: giving a massage can be as calming as getting one")
    whole = made.lines(100_000.0)[0].width
    greedy_leaves_one_word = whole * 0.94
    first, last = made.lines(greedy_leaves_one_word)
    assert last.width > 0.2 * greedy_leaves_one_word
    assert first.width > last.width
    assert made.text[last.start : last.end].endswith("getting one")


def test_a_line_that_would_be_torn_stays_ragged() -> None:
    made = shaped("one two three four")
    line = made.lines(1e6)[0]._replace(last=False)
    gaps = 3
    for extra, justified in ((500.0, True), (540.0, False)):
        measure = line.width + extra * gaps
        (run,) = placed(made, line, measure=measure, align="justify").runs
        shown = sum(glyph.advance for glyph in run.glyphs)
        assert shown == pytest.approx(measure if justified else line.width)


def test_a_word_alone_is_not_stretched() -> None:
    for made in (shaped("touch"), arabic("لمسة")):
        line = made.lines(1e6)[0]._replace(last=False)
        result = placed(made, line, measure=line.width + 300, align="justify")
        assert sum(g.advance for run in result.runs for g in run.glyphs) == made.widest


def test_the_long_vowel_mark_is_opened_like_its_kana() -> None:
    made = shaped("ビーマーサ", families=CHINESE, lang="ja")
    line = made.lines(1e6)[0]._replace(last=False)
    (run,) = placed(made, line, measure=5400.0, align="justify").runs
    assert [glyph.advance for glyph in run.glyphs] == [1100.0] * 4 + [1000.0]
