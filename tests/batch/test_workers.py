"""Workers that die or hang: they are replaced, and what they were at is made again, once."""

from __future__ import annotations

import os
import random
import signal
from collections import deque
from multiprocessing import active_children
from pathlib import Path

import pytest

from handouts.batch.engines.local import LocalEngine
from handouts.batch.events import Event, Options, Summary
from handouts.batch.run import execute, prepare
from tests.batch.scenes import (
    LAYOUT,
    Deadly,
    batch,
    clinics,
    files,
    leftovers,
    planned,
    source,
    tasks_of,
)

COUNT = 60


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    summary, _ = batch(folder, source(clinics(COUNT)))
    assert summary.written == 2 * COUNT
    return files(folder)


def test_nobody_is_suspected_when_a_worker_dies_before_it_has_begun(tmp_path: Path) -> None:
    from handouts.batch.engines.process import AT, CHUNK
    from handouts.batch.engines.team import Team, _Member
    from handouts.model.batch import Chunk

    class Dead:
        exitcode = -9

        def join(self) -> None:
            pass

        close = join

    tasks = list(tasks_of(clinics(3)))
    team = Team(None, iter(()), 1, 300.0)  # type: ignore[arg-type]
    for at, suspects in ((-1, []), (4, []), (5, [tasks[1].path])):
        chunks = deque([Chunk(5, tuple(tasks))])
        member = _Member(Dead(), Dead(), [0, at, 1], ready=True, chunks=chunks)
        assert (member.board[CHUNK], member.board[AT]) == (at, 1)
        team._members = [member]
        (report,) = team._lost(member)
        assert set(report.abandoned) == {one.path for one in tasks}
        assert list(team._crashes) == suspects
        assert [chunk.tasks for chunk in team._again] == [(one,) for one in tasks]
        team._again.clear()


def test_killed_workers(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    dice = random.Random(7)
    moments = {dice.randint(1, 20), dice.randint(40, 80)}
    seen = 0
    killed = []

    def kill(event: Event) -> None:
        nonlocal seen
        seen += 1
        if seen in moments and active_children():
            victim = dice.choice(active_children())
            os.kill(victim.pid or 0, signal.SIGKILL)
            killed.append(victim.pid)

    out = tmp_path / "out"
    with planned(out, source(clinics(COUNT))) as prepared:
        summary = execute(prepared, LocalEngine(2), kill)
    assert killed
    assert (summary.written, summary.failed, seen) == (2 * COUNT, 0, 2 * COUNT)
    assert files(out) == undisturbed
    assert leftovers(out) == []


def deadly(out: Path, patience: float = 60.0, **what: object) -> Summary:
    store = Deadly(out, **what)  # type: ignore[arg-type]
    with prepare(source(clinics(8), ("en",)), store, Options()) as prepared:
        return execute(prepared, LocalEngine(2, patience))


def name(number: int) -> str:
    return f"clinic-{number:03}/{LAYOUT}-en-A4.pdf"


def test_a_document_that_kills_its_worker_is_reported(tmp_path: Path) -> None:
    """One that did it only once is made the second time."""
    summary = deadly(tmp_path, kills=frozenset({name(3)}), kills_once=frozenset({name(5)}))
    assert (summary.written, dict(summary.failures)) == (7, {"worker-crashed": 1})
    path, diagnostic = summary.first[0]
    assert path == name(3)
    assert name(3) in diagnostic.message
    assert "SIGKILL" in diagnostic.message
    assert leftovers(tmp_path) == []


def test_a_document_that_never_ends_is_reported(tmp_path: Path) -> None:
    summary = deadly(tmp_path, 3.0, stops=frozenset({name(2)}))
    assert (summary.written, dict(summary.failures)) == (7, {"worker-crashed": 1})
    assert "said nothing for 3 seconds" in summary.first[0][1].message


@pytest.mark.parametrize("forked", [True, False])
def test_order_and_number_of_processes_change_no_byte(
    tmp_path: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch, forked: bool
) -> None:
    """Nor does the way processes are started."""
    monkeypatch.setattr("handouts.batch.engines.team._may_fork", lambda: forked)
    batch(tmp_path, source(reversed(clinics(COUNT)), ("de", "en")), processes=2)
    assert files(tmp_path) == undisturbed


def test_no_worker_keeps_the_lock_of_a_dead_coordinator(tmp_path: Path) -> None:
    """What a fork inherits is closed: the lock is free when the coordinator lets go of it."""
    from handouts.batch.lock import acquire

    taken: list[str] = []

    def look(event: Event) -> None:
        if not taken and active_children():
            assert prepared.lock is not None
            prepared.lock.release()  # As its death would.
            lock = acquire(tmp_path / ".handouts", "out")
            taken.append(lock.token)
            lock.release()

    with planned(tmp_path, source(clinics(COUNT))) as prepared:
        summary = execute(prepared, LocalEngine(2), look)
    assert taken
    # The rest was left alone: another batch had begun.
    assert summary.stopped is not None
    assert summary.stopped.code == "superseded"
