"""Marks stand on their letters, or the letters come from a face that can put them there."""

from __future__ import annotations

import pytest

from handouts.model.document import Span
from handouts.model.fonts import FontFace
from handouts.typeset.text import paragraph
from handouts.typeset.text.faces import Font, load
from handouts.typeset.text.marks import sets

from .world import world

HEADINGS, TEXT = "M PLUS Rounded 1c", "Noto Sans"


def face(family: str) -> FontFace:
    found = world().face(family, 700, False)
    assert found is not None
    return found


def font(family: str) -> Font:
    return load(face(family).file)


@pytest.mark.parametrize("cluster", ["ǫ́", "q̀", "á̧", "x̂́", "i̇́"])
def test_a_font_that_has_a_mark_may_not_know_where_it_goes(cluster: str) -> None:
    assert font(HEADINGS).covers(cluster)
    assert not sets(font(HEADINGS), f"Clinic {cluster}")
    assert sets(font(TEXT), f"Clinic {cluster}")


@pytest.mark.parametrize("text", ["Łódź", "Lo\u0301dz", "Ọ̀ṣun", "Việt Nam", "Ελλάδα", "й", "naïve"])
def test_letters_that_are_whole_in_the_font_stay_in_it(text: str) -> None:
    assert sets(font(HEADINGS), text)


def test_the_words_around_such_a_letter_keep_one_face() -> None:
    def faces(text: str) -> set[str]:
        made = paragraph((Span(text),), (HEADINGS, TEXT), 700, "en", "ltr", world())
        return {run.face.name for run in made.setting.runs}

    assert faces("Clinic Lódz") == {face(HEADINGS).name}
    assert faces("Hózhǫ́ Clinic") == {face(TEXT).name}
