"""The catalogue: benefits with their evidence, sources, safety notes, cues and the course.

It holds ids and facts. What is printed, in any language, is in the locale files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handouts.model.base import Field, Model

Grade = Literal["review", "trial", "mixed", "limited", "traditional"]
Certainty = Literal["moderate", "low", "very-low", "none"]
Policy = Literal["ok", "hedge", "omit"]
Kind = Literal["effect", "experience", "skill", "value"]
Profile = Literal["instructor", "clinic"]

GRADES: tuple[Grade, ...] = ("review", "trial", "mixed", "limited", "traditional")
"""Strongest first."""


class Group(Model):
    """A group of benefits; `icon` is a drawing id."""

    id: str
    icon: str


class Seed(Model):
    """Where in the seed list a benefit stands, without copying the list's words."""

    number: int
    sha256_12: str


class Part(Model):
    """One of several claims in a broad benefit, graded on its own."""

    id: str
    grade: Grade
    sources: tuple[str, ...] = ()
    flag: bool = False


class Benefit(Model):
    """A benefit as taught, and how well it is supported."""

    id: str
    group: str
    kind: Kind
    grade: Grade
    certainty: Certainty
    policy: Policy
    population: tuple[str, ...]
    claim: str = Field(description="Neutral restatement for editors; never printed.")
    why: str = Field(description="Why it has this grade, for editors.")
    seed: Seed
    flag: str | None = None
    same_as: str | None = None
    parts: tuple[Part, ...] = ()
    sources: tuple[str, ...] = ()


class BenefitsFile(Model):
    """``catalogue/benefits.yaml``."""

    edition: str
    checked: date
    grades: dict[Grade, str]
    certainty: dict[Certainty, str]
    policy: dict[Policy, str]
    kind: dict[Kind, str]
    groups: tuple[Group, ...]
    benefits: tuple[Benefit, ...]


class Reference(Model):
    """A study; finding and caution are in our words."""

    id: str
    kind: str
    authors: str
    year: int | str
    title: str
    source: str
    confidence: str
    checked: str
    doi: str | None = None
    pmid: int | str | None = None
    finding: str | None = None
    caution: str | None = None
    funding: str | None = None
    note: str | None = None

    @property
    def short(self) -> str:
        """First author and year, which stay on one line: ``Bennett 2013``."""
        author = self.authors.split(",")[0].rsplit(" ", 1)[0]
        return f"{author}\N{NO-BREAK SPACE}{self.year}"


class Guidance(Model):
    """A guide or standard."""

    id: str
    organisation: str
    year: int | str
    title: str
    where: str
    confidence: str
    use: str
    checked: str

    @property
    def short(self) -> str:
        """The organisation without remarks in brackets."""
        return self.organisation.split(" (")[0]


class ReferencesFile(Model):
    """``catalogue/references.yaml``."""

    references: tuple[Reference, ...]
    guidance: tuple[Guidance, ...]


class SafetyNote(Model):
    """A safety note; its text is the string ``safety.<id>``."""

    id: str
    part: Literal["before", "stop", "ask", "oil"]
    level: Literal["must", "should", "topic"]
    basis: str
    sources: tuple[str, ...] = ()
    forbids: bool = Field(
        default=False, description="Says what not to do outside the stop list: marked with a cross."
    )

    @property
    def stops(self) -> bool:
        """Whether it says what not to do."""
        return self.forbids or self.part == "stop"


class Cues(Model):
    """Signs a baby gives, and what to do; texts are the strings ``cue.<id>``."""

    yes: tuple[str, ...]
    break_: tuple[str, ...] = Field(alias="break")
    stop: tuple[str, ...]
    respond: tuple[str, ...]


class Required(Model):
    """Safety notes a sheet must carry when it names a benefit, or shows a stroke."""

    benefit: tuple[str, ...]
    stroke: tuple[str, ...]


class SafetyFile(Model):
    """``catalogue/safety.yaml``."""

    notes: tuple[SafetyNote, ...]
    cues: Cues
    required: Required


class Stroke(Model):
    """A stroke; `drawing` is a drawing id, its texts are ``stroke.<id>.name`` and ``.how``."""

    id: str
    drawing: str


class Week(Model):
    """One meeting of the course."""

    id: str
    group: str
    strokes: tuple[str, ...]
    talks: tuple[str, ...]
    practice: tuple[str, ...]
    safety: tuple[str, ...] = ()


class CourseFile(Model):
    """``catalogue/course.yaml``."""

    strokes: tuple[Stroke, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, looked up by id."""

    edition: str
    checked: date
    groups: tuple[Group, ...]
    benefits: tuple[Benefit, ...]
    references: Mapping[str, Reference]
    guidance: Mapping[str, Guidance]
    safety: Mapping[str, SafetyNote]
    cues: Cues
    required: Required
    strokes: Mapping[str, Stroke]
    weeks: tuple[Week, ...]
