"""What a job file asks for, multiplied out: templates first, then a task for each brand of each.

A template is a job without its brand; there are as many as layouts × languages × sizes × …, and
all are made at once (`templates`). Tasks are made one by one as they are wanted, template by
template, since brands and clinics may be a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from handouts.batch import names
from handouts.batch.events import Source
from handouts.batch.rows import SHOWN, Rows
from handouts.batch.templates import Template, batch_error, cut_out, templates, with_brand
from handouts.diagnostics import Diagnostic, HandoutsError, Place
from handouts.load.clinics.ids import Distinct, Members, same
from handouts.load.clinics.logos import ClinicLogos
from handouts.load.job_names import fits
from handouts.load.jobs import LoadedBatch
from handouts.load.problems import choose
from handouts.model.batch import Clinic, Task
from handouts.model.jobs import Cut, Spreadsheet
from handouts.world import World

_KNOWN = 2000
"""Names among which one that does not exist is looked for."""
CLASHES = 20
"""So many files that would share a path are told one by one."""


class Matrix:
    """All templates of a batch, and its tasks."""

    def __init__(self, batch: LoadedBatch) -> None:
        """Makes the templates.

        Raises:
            HandoutsError: for combinations that cannot be, and names that make nothing.
        """
        self._batch = batch
        self._used: set[Cut] = set()
        self._many = len(batch.sheets) > 1
        self._members: dict[Spreadsheet, Members] = {}
        if self._many:
            self._members = {
                key: Members(clinic.id for clinic in sheet.good())
                for key, sheet in batch.sheets.items()
            }
        self.templates = templates(batch, self._used)

    def tasks(self, clinics: Iterable[Clinic]) -> Iterator[Task]:
        """All tasks, those that share a template one after the other.

        Args:
            clinics: those that are good; gone through once for each template.
        """
        for template in self.templates:
            yield from self._of_brands(template)
            if any(maker.spreadsheet for maker in template.makers):
                yield from self._of_clinics(template, clinics)

    def place(self, clinic: Clinic) -> Place | None:
        """The row of a clinic in its spreadsheet."""
        for key, sheet in self._batch.sheets.items():
            if not self._many or clinic.id in self._members[key]:
                return sheet.place(clinic)
        return None

    def check(self, clinics: Iterable[Clinic], left_out: int = 0) -> int:
        """Goes through all tasks and counts them.

        Args:
            clinics: those that are good.
            left_out: how many rows are not among them because something is wrong with them.

        Raises:
            HandoutsError: when two would be one file, an ``exclude`` takes nothing out, or there
                is nothing to make.
        """
        paths, count = Distinct(), 0
        for task in self.tasks(clinics):
            paths.add(task.path)
            count += 1
        strangers = [] if left_out else list(self._strangers(clinics))
        told = {one.place for one in strangers}
        idle = [one for one in self._idle(left_out) if one.place not in told]
        problems = [*self._clashes(paths.twice(), clinics), *idle, *strangers]
        if not count and not problems:
            problems.append(_nothing(left_out))
        if problems:
            raise HandoutsError(problems)
        return count

    def _of_brands(self, template: Template) -> Iterator[Task]:
        seen: set[tuple[str, names.FileName]] = set()
        for maker in template.makers:
            for brand in maker.brands:
                key = (brand, maker.pattern)
                if key not in seen and not cut_out(brand, maker.cuts, self._used):
                    seen.add(key)
                    path = maker.name(names.of_brand(brand))
                    yield Task(path, with_brand(template.job, brand))

    def _of_clinics(self, template: Template, clinics: Iterable[Clinic]) -> Iterator[Task]:
        makers = [maker for maker in template.makers if maker.spreadsheet]
        patterns = {
            maker.pattern: [m for m in makers if m.pattern == maker.pattern] for maker in makers
        }
        used, members, job = self._used, self._members, template.job
        for clinic in clinics:
            for group in patterns.values():
                for maker in group:
                    there = not self._many or clinic.id in members[maker.spreadsheet]  # type: ignore[index]
                    if there and maker.makes(clinic, used):
                        yield Task(maker.name(clinic.id), with_brand(job, clinic.id))
                        break

    def _clashes(self, twice: frozenset[int], clinics: Iterable[Clinic]) -> list[Diagnostic]:
        """Those whose paths are there twice, looked for in a second run."""
        if not twice:
            return []
        first: dict[str, Task] = {}
        found: list[Diagnostic] = []
        more = 0
        for task in self.tasks(clinics):
            if same(task.path) not in twice:
                continue
            other = first.get(task.path.casefold())
            if other is None:
                if len(first) < 100 * CLASHES:
                    first[task.path.casefold()] = task
            elif len(found) < CLASHES:
                found.append(_clash(other, task))
            else:
                more += 1
        if more:
            found.append(batch_error("same-file", f"{more} more files would share a path", ""))
        return found

    def _idle(self, left_out: int) -> list[Diagnostic]:
        """An ``exclude`` that takes nothing out was meant otherwise, or for a row left out."""
        all_cuts = dict.fromkeys(c for s in self._batch.selections for c in s.exclude)
        used = {cut.place for cut in self._used}
        left = [
            cut
            for cut in all_cuts
            if cut.place not in used and not (left_out and cut.brands is not None)
        ]
        return [self._useless(cut) for cut in dict.fromkeys(left)]

    def _useless(self, cut: Cut) -> Diagnostic:
        message, hint = "this exclude takes nothing out", "take it out, or mend it"
        return batch_error("no-effect", message, hint, cut.place)

    def _strangers(self, clinics: Iterable[Clinic]) -> Iterator[Diagnostic]:
        """A pattern of an ``exclude`` that no brand and no clinic fits, beside others that do."""
        cuts = dict.fromkeys(c for s in self._batch.selections for c in s.exclude if c.brands)
        left = {pattern for cut in cuts for pattern in cut.brands or ()}
        known: list[str] = []
        for name in chain(self._batch.project.brands, (one.id for one in clinics if left)):
            left = {pattern for pattern in left if not fits(name, pattern)}
            if not left:
                return
            known += [name] if len(known) < _KNOWN else []
        wrong = {(cut.place, p): None for cut in cuts for p in cut.brands or () if p in left}
        for place, pattern in wrong:
            message = f"no brand or clinic of this batch is called '{pattern}'"
            yield batch_error("unknown-brand", message, choose(pattern, known, "brands"), place)


def source(world: World, batch: LoadedBatch) -> Source:
    """What `handouts.batch.run` is asked to make.

    Raises:
        HandoutsError: for combinations that cannot be, and names that make nothing.
    """
    matrix = Matrix(batch)
    rows = Rows(world, batch, matrix.templates)
    return Source(
        project=batch.project,
        world=world,
        tasks=_checked_tasks(matrix, rows),
        rows=rows,
        logos=logos(world, batch),
        place=matrix.place,
    )


def logos(world: World, batch: LoadedBatch) -> ClinicLogos:
    """The logos of all clinics by the path their rows name them by."""
    paths = (path for sheet in batch.sheets.values() for path in sheet.logo_paths())
    folder = next((sheet.folder for sheet in batch.sheets.values()), batch.folder)
    return ClinicLogos(world, folder, paths)


def _checked_tasks(matrix: Matrix, rows: Rows) -> Callable[[Iterable[Clinic]], Iterator[Task]]:
    """All tasks, once their paths were found to be different."""

    def tasks(clinics: Iterable[Clinic]) -> Iterator[Task]:
        try:
            matrix.check(clinics, rows.bad)
        except HandoutsError as error:
            # The batch ends here, so this is the place to say what is wrong with rows.
            raise HandoutsError([*error.diagnostics, *rows.told()]) from None
        return matrix.tasks(clinics)

    return tasks


def _nothing(left_out: int) -> Diagnostic:
    if not left_out:
        hint = "look at brands, languages and exclude"
        return batch_error("nothing-to-make", "the batch makes no file at all", hint)
    rows = "1 row" if left_out == 1 else f"{left_out:,} rows"
    message = f"the batch makes no file at all: {rows} cannot be used"
    hint = f"mend the rows; the first {SHOWN} are told" if left_out > SHOWN else "mend the rows"
    return Diagnostic("nothing-to-make", message, hint)


def _clash(one: Task, other: Task) -> Diagnostic:
    fields = ("layout", "language", "paper", "profile", "part", "brand")
    differ = [name for name in fields if getattr(one.job, name) != getattr(other.job, name)]
    added = " or ".join(f"{{{name}}}" for name in differ) or "something"
    message = f"two handouts would both be {other.path}: {names.told((one.job, other.job))}"
    return batch_error("same-file", message, f"add {added} to file-name")


__all__ = ["Matrix", "Template", "logos", "source", "templates"]
