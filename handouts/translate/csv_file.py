"""CSV (RFC 4180): what any spreadsheet opens. UTF-8 with its mark, so that Excel knows it.

A cell that begins with ``=``, ``+``, ``-``, ``@`` or a control character would be a formula to
a spreadsheet; an apostrophe before it makes it text, and is taken off again when it comes back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from handouts.diagnostics import Place, problem
from handouts.translate import limits
from handouts.translate.columns import Head, cells, returned, titles
from handouts.translate.returned import Returned
from handouts.translate.unit import Table

_GUARD = "'"
_FORMULA = "=+-@\t\r\n＝＋－＠"
_SEPARATORS = ",;\t"


def write(table: Table) -> bytes:
    """The table as a CSV file; the same table gives the same bytes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(titles(table))
    writer.writerows([guarded(cell) for cell in cells(unit)] for unit in table.units)
    return stream.getvalue().encode("utf-8-sig")


def read(content: bytes, path: str) -> Returned:
    """A CSV file's rows, whichever of comma, semicolon and tab divides them.

    Raises:
        HandoutsError: when it is no CSV with our columns, or a merge conflict is left in it.
    """
    text = limits.text(content, Place(path))
    limits.refuse_conflicts(text, path)
    lines = _records(text, path)
    first = next(lines, None)
    if first is None:
        raise problem("empty-file", f"{path} has no rows", "export it again", Place(path))
    return returned(Head(first[1], first[0]), lines)


def guarded(text: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    doubted = text[:1] in _FORMULA or (text[:1] == _GUARD and text[1:2] in _FORMULA + _GUARD)
    return _GUARD + text if text and doubted else text


def unguarded(text: str) -> str:
    """The cell as it was."""
    taken = len(text) > 1 and text[0] == _GUARD and text[1] in _FORMULA + _GUARD
    return text[1:] if taken else text


def _records(text: str, path: str) -> Iterator[tuple[Place, Sequence[str]]]:
    head = text.lstrip("\r\n").partition("\n")[0]
    # Spreadsheets in many countries divide with semicolons; some exports with tabs.
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for values in reader:
            if len(values) > limits.MAX_COLUMNS or start > limits.MAX_ROWS * 10:
                raise problem("file-too-large", "too many cells", "export it again", Place(path))
            if any(value.strip() for value in values):
                yield Place(path, start, 1), [unguarded(value) for value in values]
            start = reader.line_num + 1
    except csv.Error as wrong:
        message, where = f"this is no CSV file: {wrong}", Place(path, start)
        raise problem("csv-syntax", message, "save it again as CSV UTF-8", where) from None
