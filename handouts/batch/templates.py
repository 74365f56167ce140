"""Templates of a batch: the distinct jobs without their brand, and whom each is made for.

Here the selections of a job file are multiplied out; `matrix` adds the brands and clinics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from handouts.batch import names
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place, Severity, problem
from handouts.load.job_names import fits
from handouts.load.jobs import LoadedBatch
from handouts.model.batch import Clinic
from handouts.model.jobs import Cut, Selection, Spreadsheet
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import Job
from handouts.pipeline import Wish, plan


@dataclass(frozen=True, slots=True)
class Maker:
    """Whom a selection makes a template for, and under which name."""

    name: names.Name
    pattern: names.FileName
    brands: tuple[str, ...]
    spreadsheet: Spreadsheet | None
    only: tuple[str, ...]
    cuts: tuple[Cut, ...]
    language: str
    chosen: bool
    """Whether clinics choose their languages: those without any get the project's."""
    usual: bool
    """Whether the template's language is one of the project's."""

    def makes(self, clinic: Clinic, used: set[Cut]) -> bool:
        """Whether a clinic of the spreadsheet gets this template; notes the cuts that say no."""
        if not self.speaks(clinic):
            return False
        if self.only and not any(fits(clinic.id, pattern) for pattern in self.only):
            return False
        return not cut_out(clinic.id, self.cuts, used)

    def speaks(self, clinic: Clinic) -> bool:
        """Whether the template's language is one for the clinic."""
        own = clinic.languages
        if not own:
            return self.usual or not self.chosen
        if self.language in own:
            return True
        return not self.chosen and all(tag in own for tag in self.language.split("+"))


@dataclass(frozen=True, slots=True)
class Template:
    """A job without its brand (its id is empty), and whom it is made for."""

    job: Job
    makers: tuple[Maker, ...] = field(repr=False)


def templates(batch: LoadedBatch, used: set[Cut]) -> tuple[Template, ...]:
    """The distinct jobs without a brand, block by block, by language; notes the cuts that hold.

    Raises:
        HandoutsError: for combinations that cannot be, and names that make nothing.
    """
    made: dict[Job, list[Maker]] = {}
    problems: list[Diagnostic] = []
    for selection in batch.selections:
        try:
            pattern = names.read(selection.file_name, selection.name_place)
        except HandoutsError as error:
            problems.extend(error.diagnostics)
            continue
        found = _Chosen(batch, selection, used, problems).jobs()
        before = len(made)
        for job, maker in found:
            layout = batch.project.layouts[job.layout]
            mine = made.setdefault(job, [])
            mine.append(replace(maker, name=pattern.of(job, layout), pattern=pattern))
        if selection.added and found and len(made) == before and _nothing_new(made, found):
            message, hint = "this include adds nothing that is not made already", "take it out"
            problems.append(batch_error("no-effect", message, hint, selection.place))
    if any(one.severity is Severity.ERROR for one in problems):
        raise HandoutsError(problems)
    return tuple(Template(job, tuple(makers)) for job, makers in made.items())


class _Chosen:
    """The jobs one selection asks for."""

    def __init__(
        self,
        batch: LoadedBatch,
        selection: Selection,
        used: set[Cut],
        problems: list[Diagnostic],
    ) -> None:
        self.project, self.selection = batch.project, selection
        self.used, self.problems = used, problems
        sheet = selection.spreadsheet
        settings = self.project.settings
        usual = selection.languages or settings.languages or (SOURCE_LANGUAGE,)
        self.usual = frozenset(usual)
        self.chosen = sheet is not None and not selection.languages
        more = batch.sheets[sheet].tags if sheet is not None and self.chosen else ()
        self.languages = tuple(dict.fromkeys((*usual, *more)))
        everything = tuple(name for name in self.project.layouts if not name.startswith("_"))
        self.layouts = selection.layouts or settings.layouts or everything
        default = () if sheet is not None else (next(iter(self.project.brands)),)
        self.brands = selection.brands or default
        self.made: set[str] = set()

    def jobs(self) -> list[tuple[Job, Maker]]:
        """The jobs without a brand, each with whom it is for."""
        one = self.selection
        found = []
        papers: Sequence[str | None] = one.papers or (None,)
        profiles = one.profiles or (self.project.settings.profile,)
        # By language first: its fonts and words are at hand for all its layouts.
        choices = product(self.languages, self.layouts, papers, profiles)
        for language, layout, paper, profile in choices:
            for job in self._planned(layout, language, paper, profile):
                self.made |= {job.layout, job.language, job.paper, job.profile, job.part}
                cuts = [cut for cut in one.exclude if _meant(cut, job)]
                whole = [cut for cut in cuts if cut.brands is None]
                self.used.update(whole)
                if not whole:
                    found.append((job, self._maker(job, tuple(cuts))))
        self._check_exact()
        return found

    def _planned(
        self, layout: str, language: str, paper: str | None, profile: str
    ) -> tuple[Job, ...]:
        one, made_for = self.selection, self.project.layouts[layout]
        whole = [
            cut
            for cut in one.exclude
            if cut.brands is None
            and cut.parts is None
            and (paper is not None or cut.papers is None)
            and _meant(cut, Job(layout, language, "", paper or "", profile))  # type: ignore[arg-type]
        ]
        if whole:
            self.used.update(whole)
            self.made |= {layout, language, profile, paper or ""}
            return ()
        named = layout in one.exact
        if "+" in language and not made_for.bilingual and not (named and language in one.exact):
            return ()
        asked = named and paper in one.exact
        if paper is not None and paper not in made_for.page.papers and not asked:
            return ()
        allow = one.allow or ()
        wish = Wish(
            layouts=(layout,),
            languages=(language,),
            brands=(next(iter(self.project.brands)),),
            papers=() if paper is None else (paper,),
            profile=profile,  # type: ignore[arg-type]
            parts=one.parts,
            allow_draft="draft" in allow,
            allow_stale="stale" in allow,
        )
        try:
            return tuple(with_brand(job, "") for job in plan(self.project, wish))
        except HandoutsError as error:
            self.problems.extend(self._placed(d) for d in error.diagnostics)
            self.made |= {layout, language, profile, paper or ""}
            return ()

    def _placed(self, one: Diagnostic) -> Diagnostic:
        """A problem of a combination, at its block; the remedy may be an exclude there."""
        if self.selection.place is None:
            return one
        hint = f"{one.hint}, or exclude the combination"
        return replace(one, place=self.selection.place, hint=hint, exit_code=ExitCode.CONTENT)

    def _maker(self, job: Job, cuts: tuple[Cut, ...]) -> Maker:
        one = self.selection
        usual = job.language in self.usual
        return Maker(
            name=str,
            pattern=_NO_NAME,
            brands=self.brands if usual else (),
            spreadsheet=one.spreadsheet,
            only=one.only,
            cuts=cuts,
            language=job.language,
            chosen=self.chosen,
            usual=usual,
        )

    def _check_exact(self) -> None:
        """A name that was written out and makes no file was meant otherwise."""
        one = self.selection
        kinds: Mapping[str, Sequence[str]] = {
            "layout": one.layouts,
            "language": one.languages,
            "size": one.papers,
            "part": one.parts,
        }
        for kind, chosen in kinds.items():
            for name in chosen:
                if name in one.exact and name not in self.made:
                    message = f"{kind} '{name}' makes nothing: no layout chosen is made for it"
                    hint = "leave it out, or choose a layout that is: see 'list layouts'"
                    self.problems.append(batch_error("no-effect", message, hint, one.place))


_NO_NAME = names.FileName(())


def with_brand(job: Job, brand: str) -> Job:
    """The job for a brand; written out, since `replace` takes twice as long."""
    return Job(
        job.layout,
        job.language,
        brand,
        job.paper,
        job.profile,
        job.part,
        job.include,
        job.exclude,
        job.allow_draft,
        job.allow_stale,
    )


def _meant(cut: Cut, job: Job) -> bool:
    """Whether a cut is about a job, whatever its brand."""
    pairs = (
        (cut.layouts, job.layout),
        (cut.languages, job.language),
        (cut.papers, job.paper),
        (cut.profiles, job.profile),
        (cut.parts, job.part),
    )
    return all(wanted is None or value in wanted for wanted, value in pairs)


def cut_out(brand: str, cuts: Sequence[Cut], used: set[Cut]) -> bool:
    """Whether any of the cuts takes a brand out; all that do have had an effect."""
    found = False
    for cut in cuts:
        if cut.brands is not None and any(fits(brand, pattern) for pattern in cut.brands):
            used.add(cut)
            found = True
    return found


def _nothing_new(made: Mapping[Job, Sequence[Maker]], found: Sequence[tuple[Job, Maker]]) -> bool:
    """Whether all that an include makes is made by the selections before it."""
    for job, maker in found:
        earlier = made[job][:-1]
        like = [one for one in earlier if one.pattern == made[job][-1].pattern and not one.cuts]
        brands = {brand for one in like for brand in one.brands}
        if not brands.issuperset(maker.brands):
            return False
        if maker.spreadsheet and not any(
            one.spreadsheet == maker.spreadsheet and one.only in ((), maker.only) for one in like
        ):
            return False
    return True


def batch_error(code: str, message: str, hint: str, place: Place | None = None) -> Diagnostic:
    """A problem of the job file, or of the options where it has no place."""
    exit_code = ExitCode.CONTENT if place else ExitCode.USAGE
    if code == "same-file":
        exit_code = ExitCode.FILE
    return problem(code, message, hint, place, exit_code).diagnostics[0]


__all__ = ["Maker", "Template", "batch_error", "cut_out", "templates", "with_brand"]
