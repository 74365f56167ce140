"""Colours of a clinic's row against the sheets it gets: whether all of them can be read.

Which text stands on which ground does not depend on the colours, so a layout is composed once for
each kind of row, and each set of colours is looked at once. Part of preparing a batch, for `rows`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handouts import pipeline
from handouts.batch.templates import Maker, Template, with_brand
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load.clinics.brand import branded
from handouts.load.clinics.checks import Checker
from handouts.model.batch import Clinic
from handouts.model.brand import Brand, Colours
from handouts.model.colour import BLACK
from handouts.model.jobs import Spreadsheet
from handouts.model.project import Job, LoadedBrand, Project
from handouts.world import World

if TYPE_CHECKING:
    from handouts.compose.contrast import Pair

_KEPT = 4096
_KINDS = 16
"""Kinds of rows, by what they say at all, that sheets are composed for; later ones are taken for
a row that says nothing."""

_BLACK = Colours.model_construct(primary=BLACK)
_NO_WORDS = ("color.", "logo.", "texts.", "typography.")

_ADVISED = 500
"""So many sets of colours get the advice which ones would do; finding it takes its time."""

_Kind = tuple[str, ...]


class _Form(NamedTuple):
    """What decides which colours meet on a sheet: everything of a job but words and paper."""

    layout: str
    profile: str
    part: str
    bilingual: bool


_Forms = tuple[_Form, ...]


class Contrasts:
    """Checks the colours of one spreadsheet's rows, one after the other."""

    def __init__(
        self,
        project: Project,
        world: World,
        templates: Sequence[Template],
        sheet: Spreadsheet,
        checker: Checker,
    ) -> None:
        self._project, self._world, self._checker = project, world, checker
        self._jobs: dict[_Form, list[Job]] = {}
        self._makers: dict[_Form, list[Maker]] = {}
        for template in templates:
            makers = [maker for maker in template.makers if maker.spreadsheet == sheet]
            if makers:
                job, form = template.job, _form(template.job)
                self._jobs.setdefault(form, []).append(job)
                self._makers.setdefault(form, []).extend(makers)
        self._pairs: dict[tuple[str, _Kind], Mapping[_Form, tuple[Pair, ...]]] = {}
        self._joined: dict[object, tuple[Pair, ...]] = {}
        self._told: dict[object, Mapping[str, Diagnostic]] = {}
        self._advised = 0

    def check(self, clinic: Clinic) -> tuple[Diagnostic, ...]:
        """The colours that cannot be read on a sheet the clinic gets; one that has none is fine."""
        mine = tuple(pair for pair in clinic.values if pair[0][:6] == "color.")
        if not mine:
            return ()
        kind = tuple(key for key, _ in clinic.values if not key.startswith(_NO_WORDS))
        forms = tuple(self._jobs)
        if not self._weak(clinic, kind, mine, forms):
            return ()
        forms = tuple(form for form, makers in self._makers.items() if _made(makers, clinic))
        weak = self._weak(clinic, kind, mine, forms)
        return tuple(self._placed(clinic, role, one, mine) for role, one in weak.items())

    def _weak(
        self, clinic: Clinic, kind: _Kind, mine: tuple[tuple[str, str], ...], forms: _Forms
    ) -> Mapping[str, Diagnostic]:
        """What is too low on sheets of these forms."""
        key = (clinic.base, kind, mine, forms)
        found = self._told.get(key)
        if found is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            advise = self._advised < _ADVISED
            pairs = self._pairs_of(clinic, kind, forms)
            found = self._told[key] = self._checked(clinic, mine, pairs, advise=advise)
            self._advised += bool(found)
        return found

    def _checked(
        self,
        clinic: Clinic,
        mine: tuple[tuple[str, str], ...],
        pairs: tuple[Pair, ...],
        *,
        advise: bool,
    ) -> Mapping[str, Diagnostic]:
        from handouts.compose.contrast import low_contrast

        base = self._project.brands[clinic.base]
        bare = LoadedBrand(base.id, base.brand, None)
        colours = branded(bare, replace(clinic, values=mine), {}).brand.color
        try:
            return low_contrast(pairs, colours, advise=advise)
        except HandoutsError:  # A name that is in no palette is the checker's to tell.
            return {}

    def _pairs_of(self, clinic: Clinic, kind: _Kind, forms: _Forms) -> tuple[Pair, ...]:
        """The pairs of these forms of sheets, each once."""
        by_form = self._pairs_for(clinic, kind)
        key = (id(by_form), forms)
        found = self._joined.get(key)
        if found is None:
            every = (pair for form in forms for pair in by_form[form])
            found = self._joined[key] = tuple(dict.fromkeys(every))
        return found

    def _pairs_for(self, clinic: Clinic, kind: _Kind) -> Mapping[_Form, tuple[Pair, ...]]:
        """The pairs of every form of sheet, with what a row of this kind says on it."""
        key = (clinic.base, kind)
        if key not in self._pairs and len(self._pairs) >= _KINDS:
            key = (clinic.base, ())
        found = self._pairs.get(key)
        if found is None:
            brand = self._in_black(clinic, key[1])
            found = self._pairs[key] = {
                form: self._composed(jobs, brand) for form, jobs in self._jobs.items()
            }
        return found

    def _in_black(self, clinic: Clinic, kind: _Kind) -> LoadedBrand:
        """The clinic's brand in black, so that no colour stops it from being composed."""
        base = self._project.brands[clinic.base]
        said = tuple(pair for pair in clinic.values if pair[0] in kind)
        brand: Brand = branded(base, replace(clinic, values=said), {}).brand
        return replace(base, brand=brand.model_copy(update={"color": _BLACK}))

    def _composed(self, jobs: Sequence[Job], brand: LoadedBrand) -> tuple[Pair, ...]:
        """The pairs of the first sheet that can be composed; none if none can: making it tells."""
        from handouts.compose.contrast import pairs_of

        project = replace(self._project, brands={brand.id: brand})
        for job in jobs:
            try:
                return pairs_of(pipeline.composed(project, self._world, with_brand(job, brand.id)))
            except HandoutsError:
                continue
        return ()

    def _placed(
        self, clinic: Clinic, role: str, one: Diagnostic, mine: tuple[tuple[str, str], ...]
    ) -> Diagnostic:
        keys = [key for key, _ in mine]
        key = f"color.{role}" if f"color.{role}" in keys else keys[0]
        return self._checker.at(clinic, key, one)


def _made(makers: Sequence[Maker], clinic: Clinic) -> bool:
    return any(maker.makes(clinic, set()) for maker in makers)


def _form(job: Job) -> _Form:
    return _Form(job.layout, job.profile, job.part, "+" in job.language)


__all__ = ["Contrasts"]
