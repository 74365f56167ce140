"""What libyaml complains of, in words for a person who edits one value."""

from __future__ import annotations

import re

import yaml

from handouts.diagnostics import Diagnostic, Place
from handouts.load.spots import Origin

LOST_COLOUR = re.compile(r":\s+(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\b")


def unquoted_colour(match: re.Match[str], place: Place) -> Diagnostic:
    """``primary: #1f5e5b`` says nothing, as # begins a comment."""
    return Diagnostic(
        "unquoted-colour",
        f"{match[1]} is read as a comment, so nothing is said here",
        f"put the colour in quotes: '{match[1]}'",
        place,
    )


def syntax_problem(error: yaml.YAMLError, origin: Origin) -> Diagnostic:
    """A syntax error in words a person who edits one value can use."""
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", None) or error).split("\n")[0]
    if mark is None:
        return Diagnostic("yaml-syntax", _words(said), "", _unreadable(error, origin))
    for line in range(min(mark.line, len(origin.lines) - 1), max(-1, mark.line - 3), -1):
        match = LOST_COLOUR.search(origin.lines[line])
        if match:
            return unquoted_colour(match, origin.place(line, match.start(1)))
    place = origin.place(mark.line, mark.column)
    if "\t" in place.source[: mark.column + 1]:
        return Diagnostic(
            "yaml-tab",
            "a tab stands where YAML wants spaces",
            "indent with two spaces",
            origin.place(mark.line, place.source.index("\t")),
        )
    return Diagnostic("yaml-syntax", _words(said), _remedy(said), place)


def _unreadable(error: yaml.YAMLError, origin: Origin) -> Place:
    """The place of a character YAML does not allow (a reader error has an offset, not a mark)."""
    for number, line in enumerate(origin.lines):
        for column, letter in enumerate(line):
            if (ord(letter) < 32 and letter != "\t") or ord(letter) == 127:
                return Place(origin.path, number + 1, column + 1)
    return Place(origin.path)


_SAID = {
    "mapping values are not allowed in this context": (
        "a second ': ' stands in this value, or the line is indented wrongly",
        "put quotes round text with a colon in it; line the keys up",
    ),
    "could not find expected ':'": (
        "this line has no ': ' after its key",
        "write key: value; put quotes round text that runs over several lines",
    ),
    "did not find expected key": (
        "a key was expected here",
        "check the indentation and the quotes above; ' inside '…' is written twice",
    ),
    "did not find expected node content": ("a value was expected here", "check the brackets"),
    "found unexpected end of stream": (
        "a quote is opened and never closed",
        "close it; ' inside '…' is written twice",
    ),
    "found character that cannot start any token": (
        "text may not begin with this character",
        "put quotes round the text",
    ),
    "did not find expected ',' or '}'": ("a { is not closed, or a comma is missing", "close it"),
    "did not find expected ',' or ']'": ("a [ is not closed, or a comma is missing", "close it"),
}


def _words(said: str) -> str:
    return _SAID.get(said, (f"this is not YAML: {said}", ""))[0]


def _remedy(said: str) -> str:
    return _SAID.get(said, ("", "check indentation, quotes and brackets"))[1]
