"""A text in every script, shaped with the fonts it would be set in: no glyph may be missing."""

from __future__ import annotations

import pytest
import uharfbuzz as hb
import yaml

from handouts.diagnostics import Place
from handouts.load import load_fonts, load_manifest
from handouts.load.locale_facts import facts
from handouts.model.document import Span
from handouts.typeset.text import missing
from handouts.typeset.text.faces import faces_of
from handouts.typeset.text.itemise import choose_faces
from handouts.typeset.text.scripts import scripts
from tests.load.scenes import REPOSITORY, world

TEXTS: dict[str, str] = yaml.safe_load(
    (REPOSITORY / "tests" / "fixtures" / "scripts.yaml").read_text("utf-8")
)
MANIFEST = load_manifest(world(REPOSITORY))


def families(tag: str) -> tuple[str, ...]:
    return MANIFEST.setting(tag, facts(tag, Place("")).script).text


def test_there_is_a_text_in_every_script() -> None:
    written = {facts(tag, Place("")).script for tag in TEXTS}
    assert written == set(MANIFEST.scripts)
    for tag, text in TEXTS.items():
        assert 70 <= len(text) <= 160, tag
        assert any(char.isdigit() for char in text), tag
        assert set("(（") & set(text), tag
        assert any("A" <= char <= "z" for char in text), tag


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("tag", TEXTS)
def test_no_glyph_is_missing(tag: str, weight: int) -> None:
    text, wanted = TEXTS[tag], families(tag)
    library = load_fonts(world(REPOSITORY), None, None, wanted)
    assert missing([Span(text)], wanted, weight, tag, library) == ()
    faces = faces_of(library).fallback(wanted, weight, bold=False, italic=False)
    assert faces[0].name.startswith(wanted[0])
    chosen = choose_faces(text, scripts(text), faces)
    start = 0
    while start < len(text):
        end = next(
            (i for i in range(start, len(text)) if chosen[i] is not chosen[start]), len(text)
        )
        buffer = hb.Buffer()
        buffer.add_str(text[start:end])
        buffer.guess_segment_properties()
        buffer.language = tag
        hb.shape(chosen[start].font.shaper, buffer)
        assert 0 not in {info.codepoint for info in buffer.glyph_infos}, text[start:end]
        start = end


@pytest.mark.parametrize("tag", TEXTS)
def test_letters_come_from_the_scripts_own_family(tag: str) -> None:
    """Only digits, punctuation and the Latin word may come from the second family."""
    text, wanted = TEXTS[tag], families(tag)
    library = load_fonts(world(REPOSITORY), None, None, wanted)
    lacking = missing([Span(text)], wanted[:1], 400, tag, library)
    assert [char for char in lacking if ord(char) > 0x7F and char.isalnum()] == []
