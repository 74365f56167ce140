"""The texts: real sentences of every locale, a sentence for each further script, mixed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.typeset.paragraphs import Sample, emphasised, fixtures

HERE = Path(__file__).resolve().parent
LOCALES = HERE.parents[1] / "handouts" / "catalogue" / "locales"
PLAIN = ("group.stimulates.intro", "benefit.sleep-patterns.hedged", "safety.not-full-not-hungry")
BOLD = "safety.not-treatment"
UNSPACED = ("Hans", "Hant", "Jpan")
"""Scripts whose sentences follow one another without a space."""


def samples() -> Iterator[Sample]:
    """All paragraphs of the corpus, locales first."""
    spoken = set()
    for path in sorted(LOCALES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "base" not in data:  # A variant holds only what differs.
            spoken.add(path.stem)
            yield _locale(data["language"], data["strings"])
    for tag, sample in fixtures().items():
        yield Sample(f"{tag}-2" if tag in spoken else tag, tag, sample.pieces)
    for name, one in yaml.safe_load((HERE / "mixed.yaml").read_text(encoding="utf-8")).items():
        yield emphasised(name, one["lang"], one["text"])


def _locale(tag: str, strings: Mapping[str, Any]) -> Sample:
    """Several sentences of a locale file, one of them in bold."""

    def text(key: str) -> str:
        entry = strings[key]
        return str(entry["text"] if isinstance(entry, dict) else entry)

    first, *rest = (text(key) for key in PLAIN)
    gap = "" if Sample(tag, tag, ()).facts.script in UNSPACED else " "
    bold = (text(BOLD), True)
    return Sample(tag, tag, ((first + gap, False), bold, (gap + gap.join(rest), False)))
