"""YAML of a single value, as locale files write it: one line, double quotes, nothing clever."""

from __future__ import annotations

import json
from collections.abc import Iterable

from handouts.model.locale import Step, Translation

_LINE_BREAKS = (0x85, 0x2028, 0x2029)
_NOT_PRINTED = {0xFEFF, *range(0x7F, 0xA0), *_LINE_BREAKS}
_ESCAPES = {code: f"\\u{code:04x}" for code in _NOT_PRINTED}


def quoted(text: str) -> str:
    """A text in double quotes. JSON's escapes are YAML's; what YAML would fold is escaped too."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)


def listed(words: Iterable[str]) -> str:
    """Words as a list in one line."""
    return f"[{', '.join(quoted(word) for word in words)}]"


def translated(entry: Translation) -> str:
    """A translation with its history, in one line as the files have it."""
    pieces = [f"text: {quoted(entry.text)}", *_signed(entry)]
    if entry.history:
        steps = ", ".join(f"{{{', '.join(_step(step))}}}" for step in entry.history)
        pieces.append(f"history: [{steps}]")
    return f"{{{', '.join(pieces)}}}"


def _step(step: Step) -> list[str]:
    pieces = [*_signed(step)]
    return pieces if step.text is None else [*pieces, f"text: {quoted(step.text)}"]


def _signed(one: Translation | Step) -> list[str]:
    pieces = [f"source: {quoted(one.source)}", f"status: {one.status}"]
    if one.by is not None:
        pieces.append(f"by: {quoted(one.by)}")
    if one.on is not None:
        pieces.append(f"on: {one.on.isoformat()}")
    return pieces
