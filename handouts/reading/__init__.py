"""How hard a language's texts are to read: advice for editors and translators, never a gate.

Stands beside the stages: it reads what ``load`` gives and makes numbers of it, ``cli`` prints
them. ``passages`` picks what a parent reads as sentences, ``cutting`` cuts it into sentences
and words, ``syllables`` and ``counts`` count, ``scales`` holds the formula that fits each
language, ``measure`` brings them together.
"""

from __future__ import annotations

from handouts.reading.counts import Counts, counted
from handouts.reading.cutting import sentences
from handouts.reading.measure import Measure, Reading, Sentence, reading
from handouts.reading.scales import KINCAID, Scale, scales

__all__ = [
    "KINCAID",
    "Counts",
    "Measure",
    "Reading",
    "Scale",
    "Sentence",
    "counted",
    "reading",
    "scales",
    "sentences",
]
