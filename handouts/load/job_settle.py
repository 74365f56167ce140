"""The blocks of a job file with every name settled: globs are names, defaults are filled in.

Part of ``load``, between the file (`jobs.read_jobs`) and what it needs (`jobs.load_batch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast, get_args

from handouts.diagnostics import Place
from handouts.load.fields import names
from handouts.load.job_names import At, Expander, fits, is_glob, listed
from handouts.load.places import Choices, choices
from handouts.load.problems import Problems
from handouts.load.spots import Key, KeyPath, Spot
from handouts.model.base import Model
from handouts.model.catalogue import Profile
from handouts.model.jobs import ClinicsEntry, Cut, JobBlock, JobsFile, Match, Selection, Spreadsheet
from handouts.model.locale import PSEUDO
from handouts.units import PAPERS
from handouts.world import World

PROFILES: tuple[str, ...] = get_args(Profile)
_MERGED = ("exclude", "include", "output", "matrix")
_MAY_BE_EMPTY = ("exclude", "include", "matrix", "allow")
"""Lists that are as good as none; an empty list of names would mean all of them."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """A job file, the folder its paths are named from, and where its values stand.

    `spot` is None for one that was made of options.
    """

    file: JobsFile
    folder: Path
    spot: Spot | None = None

    def place(self, path: KeyPath, *, key: bool = False) -> Place | None:
        """Where a value stands."""
        return self.spot.at(path, key=key) if self.spot else None


@dataclass(frozen=True, slots=True)
class _Known:
    """The names there are."""

    choices: Choices
    parts: tuple[str, ...]


def settle(world: World, project: Path | None, jobs: Jobs) -> tuple[Selection, ...]:
    """The blocks with every glob turned into names.

    Raises:
        HandoutsError: for names that do not exist, globs that fit nothing, and keys without
            effect, all at once.
    """
    from handouts.load.catalogue import load_catalogue

    problems = Problems()
    catalogue = load_catalogue(world, problems)
    parts: tuple[str, ...] = ()
    if catalogue is not None:
        groups, weeks = catalogue[0].groups, catalogue[0].weeks
        parts = (*(one.id for one in groups), *(one.id for one in weeks))
    known = _Known(choices(world, project), parts)
    _refuse_nothing(jobs, jobs.file, (), problems)
    _check_defaults(jobs, problems)
    found: list[Selection] = []
    blocks: list[tuple[JobBlock, KeyPath]] = [(jobs.file, ())]
    if jobs.file.matrix:
        blocks = [(block, ("matrix", n)) for n, block in enumerate(jobs.file.matrix)]
    for block, path in blocks:
        found.extend(_Settler(jobs, block, path, known, problems).selections())
    problems.stop()
    return tuple(found)


def _check_defaults(jobs: Jobs, problems: Problems) -> None:
    """With ``matrix``, a key beside it must be wanted by one of the blocks."""
    file = jobs.file
    if "matrix" in file.model_fields_set and not file.matrix:
        hint = "write its blocks, or take the line out"
        problems.error("empty-value", "matrix is empty", hint, jobs.place(("matrix",)))
    if not file.matrix:
        return
    if file.include:
        hint = "write it inside of one of the blocks"
        message = "include beside matrix belongs to no block"
        problems.error("no-effect", message, hint, jobs.place(("include",), key=True))
    for name in sorted(file.model_fields_set.difference(_MERGED)):
        if all(name in block.model_fields_set for block in file.matrix):
            key = name.replace("_", "-")
            hint = "take the line out"
            message = f"{key} changes nothing: every block has its own"
            problems.error("no-effect", message, hint, jobs.place((key,), key=True))


def _refuse_nothing(jobs: Jobs, model: Model, path: KeyPath, problems: Problems) -> None:
    """A key with nothing behind it would mean what no such line does: it was not finished."""
    for name in sorted(model.model_fields_set):
        value = getattr(model, name)
        key = _written(jobs, path, _spellings(type(model), name))
        here = (*path, key)
        if value is None or (value == () and name not in _MAY_BE_EMPTY):
            said = "has nothing behind it" if value is None else "is an empty list"
            hint = "write a value, or take the line out"
            problems.error("empty-value", f"{key} {said}", hint, jobs.place(here))
        for number, one in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(one, Model):
                _refuse_nothing(jobs, one, (*here, number), problems)
        if isinstance(value, Model):
            _refuse_nothing(jobs, value, here, problems)


class _Settler:
    """Settles one block, and what it includes besides."""

    def __init__(
        self, jobs: Jobs, block: JobBlock, path: KeyPath, known: _Known, problems: Problems
    ) -> None:
        self.jobs, self.block, self.path = jobs, block, path
        self.known, self.problems = known, problems
        self.expander = Expander(problems)

    def selections(self) -> list[Selection]:
        """The block itself, then one for each ``include``."""
        cuts = [
            *([] if not self.path else self._cuts(self.jobs.file.exclude, ())),
            *self._cuts(self.block.exclude, self.path),
        ]
        whole = self._whole(tuple(cuts))
        entries = [(one, (*self.path, "include", n)) for n, one in enumerate(self.block.include)]
        return [whole, *(self._included(whole, one, path) for one, path in entries)]

    def _whole(self, cuts: tuple[Cut, ...]) -> Selection:
        e, k = self.expander, self.known
        languages, at = self._value("languages")
        brands = self._names("brand", "brands", k.choices.brands)
        spreadsheet, only = self._spreadsheet()
        name_at, sheet_at = self._value("file_name")[1], self._value("clinics")[1]
        return Selection(
            brands=brands,
            spreadsheet=spreadsheet,
            only=only,
            languages=e.languages(languages, k.choices.languages, tuple(PSEUDO), at),
            layouts=self._names("layout", "layouts", k.choices.layouts),
            papers=self._names("paper", "sizes", tuple(PAPERS)),
            profiles=cast("tuple[Profile, ...]", self._names("profile", "profiles", PROFILES)),
            parts=self._names("part", "parts", k.parts),
            exclude=cuts,
            file_name=self._value("file_name")[0],
            allow=self._value("allow")[0],
            exact=frozenset(e.exact),
            place=self.jobs.place(self.path),
            name_place=name_at(None),
            sheet_place=sheet_at(None) if spreadsheet else None,
        )

    def _included(self, whole: Selection, match: Match, path: KeyPath) -> Selection:
        """An ``include``: the block, with the names it gives instead."""
        expander = Expander(self.problems)
        k = self.known
        at = self._finder(path, match)
        _, brand_at = at("brand")
        known = k.choices.brands
        brands, only = whole.brands, whole.only
        if match.brand is not None:
            mine = [b for b in listed(match.brand) if _any_fits(known, b) or not whole.spreadsheet]
            brands = expander.names("brand", tuple(mine), known, lambda _: brand_at(None))
            only = tuple(b for b in listed(match.brand) if b not in mine or is_glob(b))
        given = {
            "layouts": expander.names("layout", *at("layout", k.choices.layouts)),
            "papers": expander.names("paper", *at("size", tuple(PAPERS))),
            "profiles": expander.names("profile", *at("profile", PROFILES)),
            "parts": expander.names("part", *at("part", k.parts)),
        }
        languages, language_at = at("language")
        given["languages"] = expander.languages(
            languages, k.choices.languages, tuple(PSEUDO), language_at
        )
        return replace(
            whole,
            **cast("Any", {key: names for key, names in given.items() if names}),
            brands=brands,
            only=only,
            spreadsheet=whole.spreadsheet if match.brand is None or only else None,
            exclude=(),
            exact=whole.exact | expander.exact,
            added=True,
            place=self.jobs.place(path),
        )

    def _cuts(self, entries: Sequence[Match], above: KeyPath) -> list[Cut]:
        return [self._cut(one, (*above, "exclude", n)) for n, one in enumerate(entries)]

    def _cut(self, match: Match, path: KeyPath) -> Cut:
        place = self.jobs.place(path)
        if not match.model_fields_set:
            hint = "say what to leave out, such as {language: ar, layout: topic-sheet}"
            self.problems.error("empty-value", "an exclude without keys is everything", hint, place)
        expander, k = Expander(self.problems), self.known
        at = self._finder(path, match)
        languages, language_at = at("language")
        pairs = expander.languages(languages, k.choices.languages, tuple(PSEUDO), language_at)
        sets = {
            "layouts": expander.names("layout", *at("layout", k.choices.layouts)),
            "papers": expander.names("paper", *at("size", tuple(PAPERS))),
            "profiles": expander.names("profile", *at("profile", PROFILES)),
            "parts": expander.names("part", *at("part", k.parts)),
            "languages": pairs,
        }
        brands = None if match.brand is None else listed(match.brand)
        found = {key: frozenset(names) for key, names in sets.items() if names}
        return Cut(brands=brands, **found, place=place)

    def _spreadsheet(self) -> tuple[Spreadsheet | None, tuple[str, ...]]:
        written: ClinicsEntry | str | None = self._value("clinics")[0]
        if written is None:
            return None, ()
        if isinstance(written, str):
            return Spreadsheet(written), ()
        columns = tuple(written.columns.items())
        if written.brand is not None:
            written = written.model_copy(update={"brand": self._beneath(written.brand)})
        sheet = Spreadsheet(written.file, written.sheet, written.brand, columns, written.encoding)
        return sheet, listed(written.only)

    def _beneath(self, pattern: str) -> str | None:
        """The one brand that lies under all rows of a spreadsheet."""
        at = self._value("clinics")[1]
        found = self.expander.names("brand", pattern, self.known.choices.brands, lambda _: at(None))
        if len(found) > 1:
            message = f"'{pattern}' is {len(found)} brands, but one lies under a clinic"
            hint = f"write one of them: {', '.join(found[:12])}"
            hint += f" and {len(found) - 12} more" if len(found) > 12 else ""
            self.problems.error("bad-value", message, hint, at(None))
        return found[0] if found else None

    def _names(self, what: str, key: str, known: Sequence[str]) -> tuple[str, ...]:
        written, at = self._value(key)
        return self.expander.names(what, written, known, at)

    def _value(self, key: str) -> tuple[Any, At]:
        """A key of the block, or else of the top of the file, and where it stands."""
        own = key in self.block.model_fields_set
        value = getattr(self.block if own else self.jobs.file, key)
        path = self.path if own else ()
        return value, self._at(path, _spellings(JobBlock, key))

    def _finder(self, path: KeyPath, match: Match) -> Any:
        """Reads a key of a match: its value, the names there are if they are given, its place."""

        def find(key: str, *known: Sequence[str]) -> tuple[Any, ...]:
            return (getattr(match, key), *known, self._at(path, _spellings(Match, key)))

        return find

    def _at(self, path: KeyPath, spellings: Sequence[str]) -> At:
        def at(number: int | None) -> Place | None:
            rest: tuple[Key, ...] = () if number is None else (number,)
            return self.jobs.place((*path, _written(self.jobs, path, spellings), *rest))

        return at


def _spellings(model: type[Any], key: str) -> tuple[str, ...]:
    return names(key, model.model_fields[key])


def _written(jobs: Jobs, path: KeyPath, spellings: Sequence[str]) -> str:
    """How a key of the mapping at a path is spelt in the file."""
    here = jobs.spot
    for part in path:
        here = here.inside.get(part) if here else None
    return next((one for one in spellings if here and one in here.inside), spellings[0])


def _any_fits(names: Sequence[str], pattern: str) -> bool:
    return any(fits(name, pattern) for name in names)


__all__ = ["Jobs", "settle"]
