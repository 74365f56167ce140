"""The XML of a workbook's sheets and texts as a stream: nothing of it is kept but one row.

openpyxl's own reader keeps an element for every row, and every text; a list of a hundred
thousand clinics would fill the memory. Part of ``load``, for `xlsx`.
"""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from handouts.load.clinics.cells import MAX_TEXT

MAX_COLUMNS = 16_384
_CHUNK = 1 << 16
_MAX_TAG = 4 << 20


class XmlCell(NamedTuple):
    """A cell as it is written: its column from 1, type, style, value and formula."""

    column: int
    kind: str
    style: int
    value: str | None
    formula: str | None


class XmlRow(NamedTuple):
    """A row as it is written: its number, its cells, whether a person sees it."""

    number: int
    cells: list[XmlCell]
    hidden: bool


class NotAllowed(Exception):
    """The XML declares a document type, which no workbook needs."""


class Damaged(Exception):
    """What no program writes: said in words that follow 'the workbook cannot be read: '."""


def rows(stream: BinaryIO) -> Iterator[XmlRow]:
    """The rows of a sheet with the cells that are written in each.

    Raises:
        expat.ExpatError: when it is no XML.
        NotAllowed: for a document type.
        Damaged: for what would fill the memory.
    """
    reader = _SheetReader()
    for _ in _parsed(_parser(reader.start, reader.end, reader.text), stream):
        yield from reader.ready
        reader.ready = []


def elements(stream: BinaryIO) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """The elements of a part by their local names: attributes at the start, None at the end.

    Raises:
        expat.ExpatError: when it is no XML.
        NotAllowed: for a document type.
        Damaged: for what would fill the memory.
    """
    ready: list[tuple[str, Mapping[str, str] | None]] = []

    def start(name: str, given: dict[str, str]) -> None:
        ready.append((_local(name), {_local(key): value for key, value in given.items()}))

    def end(name: str) -> None:
        ready.append((_local(name), None))

    for _ in _parsed(_parser(start, end, None), stream):
        yield from ready
        ready.clear()


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
        self._room = 0
        self._aside = 0
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            where = attributes.get("r")
            last = self._cells[-1].column if self._cells else 0
            column = _column(where) if where else last + 1
            kind, style = attributes.get("t", "n"), attributes.get("s")
            self._head = (column, kind, int(style) if style else 0)
            self._value = self._formula = None
            self._room = MAX_TEXT + 1
        elif local in ("v", "f") or (local == "t" and not self._aside):
            self._said = []
        elif local == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._cells = []
            self._hidden = attributes.get("hidden") in ("1", "true")
        elif local == "rPh":
            self._aside += 1

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            if len(self._cells) >= MAX_COLUMNS:
                raise Damaged(f"row {self._number} has more than {MAX_COLUMNS:,} cells")
            self._cells.append(XmlCell(*self._head, self._value, self._formula))
        elif self._said is not None and local in ("v", "f", "t"):
            text = "".join(self._said)
            if local == "f":
                self._formula = text
            else:
                self._value = (self._value or "") + text
            self._said = None
        elif local == "row":
            self.ready.append(XmlRow(self._number, self._cells, self._hidden))
        elif local == "rPh":
            self._aside -= 1

    def text(self, data: str) -> None:
        if self._said is not None and self._room > 0:
            self._said.append(data[: self._room])
            self._room -= len(data)


class Texts:
    """The texts of a workbook by number, in a temporary file: 8 bytes of memory for each."""

    def __init__(self, stream: BinaryIO | None) -> None:
        """Reads the table of texts; None: there is none."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the texts
        weakref.finalize(self, self._file.close)
        self._ends = array("Q")
        self._end = self._aside = 0
        self._item: list[str] = []
        self._room = MAX_TEXT + 1
        self._inside = False
        if stream is not None:
            for _ in _parsed(_parser(self._start, self._finish, self._text), stream):
                pass
        self._file.flush()
        self._kept = lru_cache(maxsize=4096)(self._read)

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        return self._kept(number)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "rPh":  # how it is pronounced, beside the text
            self._aside += 1
        self._inside = local == "t" and not self._aside

    def _finish(self, name: str) -> None:
        local = _local(name)
        self._inside = False
        if local == "rPh":
            self._aside -= 1
        elif local == "si":
            self._end += self._file.write("".join(self._item).encode("utf-8", "replace"))
            self._ends.append(self._end)
            self._item = []
            self._room = MAX_TEXT + 1

    def _text(self, data: str) -> None:
        if self._inside and self._room > 0:
            self._item.append(data[: self._room])
            self._room -= len(data)

    def _read(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        self._file.seek(start)
        return self._file.read(self._ends[number] - start).decode()


def _parser(start: object, end: object, text: object) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    if text is not None:
        parser.CharacterDataHandler = text  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _parsed(parser: expat.XMLParserType, stream: BinaryIO) -> Iterator[None]:
    """Parses a stream; after each piece what came of it can be taken.

    Expat keeps a tag until it sees its end, so one that never ends is given up.
    """
    read = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        read += len(chunk)
        yield
        if read - parser.CurrentByteIndex > _MAX_TAG:
            raise Damaged("a part of it has a tag or remark without an end")
    parser.Parse(b"", True)
    yield


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*declared: object) -> None:
    raise NotAllowed


@lru_cache(maxsize=1024)
def column_number(name: str) -> int:
    """The number of a column from 1 by its letters: 28 of AB."""
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number


def _column(where: str) -> int:
    """The column of a cell such as AB12."""
    return column_number(where.rstrip("0123456789").upper())
