"""What every part of the sheet is made with: two languages' type, the structure, the names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handouts.compose.facts import language_names
from handouts.compose.palette import palette
from handouts.compose.structure import Structure
from handouts.compose.styles import ParagraphStyle, Styles
from handouts.model.brand import FamilyChoice
from handouts.model.colour import Colour
from handouts.model.document import Art, Box, Role, Row, Span, Text, TextStyle, Track
from handouts.model.drawing import Drawing
from handouts.model.layout import Style
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import Project
from handouts.translate.language import Language
from handouts.units import Length, millimetres

LEAST = Length(11)
"""Points; what is reviewed is never set smaller."""
PITCH = millimetres(8)
"""Distance of lines to write on, for a script of ordinary height."""
BASE_LEADING = 1.3
_TOKEN = re.compile(r"\*\*|\{[a-z_]+\}")
_LRI, _PDI, _ZWSP = "\u2066", "\u2069", "\u200b"
_STYLES: dict[str, Style] = {
    "title": Style(role="H1", family="heading", weight=800, size=Length(29), leading=1.15),
    "part": Style(role="H2", family="heading", weight=800, size=Length(20), leading=1.2),
    "group": Style(role="H3", family="heading", weight=700, size=Length(14), leading=1.25),
    "topic": Style(role="H2", family="heading", weight=700, size=Length(14), leading=1.25),
    "panel": Style(role="H2", family="heading", weight=700, size=Length(13), leading=1.25),
    "text": Style(size=Length(10), leading=1.3),
    "target": Style(size=Length(11), leading=1.3),
    "strong": Style(size=Length(10.5), leading=1.3, weight=700),
    "figure": Style(family="heading", size=Length(19), weight=800, leading=1.1),
    "number": Style(family="heading", size=Length(12.5), weight=800, leading=1.1),
    "small": Style(size=Length(9), leading=1.22, colour="muted", small_print=True),
    "label": Style(size=Length(9.5), leading=1.2, small_print=True),
    "badge": Style(size=Length(9), leading=1.25, weight=700, small_print=True),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything but `structure` is fixed. `own` and `english_name` are the language's names."""

    lang: str
    own: str
    english_name: str
    direction: Literal["ltr", "rtl"]
    english: Styles
    target: Styles
    structure: Structure
    icons: Mapping[str, Drawing]
    palette: Mapping[str, Colour]
    pitch: Length

    def text(
        self,
        words: str | Sequence[Span],
        style: str = "text",
        *,
        colour: str | None = None,
        align: Literal["start", "centre", "end"] | None = None,
        role: Role | None = None,
        node: int | None = None,
    ) -> Text:
        """A paragraph of the sheet's own words; ``**bold**`` is bold, spans keep their language."""
        found = self.english[style]
        owner = self._element(found, role) if node is None else node
        spans = _bold(words) if isinstance(words, str) else tuple(words)
        return Text(
            node=owner,
            spans=tuple(self._owned(span, owner) for span in spans),
            style=_changed(found.text, colour, align),
            lang=SOURCE_LANGUAGE,
        )

    def said(self, words: str, style: str = "target", *, role: Role = Role.P) -> Text:
        """A paragraph in the language that is reviewed, in its own script."""
        look = self.target[style].text
        look = replace(look, size=max(look.size, LEAST), floor=LEAST)
        spans = _strings(words, isolated=self.direction == "rtl")
        node = self.structure.add(role, lang=self.lang)
        return Text(node=node, spans=spans, style=look, lang=self.lang)

    def source(self, words: str) -> Text:
        """An English string, with its placeholders told apart."""
        return self.text(_strings(words, isolated=False), "text")

    def foreign(self, words: str) -> Span:
        """Words of the language that is reviewed inside an English paragraph."""
        return Span(words, lang=self.lang)

    def icon(self, name: str, size: float, colour: str, *, alt: str | None = None) -> Art:
        """One of the family's icons; decoration unless it says something."""
        side = Length(size)
        node = self.structure.add(Role.FIGURE, alt=alt) if alt else None
        return Art(node=node, drawing=self.icons[name], width=side, height=side, colour=colour)

    def _element(self, style: ParagraphStyle, role: Role | None) -> int | None:
        return self.structure.add(role or style.role)

    def _owned(self, span: Span, owner: int | None) -> Span:
        if span.lang is None or owner is None:
            return span
        return replace(span, node=self.structure.add(Role.SPAN, lang=span.lang, parent=owner))


def desk(project: Project, brand: str, language: Language) -> Desk:
    """The desk for a language, with a brand's colours and families."""
    look = project.brands[brand].brand
    chosen = {
        "text": _family(look.typography.base),
        "heading": _family(look.typography.headings),
    }
    setting = project.fonts.setting(language.tag, language.script)
    own, english_name = language_names(language.tag)
    return Desk(
        lang=language.tag,
        own=own,
        english_name=english_name,
        direction=language.direction,
        english=Styles(_STYLES, project.fonts, "Latn", chosen, language=SOURCE_LANGUAGE),
        target=Styles(_STYLES, project.fonts, language.script, chosen, language=language.tag),
        structure=Structure(SOURCE_LANGUAGE),
        icons=project.drawings,
        palette=palette(look.color),
        pitch=Length(PITCH * max(1.0, setting.leading, setting.min_leading / BASE_LEADING)),
    )


def breakable(name: str) -> str:
    """An id that may be broken after its dots as well as after its hyphens."""
    return name.replace(".", f".{_ZWSP}")


def side_by_side(
    *boxes: Box, gap: float = 4, align: Literal["top", "middle", "baseline", "bottom"] = "middle"
) -> Row:
    """Boxes as wide as they are, in a row; a drawing keeps its size."""
    tracks = tuple(
        Track("fixed", box.width) if isinstance(box, Art) else Track("content") for box in boxes
    )
    return Row(children=boxes, tracks=tracks, gap=Length(gap), align=align)


def _family(choice: FamilyChoice | str | None) -> str | None:
    return choice.family if isinstance(choice, FamilyChoice) else choice


def _changed(style: TextStyle, colour: str | None, align: str | None) -> TextStyle:
    if colour is not None:
        style = replace(style, colour=colour)
    return style if align is None else replace(style, align=align)  # type: ignore[arg-type]


def _bold(words: str) -> tuple[Span, ...]:
    pieces = words.split("**")
    return tuple(Span(one, bold=at % 2 == 1) for at, one in enumerate(pieces) if one)


def _strings(words: str, *, isolated: bool) -> tuple[Span, ...]:
    """A string as it is filed, bold where it says so; placeholders stand out."""
    spans, at, bold = [], 0, False
    for match in (*_TOKEN.finditer(words), None):
        piece = words[at : match.start() if match else None]
        if piece:
            spans.append(Span(piece, bold=bold))
        if match is None:
            break
        at = match.end()
        if match[0] == "**":
            bold = not bold
        else:
            name = f"{_LRI}{match[0]}{_PDI}" if isolated else match[0]
            spans.append(Span(name, bold=True, colour="accent"))
    return tuple(spans)
