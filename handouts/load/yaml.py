"""YAML text to plain data that remembers where it stood. First step of ``load``.

The text is not trusted. It is read event by event from libyaml, so that limits on size, depth
and number of nodes hold before anything is built, tags are refused, and an alias is counted
every time it is used (a "billion laughs" ends at the node limit).

Only null, true, false and plain numbers are anything but text: none of YAML 1.1's surprises
(``no``, ``10:30``, dates, octal). A number that would lose its spelling (``1.10``, ``0123``)
stays text; pydantic reads it where a model wants a number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__

from handouts.diagnostics import Diagnostic, HandoutsError, Place
from handouts.load.spots import Key, KeyPath, Origin, Parsed, Spot
from handouts.load.yaml_errors import LOST_COLOUR, syntax_problem, unquoted_colour

MAX_BYTES = 1_000_000
MAX_NODES = 100_000
MAX_DEPTH = 40

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@lru_cache(maxsize=512)
def parse(content: bytes, path: str) -> Parsed:
    """Reads one YAML document; `path` is what messages call it.

    Raises:
        HandoutsError: when it is no UTF-8, no YAML, too large, or says something twice.
    """
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        raise _error("file-too-large", f"the file has {size}, more than 1 MB", Place(path))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start)
        raise _error(
            "not-utf-8",
            "the file is not UTF-8 text",
            Place(path, line + 1, 1),
            "save it with the encoding UTF-8",
        ) from None
    return _Builder(text, Origin(path, text.splitlines())).document()


class _Open:
    """A mapping or list that is being filled."""

    __slots__ = ("anchor", "data", "key", "key_column", "key_line", "spot", "waiting")

    def __init__(self, data: Any, spot: Spot, anchor: str | None) -> None:
        self.data = data
        self.spot = spot
        self.anchor = anchor
        self.key: Key = 0
        self.key_line = spot.line
        self.key_column = spot.column
        self.waiting = isinstance(data, dict)
        """A mapping waits for a key, not a value."""


class _Builder:
    """Builds data and spots from the events of one document."""

    def __init__(self, text: str, origin: Origin) -> None:
        self.text = text
        self.origin = origin
        self.nodes = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Any, Spot, int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.result: tuple[Any, Spot] | None = None

    def document(self) -> Parsed:
        """Runs through the events."""
        try:
            self._events()
        except yaml.YAMLError as error:
            self.problems.append(syntax_problem(error, self.origin))
        if self.problems:
            raise HandoutsError(self.problems)
        if self.result is None:
            raise _error(
                "empty-file",
                "the file is empty",
                Place(self.origin.path),
                "write its keys, or delete it",
            )
        return Parsed(*self.result)

    def _events(self) -> None:
        parser = CParser(self.text)
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._start({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._start([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._end()
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent and self.result is not None:
                raise self._fail("two-documents", "a second document begins here", event, "use one")

    def _start(self, data: Any, event: Any) -> None:
        self._count(event, 1)
        self._no_tag(event)
        if len(self.open) >= MAX_DEPTH:
            raise self._fail("too-deep", f"nested more than {MAX_DEPTH} levels deep", event)
        self._key_must_be_text(event)
        spot = self._spot(event.start_mark)
        self.open.append(_Open(data, spot, event.anchor))

    def _end(self) -> None:
        done = self.open.pop()
        if done.anchor:
            nodes = _size(done.data)
            self.anchors[done.anchor] = (done.data, done.spot, nodes, _depth(done.data))
        self._add(done.data, done.spot)

    def _scalar(self, event: Any) -> None:
        self._count(event, 1)
        if event.tag is not None:
            self._no_tag(event)
        mark = event.start_mark
        parent = self.open[-1] if self.open else None
        if parent is not None and parent.waiting:
            self._name(parent, event.value, event)
            return
        value = event.value if event.style else self._plain(event.value, mark)
        spot = self._spot(mark)
        if event.anchor:
            self.anchors[event.anchor] = (value, spot, 1, 0)
        self._add(value, spot)

    def _plain(self, text: str, mark: Any) -> Any:
        if text in _BOOL:
            return _BOOL[text]
        if text in _NULL:
            if not text:
                self._lost_colour(mark)
            return None
        if _INT.fullmatch(text) and text != "-0":
            return int(text)
        if _FLOAT.fullmatch(text) and str(float(text)) == text:
            return float(text)
        return text

    def _lost_colour(self, mark: Any) -> None:
        """``primary: #1f5e5b`` is a comment to YAML, and so an empty value."""
        line = self.origin.lines[mark.line] if mark.line < len(self.origin.lines) else ""
        match = LOST_COLOUR.search(line, max(0, mark.column - 1))
        if match:
            self.problems.append(
                unquoted_colour(match, self.origin.place(mark.line, match.start(1)))
            )

    def _name(self, parent: _Open, name: str, event: Any) -> None:
        mark = event.start_mark
        if name in parent.data or name in parent.spot.inside:
            first = parent.spot.inside[name].key_line + 1
            self.problems.append(
                Diagnostic(
                    "duplicate-key",
                    f"'{name}' is here twice; the first is in line {first}",
                    "take one of them out",
                    self.origin.place(mark.line, mark.column),
                )
            )
        parent.key, parent.key_line, parent.key_column = name, mark.line, mark.column
        parent.waiting = False

    def _add(self, value: Any, spot: Spot) -> None:
        if not self.open:
            self.result = (value, spot)
            return
        parent = self.open[-1]
        if isinstance(parent.data, list):
            key: Key = len(parent.data)
            parent.data.append(value)
        else:
            key = parent.key
            parent.data[key] = value
            parent.waiting = True
            spot = spot._replace(key_line=parent.key_line, key_column=parent.key_column)
        parent.spot.inside[key] = spot

    def _alias(self, event: Any) -> None:
        self._key_must_be_text(event)
        found = self.anchors.get(event.anchor)
        if found is None:
            inside = any(frame.anchor == event.anchor for frame in self.open)
            what = "refers to itself" if inside else "is defined nowhere above"
            raise self._fail("bad-alias", f"*{event.anchor} {what}", event, "write it out")
        value, spot, nodes, depth = found
        self._count(event, nodes)
        if len(self.open) + depth > MAX_DEPTH:
            raise self._fail("too-deep", f"nested more than {MAX_DEPTH} levels deep", event)
        self._add(value, spot)

    def _key_must_be_text(self, event: Any) -> None:
        if self.open and self.open[-1].waiting:
            hint = "put quotes round text that begins with [, {, * or &"
            raise self._fail("bad-key", "a key must be text", event, hint)

    def _no_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            raise self._fail(
                "yaml-tag",
                f"the tag {event.tag} is not allowed",
                event,
                "take it out; text that begins with ! needs quotes",
            )

    def _count(self, event: Any, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise self._fail("too-many-nodes", f"more than {MAX_NODES} values in a file", event)

    def _spot(self, mark: Any) -> Spot:
        return Spot(self.origin, mark.line, mark.column, mark.line, mark.column, {})

    def _fail(self, code: str, message: str, event: Any, hint: str = "") -> HandoutsError:
        place = self.origin.place(event.start_mark.line, event.start_mark.column)
        return HandoutsError([*self.problems, Diagnostic(code, message, hint, place)])


def _size(data: Any) -> int:
    """Values in a tree that is known to be small enough and without cycles."""
    if isinstance(data, dict):
        return 1 + sum(_size(value) for value in data.values())
    return 1 + sum(_size(value) for value in data) if isinstance(data, list) else 1


def _depth(data: Any) -> int:
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if below is None else 1 + max((_depth(value) for value in below), default=0)


def _error(code: str, message: str, place: Place, hint: str = "") -> HandoutsError:
    return HandoutsError([Diagnostic(code, message, hint, place)])


__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "KeyPath", "Parsed", "Spot", "parse"]
