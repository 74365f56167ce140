"""The common case made quickly: another brand's words take as many lines as those before.

A slot whose boxes are of the same kinds and sizes, with every text on as many lines wherever it
was set, answers every question alike: heights are sums of lines, and widths are shared out by
words only where a word is wider than its share. Then nothing has to be measured; the texts are
painted where the others were.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.model.document import Art, Box, Image, Row, Rule, Spacer, Stack, Text
from handouts.typeset.boxes.laid import Laid, SetText
from handouts.typeset.boxes.leaf import ROUNDING
from handouts.typeset.flow import words_too_wide
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import Line, Paragraph, plain_line
from handouts.typeset.text.itemise import Setup
from handouts.typeset.trace import Trace
from handouts.typeset.walk import boxes

_MARGIN = 0.001
"""Room in 1/1000 em that has to be left, so that no rounding decides."""
_KNOWN = (Stack, Row, Text, Art, Image, Rule, Spacer)

Leaves = dict[int, tuple[Box, Line | None]]
"""Boxes by the identity of those they stand for, with a text's only line where it is made."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What a slot has to be like, box by box."""

    parts: tuple[tuple[Box, _Room | None], ...]
    """Its boxes in reading order, and what a text had; None for anything else."""

    def leaves(self, box: Box, shaping: Shaping) -> Leaves | None:
        """The leaves that are to be painted anew; None where a box is not alike."""
        changed: Leaves = {}
        waiting = [box]
        for before, room in self.parts:
            one = waiting.pop()
            if type(one) is not type(before):
                return None
            if isinstance(one, Stack | Row):
                if not _same_form(one, before):
                    return None
                waiting += one.children[::-1]
            elif isinstance(one, Text):
                if room is None:
                    continue
                line = room.line(one, shaping)
                if line is None:
                    if room.unchanged(one, shaping):
                        continue
                    if not room.holds(one, shaping):
                        return None
                changed[id(before)] = (one, line)
            elif isinstance(one, Art | Image) and not _same_picture(one, before):
                if not _same_size(one, before):
                    return None
                changed[id(before)] = (one, None)
        return changed


@dataclass(frozen=True, slots=True, eq=False)
class _Room:
    """What a text had; measures in 1/1000 em."""

    text: Text
    paragraph: Paragraph
    least: float
    """The narrowest measure, less a margin."""
    lines: tuple[tuple[float, int], ...]
    one_line: bool
    fixed: bool
    """Whether others depend on how wide it is."""
    plain: Setup | None
    """How it is set, if it is a left-to-right text that stood on one line."""

    def line(self, text: Text, shaping: Shaping) -> Line | None:
        """The line of a text in plain Latin that has the same room, ready to be placed."""
        before = self.text
        if self.plain is None or text.style is not before.style or text.lang != before.lang:
            return None
        if shaping.direction(text) != "ltr":
            return None
        made = plain_line(text.spans, self.plain)
        return made if made and made.width <= self.least else None

    def unchanged(self, text: Text, shaping: Shaping) -> bool:
        """Whether a text is this one, as painted."""
        before = self.text
        return (
            shaping.paragraph(text) is self.paragraph
            and text.style is before.style
            and (text.lang, text.node) == (before.lang, before.node)
        )

    def holds(self, text: Text, shaping: Shaping) -> bool:
        """Whether another text would do with the same room everywhere."""
        before = self.text
        if text.style is not before.style or text.lang != before.lang:
            return False
        paragraph = shaping.paragraph(text)
        if paragraph is self.paragraph:
            return True
        said = paragraph.text
        if self.fixed or not said or "\n" in said or shaping.missing(text):
            return False
        if self.one_line:
            return paragraph.widest <= self.least
        hyphenate = text.style.hyphenate
        return paragraph.narrowest <= self.least and all(
            len(paragraph.lines(measure + ROUNDING, hyphenate=hyphenate)) == count
            for measure, count in self.lines
        )


def _same_form(box: Stack | Row, other: Box) -> bool:
    if isinstance(box, Row):
        return isinstance(other, Row) and box.tracks == other.tracks
    return isinstance(other, Stack) and len(box.children) == len(other.children)


def _same_picture(box: Art | Image, other: Box) -> bool:
    """Whether it is the same object in the same dress; drawings are not compared by content."""
    if isinstance(box, Image):
        return isinstance(other, Image) and box.picture is other.picture and box == other
    return isinstance(other, Art) and box.drawing is other.drawing and box == other


def _same_size(box: Art | Image, other: Box) -> bool:
    return isinstance(other, Art | Image) and (box.width, box.height) == (other.width, other.height)


def likenesses(trace: Trace) -> dict[int, Likeness]:
    """The likeness of every slot that is as simple as that, and never had to cut a word."""
    found = {}
    others = trace.unsteady.union(o.slot for o in trace.measured if words_too_wide(o.laid))
    for slot, box in trace.slots.items():
        inside = tuple(boxes(box))
        if slot not in others and all(isinstance(one, _KNOWN) for one in inside):
            found[slot] = Likeness(tuple((one, _room(trace, one)) for one in inside))
    return found


def _room(trace: Trace, text: Box) -> _Room | None:
    room = trace.rooms.get(id(text))
    if room is None or not isinstance(text, Text):
        return None
    lines, paragraph = tuple(room.lines.items()), room.paragraph
    one_line, fixed = all(count == 1 for _, count in lines), id(text) in trace.same
    plain = one_line and not fixed and not paragraph.level
    return _Room(
        text,
        paragraph,
        min(room.lines) - _MARGIN,
        lines,
        one_line,
        fixed,
        paragraph.setting.setup if plain else None,
    )


def laid_alike(laid: Laid, box: Box, line: Line | None, shaping: Shaping) -> Laid:
    """A leaf as it was laid out, with another box in its place; of a text maybe its only line."""
    detail = laid.detail
    if isinstance(detail, SetText) and line:
        assert isinstance(box, Text)
        detail = SetText(box, detail.paragraph, (line,), detail.size, detail.leading, detail.rise)
    elif isinstance(detail, SetText) and isinstance(box, Text):
        paragraph = shaping.paragraph(box)
        if paragraph is detail.paragraph:
            lines = detail.lines
        elif len(detail.lines) == 1:
            lines = (Line(0, len(paragraph.text), paragraph.widest, True),)
        else:
            measure = laid.width * 1000 / detail.size + ROUNDING
            lines = paragraph.lines(measure, hyphenate=box.style.hyphenate)
        detail = SetText(box, paragraph, lines, detail.size, detail.leading, detail.rise)
    return Laid(box, laid.width, laid.height, (), laid.baseline, laid.middle, detail)
