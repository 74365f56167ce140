"""The four catalogue files to a `Catalogue`, every reference in it checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from handouts.diagnostics import Diagnostic
from handouts.load.files import read_yaml
from handouts.load.problems import Problems, choose
from handouts.load.spots import KeyPath, Parsed
from handouts.load.validate import validate
from handouts.model.base import Model
from handouts.model.catalogue import (
    BenefitsFile,
    Catalogue,
    CourseFile,
    ReferencesFile,
    SafetyFile,
)
from handouts.world import World

_FILES = ("benefits", "references", "safety", "course")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, eq=False)
class _Files:
    """The files as models and with their places."""

    benefits: BenefitsFile
    references: ReferencesFile
    safety: SafetyFile
    course: CourseFile
    parsed: Mapping[str, Parsed]


def load_catalogue(world: World, problems: Problems) -> tuple[Catalogue, tuple[Parsed, ...]] | None:
    """Reads the catalogue; None (and problems) when it cannot be made."""
    folder = world.data("catalogue")
    parsed: list[Parsed] = []
    for name in _FILES:
        with problems.collected():
            parsed.append(read_yaml(world, folder / f"{name}.yaml"))
    if len(parsed) < len(_FILES):
        return None
    with problems.collected():
        return catalogue_of(tuple(parsed)), tuple(parsed)
    return None


@lru_cache(maxsize=8)
def catalogue_of(files: tuple[Parsed, ...]) -> Catalogue:
    """The catalogue of its four files; the same files give the same object."""
    benefits, references, safety, course = files
    named = {"benefits": benefits, "references": references, "safety": safety, "course": course}
    problems = Problems()
    b = _validated(BenefitsFile, benefits, problems)
    r = _validated(ReferencesFile, references, problems)
    s = _validated(SafetyFile, safety, problems)
    c = _validated(CourseFile, course, problems)
    problems.stop()
    assert b and r and s and c  # noqa: PT018 - one of them is None only if there was a problem
    _Checks(_Files(b, r, s, c, named), problems).run()
    problems.stop()
    return Catalogue(
        edition=b.edition,
        checked=b.checked,
        groups=b.groups,
        benefits=b.benefits,
        references={one.id: one for one in r.references},
        guidance={one.id: one for one in r.guidance},
        safety={one.id: one for one in s.notes},
        cues=s.cues,
        required=s.required,
        strokes={one.id: one for one in c.strokes},
        weeks=c.weeks,
    )


def _validated(model: type[M], parsed: Parsed, problems: Problems) -> M | None:
    with problems.collected():
        return validate(model, parsed)
    return None


class _Checks:
    """Ids are unique, and every id that is named exists."""

    def __init__(self, files: _Files, problems: Problems) -> None:
        self.files = files
        self.problems = problems

    def run(self) -> None:
        """All checks inside the catalogue; strings and drawings are checked by `check_words`."""
        files = self.files
        groups = self._unique("benefits", "groups", files.benefits.groups)
        benefits = self._unique("benefits", "benefits", files.benefits.benefits)
        sources = self._unique("references", "references", files.references.references)
        sources += self._unique("references", "guidance", files.references.guidance, sources)
        notes = self._unique("safety", "notes", files.safety.notes)
        strokes = self._unique("course", "strokes", files.course.strokes)
        self._unique("course", "weeks", files.course.weeks)
        self._benefits(groups, benefits, sources)
        for number, note in enumerate(files.safety.notes):
            self._all("safety", ("notes", number, "sources"), note.sources, sources, "source")
        required = files.safety.required
        for use, ids in (("benefit", required.benefit), ("stroke", required.stroke)):
            self._all("safety", ("required", use), ids, notes, "safety note")
        for number, week in enumerate(files.course.weeks):
            at = ("weeks", number)
            self._one("course", (*at, "group"), week.group, groups, "group")
            self._all("course", (*at, "strokes"), week.strokes, strokes, "stroke")
            self._all("course", (*at, "safety"), week.safety, notes, "safety note")

    def _benefits(self, groups: list[str], benefits: list[str], sources: list[str]) -> None:
        for number, benefit in enumerate(self.files.benefits.benefits):
            at = ("benefits", number)
            self._one("benefits", (*at, "group"), benefit.group, groups, "group")
            self._all("benefits", (*at, "sources"), benefit.sources, sources, "source")
            for index, part in enumerate(benefit.parts):
                path = (*at, "parts", index, "sources")
                self._all("benefits", path, part.sources, sources, "source")
            if benefit.same_as is not None:
                twin = (*at, "same_as")
                self._one("benefits", twin, benefit.same_as, benefits, "benefit")
                if benefit.same_as == benefit.id:
                    self._error("benefits", twin, "same-as-itself", "it names itself", "")

    def _unique(
        self, file: str, key: str, items: Sequence[Any], taken: Iterable[str] = ()
    ) -> list[str]:
        seen = dict.fromkeys(taken)
        for number, item in enumerate(items):
            if item.id in seen:
                path = (key, number, "id")
                self._error(file, path, "duplicate-id", f"'{item.id}' is here twice", "rename one")
            seen[item.id] = None
        return [item.id for item in items]

    def _all(
        self, file: str, path: KeyPath, ids: Sequence[str], known: Collection[str], what: str
    ) -> None:
        for number, name in enumerate(ids):
            self._one(file, (*path, number), name, known, what)

    def _one(self, file: str, path: KeyPath, name: str, known: Collection[str], what: str) -> None:
        if name not in known:
            hint = choose(name, known, f"{what}s")
            self._error(file, path, f"unknown-{what.split()[0]}", f"no {what} '{name}'", hint)

    def _error(self, file: str, path: KeyPath, code: str, message: str, hint: str) -> None:
        self.problems.error(code, message, hint, self.files.parsed[file].spot.at(path))


@lru_cache(maxsize=16)
def check_words(
    parsed: tuple[Parsed, ...], strings: frozenset[str], drawings: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """What the catalogue needs from other files: words in the source language, and drawings."""
    catalogue = catalogue_of(parsed)
    problems = Problems()
    benefits, _, safety, course = (one.spot for one in parsed)

    def need(name: str, spot: Any, path: KeyPath) -> None:
        if name not in strings:
            hint = f"add {name} to locales/en.yaml"
            problems.error("missing-string", f"there is no string '{name}'", hint, spot.at(path))

    def drawn(name: str, spot: Any, path: KeyPath) -> None:
        if name not in drawings:
            hint = choose(name, drawings, "drawings")
            problems.error("unknown-drawing", f"no drawing '{name}'", hint, spot.at(path))

    for number, group in enumerate(catalogue.groups):
        for part in ("lead", "title", "intro"):
            need(f"group.{group.id}.{part}", benefits, ("groups", number, "id"))
        drawn(group.icon, benefits, ("groups", number, "icon"))
    for number, benefit in enumerate(catalogue.benefits):
        for part in ("taught", "hedged", "short"):
            need(f"benefit.{benefit.id}.{part}", benefits, ("benefits", number, "id"))
        need(f"grade.{benefit.grade}.label", benefits, ("benefits", number, "grade"))
    for number, note in enumerate(catalogue.safety):
        need(f"safety.{note}", safety, ("notes", number, "id"))
    cues = catalogue.cues
    for kind, ids in (
        ("yes", cues.yes),
        ("break", cues.break_),
        ("stop", cues.stop),
        ("respond", cues.respond),
    ):
        for number, cue in enumerate(ids):
            need(f"cue.{cue}", safety, ("cues", kind, number))
    for number, stroke in enumerate(catalogue.strokes.values()):
        for part in ("name", "how", "alt"):
            need(f"stroke.{stroke.id}.{part}", course, ("strokes", number, "id"))
        drawn(stroke.drawing, course, ("strokes", number, "drawing"))
    for number, week in enumerate(catalogue.weeks):
        for part in ("title", "goal", "practice"):
            name = f"week.{week.id.removeprefix('week-')}.{part}"
            need(name, course, ("weeks", number, "id"))
        for index, talk in enumerate(week.talks):
            need(f"talk.{talk}", course, ("weeks", number, "talks", index))
        for index, item in enumerate(week.practice):
            if item not in catalogue.strokes:
                need(f"practice.{item}", course, ("weeks", number, "practice", index))
    return problems.found
