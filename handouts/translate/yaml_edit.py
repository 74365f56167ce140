"""Changes a locale file line by line, so that what nobody touched stays byte for byte.

A YAML library would write the file anew: comments, blank lines and quotes would go. Here the
lines of a string, as the parser saw them, are replaced, and new strings are put where the
English file has them, under the same heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from handouts.diagnostics import problem
from handouts.load.yaml import Parsed, Spot, parse
from handouts.translate.outline import Entry, heading
from handouts.translate.yaml_text import quoted

_BREAK = re.compile(r"(\r\n|[\n\r\x85\u2028\u2029])")
"""What ends a line to YAML 1.1, and so to the line numbers of the parser."""
_PLAIN = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_MODELINE = "# yaml-language-server:"


def edited(
    content: bytes,
    strings: Mapping[str, str],
    heads: Mapping[str, str],
    order: Mapping[str, Entry],
) -> bytes:
    """The file with these strings and head entries.

    Args:
        content: the file as it is.
        strings: YAML values by string id, written as they are.
        heads: likewise by top-level key.
        order: the English file's strings, for where new ones go.
    """
    if not strings and not heads:
        return content
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    text = content.decode("utf-8-sig")
    return mark + _File(text, parse(content, "")).edited(strings, heads, order).encode()


def begun(tag: str, name: str, strings: Mapping[str, str], order: Mapping[str, Entry]) -> bytes:
    """A new file with these strings, in the order and under the headings of the English one."""
    lines = [f"# {name}. Begun by a translator's file.\n", f"language: {tag}\n", "\n", "strings:\n"]
    group = None
    for key, entry in order.items():
        if key not in strings:
            continue
        if entry.group != group:
            group = entry.group
            lines += ([] if lines[-1] == "strings:\n" else ["\n"]) + _heading(group)
        lines.append(f"  {key}: {strings[key]}\n")
    return "".join(lines).encode()


def copied(content: bytes) -> bytes:
    """A built-in file as a project's own: without the editor's line, whose path leads nowhere."""
    lines = content.decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_MODELINE)).encode()


class _File:
    """A file's lines, with those of each entry marked; built for one edit."""

    def __init__(self, text: str, parsed: Parsed) -> None:
        pieces = _BREAK.split(text)
        self.lines = [a + b for a, b in zip(pieces[::2], [*pieces[1::2], ""], strict=True)]
        if self.lines and not self.lines[-1]:
            self.lines.pop()
        self.end = next((piece for piece in pieces[1::2]), "\n")
        if self.lines and not _BREAK.search(self.lines[-1]):
            self.lines[-1] += self.end
        self.top = parsed.spot.inside
        self.strings = self.top["strings"].inside if "strings" in self.top else {}
        self.replaced: dict[int, list[str]] = {}
        self.after: dict[int, list[str]] = {}
        self.gone: set[int] = set()

    def edited(
        self, strings: Mapping[str, str], heads: Mapping[str, str], order: Mapping[str, Entry]
    ) -> str:
        """The file's text with the changes in it."""
        self._open_strings()
        spans = self._spans(self.strings)
        for name, value in strings.items():
            if name in spans:
                self._replace(spans[name], self.strings[name], name, value)
        self._insert({n: v for n, v in strings.items() if n not in spans}, spans, order)
        tops = self._spans(self.top)
        for name, value in heads.items():
            if name in tops:
                self._put(tops[name], [f"{name}: {value}{self.end}"])
            else:
                first = self._comments_above(tops["strings"][0])
                line = f"{name}: {value}{self.end}"
                self.after.setdefault(first - 1, []).extend([line, self.end])
        return "".join(self._joined())

    def _open_strings(self) -> None:
        """Strings written in braces all together cannot be changed by lines.

        Raises:
            HandoutsError: unless there are none in them.
        """
        spot = self.top["strings"]
        place = spot.origin.place(spot.line, spot.column)
        if self.lines[spot.line][spot.column : spot.column + 1] != "{":
            return
        if self.strings or spot.line != spot.key_line:
            message, hint = "the strings stand in braces", "write each on a line of its own"
            raise problem("strings-in-braces", message, hint, place)
        self.replaced[spot.line] = [f"strings:{self.end}"]

    def _joined(self) -> list[str]:
        out = list(self.after.get(-1, ()))
        for number, line in enumerate(self.lines):
            out += self.replaced.get(number, [] if number in self.gone else [line])
            out += self.after.get(number, ())
        return out

    def _spans(self, inside: Mapping[str | int, Spot]) -> dict[str, tuple[int, int]]:
        """First and last line of each entry; comments below it belong to the next one."""
        starts = sorted((spot.key_line, str(name)) for name, spot in inside.items())
        limit = len(self.lines)
        if inside is self.strings and starts:
            below = [s.key_line for s in self.top.values() if s.key_line > starts[-1][0]]
            limit = min(below, default=limit)
        found = {}
        for (first, name), (following, _) in pairwise([*starts, (limit, "")]):
            last = following - 1
            while last > first and self._blank(last):
                last -= 1
            found[name] = (first, last)
        return found

    def _blank(self, number: int) -> bool:
        text = self.lines[number].strip()
        return not text or text.startswith("#")

    def _comments_above(self, number: int) -> int:
        while number and self.lines[number - 1].startswith("#"):
            number -= 1
        return number

    def _replace(self, span: tuple[int, int], spot: Spot, name: str, value: str) -> None:
        first, last = span
        line = self.lines[first]
        one = first == last and spot.line == first
        key = line[: spot.column] if one else f"{line[: spot.key_column]}{_key(name)}: "
        rest = _comment(line, spot.column) if one else ""
        self._put(span, [f"{key}{value}{rest}{_BREAK.findall(line)[0]}"])

    def _put(self, span: tuple[int, int], lines: list[str]) -> None:
        first, last = span
        self.replaced[first] = lines
        self.gone |= set(range(first + 1, last + 1))

    def _insert(
        self,
        strings: Mapping[str, str],
        spans: Mapping[str, tuple[int, int]],
        order: Mapping[str, Entry],
    ) -> None:
        """New strings, each behind the one that is before it in English."""
        indent = self._indent()
        headings = {heading(line): n for n, line in enumerate(self.lines) if heading(line)}
        at = self.top["strings"].key_line if "strings" in self.top else len(self.lines) - 1
        before: str | None = None
        for name, entry in order.items():
            if name in spans:
                at, before = spans[name][1], entry.group
            elif name in strings:
                bucket = self.after.setdefault(at, [])
                if entry.group != before and entry.group:
                    if entry.group in headings:
                        at = self._below(headings[entry.group])
                        bucket = self.after.setdefault(at, [])
                    else:
                        blank = [self.end] if before is not None else []
                        bucket += [*blank, *_heading(entry.group, indent, self.end)]
                bucket.append(f"{indent}{_key(name)}: {strings[name]}{self.end}")
                before = entry.group

    def _below(self, number: int) -> int:
        """The heading, or the blank line under it."""
        following = number + 1
        blank = following < len(self.lines) and not self.lines[following].strip()
        return following if blank else number

    def _indent(self) -> str:
        first = next(iter(self.strings.values()), None)
        return self.lines[first.key_line][: first.key_column] if first else "  "


def _heading(group: str, indent: str = "  ", end: str = "\n") -> list[str]:
    return [f"{indent}# ---- {group} ----{end}", end] if group else []


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else quoted(name)


def _comment(line: str, column: int) -> str:
    """What stands behind a value on its line: a comment with the space before it, or nothing."""
    at, quote, depth = column, "", 0
    while at < len(line):
        char = line[at]
        if quote:
            at += char == "\\" and quote == '"'
            quote = "" if char == quote else quote
        elif char in "\"'" and (at == column or line[at - 1] in " {[,:"):
            quote = char
        elif char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
        elif char == "#" and line[at - 1] in " \t" and depth <= 0:
            start = len(line[:at].rstrip())
            return line[start:].rstrip("\r\n\x85\u2028\u2029")
        at += 1
    return ""
