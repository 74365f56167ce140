"""The shipped fonts as a library, and short ways to say what a test wants."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from handouts.model.document import Span
from handouts.model.fonts import FontFace, FontFile, FontLibrary
from handouts.model.pages import GlyphRun
from handouts.typeset.text import Line, Paragraph, Placed, paragraph, place

ROOT = Path(__file__).parents[3]
UNICODE = ROOT / "tests" / "fixtures" / "unicode"

LATIN = ("Noto Sans",)
ARABIC = ("Noto Sans Arabic", "Noto Sans")
CHINESE = ("Noto Sans SC", "Noto Sans")
EVERYTHING = ("Noto Sans", "Noto Sans Arabic", "Noto Sans SC")

_FILES = (
    ("Noto Sans", 400, False, "noto-sans/NotoSans-Regular.ttf"),
    ("Noto Sans", 700, False, "noto-sans/NotoSans-Bold.ttf"),
    ("Noto Sans", 400, True, "noto-sans/NotoSans-Italic.ttf"),
    ("Noto Sans Arabic", 400, False, "noto-sans-arabic/NotoSansArabic-Regular.ttf"),
    ("Noto Sans Arabic", 700, False, "noto-sans-arabic/NotoSansArabic-Bold.ttf"),
    ("Noto Sans SC", 400, False, "noto-sans-sc/NotoSansSC-Regular.ttf"),
    ("Noto Sans SC", 700, False, "noto-sans-sc/NotoSansSC-Bold.ttf"),
)


@cache
def library() -> FontLibrary:
    faces = []
    for family, weight, italic, path in _FILES:
        data = (ROOT / "fonts" / path).read_bytes()
        file = FontFile(hashlib.sha256(data).hexdigest(), data)
        faces.append(FontFace(family, weight, italic, file))
    return FontLibrary(tuple(faces))


def shaped(
    *spans: Span | str,
    families: tuple[str, ...] = LATIN,
    lang: str = "en",
    direction: Literal["ltr", "rtl"] = "ltr",
) -> Paragraph:
    made = tuple(Span(span) if isinstance(span, str) else span for span in spans)
    return paragraph(made, families, 400, lang, direction, library())


def arabic(*spans: Span | str) -> Paragraph:
    return shaped(*spans, families=ARABIC, lang="ar", direction="rtl")


def placed(made: Paragraph, line: Line | None = None, **settings: Any) -> Placed:
    """The line (the only one if none is given) in a column of 1,000,000/1000 em at x 0."""
    if line is None:
        (line,) = made.lines(1e6)
    given: dict[str, Any] = {"measure": 1000.0, "align": "start", "owner": 1} | settings
    return place(made, line, x=0.0, baseline=0.0, size=1000.0, colour="ink", **given)


def says(run: GlyphRun) -> str:
    """The text of a run as a reader gets it: ActualText first, backwards where it is reversed."""
    actual = {start: (end, text) for start, end, text in run.actual}
    parts, index = [], 0
    while index < len(run.glyphs):
        end, text = actual.get(index, (index + 1, run.glyphs[index].text))
        parts.append(text)
        index = end
    return "".join(reversed(parts) if run.reversed else parts)


def spoken(result: Placed) -> str:
    return "".join(map(says, result.runs))


def texts(made: Paragraph, measure: float, *, hyphenate: bool = False) -> list[str]:
    lines = made.lines(measure, hyphenate=hyphenate)
    return [made.text[line.start : line.end] for line in lines]
