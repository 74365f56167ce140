"""A loaded project kept on disk, so that the next command need not read and check it again.

Beside `load_result`: `load_kept` gives the same, from the user's cache folder when it can
(`handouts.load.entries`). A project is kept in two halves, so that a change in a brand's file
costs no more than reading the brand: what is the same for every brand (found by what was asked
for), and the brands upon it. Loads that fail are never kept, so errors are always fresh.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from handouts.diagnostics import Diagnostic
from handouts.load import program, seen
from handouts.load.entries import Shelf, digest
from handouts.load.filed import Groundwork, LoadResult
from handouts.load.sheets import Sheets
from handouts.model.project import LoadedBrand
from handouts.world import World

if TYPE_CHECKING:
    from handouts.load.project import Languages

MAX_LANGUAGES: Final = 12
"""A project with more is for a long build, which gains nothing from a quick start."""

T = TypeVar("T")
_DATA = ("catalogue", "brands", "drawings", "layouts", "fonts")


class Asked(NamedTuple):
    """What a command wants of a project."""

    project: Path | None
    overrides: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    languages: Languages = None
    layouts: tuple[str, ...] | None = None
    partial: bool = False


class Kept(NamedTuple):
    """A loaded project, what keeps it for next time, and the shelf of its placed sheets.

    `keep` is to be called once the work is done, so that the drawings that were needed are kept
    too. `sheets` is None where nothing is kept.
    """

    result: LoadResult
    keep: Callable[[], None]
    sheets: Sheets | None


class _Ground(NamedTuple):
    """The first half; `identity` says what it was made from."""

    identity: str
    groundwork: Groundwork


class _Brands(NamedTuple):
    """The second half, likewise; `warnings` are those of both."""

    identity: str
    brands: Mapping[str, LoadedBrand]
    warnings: tuple[Diagnostic, ...]

    def upon(self, ground: _Ground) -> LoadResult:
        """The whole project."""
        project = replace(ground.groundwork.project, brands=self.brands)
        return LoadResult(project, self.warnings)


def load_kept(
    world: World,
    *,
    project: Path | None,
    overrides: Sequence[str] = (),
    brands: Sequence[str] = (),
    languages: Languages = None,
    layouts: Sequence[str] | None = None,
    partial: bool = False,
) -> Kept:
    """What `handouts.load.load_result` gives, kept from last time where nothing has changed.

    Raises:
        HandoutsError: as `load_result` does.
    """
    tags = languages if languages is None or isinstance(languages, str) else tuple(languages)
    names = None if layouts is None else tuple(layouts)
    asked = Asked(project, tuple(overrides), tuple(brands), tags, names, partial)
    shelf = Shelf.of(world)
    if shelf is None:
        from handouts.load.project import load_result

        return Kept(load_result(world, **asked._asdict()), _nothing, None)
    return _Keeping(shelf, asked).load()


class Keeper:
    """What a command loads piece by piece, from the shelf where it can; `keep` when it is done."""

    def __init__(self) -> None:
        self._later: list[Callable[[], None]] = []

    def load(self, world: World, **asked: Any) -> LoadResult:
        """As `load_result`."""
        kept = load_kept(world, **asked)
        self._later.append(kept.keep)
        return kept.result

    def made(self, world: World, question: Sequence[object], make: Callable[[], T]) -> T:
        """What `make` makes of files alone, and of what the question says."""
        shelf = Shelf.of(world)
        if shelf is None:
            return make()
        name = digest("made", *_here(world), *map(repr, question))
        state = digest(program.state(("load", "model"), program.READING))
        found = shelf.get(name, state)
        if found is not None:
            return cast("T", found)
        with seen.listening() as notes:
            made = make()
        self._later.append(lambda: shelf.put(name, state, notes, made))
        return made

    def keep(self) -> None:
        """Keeps what was read, for next time."""
        for work in self._later:
            work()


def _nothing() -> None:
    """There is nothing to keep."""


class _Keeping:
    """One load with a shelf."""

    def __init__(self, shelf: Shelf, asked: Asked) -> None:
        self._shelf, self._asked = shelf, asked
        self._state = digest(program.state(("load", "model"), program.READING))
        self._ground_question = _question(shelf.world, asked)
        home = os.path.expanduser("~") if any("~" in one for one in asked.brands) else ""  # noqa: PTH111
        self._brand_question = digest(self._ground_question, asked.overrides, asked.brands, home)
        self._later: list[Callable[[], None]] = []

    def load(self) -> Kept:
        """The project, of kept halves where they are still right."""
        ground = self._kept_ground()
        if ground is None:
            ground, brands = self._anew()
        else:
            brands = self._kept_brands(ground) or self._read_brands(ground)
        result = brands.upon(ground)
        if len(result.project.locales) > MAX_LANGUAGES:
            return Kept(result, _nothing, None)
        sheets = Sheets(self._shelf, self._brand_question, brands.identity)
        return Kept(result, self._keep, sheets)

    def _kept_ground(self) -> _Ground | None:
        found = self._shelf.get(self._ground_question, self._state)
        return found if isinstance(found, _Ground) else None

    def _kept_brands(self, ground: _Ground) -> _Brands | None:
        found = self._shelf.get(self._brand_question, self._brand_state(ground))
        return found if isinstance(found, _Brands) else None

    def _anew(self) -> tuple[_Ground, _Brands]:
        """Both halves, from their files. All that is wrong with either is said together."""
        from handouts.load.project import Loader

        asked = self._asked
        with seen.listening() as notes:
            loader = Loader(self._shelf.world, asked.project, asked.partial)
            loader.ground(asked.overrides, asked.languages, asked.layouts)
        before = loader.groundwork()
        with seen.listening() as brand_notes:
            brands = loader.brands(asked.brands)
        result = loader.result(brands)
        assert before is not None  # else there would be no result
        ground = _Ground(_identity(self._state, self._ground_question, notes), before)
        self._later.append(lambda: self._keep_ground(ground, notes))
        return ground, self._noted(ground, result, brand_notes)

    def _read_brands(self, ground: _Ground) -> _Brands:
        """The second half, from its files."""
        from handouts.load.branding import add_brands

        asked = self._asked
        with seen.listening() as notes:
            result = add_brands(
                self._shelf.world,
                ground.groundwork,
                project=asked.project,
                overrides=asked.overrides,
                brands=asked.brands,
            )
        return self._noted(ground, result, notes)

    def _noted(self, ground: _Ground, result: LoadResult, notes: seen.Notes) -> _Brands:
        """The brands that were read, to be kept later."""
        state = self._brand_state(ground)
        identity = _identity(state, self._brand_question, notes)
        brands = _Brands(identity, result.project.brands, result.warnings)
        self._later.append(lambda: self._shelf.put(self._brand_question, state, notes, brands))
        return brands

    def _brand_state(self, ground: _Ground) -> str:
        return digest(self._state, ground.identity)

    def _keep_ground(self, ground: _Ground, notes: seen.Notes) -> None:
        drawn = getattr(ground.groundwork.project.drawings, "notes", {})
        self._shelf.put(self._ground_question, self._state, notes | drawn, ground)

    def _keep(self) -> None:
        for work in self._later:
            work()


def _question(world: World, asked: Asked) -> str:
    """Everything the first half depends on that is no file: the name of its entry."""
    own = (asked.project, asked.languages, asked.layouts, asked.partial)
    more = [text for text in asked.overrides if not text.strip().startswith("brand.")]
    return digest(
        *_here(world),
        [str(one) if isinstance(one, Path) else one for one in own],
        more,
    )


def _here(world: World) -> tuple[str, list[str]]:
    return str(world.cwd), [str(world.data(name)) for name in _DATA]


def _identity(state: str, question: str, notes: seen.Notes) -> str:
    """The same for the same question with the same answers of the disk."""
    return digest(state, question, sorted(notes.items()))


__all__ = ["Keeper", "Kept", "load_kept"]
