"""Placeholders and bold as XLIFF's inline codes, and back. Part of ``xliff``.

A program for translators shows a code as a block that cannot be broken by typing: ``{name}``
becomes a ``ph``, a pair of ``**`` becomes a ``pc`` round the bold words. What cannot be written
in XML, a control character, becomes a ``cp``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

CORE = "urn:oasis:names:tc:xliff:document:2.0"
_TOKEN = re.compile(r"\*\*|\{[a-z_]+\}")
_BARRED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BOLD = "**"


def tag(name: str) -> str:
    """A core element's name as lxml writes it."""
    return f"{{{CORE}}}{name}"


class Codes:
    """The codes of one unit: each distinct piece of original data has an id.

    Source and target number their codes alike, so that a program sees which of them belong
    together: the second ``{name}`` of one is the second of the other.
    """

    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self._ids: dict[tuple[str, int], str] = {}

    def fill(self, element: etree._Element, text: str) -> None:
        """Writes a text with its codes into ``source`` or ``target``."""
        writer = _Writer(element)
        times: dict[str, int] = {}
        tokens = _tokens(text)
        for number, (token, is_code) in enumerate(tokens):
            if not is_code:
                writer.text(token)
            elif token != BOLD:
                writer.child("ph", self._attributes(token, times))
            elif writer.inside:
                writer.close()
            elif any(code and later == BOLD for later, code in tokens[number + 1 :]):
                writer.open("pc", self._bold(times))
            else:
                writer.text(token)

    def _attributes(self, token: str, times: dict[str, int]) -> dict[str, str]:
        number, data = self._numbered(token, times)
        return {"id": number, "dataRef": data, "equiv": token, "disp": token, "canDelete": "no"}

    def _bold(self, times: dict[str, int]) -> dict[str, str]:
        number, data = self._numbered(BOLD, times)
        return {
            "id": number,
            "type": "fmt",
            "subType": "xlf:b",
            "dataRefStart": data,
            "dataRefEnd": data,
            "canDelete": "no",
        }

    def _numbered(self, token: str, times: dict[str, int]) -> tuple[str, str]:
        times[token] = times.get(token, 0) + 1
        number = self._ids.setdefault((token, times[token]), str(len(self._ids) + 1))
        return number, self.data.setdefault(token, f"d{len(self.data) + 1}")


def text_of(element: etree._Element | None, data: dict[str, str]) -> str:
    """The text of a ``source`` or ``target`` with its codes written out again."""
    if element is None:
        return ""
    return "".join(_pieces(element, data))


def _pieces(element: etree._Element, data: dict[str, str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "ph":
            yield _original(child, "dataRef", "equiv", data)
        elif name == "pc":
            yield _original(child, "dataRefStart", "equivStart", data)
            yield from _pieces(child, data)
            yield _original(child, "dataRefEnd", "equivEnd", data)
        elif name in ("sc", "ec"):
            yield _original(child, "dataRef", "equiv", data)
        elif name == "cp":
            yield _character(child.get("hex", ""))
        elif name == "mrk":
            yield from _pieces(child, data)
        yield child.tail or ""


def _original(child: etree._Element, reference: str, equivalent: str, data: dict[str, str]) -> str:
    found = data.get(child.get(reference, ""))
    if found is not None:
        return found
    return str(child.get(equivalent) or child.get("disp") or "")


def _character(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"
    return char if char.isprintable() or ord(char) < 0xD800 else "\N{REPLACEMENT CHARACTER}"


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Pieces of a text, and whether each is a code."""
    found, at = [], 0
    for match in _TOKEN.finditer(text):
        found += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    return [(piece, code) for piece, code in (*found, (text[at:], False)) if piece]


class _Writer:
    """Puts text where lxml keeps it: in an element, or in the tail of its last child."""

    def __init__(self, element: etree._Element) -> None:
        self._root = self._here = element

    @property
    def inside(self) -> bool:
        """Whether a ``pc`` is open."""
        return self._here is not self._root

    def text(self, text: str) -> None:
        """Adds text; what XML bars becomes a ``cp``."""
        at = 0
        for match in _BARRED.finditer(text):
            self._add(text[at : match.start()])
            self.child("cp", {"hex": f"{ord(match[0]):04X}"})
            at = match.end()
        self._add(text[at:])

    def child(self, name: str, attributes: dict[str, str]) -> etree._Element:
        """Adds an empty element."""
        return etree.SubElement(self._here, tag(name), attributes)

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Adds an element that what follows goes into."""
        self._here = self.child(name, attributes)

    def close(self) -> None:
        """What follows goes behind the open element."""
        self._here = self._root

    def _add(self, text: str) -> None:
        if not text:
            return
        if len(self._here):
            last = self._here[-1]
            last.tail = (last.tail or "") + text
        else:
            self._here.text = (self._here.text or "") + text
