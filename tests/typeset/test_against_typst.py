"""The same paragraph by typst: with the same files, sizes and column the ink is the same.

Lines are compared as pictures. Where they differ is data, with the reason; a difference that
is not listed fails, and so does one that is listed and gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops, ImageFilter

from handouts.model.pages import GlyphRun
from handouts.pdf import render
from tests.typeset import paragraphs, typst_peer
from tests.typeset.paragraphs import MARGIN, Sample, fixtures, style

pytest.importorskip("typst", reason="the typst binding is not installed (pip install typst)")

SCALE = 200 / 72
ALIKE = 0.98
"""Of the ink of a line within a pixel of the other's, both ways."""


class Known(NamedTuple):
    """Lines of ours, from 1, that typst has otherwise, and why."""

    lines: tuple[int, ...]
    why: str


_FILLED = "a last line of one short word takes a word of the line before along"
_AIR = "a sixth of an em beside Latin letters and digits, where typst has a quarter"
_SPACE = "the space after a Latin word or digit is the Latin face's; the script's own is another"
KNOWN: dict[str, Known] = {
    "vi": Known((5, 6), _FILLED),
    "pl": Known((5, 6), _FILLED),
    "am": Known((4, 5), _FILLED),
    "ar": Known((4, 5), _FILLED),
    "ckb": Known((4, 5), _FILLED),
    "ps": Known((4, 5), _FILLED),
    "lo": Known((1, 2, 3, 4), "words are kept whole that typst cuts after a syllable (bread)"),
    "my": Known((2, 3, 4, 5, 6), "endings stay with their word; typst cuts before them"),
    "ko": Known((1, 2, 3, 4, 5, 6, 7), "words are kept whole; typst cuts between syllables"),
    "ur": Known(
        (1, 2, 3, 4),
        f"the bold file says its weight is 400, so typst finds no bold; {_FILLED}",
    ),
    "si": Known((6,), _SPACE),
    "ja": Known((2, 5), _AIR),
    "zh-Hans": Known((1, 4, 7, 8), f"{_AIR}; a last line of two characters takes one along"),
    "zh-Hant": Known((1, 2, 3, 4, 5, 6, 7, 8), f"{_AIR}, so a bracket fits on the second line"),
    "yue": Known((1, 2, 3, 4), f"{_AIR}, so a character more fits on the second line"),
}


@pytest.mark.parametrize("tag", fixtures())
def test_lines_are_those_of_typst(tag: str) -> None:
    alike = tuple(agreement(fixtures()[tag]))
    other = tuple(number for number, share in enumerate(alike, 1) if share < ALIKE)
    assert other == (KNOWN[tag].lines if tag in KNOWN else ()), KNOWN.get(tag, alike)


def test_most_lines_are_compared() -> None:
    assert set(KNOWN) <= set(fixtures())
    assert len(KNOWN) < len(fixtures()) / 2
    assert all(known.why and known.lines for known in KNOWN.values())


def agreement(sample: Sample) -> Iterator[float]:
    """How much of each line's ink the two have in common."""
    look = style(sample)
    pages = paragraphs.pages(sample)
    runs = [run for run in pages.pages[0].items if isinstance(run, GlyphRun)]
    baselines = sorted({round(run.y, 3) for run in runs})
    pitch = look.size * look.leading
    theirs = picture(typst_peer.pdf(sample, baselines[0] - MARGIN))
    ours = picture(render(pages))
    for baseline in baselines:
        yield common(band(ours, baseline, pitch), band(theirs, baseline, pitch))


def picture(data: bytes) -> Image.Image:
    """The page with ink in white on black."""
    document = pypdfium2.PdfDocument(data)
    page = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    return ImageChops.invert(page)


def band(page: Image.Image, baseline: float, pitch: float) -> Image.Image:
    """A line: as much above the baseline and below as neighbours hardly reach into."""
    top = round((baseline - pitch * 0.55) * SCALE)
    strip = page.crop((0, top, page.width, top + round(pitch * 0.75 * SCALE)))
    return strip.point(lambda value: 255 if value > 110 else 0)


def common(one: Image.Image, other: Image.Image) -> float:
    """The lesser share of one's ink that lies on the other's, made a pixel wider."""
    return min(_on(one, other), _on(other, one))


def _on(one: Image.Image, other: Image.Image) -> float:
    ink = one.histogram()[255]
    shared = ImageChops.darker(one, other.filter(ImageFilter.MaxFilter(3))).histogram()[255]
    return shared / ink if ink else float(not other.histogram()[255])
