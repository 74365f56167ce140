"""The one who makes documents: a press, the brands of clinics, and the store files go to.

Lives in each worker process (or machine); gets everything it needs once, then chunk after chunk.
Nothing here decides what is made or why: that was done before, by `handouts.batch.run`.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from handouts.batch.intact import claims
from handouts.batch.store import Delivered, Stamp, Store, Superseded
from handouts.batch.trouble import (
    differs,
    file_trouble,
    program_trouble,
    stop_among,
    superseded,
)
from handouts.diagnostics import Diagnostic, HandoutsError
from handouts.load.clinics.brand import branded
from handouts.load.graphics import Drawings
from handouts.model.batch import Chunk, Clinic, Outcome, Task
from handouts.model.drawing import Drawing, Picture
from handouts.model.project import LoadedBrand, Project
from handouts.press import Made, Press
from handouts.world import World

Begun = Callable[[int, int], None]
"""Told the number of a chunk, and that of the task in it that is next."""

_BRANDS_KEPT = 32
"""Brands of clinics kept ready; each holds its logo, which can be large."""
_GARBAGE = (50_000, 20, 50)
"""Documents leave no cycles behind; the collector need not look for them so often."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What a worker needs once. Can be pickled when `portable` has been at the project.

    `world` has the batch's fixed date and nothing of the environment; `logos` are those of
    clinics, by the path their rows name them with (a mapping may read them when they are asked
    for).
    """

    project: Project
    world: World
    store: Store
    logos: Mapping[str, Drawing | Picture]
    version: str = ""


def portable(project: Project, world: World) -> Project:
    """The project as it can travel: plain mappings, and drawings that read through `world`.

    Where values stood in their files is left behind: brands were checked before.
    """
    drawings = project.drawings
    return replace(
        project,
        locales=dict(project.locales),
        layouts=dict(project.layouts),
        brands={name: _without_places(one) for name, one in project.brands.items()},
        drawings=_travelling(drawings, world),
        pictures=dict(project.pictures),
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """A chunk that is made and staged, but not in place yet; `hold` has its worker's turn."""

    outcomes: list[Outcome]
    store: Store
    hold: ExitStack


class Worker:
    """Makes chunks one after the other. Its memory does not grow with their number."""

    def __init__(self, payload: Payload) -> None:
        self._payload = payload
        self._press = Press(payload.project, payload.world)
        self._brands: OrderedDict[Clinic, LoadedBrand] = OrderedDict()
        other: Store = pickle.loads(pickle.dumps(payload.store))
        self._stores = (payload.store, other)
        """Two, so that one may be made durable while the other is filled."""

    def run(self, chunk: Chunk, begun: Begun = lambda number, index: None) -> list[Outcome]:
        """Makes and stores all documents of a chunk; problems are outcomes, not exceptions.

        `begun` is told the chunk's number and that of the task in it that is next, and at the
        end the number of tasks: the files are being made durable then.
        """
        return self._finished(self._begun(chunk, self._stores[0], begun))

    def stream(
        self, chunks: Iterable[Chunk | None], begun: Begun = lambda number, index: None
    ) -> Generator[list[Outcome], None, None]:
        """The same for chunk after chunk: one is made durable while the next is being made.

        So the outcomes of a chunk come when the next one is done; or at a None among the
        chunks, which says that none is at hand.
        """
        last: Future[list[Outcome]] | None = None
        number = 0
        with self._discarded(), ThreadPoolExecutor(1) as background:
            for chunk in chunks:
                following = None
                if chunk is not None:
                    number += 1
                    made = self._begun(chunk, self._stores[number % 2], begun)
                    following = background.submit(self._finished, made)
                if last is not None:
                    yield last.result()
                last = following
            if last is not None:
                yield last.result()

    @contextmanager
    def _discarded(self) -> Iterator[None]:
        """Leaves nothing staged, whatever ends the work."""
        try:
            yield
        except BaseException:
            for store in self._stores:
                store.discard()
            raise

    def _begun(self, chunk: Chunk, store: Store, begun: Begun) -> _Batch:
        """Makes and stages a chunk, in a turn of its own that goes on until it is finished."""
        hold = ExitStack()
        try:
            hold.enter_context(store.turn())
            outcomes = self._made_all(chunk, store, begun)
        except Superseded:
            outcomes = _all_failed(chunk.tasks, superseded())
        except HandoutsError as error:
            outcomes = _all_failed(chunk.tasks, *error.diagnostics)
        except OSError as error:
            trouble = file_trouble(error, store.shown(), everywhere=True)
            outcomes = _all_failed(chunk.tasks, trouble)
        except BaseException:
            store.discard()
            hold.close()
            raise
        return _Batch(outcomes, store, hold)

    def _made_all(self, chunk: Chunk, store: Store, begun: Begun) -> list[Outcome]:
        clinics = {clinic.id: clinic for clinic in chunk.clinics}
        outcomes: list[Outcome] = []
        for index, task in enumerate(chunk.tasks):
            begun(chunk.number, index)
            outcome = self._outcome(task, clinics.get(task.job.brand), store)
            stop = stop_among(outcome.diagnostics)
            if stop:
                # What is staged might still get its place, but not on a disk without room.
                return _all_failed(chunk.tasks, stop)
            outcomes.append(outcome)
        begun(chunk.number, len(chunk.tasks))
        return outcomes

    def _finished(self, made: _Batch) -> list[Outcome]:
        """The outcomes, once their files are in place; the turn ends."""
        store, outcomes = made.store, made.outcomes
        try:
            if any(one.status == "written" for one in outcomes):
                placed = store.commit()
                return [
                    self._placed(one, placed[one.path]) if one.status == "written" else one
                    for one in outcomes
                ]
        except OSError as error:
            trouble = file_trouble(error, store.shown(), everywhere=True)
            return [_failed_path(one.path, trouble) for one in outcomes]
        except HandoutsError as error:
            return [_failed_path(one.path, *error.diagnostics) for one in outcomes]
        finally:
            store.discard()
            made.hold.close()
        return outcomes

    def _placed(self, outcome: Outcome, stamp: Stamp | OSError) -> Outcome:
        if isinstance(stamp, OSError):
            trouble = file_trouble(stamp, self._payload.store.shown(outcome.path))
            return _failed_path(outcome.path, trouble)
        return replace(outcome, size=stamp.size, mark=stamp.mark)  # type: ignore[call-arg]

    def _outcome(self, task: Task, clinic: Clinic | None, store: Store) -> Outcome:
        """One document, made and staged; whatever goes wrong is its own affair."""
        started = time.perf_counter()
        try:
            made = self._made(task, clinic)
            store.stage(task.path, made.data)
        except HandoutsError as error:
            return _failed(task, error.diagnostics)
        except OSError as error:
            return _failed(task, [file_trouble(error, store.shown(task.path))])
        except Exception as error:
            return _failed(task, [program_trouble(error, task.path)])
        return Delivered(
            task.path,
            "written",
            pages=made.pages,
            size=len(made.data),
            sha256=hashlib.sha256(made.data).hexdigest(),
            strings=made.strings,
            fonts=made.fonts,
            stamped=made.stamped,
            seconds=time.perf_counter() - started,
            claims=claims(made.data),
        )

    def _made(self, task: Task, clinic: Clinic | None) -> Made:
        brand = None if clinic is None else self._brand(clinic)
        made = self._press.make(task.job, brand)
        if task.verify and self._press.anew(task.job, brand).data != made.data:
            raise HandoutsError([differs(task.path)])
        return made

    def _brand(self, clinic: Clinic) -> LoadedBrand:
        """The brand a clinic's row makes of the one beneath it; the latest are kept."""
        found = self._brands.get(clinic)
        if found is None:
            base = self._payload.project.brands[clinic.base]
            found = branded(base, clinic, self._payload.logos)
            if len(self._brands) >= _BRANDS_KEPT:
                self._brands.popitem(last=False)
            self._brands[clinic] = found
        else:
            self._brands.move_to_end(clinic)
        return found


def settle_memory() -> None:
    """Has the garbage collector look after documents alone: all that is there now stays.

    It is not looked through once more for garbage, for a start leaves little, and a document
    leaves nothing in cycles.
    """
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    gc.enable()


def _all_failed(tasks: Iterable[Task], *diagnostics: Diagnostic) -> list[Outcome]:
    return [_failed(task, diagnostics) for task in tasks]


def _failed(task: Task, diagnostics: Iterable[Diagnostic]) -> Delivered:
    return _failed_path(task.path, *diagnostics)


def _failed_path(path: str, *diagnostics: Diagnostic) -> Delivered:
    return Delivered(path, "failed", diagnostics=diagnostics)


def _travelling(drawings: Mapping[str, Drawing], world: World) -> Mapping[str, Drawing]:
    return drawings.seen_from(world) if isinstance(drawings, Drawings) else dict(drawings)


def _without_places(brand: LoadedBrand) -> LoadedBrand:
    return replace(brand, spot=None) if hasattr(brand, "spot") else brand  # type: ignore[call-arg]
