"""One paragraph in a narrow column, in any language: the same for us and for other engines.

Everything goes through the public functions of the stages: the built-in fonts and settings of
the language's script, ``typeset``, ``pdf.render``. Also used by ``benchmarks/extraction``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from handouts.compose.styles import Styles
from handouts.diagnostics import Place
from handouts.load import load_manifest
from handouts.load.fonts import Manifest, load_library
from handouts.load.locale_facts import Facts, facts
from handouts.model.colour import Colour
from handouts.model.document import (
    Document,
    Identity,
    Insets,
    Node,
    Role,
    Section,
    Span,
    Stack,
    Text,
    TextStyle,
)
from handouts.model.fonts import FontLibrary
from handouts.model.layout import Style
from handouts.model.pages import Pages
from handouts.typeset import typeset
from handouts.units import Length, Paper
from handouts.world import World

FIXTURES = Path(__file__).parents[1] / "fixtures" / "scripts.yaml"
COLUMN, MARGIN, SIZE = 180.0, 40.0, 13.0
PAPER = Paper("paragraph", Length(COLUMN + 2 * MARGIN), Length(900))
_BRACKETS = re.compile(r"[(（].*?[)）]")


@dataclass(frozen=True, slots=True)
class Sample:
    """A paragraph: pieces of text and whether each is bold."""

    name: str
    lang: str
    pieces: tuple[tuple[str, bool], ...]
    align: Literal["start", "justify"] = "start"

    @property
    def text(self) -> str:
        """The whole text in logical order."""
        return "".join(text for text, _ in self.pieces)

    @property
    def facts(self) -> Facts:
        """Direction and script of the language."""
        return facts(self.lang, Place("sample"))


@cache
def fixtures() -> Mapping[str, Sample]:
    """The texts of ``scripts.yaml`` by tag; what they have in brackets is bold."""
    texts: dict[str, str] = yaml.safe_load(FIXTURES.read_text(encoding="utf-8"))
    return {tag: emphasised(tag, tag, text) for tag, text in texts.items()}


def emphasised(name: str, lang: str, text: str) -> Sample:
    """A sample with the first bracketed words in bold."""
    found = _BRACKETS.search(text)
    if found is None:
        return Sample(name, lang, ((text, False),))
    parts = (text[: found.start()], found[0], text[found.end() :])
    return Sample(
        name, lang, tuple((p, bold) for p, bold in zip(parts, (False, True, False), strict=True))
    )


@cache
def manifest() -> Manifest:
    """The built-in fonts and settings."""
    return load_manifest(_world())


def library(families: tuple[str, ...]) -> FontLibrary:
    """The faces of these families."""
    return load_library(_world(), manifest(), None, families)


def style(sample: Sample) -> TextStyle:
    """Body text in the script's own families and leading; the same size in all of them."""
    script = sample.facts.script
    styles = Styles({"text": Style()}, manifest(), script, {}, language=sample.lang)
    own = manifest().setting(sample.lang, script).text
    return replace(styles["text"].text, families=own, size=Length(SIZE), align=sample.align)


def document(sample: Sample) -> Document:
    """A document that holds the paragraph and nothing else."""
    title = Identity(sample.name, "", "", "", "test", "test", sample.lang, "", "1", "2026")
    spans = tuple(Span(text, bold=bold) for text, bold in sample.pieces)
    paragraph = Text(node=1, spans=spans, style=style(sample), lang=sample.lang, source=sample.name)
    side = Length(MARGIN)
    return Document(
        identity=title,
        direction=sample.facts.direction,
        paper=PAPER,
        margins=Insets(side, side, side, side),
        palette={"ink": Colour(0, 0, 0)},
        nodes=(Node(0, Role.DOCUMENT, None, lang=sample.lang), Node(1, Role.P, 0)),
        sections=(Section(Stack(children=(paragraph,))),),
    )


def pages(sample: Sample) -> Pages:
    """The paragraph, set."""
    return typeset(document(sample), library(style(sample).families))


def font_files(sample: Sample) -> dict[str, dict[int, Path]]:
    """The upright files the paragraph may use: family, weight, path."""
    known = manifest()
    return {
        family: {
            face.weight: known.folders[family] / face.file
            for face in known.entries[family].faces
            if not face.italic
        }
        for family in style(sample).families
    }


@cache
def _world() -> World:
    return World.system()
