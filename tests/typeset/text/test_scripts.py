"""Plain Latin is known without looking at every character, and is what looking would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handouts.typeset.text import bidi
from handouts.typeset.text.scripts import COMMON, is_latin, script, scripts

LATIN = st.text(st.characters(max_codepoint=0x24F), min_size=1)


def test_latin_has_no_characters_of_another_script_or_direction() -> None:
    for character in map(chr, range(0x250)):
        assert scripts(character) == [script(character)]
        assert bidi.levels(character, 0)[0] == [0]


@given(LATIN)
def test_shared_characters_of_latin_go_with_its_letters(text: str) -> None:
    assert is_latin(text)
    letters = any(script(character) == "Latn" for character in text)
    assert scripts(text) == ["Latn" if letters else COMMON] * len(text)
    # A word of a script beside it sends the same characters the long way.
    assert scripts(f"a{text}\u0416")[1:-1] == ["Latn"] * len(text)


def test_other_scripts_are_not_latin() -> None:
    assert not any(is_latin(f"a{character}") for character in "\u0250\u0416\u0627\u4e00\U0001f600")
