"""Two documents with every kind of box, as listings a person can read.

After a change that is meant, run ``python -m tests.typeset.test_golden`` and read the diff.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from handouts.model.document import (
    Art,
    Backdrop,
    Columns,
    Decoration,
    Document,
    Region,
    Role,
    Row,
    Rule,
    Section,
    Sidebar,
    Spacer,
    Span,
    Stack,
    Track,
)
from handouts.typeset import typeset
from handouts.typeset.dump import dump
from handouts.units import Length
from tests.typeset.builder import ARROW, Builder, insets, library

GOLDEN = Path(__file__).parent / "golden"
Language = Literal["en", "ar"]

WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("Hello, baby", "Slow strokes", "Warm hands and a calm room", "Mon", "Page "),
    "ar": ("مرحباً يا صغيري", "حركات بطيئة", "يدان دافئتان وغرفة هادئة", "الاثنين", "صفحة "),
}


def document(lang: Language) -> Document:
    b = Builder(lang)
    title, stroke, advice, day, page = WORDS[lang]
    hero = Stack(
        children=(b.text(title, Role.H1, size=18),),
        padding=insets(12),
        decoration=Decoration(
            fill="primary", radius=Length(8), backdrop=Backdrop(ARROW, "tint", "end")
        ),
    )
    arrow = Art(drawing=ARROW, width=Length(20), height=Length(20), disc="tint", mirrored=True)
    heading = Row(
        children=(arrow, b.text(stroke, Role.H2, size=12)),
        tracks=(Track("fixed", 20), Track("share")),
        gap=Length(6),
        align="middle",
        keep_with_next=True,
    )
    items = Columns(children=tuple(b.item(advice) for _ in range(4)), count=2, gap=Length(10))
    link = b.node(Role.LINK)
    words = (
        Span(f"{advice} — "),
        Span("clinic.example", href="https://clinic.example", node=link),
    )
    paragraph = b.text(words, align="justify", parent=0)
    table = b.table([(stroke, "1"), (advice, "2")], (stroke, day), padding=insets(2, 4))
    lines = Spacer(grow=1, ruled="line", pitch=Length(24))
    body = Stack(children=(heading, items, paragraph, table, lines), gap=Length(8))
    side = Stack(
        children=(b.text(advice), Rule(above=Length(20))),
        padding=insets(6),
        decoration=Decoration(border="line", sides=("start",)),
    )
    number = (Span(page), Span("", field="page"), Span(" / "), Span("", field="pages"))
    section = Section(
        body=body,
        masthead=Stack(children=(hero,)),
        sidebar=Sidebar("end", Length(80), Length(10), side),
        footer=(Region("all", b.text(number, owned=False, size=8, align="end")),),
    )
    digits = "٠١٢٣٤٥٦٧٨٩" if lang == "ar" else "0123456789"
    return b.document(section, width=320, height=360, digits=digits)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_listing_is_as_it_was(lang: Language) -> None:
    expected = (GOLDEN / f"{lang}.txt").read_text(encoding="utf-8")
    assert dump(typeset(document(lang), library())) == expected


if __name__ == "__main__":
    for each in WORDS:
        listing = dump(typeset(document(each), library()))
        (GOLDEN / f"{each}.txt").write_text(listing, encoding="utf-8")
