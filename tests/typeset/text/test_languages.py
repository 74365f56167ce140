"""What a language changes: where lines end, which forms its letters have, how stress is seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handouts.model.document import Span
from handouts.typeset.text.breaks import graphemes, line_breaks

from .samples import placed, says, texts
from .world import made


def cut(text: str, lang: str, *, big: bool = False) -> str:
    ends = line_breaks(text, lang, big).usual
    return "|".join(text[a:b] for a, b in zip((0, *ends), ends, strict=False))


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("ko", "아기 |마사지는 |도움이 |될 |수 |있습니다(3층)."),
        ("zh-Hans", "轻|柔|的|抚|触，|可|能|（三|楼）。"),
        ("ja", "キャッ|チ！|（ちょっ|と）。"),
        ("th", "สวัสดี|ครับ"),
        ("lo", "ພາສາ|ລາວ|ຂອງ"),
        ("km", "ភាសាខ្មែរ|សរសេរ"),
        ("my", "မြန်မာဘာသာ|စကား"),
        ("bo", "བོད་|སྐད་|ཡིག་|གེ། །|འདི་|ནི།"),
        ("am", "ሰላም፡|ዓለም።|እንዴት |ነህ፣|ደህና"),
        ("he", "בית־|ספר |של"),
        ("ar", "والطفل، |قد |يساعد؟ |نعم؛ |(١٢)."),
        ("fr", "Il |dit : |«\u00a0oui\u00a0»\u202f! |et |« non »"),
        ("fr", "12\u00a0% |ou |ça\u00a0va\u202f?"),
        ("de", "Er |sagt |„Hallo |Welt“, |‚so‘ |und |»ja«."),
        ("es", "Hola, |¿qué |tal? |¡Bien!"),
        ("fi", "Hän |sanoi |”hei |vain” |ja |linja-|auto"),
        ("sv", "Hon |sa |”hej |du” |nu"),
        ("vi", "Nhẹ |nhàng, |chị |ơi!"),
        ("hi", "मनुष्य |है। |यह |क्षमा"),
        ("el", "Τι; |Ναι, |«καλό»."),
    ],
)
def test_where_lines_end(lang: str, wanted: str) -> None:
    assert cut(wanted.replace("|", ""), lang) == wanted


def test_korean_words_are_cut_only_when_they_do_not_fit() -> None:
    paragraph = made("아기 마사지는 도움이 됩니다(참고).", lang="ko", script="Kore")
    assert texts(paragraph, 5000.0)[:2] == ["아기 ", "마사지는 "]
    narrow = texts(paragraph, 3000.0)
    assert narrow[:3] == ["아기 ", "마사지", "는 "]
    assert all(line[0] not in ").," for line in narrow)


def test_big_japanese_is_cut_between_phrases() -> None:
    text = "赤ちゃんのベビーマッサージ教室"
    assert cut(text, "ja", big=True) == "赤ちゃんの|ベビーマッサージ|教室"
    assert "マッ|サー" in cut(text, "ja")
    heading = made(text, lang="ja", script="Jpan", weight=700)
    assert texts(heading, 9000.0) == ["赤ちゃんの", "ベビーマッサージ", "教室"]
    narrow = texts(heading, 4000.0)
    assert "".join(narrow) == text
    assert all(line[0] not in "ーッャ" for line in narrow)


@pytest.mark.parametrize("lang", ["", "x", "i-klingon", "de-Latn-DE-1996", "zz-ZZ", "no such"])
def test_any_language_has_breaks(lang: str) -> None:
    assert cut("eins zwei", lang) == "eins |zwei"


def gids(text: str, lang: str, script: str) -> list[int]:
    paragraph = made(f"\u2066{text}\u2069", lang=lang, script=script)
    return [glyph.gid for run in placed(paragraph).runs for glyph in run.glyphs]


@pytest.mark.parametrize(
    ("text", "script", "one", "other"),
    [
        ("б", "Latn", "ru", "sr"),
        ("б", "Latn", "ru", "mk"),
        ("ţ", "Latn", "en", "ro"),
        ("ş", "Latn", "en", "ro"),
        ("झ", "Deva", "hi", "ne"),
        ("८", "Deva", "hi", "ne"),
        ("ल", "Deva", "hi", "mr"),
        ("श", "Deva", "hi", "mr"),
        ("۴", "Arab", "fa", "ur"),
        ("۷", "Arab", "fa", "ur"),
        ("fi", "Latn", "en", "tr"),
        ("fi", "Latn", "en", "az-Latn"),
    ],
)
def test_forms_of_a_language(text: str, script: str, one: str, other: str) -> None:
    """Also in a span of that language within a paragraph of the other."""
    assert gids(text, one, script) != gids(text, other, script)
    inside = made(Span(f"\u2066{text}\u2069", lang=other), lang=one, script=script)
    glyphs = [glyph.gid for run in placed(inside).runs for glyph in run.glyphs]
    assert glyphs == gids(text, other, script)


@pytest.mark.parametrize(
    ("lang", "script", "family"),
    [
        ("zh-Hans", "Hans", "Noto Sans SC"),
        ("zh-Hant", "Hant", "Noto Sans TC"),
        ("ja", "Jpan", "Noto Sans JP"),
    ],
)
def test_an_ideograph_comes_from_the_regions_face(lang: str, script: str, family: str) -> None:
    (run,) = placed(made("日", lang=lang, script=script)).runs
    assert run.face == f"{family} 400"


def faces(*spans: Span | str, lang: str, script: str) -> Sequence[str]:
    runs = placed(made(*spans, lang=lang, script=script)).runs
    return [run.face.partition("Noto ")[2] for run in runs]


@pytest.mark.parametrize(
    ("lang", "script", "word"),
    [
        ("ar", "Arab", "سلام"),
        ("hi", "Deva", "नमस्ते"),
        ("zh-Hans", "Hans", "轻"),
        ("ja", "Jpan", "やさしい"),
        ("th", "Thai", "สวัสดี"),
        ("he", "Hebr", "שלום"),
        ("ur", "ur", "سلام"),
    ],
)
def test_italic_is_bold_where_there_is_none(lang: str, script: str, word: str) -> None:
    (plain,) = faces(word, lang=lang, script=script)
    assert plain.endswith(" 400")
    for span in (Span(word, italic=True), Span(word, bold=True), Span(word, True, True)):
        assert faces(span, lang=lang, script=script) == [plain.replace("400", "700")]


def test_italic_is_italic_where_there_is_one() -> None:
    mixed = faces(Span("touch স্পর্শ", italic=True), lang="en", script="Latn")
    assert mixed == ["Sans 400 italic", "Sans Bengali 700"]


@pytest.mark.parametrize(
    ("script", "lang", "text", "at", "snapped"),
    [
        ("Deva", "hi", "क्षमा", 1, 0),
        ("Deva", "hi", "क्षमा", 2, 0),
        ("Deva", "hi", "कि", 1, 0),
        ("Beng", "bn", "ক্ষ", 2, 0),
        ("Khmr", "km", "ខ្មែរ", 2, 0),
        ("Mymr", "my", "ဗုဒ္ဓ", 4, 2),
        ("Sinh", "si", "ක්\u200dෂ", 3, 0),
        ("Knda", "kn", "ಕ್ಷ", 2, 0),
        ("Tibt", "bo", "སྐད", 1, 0),
        ("Thai", "th", "ที่", 1, 0),
        ("Kore", "ko", "\u1100\u1161\u11a8", 1, 0),
    ],
)
def test_a_style_never_begins_inside_a_cluster(
    script: str, lang: str, text: str, at: int, snapped: int
) -> None:
    assert snapped in (0, *graphemes(text))
    runs = placed(made(text[:at], Span(text[at:], bold=True), lang=lang, script=script)).runs
    plain = placed(made(text, lang=lang, script=script)).runs
    assert says(runs[-1]).startswith(text[snapped:]) or len(runs) == 1
    assert len(runs) == (2 if snapped else 1)
    assert sum(len(run.glyphs) for run in runs) == sum(len(run.glyphs) for run in plain)


def test_a_mark_on_a_letter_of_another_script_is_painted() -> None:
    """No face has both: each comes from one that has it, and nothing is left without a glyph."""
    assert 0 not in gids("*\u0bbe\u0ba4\u0bc0\u0bb0\u0bcd", "ta", "Taml")
