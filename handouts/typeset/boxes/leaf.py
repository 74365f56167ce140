"""Boxes without children: text, drawings, pictures, rules and space."""

from __future__ import annotations

from handouts.model.document import Art, Image, PageBreak, Rule, Spacer, Text
from handouts.typeset.boxes.laid import EPSILON, Extent, Laid, Measure, SetText, Split, TextPart

OPTICAL_MIDDLE = 0.3
"""Height over the baseline, in em, on which a marker looks centred: x-height/2 to cap/2."""

ROUNDING = 0.01
"""Added to a measure in 1/1000 em so that a paragraph fits the width it asked for."""


def measure_text(m: Measure, box: Text | TextPart, width: float) -> Laid:
    """Lines in this width; the line box is `leading` high with the text centred in it."""
    text, start, stop = _range(box)
    style = text.style
    size, leading = m.setting(style)
    paragraph = m.paragraph(text)
    lines = paragraph.lines(width * 1000 / size + ROUNDING, start, hyphenate=style.hyphenate)
    if stop is not None:
        lines = tuple(line for line in lines if line.start < stop)
    setting = paragraph.setting
    ascent, descent = setting.ascent * size / 1000, setting.descent * size / 1000
    rise = (leading - ascent - descent) / 2 + ascent
    detail = SetText(text, paragraph, lines, size, leading, rise)
    if not lines:
        return Laid(box, width, 0.0, (), None, None, detail)
    middle = rise - OPTICAL_MIDDLE * size
    return Laid(box, width, len(lines) * leading, (), rise, middle, detail)


def extent_text(m: Measure, box: Text | TextPart) -> Extent:
    """From the longest word to the whole text on one line."""
    text, _, _ = _range(box)
    paragraph, em = m.paragraph(text), m.setting(text.style)[0] / 1000
    return Extent(paragraph.narrowest * em, paragraph.widest * em)


def split_text(m: Measure, box: Text | TextPart, width: float, height: float) -> Split:
    """Breaks between lines, leaving at least `orphans` here and `widows` there."""
    text, _, stop = _range(box)
    detail = m.measure(box, width).detail
    assert isinstance(detail, SetText)
    lines = detail.lines
    room = int((height + EPSILON) / detail.leading)
    if room >= len(lines):
        return box, None
    count = min(room, len(lines) - text.style.widows)
    if count < max(1, text.style.orphans):
        return None, box
    at = lines[count].start
    head = TextPart(node=text.node, text=text, start=lines[0].start, stop=at)
    glue = text.keep_with_next
    return head, TextPart(node=text.node, keep_with_next=glue, text=text, start=at, stop=stop)


def measure_picture(m: Measure, box: Art | Image, width: float) -> Laid:
    """A drawing is never wider than its column: it is scaled to the room when painted."""
    del m
    return Laid(box, min(box.width, width), box.height)


def extent_picture(m: Measure, box: Art | Image) -> Extent:
    """Drawings shrink by will only, so both ends are the width asked for."""
    del m
    return Extent(box.width, box.width)


def measure_rule(m: Measure, box: Rule, width: float) -> Laid:
    """The line and the space over it, which is a hand's when `rigid`."""
    above = box.above if box.rigid else box.above * m.spacing
    return Laid(box, width, above + box.thickness)


def measure_spacer(m: Measure, box: Spacer, width: float) -> Laid:
    """Its size, a hand's when ruled; growing is the business of the stack it stands in."""
    return Laid(box, width, box.size if box.ruled is not None else box.size * m.spacing)


def measure_nothing(m: Measure, box: PageBreak, width: float) -> Laid:
    """A page break takes no room."""
    del m
    return Laid(box, width, 0.0)


def extent_nothing(m: Measure, box: Rule | Spacer | PageBreak) -> Extent:
    """As wide as others make the column."""
    del m, box
    return Extent(0.0, 0.0)


def split_never(m: Measure, box: Art | Image | Rule | Spacer, width: float, height: float) -> Split:
    """All of it or nothing."""
    fits = m.measure(box, width).height <= height + EPSILON
    return (box, None) if fits else (None, box)


def _range(box: Text | TextPart) -> tuple[Text, int, int | None]:
    return (box, 0, None) if isinstance(box, Text) else (box.text, box.start, box.stop)
