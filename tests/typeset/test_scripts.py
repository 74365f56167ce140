"""Every script: its glyphs as they were, text for each of them, and the text back.

After a change that is meant, run ``python -m tests.typeset.test_scripts`` and read the diff.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from handouts.model.pages import GlyphRun, Pages
from handouts.pdf import render
from tests.typeset import paragraphs
from tests.typeset.glyph_dump import dump
from tests.typeset.paragraphs import COLUMN, MARGIN, Sample, fixtures

GOLDEN = Path(__file__).parent / "golden" / "scripts"
LEAST = {"ltr": 0.99, "rtl": 0.9}
"""Of the characters, in order, from PDFium; right to left it guesses the order of brackets."""
LEAST_OF = {
    "ur": 0.45,
    "th": 0.97,
    "km": 0.97,
    "my": 0.98,
}
"""What PDFium makes of it: words of Nastaliq run downhill and are sorted by height; the signs
above a letter of Thai, Khmer or Burmese are now and then told twice."""
_UNSEEN = re.compile("[\\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]+")

sample_of = pytest.mark.parametrize("tag", fixtures())


def runs(pages: Pages) -> Iterator[GlyphRun]:
    for item in pages.pages[0].items:
        assert isinstance(item, GlyphRun)
        yield item


def plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def set_alone(tag: str) -> tuple[Sample, Pages]:
    sample = fixtures()[tag]
    return sample, paragraphs.pages(sample)


@sample_of
def test_glyphs_are_as_they_were(tag: str) -> None:
    expected = (GOLDEN / f"{tag}.txt").read_text(encoding="utf-8")
    assert dump(*set_alone(tag)) == expected


def test_there_is_no_golden_too_many() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(fixtures())


@sample_of
def test_every_glyph_has_text_or_stands_under_actual_text(tag: str) -> None:
    _, pages = set_alone(tag)
    seen = 0
    for run in runs(pages):
        spoken = {index for start, end, _ in run.actual for index in range(start, end)}
        for index, glyph in enumerate(run.glyphs):
            seen += 1
            assert glyph.gid != 0
            assert glyph.text or index in spoken
            assert all(unicodedata.category(c) not in ("Co", "Cn", "Cs") for c in glyph.text)
    assert seen > 40


@sample_of
def test_no_line_is_wider_than_the_column(tag: str) -> None:
    _, pages = set_alone(tag)
    lines: dict[float, list[float]] = {}
    for run in runs(pages):
        pen = run.x
        for glyph in run.glyphs:
            start, pen = pen, pen + glyph.advance * run.size / 1000
            if not glyph.text.isspace():
                lines.setdefault(run.y, []).extend((start, pen))
    assert len(lines) > 3
    for line in lines.values():
        assert min(line) > MARGIN - 0.01
        assert max(line) < MARGIN + COLUMN + 0.01


@sample_of
def test_the_text_comes_back(tag: str) -> None:
    sample, pages = set_alone(tag)
    opened = pypdfium2.PdfDocument(render(pages))
    text = plain(opened[0].get_textpage().get_text_range())
    opened.close()
    match = SequenceMatcher(None, plain(sample.text), text, autojunk=False).ratio()
    assert match >= LEAST_OF.get(tag, LEAST[sample.facts.direction])


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in fixtures():
        (GOLDEN / f"{each}.txt").write_text(dump(*set_alone(each)), encoding="utf-8")
