"""What pydantic's errors mean, in words for a person who edits YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handouts.load.fields import described
from handouts.load.problems import nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Said = tuple[str, str, str]
"""Code, message, hint."""

_WANTED = {
    "string": ("text", "put quotes round it: '…'"),
    "int": ("a whole number", "write it without quotes and unit, such as 2"),
    "float": ("a number", "write it without unit, such as 1.3"),
    "bool": ("true or false", "write true or false"),
    "date": ("a date", "write it as 2026-03-01"),
    "dict": ("a mapping", "write key: value lines, indented by two spaces"),
    "model": ("a mapping", "write key: value lines, indented by two spaces"),
    "tuple": ("a list", "write [one, two], or a line '- one' for each"),
    "list": ("a list", "write [one, two], or a line '- one' for each"),
}


def explain(details: ErrorDetails, label: str) -> Said:
    """Code, message and hint for an error that is about a value."""
    kind, value = details["type"], details["input"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind == "literal_error":
        return _choice(label, value, _quoted(str(context.get("expected", ""))))
    if kind == "union_tag_invalid":
        return _choice("type", context.get("tag"), _quoted(str(context.get("expected_tags", ""))))
    if kind == "union_tag_not_found":
        return (
            "missing-key",
            f"'type' is missing: what kind of block is {label}?",
            "add type: text, or another block",
        )
    if kind == "value_error":
        return _by_model(label, value, details["msg"].removeprefix("Value error, "))
    if kind in _LIMITS:
        limit = next((v for v in context.values() if v is not None), "")
        return ("out-of-range", f"{label}: {described(value)} is {_LIMITS[kind]} {limit}", "")
    if kind in ("string_too_short", "too_short"):
        return ("empty-value", f"{label} is empty", "write something, or take the line out")
    if kind == "string_pattern_mismatch":
        form = context.get("pattern", "")
        return ("bad-value", f"{label}: {described(value)} has the wrong form", f"form: {form}")
    wanted, hint = _WANTED.get(kind.split("_")[0], ("", ""))
    if value is None:
        hint = "write a value behind the colon, or take the line out"
    elif wanted == "text" and isinstance(value, list | dict):
        hint = "write one text in its place"
    elif wanted == "a list" and isinstance(value, str | int | float):
        hint = f"write [{value}], or a line '- …' for each"
    if wanted:
        return ("wrong-type", f"{label} needs {wanted}, not {described(value)}", hint)
    return ("bad-value", f"{label}: {details['msg']}", "")


_LIMITS = {
    "greater_than_equal": "less than",
    "greater_than": "not more than",
    "less_than_equal": "more than",
    "less_than": "not less than",
}


def _by_model(label: str, value: Any, said: str) -> Said:
    """A message of our own types; it says what to write after a colon."""
    if value is None:
        said = "nothing is said here: write a value, or take the line out"
    what, _, hint = said.partition(": ")
    name = "" if isinstance(value, dict) else f"{label}: "
    return ("bad-value", f"{name}{what}", hint)


def _choice(label: str, value: Any, allowed: list[str]) -> Said:
    near = nearest(str(value), allowed)
    hint = (f"did you mean '{near}'? " if near else "") + f"one of {', '.join(allowed)}"
    return ("unknown-value", f"{label} cannot be {described(value)}", hint)


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text) or [text]
