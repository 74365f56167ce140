"""Paragraph styles: a layout's styles with their inheritance, made fit for the sheet's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handouts.compose.kept import kept
from handouts.model.document import Role, TextStyle
from handouts.model.fonts import FontIndex
from handouts.model.layout import Style
from handouts.units import Length

BODY_FLOOR = 11.0
"""Points; body text is never set smaller (content design: photocopies must stay readable)."""
SMALL_FLOOR = 9.0
"""Points; nothing at all is set smaller."""
HEADING_SHRINK = 0.78
"""How far fit steps may shrink a heading that names no floor."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A style ready for use: how text is set, its element, and the space around it."""

    text: TextStyle
    role: Role
    space_before: Length
    space_after: Length
    keep_with_next: bool


class Styles:
    """A layout's styles in one language, resolved when first asked for."""

    def __init__(
        self,
        styles: Mapping[str, Style],
        fonts: FontIndex,
        script: str,
        chosen: Mapping[str, str | None],
        *,
        language: str = "",
    ) -> None:
        """`chosen`: the brand's family for ``text`` and ``heading``, or None.

        `language`: tag of the sheet's language, which may need more than its script.
        """
        self._styles = styles
        self._setting = fonts.setting(language, script)
        self._fonts = fonts
        self._chosen = chosen
        self._resolved: dict[str, ParagraphStyle] = {}
        self._markers: dict[tuple[int, str], TextStyle] = {}

    def of(self, script: str, language: str) -> Styles:
        """The same styles for words in another language."""
        return Styles(self._styles, self._fonts, script, self._chosen, language=language)

    def __getitem__(self, name: str) -> ParagraphStyle:
        found = self._resolved.get(name)
        if found is None:
            found = self._resolved[name] = self._resolve(name)
        return found

    def marker(self, style: ParagraphStyle, colour: str) -> TextStyle:
        """How the bullets and numbers of a list are set: one object for all of them."""
        key = (id(style), colour)
        if key not in self._markers:
            look = replace(style.text, weight=700, colour=colour, align="start")
            self._markers[key] = look
        return self._markers[key]

    def _resolve(self, name: str) -> ParagraphStyle:
        style = _inherited(self._styles, name)
        wished = style.leading or 1.3
        heading = style.role in ("H1", "H2", "H3")
        setting = self._setting
        factor = (setting.heading_size if heading else None) or setting.size
        wanted = style.size or Length(11)
        # A script that is set smaller goes no lower than all text may.
        size = max(wanted * factor, min(wanted, SMALL_FLOOR if style.small_print else BODY_FLOOR))
        family = style.family or ("heading" if heading else "text")
        return ParagraphStyle(
            text=TextStyle(
                families=self._families(family),
                weight=style.weight or (700 if heading else 400),
                size=Length(size),
                floor=Length(min(size, self._floor(style, size, heading))),
                leading=self._leading(wished),
                min_leading=self._setting.min_leading if wished > 1 else 1.0,
                colour=style.colour or "ink",
                align=style.align or "start",
                hyphenate=bool(style.hyphenate),
                kashida=bool(style.kashida),
                widows=style.widows or 2,
                orphans=style.orphans or 2,
            ),
            role=Role(style.role or "P"),
            space_before=style.space_before or Length(0),
            space_after=style.space_after or Length(0),
            keep_with_next=heading if style.keep_with_next is None else style.keep_with_next,
        )

    def _leading(self, wished: float) -> float:
        """The layout's leading, wide enough for the script's marks.

        A style set solid holds a figure or a single line, and no line that could touch it.
        """
        leading = wished * self._setting.leading
        return max(leading, self._setting.min_leading) if wished > 1 else leading

    def _floor(self, style: Style, size: float, heading: bool) -> float:
        least = max(BODY_FLOOR, self._setting.min_size or 0)
        if style.small_print:
            least *= SMALL_FLOOR / BODY_FLOOR
        if style.floor:
            return max(style.floor, least)
        return max(size * HEADING_SHRINK, least) if heading else least

    def _families(self, kind: str) -> tuple[str, ...]:
        ours = self._setting.heading if kind == "heading" else self._setting.text
        brand = self._chosen.get(kind)
        last = tuple(f for f in self._fonts.text_families if f not in ours)
        first = (brand, *(f for f in ours if f != brand)) if brand else ours
        return (*first, *last)


@kept(256, things=2)
def styles_of(
    styles: Mapping[str, Style],
    fonts: FontIndex,
    script: str,
    language: str,
    text: str | None,
    heading: str | None,
) -> Styles:
    """A layout's styles for a language; one object for all sheets that share them.

    Args:
        styles: the layout's.
        fonts: how scripts and languages are set.
        script: the language's.
        language: its tag.
        text: the brand's family for text, if it chose one.
        heading: its family for headings.
    """
    return Styles(styles, fonts, script, {"text": text, "heading": heading}, language=language)


@kept(1024)
def _inherited(styles: Mapping[str, Style], name: str) -> Style:
    style = styles[name]
    if style.extends is None:
        return style
    base = _inherited(styles, style.extends)
    said = {key: value for key, value in style if value is not None}
    return base.model_copy(update={**said, "extends": None})
