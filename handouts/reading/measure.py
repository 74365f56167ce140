"""A language's reading level: for all it says, for each kind of string, for each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handouts.model.locale import Locale
from handouts.reading.counts import Counts, counted
from handouts.reading.cutting import sentences
from handouts.reading.passages import passages
from handouts.reading.scales import Lengths, Scale, lengths, scales

WHOLE = "all"
_JUDGED = 6
"""Words from which a formula says anything about a single sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the string it stands in, and its scores: one for each scale."""

    id: str
    text: str
    counts: Counts
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts and scores of all sentences of a kind. `too_long` says how many are."""

    kind: str
    counts: Counts
    scores: tuple[float, ...]
    too_long: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to say of a language. `hardest` are its sentences, the hardest first."""

    language: str
    scales: tuple[Scale, ...]
    lengths: Lengths
    whole: Measure
    kinds: tuple[Measure, ...]
    hardest: tuple[Sentence, ...]

    @property
    def advice(self) -> tuple[str, ...]:
        """What is harder than it should be, in words; nothing when all is well."""
        return advice(self.whole, self.scales, self.lengths)


def reading(locale: Locale, source: Locale) -> Reading:
    """Measures what a parent reads in a language.

    Args:
        locale: the language; strings it lacks are passed over.
        source: the source language, which tells sentences from headings.
    """
    mine = scales(locale.tag, locale.script)
    room = lengths(locale.script)
    kinds: dict[str, list[Sentence]] = {}
    for passage in passages(locale, source):
        kinds.setdefault(passage.kind, []).extend(
            _sentence(passage.id, said, locale.tag, locale.script)
            for said in sentences(passage.text, locale.tag, locale.script)
        )
    every = [sentence for group in kinds.values() for sentence in group]
    return Reading(
        language=locale.tag,
        scales=mine,
        lengths=room,
        whole=_measure(WHOLE, every, locale, room),
        kinds=tuple(_measure(kind, group, locale, room) for kind, group in kinds.items()),
        hardest=tuple(sorted(every, key=lambda one: _ease(one, mine, room))),
    )


def advice(measure: Measure, by: Sequence[Scale], room: Lengths) -> tuple[str, ...]:
    """What is harder than it should be in a measure, in words."""
    found = [
        f"{scale.name} {score:.1f}, should be {scale.wanted}"
        for scale, score in zip(by[:1], measure.scores, strict=False)
        if not scale.easy(score)
    ]
    mean = measure.counts.per_sentence
    if room.mean is not None and mean > room.mean:
        found.append(f"{mean:.1f} {room.unit} a sentence, should be up to {room.mean:g}")
    if measure.too_long:
        many = "1 sentence is" if measure.too_long == 1 else f"{measure.too_long} sentences are"
        found.append(f"{many} longer than {room.longest} {room.unit}")
    return tuple(found)


@lru_cache(maxsize=32768)
def _sentence(name: str, text: str, language: str, script: str) -> Sentence:
    counts = counted([text], language, script)
    return Sentence(name, text, counts, tuple(s.score(counts) for s in scales(language, script)))


def _measure(kind: str, said: Sequence[Sentence], locale: Locale, room: Lengths) -> Measure:
    counts = counted([one.text for one in said], locale.tag, locale.script)
    return Measure(
        kind=kind,
        counts=counts,
        scores=tuple(s.score(counts) for s in scales(locale.tag, locale.script)),
        too_long=sum(one.counts.words > room.longest for one in said),
    )


def _ease(
    sentence: Sentence, by: Sequence[Scale], room: Lengths
) -> tuple[bool, bool, float, int, str]:
    """Smallest for the hardest: too long, then by the formula where there is enough to judge."""
    size = sentence.counts.words
    score = 0.0
    if by:
        score = sentence.scores[0] * (-1 if by[0].up_to is not None else 1)
    short = bool(by) and size < _JUDGED
    return size <= room.longest, short, score, -size, sentence.text
