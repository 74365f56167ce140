"""All shipped fonts and the sample texts of every script; paragraphs as a finished PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import yaml

from handouts.model.colour import Colour
from handouts.model.document import Identity, Node, Role, Span
from handouts.model.fonts import FontFace, FontFile, FontLibrary
from handouts.model.pages import Item, Page, Pages
from handouts.pdf import render
from handouts.typeset.text import Paragraph, paragraph, place

from .samples import ROOT

TEXTS: dict[str, str] = yaml.safe_load(
    (ROOT / "tests" / "fixtures" / "scripts.yaml").read_text(encoding="utf-8")
)
RTL = frozenset(("ar", "fa", "ur", "ps", "ckb", "sd", "ug", "he", "yi", "dv", "ks", "pnb"))


@cache
def _manifest() -> dict[str, Any]:
    text = (ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8")
    made: dict[str, Any] = yaml.safe_load(text)
    return made


@cache
def world() -> FontLibrary:
    """The shipped faces."""
    faces = []
    for family in _manifest()["families"]:
        for face in family["faces"]:
            data = (ROOT / "fonts" / face["file"]).read_bytes()
            file = FontFile(hashlib.sha256(data).hexdigest(), data)
            faces.append(FontFace(family["name"], face["weight"], face["italic"], file))
    return FontLibrary(tuple(faces))


@cache
def families(script: str) -> tuple[str, ...]:
    """The families of an ISO 15924 script (or of a language that has its own), then all others.

    As ``compose`` orders them: those that only a language has are no fallback for others.
    """
    manifest = _manifest()
    own = {**manifest["scripts"], **manifest.get("languages", {})}[script]["text"]
    every = [family for one in manifest["scripts"].values() for family in one["text"]]
    return tuple(dict.fromkeys([*own, *every]))


def direction(lang: str) -> Literal["ltr", "rtl"]:
    return "rtl" if lang.partition("-")[0] in RTL else "ltr"


def made(
    *spans: Span | str, lang: str, script: str = "Latn", weight: int = 400, **more: bool
) -> Paragraph:
    """A paragraph in any language."""
    whole = tuple(Span(span) if isinstance(span, str) else span for span in spans)
    return paragraph(whole, families(script), weight, lang, direction(lang), world(), **more)


class Column(NamedTuple):
    """A paragraph to be set in a column this many points wide."""

    paragraph: Paragraph
    width: float = 200.0
    align: Literal["start", "centre", "end", "justify"] = "start"
    hyphenate: bool = False
    lang: str = "en"
    size: float = 12.0


def sheet(columns: Sequence[Column]) -> bytes:
    """The columns one under another on one long page."""
    items: list[Item] = []
    nodes = [Node(0, Role.DOCUMENT, None, lang="en")]
    y = 40.0
    for number, column in enumerate(columns, 1):
        nodes.append(Node(number, Role.P, 0, lang=column.lang))
        em = column.size / 1000
        for line in column.paragraph.lines(column.width / em, hyphenate=column.hyphenate):
            items += place(
                column.paragraph,
                line,
                x=40.0,
                baseline=y,
                size=column.size,
                measure=column.width,
                align=column.align,
                colour="ink",
                owner=number,
            ).runs
            y += column.size * 1.6
        y += column.size
    identity = Identity("Text", "Us", "", "", "sheet", "plain", "en", "screen", "1", "2026-01-01")
    pages = (Page(max(c.width for c in columns) + 80, y, tuple(items)),)
    faces = {face.name: face for face in world().faces}
    palette = {"ink": Colour(0x22, 0x22, 0x22)}
    return render(Pages(identity, pages, tuple(nodes), faces, palette))
