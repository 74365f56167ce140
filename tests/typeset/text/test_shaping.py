"""Scripts, faces and shaping: what a run is and what its glyphs say."""

from __future__ import annotations

import pytest
from fontTools import unicodedata as reference

from handouts.model.document import Span
from handouts.typeset.text import missing
from handouts.typeset.text.faces import faces_of
from handouts.typeset.text.script_extensions import script_extensions
from handouts.typeset.text.scripts import COMMON, script, scripts
from handouts.typeset.text.shaping import share

from .samples import ARABIC, CHINESE, EVERYTHING, LATIN, arabic, library, placed, says, shaped


def test_script_property_agrees_with_the_character_database() -> None:
    for point in [*range(0x20, 0x3100, 3), *range(0xA000, 0xD7FF, 97), 0x20000]:
        wanted = reference.script(chr(point))
        assert script(chr(point)) == (COMMON if wanted in ("Zinh", "Zzzz") else wanted)


def test_extensions_agree_with_the_character_database() -> None:
    table = script_extensions()
    assert len(table) > 400
    for character, names in table.items():
        assert names == reference.script_extension(character)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("«a»", "Latn Latn Latn"),
        ("12", "Zyyy Zyyy"),
        ("a।क", "Latn Deva Deva"),
        ("ك،", "Arab Arab"),
        ("a（字）b", "Latn Latn Hani Latn Latn"),
        ("（字）。", "Hani Hani Hani Hani"),
        ("a、字", "Latn Hani Hani"),
        ("a(ك)", "Latn Latn Arab Latn"),
        ("aー", "Latn Hira"),
        ("क\u0301", "Deva Deva"),
    ],
)
def test_shared_characters(text: str, wanted: str) -> None:
    assert scripts(text) == wanted.split()


def test_equal_libraries_share_their_faces() -> None:
    first = library()
    other = type(first)(tuple(first.faces))
    assert faces_of(first) is faces_of(other)


def test_faces_by_weight_and_slant() -> None:
    faces = faces_of(library())
    names = [
        faces.fallback(EVERYTHING, weight, bold=bold, italic=italic)[0].name
        for weight, bold, italic in [(400, False, False), (400, True, False), (400, False, True)]
    ]
    assert names == ["Noto Sans 400", "Noto Sans 700", "Noto Sans 400 italic"]
    with pytest.raises(LookupError, match="Comic"):
        faces.fallback(("Comic",), 400, bold=False, italic=False)


def test_missing_characters_in_order_and_once() -> None:
    spans = (Span("a\u200d字\u2066ক\u2069\ufe0f"), Span("ক字\u00ad\n\tথ"))
    assert missing(spans, LATIN, 400, "en", library()) == ("字", "ক", "থ")
    assert missing((Span("\u0600\U000e01f0"),), LATIN, 400, "en", library()) == ("\u0600",)
    assert missing(spans, CHINESE, 400, "zh", library()) == ("ক", "থ")


def test_decomposed_and_odd_spaces_count_as_covered() -> None:
    span = Span("e\u0323\u0301\u2009x\u202f\u2011")
    assert missing((span,), LATIN, 400, "en", library()) == ()


def test_arabic_joins_across_a_bold_run() -> None:
    whole = {glyph.gid for run in placed(arabic("كتاب")).runs for glyph in run.glyphs}
    mixed = placed(arabic("ك", Span("تا", bold=True), "ب"))
    regular = {glyph.gid for run in mixed.runs if "400" in run.face for glyph in run.glyphs}
    assert [run.face[-3:] for run in mixed.runs] == ["400", "700", "400"]
    assert regular < whole
    alone = {glyph.gid for run in placed(arabic("ك")).runs for glyph in run.glyphs}
    assert not alone <= regular


def test_styles_never_cut_a_cluster() -> None:
    made = placed(shaped("cafe", Span("\u0301s", bold=True)))
    assert [says(run) for run in made.runs] == ["caf", "e\u0301s"]


@pytest.mark.parametrize(
    ("text", "families", "one", "other"),
    [("б", LATIN, "ru", "sr"), ("ţş", LATIN, "en", "ro"), ("۴۷", ARABIC, "fa", "ur")],
)
def test_forms_follow_the_language(
    text: str, families: tuple[str, ...], one: str, other: str
) -> None:
    first, second, span = (
        placed(made).runs[0].glyphs
        for made in (
            shaped(text, families=families, lang=one),
            shaped(text, families=families, lang=other),
            shaped(Span(text, lang=other), families=families, lang=one),
        )
    )
    assert [glyph.gid for glyph in first] != [glyph.gid for glyph in second]
    assert second == span


def test_a_ligature_says_all_its_letters() -> None:
    (run,) = placed(shaped("fi")).runs
    assert [glyph.text for glyph in run.glyphs] == ["fi"]
    made = shaped("f", Span("i", node=4))
    assert [(says(run), run.owner) for run in placed(made).runs] == [("f", 1), ("i", 4)]


@pytest.mark.parametrize(
    ("cluster", "glyphs", "rtl", "parts"),
    [
        ("ab", 1, False, ["ab"]),
        ("abc", 2, False, ["a", "bc"]),
        ("ab", 2, True, ["b", "a"]),
        ("a", 2, True, ["", "a"]),
        ("\u09cb", 2, False, ["\u09c7", "\u09be"]),
        ("\u0622", 2, True, ["", "\u0622"]),
    ],
)
def test_characters_are_shared_out(cluster: str, glyphs: int, rtl: bool, parts: list[str]) -> None:
    assert share(cluster, glyphs, rtl) == parts


def test_fallback_face_for_what_the_first_lacks() -> None:
    runs = placed(shaped("Dr 王 12", families=EVERYTHING)).runs
    assert [(run.face, says(run)) for run in runs] == [
        ("Noto Sans 400", "Dr "),
        ("Noto Sans SC 400", "王 12"),
    ]


def test_one_face_for_an_address_in_another_script() -> None:
    """The text's own face has a full stop too, but the letters round it are another's."""
    families = ("Noto Sans Arabic", "Noto Sans")
    made = shaped("اكتبوا \u2066a.b@c.example\u2069", families=families, lang="ar")
    assert ("Noto Sans 400", "a.b@c.example") in [(r.face, says(r)) for r in placed(made).runs]


@pytest.mark.parametrize("text", ["ه\u200cا", "سلام", "الأمّ"])
def test_right_to_left_every_character_is_said_by_a_glyph(text: str) -> None:
    """A ligature's second letter and a joiner by one that is empty and has no width."""
    (run,) = placed(arabic(text)).runs
    assert run.reversed
    assert [glyph.text for glyph in run.glyphs] == list(reversed(text))
    assert run.actual == ()
    assert all(glyph.advance == 0 for glyph in run.glyphs if glyph.text in "\u200c\u0651")
    assert says(run) == text
