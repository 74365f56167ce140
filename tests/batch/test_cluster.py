"""A Dask cluster makes the same files as this process does, whoever is killed meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch import travel
from handouts.batch.engines.cluster import ClusterEngine
from handouts.batch.events import Options
from handouts.batch.folder import Folder
from handouts.batch.matrix import source
from handouts.batch.run import execute, prepare
from handouts.batch.worker import Payload
from handouts.diagnostics import HandoutsError
from handouts.load.jobs import by_hand, load_batch
from handouts.model.batch import Chunk, Outcome
from handouts.model.project import Project
from handouts.world import World
from tests.batch.clusters import (
    KILLER,
    Processes,
    Trap,
    chunks,
    digests,
    held,
    local,
    made,
    once,
    task,
)
from tests.load.scenes import world

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler with two workers under nannies."""
    processes = Processes(tmp_path_factory.mktemp("cluster"))
    for _ in range(2):
        processes.worker(nanny=True)
    yield processes
    processes.end()


def test_a_cluster_of_this_machine_makes_the_same_files(
    real_project: Project, real_world: World, tmp_path: Path
) -> None:
    wanted = local(real_project, real_world, tmp_path / "here", chunks(6, 4))
    with held(tmp_path / "there") as store:
        outcomes = made(ClusterEngine(processes=2), real_project, real_world, store, chunks(6, 4))
    assert set(once(outcomes).values()) == {"written"}
    assert digests(tmp_path / "there") == wanted
    assert len(wanted) == 24


def test_a_row_whose_logo_is_missing_leaves_the_others_be(tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
    sheet = "name,logo,logo alt\nGood,good.svg,A leaf\nBad,missing.svg,A leaf\n"
    (tmp_path / "good.svg").write_text(logo, "utf-8")
    (tmp_path / "c.csv").write_text(sheet, "utf-8")
    here = world(tmp_path)
    order = by_hand(tmp_path, clinics="c.csv", layouts=["benefits-flyer"], languages=["en"])
    asked = source(here, load_batch(here, order, project=None))
    with prepare(asked, Folder(tmp_path / "out"), Options()) as prepared:
        summary = execute(prepared, ClusterEngine(processes=1))
    assert (summary.counts.bad_rows, summary.written, summary.failed) == (1, 1, 0)
    assert [name.partition("/")[0] for name in digests(tmp_path / "out")] == ["good"]


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    cluster: Processes, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    from distributed import Client

    wanted = local(real_project, real_world, tmp_path / "here", chunks(8, 3, slow=True))
    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=20)
        victims = list(client.run(os.getpid).values())
    with held(tmp_path / "there", Trap) as store:
        payload = Payload(real_project, real_world, store, {})
        outcomes: list[Outcome] = []
        abandoned: list[str] = []
        for report in ClusterEngine(cluster.address).run(payload, chunks(8, 3, slow=True)):
            outcomes += report.outcomes
            abandoned += report.abandoned
            if victims and len(outcomes) >= 6:
                os.kill(victims.pop(), signal.SIGKILL)
        assert not victims, "nobody was killed"
        left = {path.parent.name for path in (tmp_path / "there").rglob(".handouts-*.part")}
        assert left <= {path.partition("/")[0] for path in abandoned}
        store.sweep(sorted(abandoned))
    assert list((tmp_path / "there").rglob(".handouts-*.part")) == []
    assert once(outcomes) == dict.fromkeys(wanted, "written")
    assert digests(tmp_path / "there") == wanted


def test_a_document_that_kills_workers_is_reported_and_the_others_are_made(
    real_project: Project, real_world: World, tmp_path: Path
) -> None:
    work = list(chunks(3, 3))
    bad = Chunk(7, (task("7/a.pdf"), task(f"7/{KILLER}"), task("7/b.pdf")))
    wanted = local(real_project, real_world, tmp_path / "here", work)
    with held(tmp_path / "there", Trap) as store:
        engine = ClusterEngine(processes=2)
        outcomes = made(engine, real_project, real_world, store, iter([bad, *work]))
    failed = [one for one in outcomes if one.status == "failed"]
    assert [one.path for one in failed] == [f"7/{KILLER}"]
    assert [one.code for one in failed[0].diagnostics] == ["worker-crashed"]
    assert len(once(outcomes)) == 12
    found = digests(tmp_path / "there")
    assert {name: found[name] for name in wanted} == wanted
    assert set(found) - set(wanted) == {"7/a.pdf", "7/b.pdf"}


def test_work_is_drawn_as_there_is_room_for_it(
    cluster: Processes, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    drawn = 0

    def counted() -> Iterator[Chunk]:
        nonlocal drawn
        for chunk in chunks(40, 1):
            drawn += 1
            yield chunk

    with held(tmp_path / "out") as store:
        payload = Payload(real_project, real_world, store, {})
        back = most = 0
        for report in ClusterEngine(cluster.address).run(payload, counted()):
            most = max(most, drawn - back)
            back += len(report.outcomes)
    assert back == drawn == 40
    assert most <= 6


def test_whoever_stops_listening_ends_the_work(
    cluster: Processes, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    with held(tmp_path / "out", Trap) as store:
        payload = Payload(real_project, real_world, store, {})
        running = ClusterEngine(cluster.address).run(payload, chunks(30, 3, slow=True))
        next(running)
        running.close()
        there = digests(tmp_path / "out")
        assert len(there) < 30
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        assert [name for names in client.run(_at_work).values() for name in names] == []
    assert digests(tmp_path / "out") == there


def _at_work(dask_worker: object) -> list[str]:
    """Names of the batches a worker still has the inputs of."""
    return [name for name in dask_worker.plugins if "handouts" in name]  # type: ignore[attr-defined]


def test_the_scheduler_is_killed_and_the_next_run_goes_on(
    real_project: Project, real_world: World, tmp_path: Path
) -> None:
    processes = Processes(tmp_path)
    try:
        processes.worker()
        with held(tmp_path / "there", Trap) as store:
            payload = Payload(real_project, real_world, store, {})
            running = ClusterEngine(processes.address).run(payload, chunks(8, 3, slow=True))
            done = [one.path for one in next(running).outcomes]
            processes.scheduler.kill()
            with pytest.raises(HandoutsError) as stopped:
                done += [one.path for report in running for one in report.outcomes]
    finally:
        processes.end()
    assert [one.code for one in stopped.value.diagnostics] == ["lost-scheduler"]
    rest = [
        replace(chunk, tasks=tuple(one for one in chunk.tasks if one.path not in done))
        for chunk in chunks(8, 3, slow=True)
    ]
    wanted = local(real_project, real_world, tmp_path / "here", chunks(8, 3, slow=True))
    assert set(done) < set(wanted)
    with held(tmp_path / "there") as folder:
        folder.sweep(wanted)
        made(ClusterEngine(processes=1), real_project, real_world, folder, iter(rest))
    assert digests(tmp_path / "there") == wanted


def test_workers_of_another_version_are_refused(
    cluster: Processes,
    real_project: Project,
    real_world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = travel.here()
    newer = replace(mine, versions=(("handouts", "99"), *mine.versions[1:]))
    monkeypatch.setattr("handouts.batch.engines.cluster.here", lambda: newer)
    with held(tmp_path / "out") as store, pytest.raises(HandoutsError) as refused:
        made(ClusterEngine(cluster.address), real_project, real_world, store, chunks(1, 1))
    assert {one.code for one in refused.value.diagnostics} == {"other-program"}
    assert "handouts 0." in str(refused.value)
    assert "instead of 99" in str(refused.value)
    assert digests(tmp_path / "out") == {}


def test_a_worker_that_sees_another_folder_says_so(
    cluster: Processes, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    store = Folder(tmp_path / "never", "", "a token nobody signed with")
    with pytest.raises(HandoutsError) as refused:
        made(ClusterEngine(cluster.address), real_project, real_world, store, chunks(1, 1))
    assert [one.code for one in refused.value.diagnostics] == ["place-not-shared"]


def test_chunks_are_large_where_there_is_much() -> None:
    engine = ClusterEngine()
    assert [engine.chunk_size(n) for n in (0, 1, 640, 100_000)] == [1, 1, 10, 256]
