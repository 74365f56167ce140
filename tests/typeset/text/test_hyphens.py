"""Hyphenation: which words, where, and how many in a row."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from handouts.model.document import Span

from .samples import placed, spoken, texts
from .world import made

GERMAN = (
    "Der Säuglingsmassagekurs findet jeden Donnerstagnachmittag in behaglicher Umgebung statt. "
    "Behutsame Berührungen können möglicherweise zur Entspannung beitragen, besonders abends."
)


def parts(text: str, lang: str) -> list[str]:
    """The text with a hyphen at every place a line may be broken inside a word."""
    paragraph = made(text, lang=lang, hyphenate=True)
    breaks = paragraph.setting.breaks
    return [text[a:b] for a, b in pairwise([0, *breaks.soft, len(text)])]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Säuglingsmassage ja", "Säug-lings-mas-sage ja"),
        ("de-DE", "Mittwochvormittag ja", "Mitt-woch-vor-mit-tag ja"),
        ("de", "Kursanmeldung ja", "Kurs-an-mel-dung ja"),
        ("en", "information so", "in-for-ma-tion so"),
        ("en-GB", "breastfeeding so", "breast-feed-ing so"),
        ("fr", "l’allaitement oui", "l’al-lai-te-ment oui"),
        ("es", "«tranquilidad», sí", "«tran-qui-li-dad», sí"),
        ("pt-BR", "massagem sim", "mas-sa-gem sim"),
        ("pl", "masażu tak", "ma-sażu tak"),
        ("ru", "массажист да", "мас-са-жист да"),
        ("uk", "немовляти так", "не-мов-ляти так"),
        ("el", "εκπαίδευση ναι", "εκ-παί-δευση ναι"),
        ("nb", "fordelene ja", "for-de-lene ja"),
        ("no", "fordelene ja", "for-de-lene ja"),
        ("sr-Latn", "masaža bebe da", "ma-saža bebe da"),
        ("xx", "massagemassage ja", "massagemassage ja"),
        ("zh-Hans", "massage ja", "massage ja"),
    ],
)
def test_places(lang: str, text: str, wanted: str) -> None:
    assert "-".join(parts(text, lang)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "NATO UNESC ja",
        "Kurs Baby ja",
        "www.entspannung.example/massage/anmeldung ja",
        "anmeldung@entspannung.example ja",
        "A1234567 1234567890 ja",
        "Das ist die Entspannung",
        "Das ist die Entspannung.\nUnd ja",
    ],
)
def test_what_stays_whole(text: str) -> None:
    breaks = made(text, lang="de", hyphenate=True).setting.breaks
    assert [end for end in breaks.soft if text[end - 1] != "\u00ad"] == []


def test_capitals_of_six_letters_are_a_word() -> None:
    assert parts("DEUTSCHLAND ja", "de") == ["DEUTSCH", "LAND ja"]


def test_soft_hyphens_win_in_their_word() -> None:
    text = "Entspannungs\u00admassage ja"
    assert parts(text, "de") == ["Entspannungs\u00ad", "massage ja"]


def test_a_word_in_another_language_follows_its_own_dictionary() -> None:
    spans = ("Die ", Span("information", lang="en"), " und ", Span("Entspannung", lang="zh"), " x")
    paragraph = made(*spans, lang="de", hyphenate=True)
    places = paragraph.setting.breaks.soft
    assert [paragraph.text[:end] for end in places] == [
        "Die in", "Die infor", "Die informa",
    ]  # fmt: skip
    mixed = made("Ent", Span("spannung", lang="en"), " ja", lang="de", hyphenate=True)
    assert mixed.setting.breaks.soft == ()


def test_a_word_of_two_styles_is_broken_like_any() -> None:
    paragraph = made("Entspan", Span("nung", bold=True), " ja ja", lang="de", hyphenate=True)
    assert paragraph.setting.breaks.soft == (3, 7)
    lines = paragraph.lines(paragraph.widest - 2500, hyphenate=True)
    run = placed(paragraph, lines[0]).runs[-1]
    assert run.face == "Noto Sans 400"
    assert run.glyphs[-1].text == "\u00ad"


def test_lines_show_the_hyphen_and_fit() -> None:
    paragraph = made(GERMAN, lang="de", hyphenate=True)
    for measure in (6000.0, 9000.0, 14000.0):
        lines = paragraph.lines(measure, hyphenate=True)
        assert all(line.width <= measure + 1e-3 for line in lines)
        broken = [paragraph.setting.hyphen(line.end) is not None for line in lines]
        assert any(broken)
        assert (True, True, True) not in zip(broken, broken[1:], broken[2:], strict=False)
        for line, cut in zip(lines, broken, strict=True):
            result = placed(paragraph, line)
            assert spoken(result).endswith("\u00ad") == cut
            shown = sum(glyph.advance for run in result.runs for glyph in run.glyphs)
            assert shown == pytest.approx(line.width, abs=300 if not cut else 1e-3)
    whole = "".join(spoken(placed(paragraph, line)) for line in paragraph.lines(6000.0))
    assert whole.replace("\u00ad", "") == GERMAN


def test_a_full_line_needs_no_hyphen() -> None:
    paragraph = made("eins zwei drei vier fünf sechs Entspannung ja", lang="de", hyphenate=True)
    first = made("eins zwei drei vier fünf sechs", lang="de").widest
    assert texts(paragraph, first * 1.09, hyphenate=True)[0].endswith("sechs ")
    assert texts(paragraph, first * 1.25, hyphenate=True)[0].endswith("Ent")


def test_the_last_word_is_broken_only_when_it_is_too_long() -> None:
    paragraph = made("Es gibt Entspannung", lang="de", hyphenate=True)
    assert texts(paragraph, paragraph.widest - 500, hyphenate=True)[-1] == "Entspannung"
    assert texts(paragraph, 5000.0, hyphenate=True)[-2:] == ["Entspan", "nung"]


def test_dictionaries_are_not_read_for_styles_that_do_not_hyphenate() -> None:
    program = (
        "import sys; from tests.typeset.text.samples import shaped;"
        "shaped('Behutsame Entspannung', lang='de').lines(3000.0);"
        "sys.exit('pyphen' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
