"""Kashida: where words are lengthened, by how much, and that nobody reads it."""

from __future__ import annotations

import pytest

from handouts.model.document import Span
from handouts.typeset.text import Paragraph
from handouts.typeset.text.kashida import _joins

from .samples import placed, says, spoken
from .world import TEXTS, made

ARABIC = "قد تساعد اللمسات اللطيفة طفلك على النوم بهدوء وسلام وقد تشعر الأم كذلك بالراحة"


def arabic(*spans: Span | str, lang: str = "ar", script: str = "Arab", **more: bool) -> Paragraph:
    return made(*spans, lang=lang, script=script, **{"kashida": True, **more})


def lengthened(paragraph: Paragraph, measure: float) -> str:
    """The lines of a justified paragraph, a tatweel written where one is drawn."""
    found = []
    for line in paragraph.lines(measure):
        for run in placed(paragraph, line, measure=measure, align="justify").runs:
            order = reversed(run.glyphs) if run.reversed else run.glyphs
            found += ["".join(glyph.text or "\u0640" for glyph in order)]
    return "".join(found)


@pytest.mark.parametrize(
    ("word", "best"),
    [
        ("مسلم", "مسـلم"),
        ("تشعر", "تشـعر"),
        ("رحلة", "رحلـة"),
        ("محمد", "محمـد"),
        ("عقل", "عقـل"),
        ("رحال", ""),
        ("حكم", ""),
        ("كبير", "كبيـر"),
        ("سلام", "سـلام"),
        ("فلاح", ""),
        ("قد", ""),
        ("سر", ""),
        ("می\u200cخواهد", "می\u200cخواهـد"),
        ("مَسْلَم", "مَسْـلَم"),
        ("مســلم", ""),
    ],
)
def test_the_best_join_of_a_word(word: str, best: str) -> None:
    joins = sorted(_joins(word, 0, len(word)))
    marked = ""
    if joins:
        rank = joins[0].rank
        after = max(join.after for join in joins if join.rank == rank)
        marked = f"{word[:after]}ـ{word[after:]}"
    assert marked == best


def test_justified_lines_are_exact_and_say_what_is_written() -> None:
    paragraph = arabic(ARABIC)
    plain = arabic(ARABIC, kashida=False)
    count = 0
    for line in paragraph.lines(13000.0):
        result = placed(paragraph, line, measure=13000.0, align="justify")
        assert spoken(result) == paragraph.text[line.start : line.end]
        glyphs = [glyph for run in result.runs for glyph in run.glyphs]
        tatweels = [glyph for glyph in glyphs if not glyph.text]
        assert all(glyph.advance > 0 for glyph in tatweels)
        if line.last:
            assert not tatweels
            continue
        count += len(tatweels)
        hanging = sum(g.advance for g in result.runs[-1].glyphs[:1] if g.text == " ")
        assert sum(glyph.advance for glyph in glyphs) - hanging == pytest.approx(13000)
        same = placed(plain, line, measure=13000.0, align="justify")
        assert all(glyph.text for run in same.runs for glyph in run.glyphs)
        assert spoken(same) == spoken(result)
    assert count > 2


def test_at_most_one_place_in_a_word_and_two_tatweels() -> None:
    words = lengthened(arabic(ARABIC), 11500.0).split()
    assert any("ـ" in word for word in words)
    for word in words:
        pieces = [piece for piece in word.split("ـ") if piece]
        assert len(pieces) <= 2
        assert word.count("ـ") <= 2


def test_every_tatweel_is_said_with_its_letter() -> None:
    paragraph = arabic(ARABIC)
    for line in paragraph.lines(13000.0):
        for run in placed(paragraph, line, measure=13000.0, align="justify").runs:
            for index, glyph in enumerate(run.glyphs):
                inside = [text for a, b, text in run.actual if a <= index < b]
                assert glyph.text or len(inside) == 1


def test_persian_and_urdu_in_naskh_but_never_nastaliq() -> None:
    persian = "لمس آرام شاید به خواب نوزاد شما کمک کند و آرامش مادر را نیز بیشتر سازد"
    assert "ـ" in lengthened(arabic(persian, lang="fa"), 12000.0)
    assert "ـ" in lengthened(arabic(TEXTS["ur"], lang="ur", script="Arab"), 14000.0)
    naskh = arabic(TEXTS["ur"], lang="ur", script="ur")
    for line in naskh.lines(12000.0):
        runs = placed(naskh, line, measure=12000.0, align="justify").runs
        plain = placed(naskh, line, measure=12000.0).runs
        assert sum(len(run.glyphs) for run in runs) == sum(len(run.glyphs) for run in plain)


def test_a_border_of_styles_is_not_lengthened() -> None:
    paragraph = arabic("مس", Span("لم", bold=True), " قد قد قد")
    line = paragraph.lines(1e6)[0]._replace(last=False)
    result = placed(paragraph, line, measure=line.width + 900, align="justify")
    assert all(glyph.text for run in result.runs for glyph in run.glyphs)


def test_a_line_of_one_word_is_left_alone() -> None:
    paragraph = arabic("مسلم")
    line = paragraph.lines(1e6)[0]._replace(last=False)
    result = placed(paragraph, line, measure=line.width + 400, align="justify")
    assert result.runs[0].glyphs == placed(paragraph, line).runs[0].glyphs


def test_marks_stay_with_their_letters() -> None:
    paragraph = arabic("مَسْلَم قد")
    line = paragraph.lines(1e6)[0]._replace(last=False)
    run = placed(paragraph, line, measure=line.width + 700, align="justify").runs[0]
    assert says(run).strip() == "مَسْلَم"
    assert any(text == "سْ" for _, _, text in run.actual)
    assert any(not glyph.text and glyph.advance > 0 for glyph in run.glyphs)
