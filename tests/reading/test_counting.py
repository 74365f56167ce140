"""Sentences, words and syllables, counted by hand."""

from __future__ import annotations

import pytest

from handouts.reading import counted, sentences
from handouts.reading.cutting import letters, words
from handouts.reading.syllables import syllables


@pytest.mark.parametrize(
    ("text", "language", "script", "count"),
    [
        ("Show your hands. Ask, “May I?” Watch what your baby does.", "en", "Latn", 3),
        ("Teething: you can gently rub sore gums.", "en", "Latn", 2),
        ("Last checked at 12:30 by us", "en", "Latn", 1),
        ("Some rest, some cry; all are loved.", "en", "Latn", 2),
        ("¿Puedo? Espera un sí.", "es", "Latn", 2),
        ("不要按压脊柱。手要暖和！可以吗？", "zh-Hans", "Hans", 3),
        ("不要按压脊柱：手要暖和", "zh-Hans", "Hans", 2),
        ("कुछ मिनट काफ़ी हैं। रुकें।", "hi", "Deva", 2),
        ("کافی ہے۔ رکیں۔", "ur", "Arab", 2),
        ("ቀስ ይበሉ። ያቁሙ።", "am", "Ethi", 2),
        ("កុំម៉ាស្សា។ ឈប់។", "km", "Khmr", 2),
        ("ทำห้องให้อุ่น ล้างมือ ถอดแหวน", "th", "Thai", 3),
        ("รอราว 45 นาที", "th", "Thai", 1),
        ("", "en", "Latn", 0),
        ("“…”", "en", "Latn", 0),
    ],
)
def test_sentences(text: str, language: str, script: str, count: int) -> None:
    assert len(sentences(text, language, script)) == count


@pytest.mark.parametrize(
    ("text", "language", "script", "count"),
    [
        ("Your baby’s feel-good time – now.", "en", "Latn", 5),
        ("Pourquoi pas ?", "fr", "Latn", 2),
        ("ንገሩን፡ቀስ ይበሉ።", "am", "Ethi", 3),
        ("ไม่ควรนวดเมื่อลูกมีไข้", "th", "Thai", 7),
        ("手要暖和，慢一点。", "zh-Hans", "Hans", 7),
        ("しっかり 45分", "ja", "Jpan", 7),
        ("천천히 쓰다듬으세요.", "ko", "Kore", 9),
    ],
)
def test_words(text: str, language: str, script: str, count: int) -> None:
    assert len(words(text, language, script)) == count


def test_marks_on_letters_are_no_letters() -> None:
    assert letters("काफ़ी") == 2
    assert letters("bébé") == letters("baby") == 4


def test_characters_beyond_the_first_plane_shift_nothing() -> None:
    said = sentences("Hello \N{BABY}. Ask us. Come \N{BABY}\N{BABY} in.", "en")
    assert said == ["Hello \N{BABY}.", "Ask us.", "Come \N{BABY}\N{BABY} in."]


SPOKEN = {
    "en": "baby2 massage2 gentle2 stroke1 strokes1 massages3 circles2 rubbed1 wanted2 cried1 "
    "tired1 quiet2 crying2 doing2 playing2 player2 being2 special2 trial2 period3 usual3 "
    "language2 create2 creature2 million2 Australian3 lion2 "
    "idea3 every2 safely2 careful2 suppleness3 rhythm2 easier3 babies2 "
    "studies2 while1 little2 people2 health1 the1 I1 baby’s2 feel-good2 communication5",
    "es": "bebé2 día2 cuidado3 ahora3 quiere2 muy1 y1 masaje3 leer2 agua2 aceite3 oído3 ciudad2 "
    "pingüino3 país2 idea3 haya2 hoy1 niño2",
    "fr": "bébé2 massage2 mère1 vidéo3 essayer3 oui1 Noël2 l’huile1 jamais2 pieds1 enfant2",
    "de": "Massage3 Baby2 Familie4 Studie3 Studien3 Ihr1 Füße2 Häuser2 Frauen2 geimpft2 die1 "
    "zwei1 Bauchmassage4",
    "nl": "massage3 kindje2 mooi1 nieuwe2 ruiken2 zee1 België3 eeuw1 zacht1",
    "ru": "массаж2 малыша3 ваш1 её2",
    "tr": "bebeğiniz4 masajı3 İyi2 saat2",
}


@pytest.mark.parametrize("language", SPOKEN)
def test_syllables(language: str) -> None:
    pairs = [(word.rstrip("12345"), int(word[-1])) for word in SPOKEN[language].split()]
    wrong = {word: syllables(word, language) for word, n in pairs if syllables(word, language) != n}
    assert wrong == {}


def test_variants_speak_as_their_language() -> None:
    assert syllables("massage", "en-GB") == 2


def test_digits_are_said_one_by_one_and_others_not_at_all() -> None:
    assert syllables("45", "en") == 2
    assert syllables("مساج", "ar") == 0


def test_counts() -> None:
    counts = counted(["Massage may help.", "Ask your health professional."], "en")
    assert (counts.sentences, counts.words, counts.longest) == (2, 7, 4)
    assert (counts.syllables, counts.one_syllable, counts.many_syllables) == (11, 5, 1)
    assert (counts.letters, counts.long_words) == (7 + 3 + 4 + 3 + 4 + 6 + 12, 2)
    assert counts.per_sentence == 3.5


def test_nothing_to_read_counts_nothing() -> None:
    counts = counted([], "en")
    assert (counts.sentences, counts.words, counts.longest, counts.per_word) == (0, 0, 0, 0)
