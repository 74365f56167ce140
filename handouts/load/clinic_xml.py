"""The XML of a workbook's sheets and texts as a stream: nothing of it is kept but one row.

openpyxl's own reader keeps an element for every row, and every text; a list of a hundred
thousand clinics would fill the memory. Part of ``load``, for `clinic_xlsx`.
"""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

_CHUNK = 1 << 16


class XmlCell(NamedTuple):
    """A cell as it is written: its column from 1, type, style, value and formula."""

    column: int
    kind: str
    style: int
    value: str | None
    formula: str | None


XmlRow = tuple[int, list[XmlCell]]


class NotAllowed(Exception):
    """The XML declares a document type, which no workbook needs."""


def rows(stream: BinaryIO) -> Iterator[XmlRow]:
    """The rows of a sheet with the cells that are written in each.

    Raises:
        expat.ExpatError: when it is no XML.
        NotAllowed: for a document type.
    """
    reader = _SheetReader()
    parser = _parser(reader.start, reader.end, reader.text)
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        if reader.ready:
            yield from reader.ready
            reader.ready = []
    parser.Parse(b"", True)
    yield from reader.ready


class _SheetReader:
    """Collects rows from expat's events."""

    def __init__(self) -> None:
        self.ready: list[XmlRow] = []
        self._number = 0
        self._cells: list[XmlCell] = []
        self._head: tuple[int, str, int] = (0, "", 0)
        self._value: str | None = None
        self._formula: str | None = None
        self._said: list[str] | None = None
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            where = attributes.get("r")
            last = self._cells[-1].column if self._cells else 0
            column = _column(where) if where else last + 1
            kind, style = attributes.get("t", "n"), attributes.get("s")
            self._head = (column, kind, int(style) if style else 0)
            self._value = self._formula = None
        elif local in ("v", "f") or (local == "t" and not self._aside):
            self._said = []
        elif local == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._cells = []
        elif local == "rPh":
            self._aside += 1

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            self._cells.append(XmlCell(*self._head, self._value, self._formula))
        elif self._said is not None and local in ("v", "f", "t"):
            text = "".join(self._said)
            if local == "f":
                self._formula = text
            else:
                self._value = (self._value or "") + text
            self._said = None
        elif local == "row":
            self.ready.append((self._number, self._cells))
        elif local == "rPh":
            self._aside -= 1

    def text(self, data: str) -> None:
        if self._said is not None:
            self._said.append(data)


class Texts:
    """The texts of a workbook by number, in a temporary file: 8 bytes of memory for each."""

    def __init__(self, stream: BinaryIO | None) -> None:
        """Reads the table of texts; None: there is none."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the texts
        weakref.finalize(self, self._file.close)
        self._ends = array("Q")
        self._end = self._aside = 0
        self._item: list[str] = []
        self._inside = False
        if stream is not None:
            parser = _parser(self._start, self._finish, self._text)
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        self._file.flush()
        self._kept = lru_cache(maxsize=4096)(self._read)

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        return self._kept(number)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "rPh":  # how it is pronounced, beside the text
            self._aside += 1
        self._inside = local == "t" and not self._aside

    def _finish(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._inside = False
        if local == "rPh":
            self._aside -= 1
        elif local == "si":
            self._end += self._file.write("".join(self._item).encode("utf-8", "replace"))
            self._ends.append(self._end)
            self._item = []

    def _text(self, data: str) -> None:
        if self._inside:
            self._item.append(data)

    def _read(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        self._file.seek(start)
        return self._file.read(self._ends[number] - start).decode()


def _parser(start: object, end: object, text: object) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    parser.CharacterDataHandler = text  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*declared: object) -> None:
    raise NotAllowed


@lru_cache(maxsize=1024)
def _letters(name: str) -> int:
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number


def _column(where: str) -> int:
    """The column of a cell such as AB12."""
    return _letters(where.rstrip("0123456789").upper())
