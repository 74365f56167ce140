"""What typesetting refuses, as diagnostics: missing glyphs and things that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.document import Box, Document, Text
from handouts.typeset.boxes.laid import TablePart, TextPart
from handouts.typeset.fit import Fitted
from handouts.typeset.flow import Shortfall
from handouts.typeset.shaping import Shaping
from handouts.typeset.walk import boxes, document_boxes
from handouts.units import as_millimetres

_SHOWN = 3
"""Families a message names: the first are those of the script."""
_NO_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def check_glyphs(document: Document, shaping: Shaping) -> None:
    """Every character of every text has a glyph, before anything is measured.

    Raises:
        HandoutsError: ``missing-glyph``, one for each string and character without one.
    """
    found = []
    for box in document_boxes(document):
        if isinstance(box, Text):
            for char in shaping.missing(box):
                found.append(_missing(box, char))
            if any([span.field for span in box.spans]):
                found += _digits(document, box, shaping)
    if found:
        raise HandoutsError(found)


def check_fit(document: Document, fitted: Sequence[Fitted]) -> None:
    """Every section has the room it needs.

    Raises:
        HandoutsError: ``does-not-fit``, one for each place that has not.
    """
    found = [
        _does_not_fit(document, one, index, short)
        for index, one in enumerate(fitted)
        for short in one.flowed.shortfalls
    ]
    if found:
        raise HandoutsError(found)


def _digits(document: Document, box: Text, shaping: Shaping) -> Iterable[Diagnostic]:
    """Page numbers are written by typesetting itself, so their digits are asked for here."""
    wanted = {document.digits.get(s.lang or box.lang, "") for s in box.spans if s.field}
    for char in shaping.missing_characters(box, "".join(wanted)) if any(wanted) else ():
        yield _missing(box, char)


def _missing(box: Text, char: str) -> Diagnostic:
    families = ", ".join(box.style.families[:_SHOWN])
    families += " and others" if len(box.style.families) > _SHOWN else ""
    return Diagnostic(
        "missing-glyph",
        f"{source(box)}: no font has '{char}' (U+{ord(char[0]):04X}), language {box.lang};"
        f" tried {families}",
        "add a font that has the character to the brand's font list, or write the text without it",
        exit_code=ExitCode.RESOURCE,
        string=(box.lang, box.source),
    )


def _does_not_fit(document: Document, fitted: Fitted, index: int, short: Shortfall) -> Diagnostic:
    name = fitted.section.name or f"section {index + 1}"
    where = f"{name} ({document.identity.language}, {document.paper.name})"
    amount = f"{max(0.1, as_millimetres(short.amount)):.1f} mm"
    page = short.page + 1
    message = {
        "pages": f"{where} needs {amount} more than its last page, page {page}, has;"
        f" the first that has no room is {source(short.box)}",
        "tall": f"{where}: {source(short.box)} cannot be broken and is {amount} higher than"
        f" page {page} has room for",
        "wide": f"{where}: {_wide(short.box)} is {amount} wider than its column on page {page}",
    }[short.kind]
    remedy = {
        "pages": "shorten the text, leave something out, allow one more page or add a fit step",
        "tall": "shorten the text, let the block break over pages or use a larger paper",
        "wide": "widen the column, use fewer columns, a smaller size or another word",
    }[short.kind]
    text = _first_text(short.box)
    string = (text.lang, text.source) if text else None
    return Diagnostic("does-not-fit", message, remedy, exit_code=ExitCode.FIT, string=string)


def _wide(box: Box) -> str:
    kind = "a word in" if isinstance(box, Text) else "the row that begins with"
    return f"{kind} {source(box)}"


def source(box: Box) -> str:
    """Where the words of a box come from: the id of its first string, or the words themselves."""
    text = _first_text(box)
    if text is None:
        return f"a {type(box).__name__.lower()}"
    words = "".join(span.text for span in text.spans)
    if text.source.startswith("$"):  # A person knows the words: a brand has no list of ids.
        return f"'{text.source}' (“{words.translate(_NO_ISOLATES)[:40]}”)"
    return f"'{text.source}'" if text.source else f"“{words[:40]}”"


def _first_text(box: Box) -> Text | None:
    for one in boxes(box):
        if isinstance(one, TextPart):
            return one.text
        if isinstance(one, TablePart) and one.start < one.stop:
            row = one.table.rows[one.start]
            return next((t for cell in row.cells if (t := _first_text(cell))), None)
        if isinstance(one, Text):
            return one
    return None
