"""Which font files a language is set in, and how: what ``fonts/fonts.yaml`` says of its script.

So that a program that is compared sets a language in the same faces as this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
SCRIPTS = {"ar": "Arab", "hi": "Deva", "ja": "Jpan", "ru": "Cyrl", "zh-Hans": "Hans"}
"""Of the languages that are not written in Latin letters."""
RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True, slots=True)
class Setting:
    """Families in order, for text and for headings, their files, and the script's needs."""

    text: tuple[str, ...]
    heading: tuple[str, ...]
    files: tuple[Path, ...]
    size: float
    leading: float


@cache
def setting(language: str) -> Setting:
    """How a language is set."""
    index: dict[str, Any] = _index()
    script = SCRIPTS.get(language, "Latn")
    found = index["scripts"][script] | index["languages"].get(language, {})
    text = tuple(found["text"]) if "text" in found else tuple(index["scripts"]["Latn"]["text"])
    heading = tuple(found.get("heading", text))
    names = {*text, *heading}
    files = tuple(
        FONTS / face["file"]
        for family in index["families"]
        if family["name"] in names
        for face in family["faces"]
        if not face["italic"]
    )
    return Setting(text, heading, files, found.get("size", 1), found.get("leading", 1))


@cache
def _index() -> dict[str, Any]:
    text = (FONTS / "fonts.yaml").read_text(encoding="utf-8")
    index: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return index
