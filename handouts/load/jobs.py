"""A job file to the selections a batch multiplies out, and a project with all they need.

``read_jobs`` reads the file, ``by_hand`` makes the same of a command's options, ``load_batch``
settles every glob, opens the spreadsheets and loads the project. What it gives goes to
``handouts.batch.matrix``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place
from handouts.load.clinics.ids import Distinct, same
from handouts.load.clinics.opening import open_clinics
from handouts.load.clinics.sheet import Clinics
from handouts.load.filed import LoadResult
from handouts.load.files import read_yaml, within
from handouts.load.job_names import fits, is_glob
from handouts.load.job_settle import Jobs, settle
from handouts.load.places import Choices, choices
from handouts.load.problems import Problems, choose
from handouts.load.spots import Spot
from handouts.model.jobs import JobsFile, Selection, Spreadsheet
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import Project, ProjectFile
from handouts.world import World


@dataclass(frozen=True, slots=True)
class LoadedBatch:
    """All a batch needs: the project, what to make of it, and the spreadsheets by what they are.

    `output` is what the job file says, or None. `folder` is the one that logos are named from.
    """

    project: Project
    selections: tuple[Selection, ...]
    sheets: Mapping[Spreadsheet, Clinics]
    folder: Path
    output: str | None = None
    warnings: tuple[Diagnostic, ...] = ()


def read_jobs(world: World, path: Path) -> Jobs:
    """Reads a job file.

    Raises:
        HandoutsError: with everything that is wrong in it by itself.
    """
    from handouts.load.validate import validate

    parsed = read_yaml(world, path)
    return Jobs(validate(JobsFile, parsed), path.parent, parsed.spot)


def by_hand(
    folder: Path,
    *,
    brands: Sequence[str] = (),
    languages: Sequence[str] = (),
    layouts: Sequence[str] = (),
    sizes: Sequence[str] = (),
    profiles: Sequence[str] = (),
    parts: Sequence[str] = (),
    clinics: str | None = None,
    known: Sequence[str] = (),
) -> Jobs:
    """A job file of one block, made of options; each may hold names and globs.

    Args:
        folder: the one `clinics` is named from.
        brands: of the project (`known`); with a spreadsheet, others choose clinics by their id.
        languages: tags, globs, pairs such as ``es+en``.
        layouts: ids.
        sizes: names of papers.
        profiles: instructor, clinic.
        parts: groups and weeks.
        clinics: the path of a spreadsheet.
        known: ids of the brands there are.
    """
    mine = [one for one in brands if any(fits(name, one) for name in known)] if clinics else brands
    only = tuple(one for one in brands if one not in mine or is_glob(one)) if clinics else ()
    given: dict[str, Any] = {
        "brands": tuple(mine) or None,
        "languages": tuple(languages) or None,
        "layouts": tuple(layouts) or None,
        "sizes": tuple(sizes) or None,
        "profiles": tuple(profiles) or None,
        "parts": tuple(parts) or None,
    }
    if clinics is not None:
        given["clinics"] = {"file": clinics, "only": only} if only else {"file": clinics}
    data = {key: value for key, value in given.items() if value is not None}
    return Jobs(JobsFile.model_validate(data), folder)


def load_batch(
    world: World,
    jobs: Jobs,
    *,
    project: Path | None,
    overrides: Sequence[str] = (),
    selections: Sequence[Selection] | None = None,
    load: Callable[..., LoadResult] | None = None,
) -> LoadedBatch:
    """Settles the jobs, reads their spreadsheets, and loads what all of it needs.

    `selections` are those of the jobs where they are settled already; `load` stands in for
    `load_result`. Rows are read, but not yet held against the project: ``batch.rows`` does that.

    Raises:
        HandoutsError: with every problem of the job file, the spreadsheets as such, and the
            project; bad rows are none of them.
    """
    if load is None:
        from handouts.load.project import load_result

        load = load_result
    selections = settle(world, project, jobs) if selections is None else selections
    light = load(world, project=project, overrides=overrides, languages=(), layouts=())
    default, named = next(iter(light.project.brands)), light.project.settings.brand
    names = choices(world, project)
    sheets = _opened(world, jobs, selections, names, default)
    brands = _needed_brands(selections, sheets, default)
    settings = light.project.settings
    loaded = load(
        world,
        project=project,
        overrides=overrides,
        brands=[named if named and one == default else one for one in brands],
        languages=_needed_languages(selections, sheets, settings),
        layouts=_needed_layouts(selections, settings),
    )
    told = [one for sheet in sheets.values() for one in sheet.diagnostics]
    return LoadedBatch(
        loaded.project,
        tuple(selections),
        sheets,
        jobs.folder,
        jobs.file.output,
        (*loaded.warnings, *sorted(told, key=Diagnostic.sort_key)),
    )


def _opened(
    world: World, jobs: Jobs, selections: Sequence[Selection], names: Choices, default: str
) -> dict[Spreadsheet, Clinics]:
    problems = Problems()
    found: dict[Spreadsheet, Clinics] = {}
    for one in dict.fromkeys(s.spreadsheet for s in selections if s.spreadsheet):
        place = next(s.sheet_place for s in selections if s.spreadsheet == one)
        with problems.collected(), _asked_for(place):
            if jobs.spot is not None:
                path = within(jobs.folder, one.file, place)
            else:
                path = world.cwd / Path(one.file).expanduser()
            found[one] = open_clinics(
                world,
                path,
                folder=jobs.folder if jobs.spot is not None else path.parent,
                sheet=one.sheet,
                coded=one.encoding,
                columns=dict(one.columns),
                spot=_columns_spot(jobs, one),
                base=one.brand or default,
                brands=tuple(dict.fromkeys((*names.brands, default))),
                languages=names.languages,
            )
    problems.stop()
    _refuse_shared_ids(tuple(found.values()))
    _check_only(selections, found)
    return found


@contextmanager
def _asked_for(place: Place | None) -> Iterator[None]:
    """A spreadsheet that is not there is asked for by a line of the job file."""
    try:
        yield
    except HandoutsError as error:
        if place is None:
            raise
        raise HandoutsError(
            replace(one, place=place) if one.code == "no-such-file" else one
            for one in error.diagnostics
        ) from None


def _columns_spot(jobs: Jobs, sheet: Spreadsheet) -> Spot | None:
    """Where the names of columns stand, in the first block that has this spreadsheet."""
    if jobs.spot is None:
        return None
    matrix = jobs.spot.inside.get("matrix")
    blocks = [*(matrix.inside.values() if matrix else ()), jobs.spot]
    written = [one.inside["clinics"] for one in blocks if "clinics" in one.inside]
    names = dict(sheet.columns)
    return next(
        (
            columns
            for one in written
            if (columns := one.inside.get("columns")) and set(names) == set(columns.inside)
        ),
        None,
    )


def _refuse_shared_ids(sheets: Sequence[Clinics]) -> None:
    """An id is one clinic, whichever spreadsheet it is in."""
    if len(sheets) < 2:
        return
    ids = Distinct()
    for sheet in sheets:
        for clinic in sheet.good():
            ids.add(clinic.id)
    twice = ids.twice()
    for sheet in sheets if twice else ():
        sheet.refuse_ids({same(one.id) for one in sheet.good()} & twice)


def _check_only(selections: Sequence[Selection], sheets: Mapping[Spreadsheet, Clinics]) -> None:
    """A pattern of clinics that none fits was meant otherwise."""
    problems = Problems()
    for one in selections:
        if one.spreadsheet is None or not one.only or sheets[one.spreadsheet].bad:
            continue  # It may be meant for a row that cannot be used.
        left = set(one.only)
        known: list[str] = []
        for clinic in sheets[one.spreadsheet].good():
            left -= {pattern for pattern in left if fits(clinic.id, pattern)}
            if not left:
                break
            known += [clinic.id] if len(known) < 2000 else []
        for pattern in sorted(left):
            hint = choose(pattern.strip("*?"), known, "clinics")
            code = ExitCode.CONTENT if one.place else ExitCode.USAGE
            problems.error("no-match", f"no clinic fits '{pattern}'", hint, one.place, code)
    problems.stop()


def _needed_brands(
    selections: Sequence[Selection], sheets: Mapping[Spreadsheet, Clinics], default: str
) -> list[str]:
    found: dict[str, None] = {}
    for one in selections:
        found.update(dict.fromkeys(one.brands))
        if one.spreadsheet is not None:
            found.update(dict.fromkeys(sheets[one.spreadsheet].bases))
        elif not one.brands:
            found[default] = None
    return list(found) or [default]


def _needed_languages(
    selections: Sequence[Selection], sheets: Mapping[Spreadsheet, Clinics], settings: ProjectFile
) -> list[str]:
    found: dict[str, None] = {}
    for one in selections:
        own = sheets[one.spreadsheet].tags if one.spreadsheet and not one.languages else ()
        wanted = one.languages or settings.languages or (SOURCE_LANGUAGE,)
        found.update(dict.fromkeys(tag for name in (*wanted, *own) for tag in name.split("+")))
    return list(found)


def _needed_layouts(selections: Sequence[Selection], settings: ProjectFile) -> list[str] | None:
    found: dict[str, None] = {}
    for one in selections:
        wanted = one.layouts or settings.layouts
        if not wanted:
            return None
        found.update(dict.fromkeys(wanted))
    return list(found)


__all__ = ["Jobs", "LoadedBatch", "by_hand", "load_batch", "read_jobs", "settle"]
