"""Printable words: strings of the locale, variables, placeholders, isolates, bold and links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal, NamedTuple

from handouts.compose.scope import Scope, Value
from handouts.compose.structure import Structure
from handouts.diagnostics import problem
from handouts.model.document import Role, Span
from handouts.model.locale import Locale

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
_LEFT_TO_RIGHT = frozenset(("phone", "url", "email", "code"))
_TOKEN = re.compile(r"\*\*|\{([a-z_]+)\}")
_LATIN = re.compile(
    r"(?=[0-9 .,'’&/@:+-]*[A-Za-zÀ-ɏ])[0-9A-Za-zÀ-ɏ](?:[0-9A-Za-zÀ-ɏ .,'’&/@:+-]*[0-9A-Za-zÀ-ɏ])?"
)
_RTL_CLASSES = frozenset(("R", "AL", "AN"))


class Words:
    """Looks up strings for one sheet and notes which it used.

    `overrides` are the brand's own wordings, `structure` gives Link and Span elements their ids.
    """

    def __init__(self, locale: Locale, overrides: Mapping[str, str], structure: Structure) -> None:
        self._locale = locale
        self._overrides = overrides
        self._structure = structure
        self.lang = locale.tag
        """The sheet's language tag."""
        self.direction: Literal["ltr", "rtl"] = locale.direction
        """The direction of its text."""
        self.digits = locale.digits
        """The ten digits the sheet's numbers are written with."""
        self.used: dict[str, None] = {}

    def afresh(self) -> Words:
        """The same words with nothing used yet."""
        return Words(self._locale, self._overrides, self._structure)

    def elsewhere(self, structure: Structure) -> Words:
        """The same words for another document."""
        return Words(self._locale, self._overrides, structure)

    def begin(self) -> dict[str, None]:
        """Notes what is used from here on by itself; gives what `end` takes."""
        kept, self.used = self.used, {}
        return kept

    def end(self, kept: dict[str, None]) -> frozenset[str]:
        """What was used since `begin`; it counts with what was used before again."""
        since = frozenset(self.used)
        kept.update(self.used)
        self.used = kept
        return since

    @property
    def languages(self) -> tuple[str, ...]:
        """Its language, and for a variant the one it varies: where a brand's words are sought."""
        return (self._locale.tag, *((self._locale.base,) if self._locale.base else ()))

    def text(self, string_id: str, **values: str) -> str:
        """A string as plain text (for alt texts and titles), placeholders filled in.

        Raises:
            HandoutsError: when the locale has no such string.
        """
        template = self._template(string_id)
        return _TOKEN.sub(lambda m: values.get(m[1], "") if m[1] else "", template)

    def spans(
        self, string_id: str, values: Mapping[str, Value | Span] | None = None
    ) -> tuple[Span, ...]:
        """A string as spans: ``**bold**`` is bold, filled-in values are isolated."""
        spans, blanks = _parsed(self._template(string_id), self.direction)
        if not blanks:
            return spans
        out: list[Span] = []
        for at, span in enumerate(spans):
            name = blanks.get(at)
            value = (values or {}).get(name) if name else span
            if isinstance(value, Value):
                out += self.value(value, bold=span.bold)
            elif value is not None:
                out.append(replace(value, bold=span.bold) if name else value)
        return tuple(out)

    def value(self, value: Value, *, bold: bool = False) -> list[Span]:
        """A variable's text as spans, isolated, as a link and with its language if it has them."""
        text = self._isolated(value)
        if value.href:
            return [Span(text, bold=bold, href=value.href, node=None)]
        if value.lang and value.lang != self.lang:
            return [Span(text, bold=bold, lang=value.lang)]
        return [Span(text, bold=bold)]

    def resolve(self, spec: str, scope: Scope, args: Mapping[str, str]) -> tuple[Span, ...]:
        """A layout's value: a ``$variable`` or a string id. Empty when the variable is not set."""
        if spec.startswith("$"):
            found = scope.get(spec[1:])
            return tuple(self.value(found)) if found and found.text else ()
        values: dict[str, Value | Span] = dict(_ambient(scope))
        for name, source in args.items():
            resolved = scope.get(source[1:]) if source.startswith("$") else None
            if source.startswith("$") and (resolved is None or not resolved.text):
                return ()
            values[name] = resolved or Value(self.text(scope.expand(source)))
        return self.spans(scope.expand(spec), values)

    def owned(self, spans: tuple[Span, ...], node: int | None) -> tuple[Span, ...]:
        """Spans with Link and Span elements of their own under the paragraph's element."""
        if node is None:
            return tuple(replace(s, href=None) if s.href else s for s in spans)
        if not any([span.href or span.lang for span in spans]):
            return spans
        return tuple(self._own(span, node) for span in spans)

    def _own(self, span: Span, paragraph: int) -> Span:
        if span.href:
            node = self._structure.add(Role.LINK, parent=paragraph)
        elif span.lang:
            node = self._structure.add(Role.SPAN, lang=span.lang, parent=paragraph)
        else:
            return span
        text, bold, italic, colour = span.text, span.bold, span.italic, span.colour
        return Span(text, bold, italic, colour, span.lang, span.href, span.field, node)

    def _template(self, string_id: str) -> str:
        self.used[string_id] = None
        if string_id in self._overrides:
            return self._overrides[string_id]
        found = self._locale.strings.get(string_id)
        if found is None:
            raise problem(
                "missing-string",
                f"the language {self.lang} has no string '{string_id}'",
                "add it to the language's file, or mend the id in the layout",
            )
        return found.text

    def _isolated(self, value: Value) -> str:
        if value.kind in _LEFT_TO_RIGHT:
            return f"{LRI}{value.text}{PDI}" if self.direction == "rtl" else value.text
        if self.direction == "rtl" or has_rtl(value.text):
            return f"{FSI}{_literal(value.text, self.direction)}{PDI}"
        return value.text


class _Parsed(NamedTuple):
    """A string's spans; where a value is to be filled in, an empty one, and by place its name."""

    spans: tuple[Span, ...]
    blanks: Mapping[int, str]


@lru_cache(maxsize=4096)
def _parsed(template: str, direction: Literal["ltr", "rtl"]) -> _Parsed:
    spans: list[Span] = []
    blanks: dict[int, str] = {}
    bold, at = False, 0
    for match in _TOKEN.finditer(template):
        if match.start() > at:
            spans.append(Span(_literal(template[at : match.start()], direction), bold=bold))
        at = match.end()
        if match[1] is None:
            bold = not bold
        else:
            blanks[len(spans)] = match[1]
            spans.append(Span("", bold=bold))
    if at < len(template):
        spans.append(Span(_literal(template[at:], direction), bold=bold))
    return _Parsed(tuple(spans), blanks)


def _literal(text: str, direction: Literal["ltr", "rtl"]) -> str:
    """Text with each Latin name, address or number-and-name in it isolated from what is Arabic.

    Without that, the house number of "12 Harbour Street" joins the number before the comma.
    """
    if direction == "ltr" or not has_rtl(text):
        return text
    return _LATIN.sub(lambda m: f"{LRI}{m[0]}{PDI}", text)


def has_rtl(text: str) -> bool:
    """Whether any character runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RTL_CLASSES for c in text)


def plain(spans: tuple[Span, ...]) -> str:
    """What spans say, without the isolates round what runs the other way, or might."""
    return "".join([span.text for span in spans]).translate(_NO_ISOLATES)


_NO_ISOLATES = dict.fromkeys(map(ord, (FSI, LRI, PDI)))


def joined(groups: list[tuple[Span, ...]], separator: str) -> tuple[Span, ...]:
    """Groups of spans in a row; the empty ones leave no separator behind."""
    out: list[Span] = []
    for spans in groups:
        if spans and out:
            out.append(Span(separator))
        out += spans
    return tuple(out)


def _ambient(scope: Scope) -> Mapping[str, Value]:
    """Placeholders every string may use: the number and count of the innermost repeat."""
    found = {}
    for name in ("number", "count"):
        value = scope.get(name)
        if value:
            found[name] = value
    return found
