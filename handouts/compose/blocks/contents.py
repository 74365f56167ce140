"""The contents of a pack: a line for each handout, which is a link to its first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from handouts.compose.blocks.texts import number_disc
from handouts.compose.scope import Scope
from handouts.compose.sheet import Sheet, spaced
from handouts.compose.styles import Styles
from handouts.model.blocks import ContentsBlock
from handouts.model.document import Art, Box, Insets, Role, Row, Rule, Span, Stack, Text, Track
from handouts.model.locale import Locale
from handouts.model.pack import FrontJob, Listed
from handouts.units import Length

_MARKER = Length(32)
"""Width of the column of discs."""
_DISC = Length(22)
_SEPARATOR = " · "


def contents(block: ContentsBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """All handouts of the pack, under their languages if these have headings."""
    listed = sheet.job.listed if isinstance(sheet.job, FrontJob) else ()
    locales = sheet.project.locales

    def key(one: Listed) -> tuple[str, str, str]:
        return one.group, one.group_lang, locales[one.titles[0][1]].direction

    made: list[Box] = []
    for (group, lang, _), several in groupby(listed, key=key):
        made += _Group(block, sheet, list(several)).boxes(group, lang)
    return made


@dataclass(frozen=True, slots=True)
class _Group:
    """The entries under one heading; they are in one language, and run in its direction."""

    block: ContentsBlock
    sheet: Sheet
    listed: Sequence[Listed]

    def boxes(self, group: str, lang: str) -> Iterator[Box]:
        """Heading and entries; in a language that runs the other way, turned round."""
        made: list[Box] = []
        if group:
            style = self._styles(lang)[self.block.group_style]
            node = self.sheet.structure.add(style.role, lang=self._foreign(lang))
            text = Text(node=node, spans=(Span(group),), style=style.text, lang=lang, source=group)
            made.append(replace(spaced(text, style), keep_with_next=True))
        for number, (section, several) in enumerate(
            groupby(self.listed, key=lambda one: one.section)
        ):
            if number:
                made.append(Stack(children=(), padding=Insets(top=self.block.gap)))
            made += self._section(section, list(several))
        direction = self._locale(self.listed[0].titles[0][1]).direction
        gap = self.block.gap
        for box in made:
            yield Stack(children=(box,), direction=direction, keep_with_next=box.keep_with_next)
        yield Stack(children=(), padding=Insets(top=gap))

    def _section(self, section: str, listed: Sequence[Listed]) -> Iterator[Box]:
        structure, lang = self.sheet.structure, listed[0].titles[0][1]
        if section:
            style = self._styles(lang)[self.block.section_style]
            node = structure.add(Role.P, lang=self._foreign(lang))
            text = Text(
                node=node, spans=(Span(section),), style=style.text, lang=lang, source="section"
            )
            padding = Insets(top=self.block.gap, bottom=Length(2))
            yield Stack(children=(text,), padding=padding, keep_with_next=True)
        toc = structure.add(Role.TOC, lang=self._foreign(lang))
        with structure.within(toc):
            for one in listed:
                yield self._entry(one)

    def _entry(self, one: Listed) -> Box:
        structure, lang = self.sheet.structure, one.titles[0][1]
        styles, block = self._styles(lang), self.block
        item = structure.add(Role.TOCI)
        marker = self._marker(one, styles, item)
        paragraph = structure.add(Role.P, parent=item)
        link = structure.add(Role.LINK, parent=paragraph)
        href = f"#{one.piece}"
        spans: list[Span] = []
        for text, tag in one.titles:
            if spans:
                spans.append(Span(_SEPARATOR, href=href, node=link))
            other = tag if tag != lang else None
            spans.append(Span(text, lang=other, href=href, node=link))
        title = Text(
            node=paragraph,
            spans=tuple(spans),
            style=styles[block.style].text,
            lang=lang,
            source="contents",
        )
        look = replace(styles[block.number_style].text, align="end")
        # The space keeps title and number apart for a reader who hears them in one breath.
        page = (Span(" ", href=href, node=link), Span("", field="target", href=href, node=link))
        number = Text(node=paragraph, spans=page, style=look, lang=lang, source="contents")
        row = Row(
            children=(marker, title, number),
            tracks=(Track("fixed", _MARKER), Track("share"), Track("fixed", _MARKER)),
            align="middle",
        )
        return Stack(children=(row, Rule(colour="line")), gap=Length(block.gap / 2), keep=True)

    def _marker(self, one: Listed, styles: Styles, item: int | None) -> Box:
        """The week's number on a disc, or the icon of the group or sheet."""
        structure, block = self.sheet.structure, self.block
        if one.number:
            node = structure.add(Role.LBL, parent=item)
            disc = number_disc(
                one.number, self.sheet, styles[block.style], block.marker_colour, node
            )
            assert isinstance(disc, Row)
            return replace(disc, children=(_said_in(disc.children[0], one.titles[0][1]),))
        drawing = self.sheet.project.drawings[one.icon]
        return Row(
            children=(
                Art(
                    drawing=drawing,
                    width=_DISC,
                    height=_DISC,
                    colour=block.marker_colour,
                    disc="tint",
                ),
            ),
            tracks=(Track("fixed", _DISC),),
        )

    def _locale(self, tag: str) -> Locale:
        return self.sheet.project.locales[tag]

    def _styles(self, tag: str) -> Styles:
        if tag == self.sheet.words.lang:
            return self.sheet.styles
        return self.sheet.styles.of(self._locale(tag).script, tag)

    def _foreign(self, tag: str) -> str | None:
        return tag if tag != self.sheet.words.lang else None


def _said_in(box: Box, lang: str) -> Box:
    """The disc with its figure in the entry's own language."""
    if isinstance(box, Stack):
        return replace(box, children=tuple(_said_in(child, lang) for child in box.children))
    return replace(box, lang=lang) if isinstance(box, Text) else box
