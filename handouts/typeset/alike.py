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
from handouts.typeset.shaping import Shaping
from handouts.typeset.text import Line, Paragraph
from handouts.typeset.trace import Trace
from handouts.typeset.walk import boxes, children

_MARGIN = 0.001
"""Room in 1/1000 em that has to be left, so that no rounding decides."""
_KNOWN = (Stack, Row, Text, Art, Image, Rule, Spacer)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What a slot has to be like, box by box."""

    boxes: tuple[Box, ...]
    rooms: tuple[_Room | None, ...]
    """By box: what a text had; None for anything else."""

    def leaves(self, box: Box, shaping: Shaping) -> dict[int, Box] | None:
        """The boxes by the identity of those they stand for; None where one is not alike."""
        new = list(boxes(box))
        if len(new) != len(self.boxes):
            return None
        for one, before, room in zip(new, self.boxes, self.rooms, strict=True):
            if type(one) is not type(before):
                return None
            if room is None:
                if not _same_size(one, before):
                    return None
            elif not isinstance(one, Text) or not room.holds(one, shaping):
                return None
        return {id(before): one for one, before in zip(new, self.boxes, strict=True)}


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


def _same_size(box: Box, other: Box) -> bool:
    if isinstance(box, Art | Image) and isinstance(other, Art | Image):
        return (box.width, box.height) == (other.width, other.height)
    if isinstance(box, Row) and isinstance(other, Row):
        return box.tracks == other.tracks
    return len(children(box)) == len(children(other))


def likenesses(trace: Trace) -> dict[int, Likeness]:
    """The likeness of every slot that is as simple as that."""
    found = {}
    for slot, box in trace.slots.items():
        inside = tuple(boxes(box))
        if slot not in trace.unsteady and all(isinstance(one, _KNOWN) for one in inside):
            found[slot] = Likeness(inside, tuple(_room(trace, one) for one in inside))
    return found


def _room(trace: Trace, text: Box) -> _Room | None:
    room = trace.rooms.get(id(text))
    if room is None or not isinstance(text, Text):
        return None
    lines = tuple(room.lines.items())
    return _Room(
        text,
        room.paragraph,
        min(room.lines) - _MARGIN,
        lines,
        all(count == 1 for _, count in lines),
        id(text) in trace.same,
    )


def laid_alike(laid: Laid, box: Box, shaping: Shaping) -> Laid:
    """A leaf as it was laid out, with another box in its place."""
    detail = laid.detail
    if isinstance(detail, SetText) and isinstance(box, Text):
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
