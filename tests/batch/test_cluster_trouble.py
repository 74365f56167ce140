"""What is said when a cluster is not there, goes away, or is not to be trusted."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from handouts.batch.engines import Report
from handouts.batch.engines.cluster import ClusterEngine, Tls, _Dispatch
from handouts.batch.engines.connection import lost, register, threads
from handouts.batch.run import execute
from handouts.batch.worker import Payload, Worker
from handouts.cli import main
from handouts.diagnostics import ExitCode, HandoutsError
from handouts.model.batch import Chunk, Outcome
from handouts.model.project import Project
from handouts.world import World
from tests.batch import scenes
from tests.batch.clusters import (
    LAYOUT,
    Processes,
    Trap,
    chunks,
    digests,
    held,
    made,
)

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")


def test_a_batch_without_its_cluster_is_an_interrupted_one(tmp_path: Path) -> None:
    class Lost(ClusterEngine):
        def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
            yield Report(tuple(Worker(payload).run(next(chunks))))
            raise lost()

    folder, rows = tmp_path / "out", scenes.clinics(70)
    with scenes.planned(folder, scenes.source(rows, languages=("en",))) as prepared:
        stopped = execute(prepared, Lost())
    assert stopped.stopped is not None
    assert (stopped.stopped.code, stopped.written) == ("lost-scheduler", 2)
    tomorrow = scenes.source(rows, languages=("en",), day=date(2026, 3, 3))
    with scenes.planned(folder, tomorrow) as again:
        assert again.resumed
        assert again.world.today == scenes.DAY
        assert (again.counts.unchanged, again.counts.to_write) == (2, 68)


def test_all_workers_go_and_none_comes(
    real_project: Project, real_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.engines.cluster.LOOK", 0.3)
    processes = Processes(tmp_path)
    try:
        worker = processes.worker()
        with held(tmp_path / "out", Trap) as store:
            payload = Payload(real_project, real_world, store, {})
            engine = ClusterEngine(processes.address, patience=3)
            running = engine.run(payload, chunks(8, 3, slow=True))
            next(running)
            worker.kill()
            with pytest.raises(HandoutsError) as stopped:
                list(running)
    finally:
        processes.end()
    assert [one.code for one in stopped.value.diagnostics] == ["no-workers"]


def test_a_worker_that_never_came_up_is_started_anew() -> None:
    def nanny(status: str) -> SimpleNamespace:
        return SimpleNamespace(status=SimpleNamespace(name=status))

    scaled: list[int] = []
    cluster = SimpleNamespace(
        worker_spec=dict.fromkeys(range(3)),
        workers={0: nanny("running"), 1: nanny("failed"), 2: nanny("starting")},
        sync=lambda function, *arguments: asyncio.run(function(*arguments)),
        scale=scaled.append,
    )
    client = SimpleNamespace(cluster=cluster, nthreads=lambda: {"tcp://a": 1})
    assert threads(client) == 1
    assert (set(cluster.workers), scaled) == ({0, 2}, [3])


class Moody:
    """A client: what it is asked for fails so often before it is done."""

    def __init__(self, failures: int, status: str = "running") -> None:
        self.failures, self.status, self.done = failures, status, 0

    def register_plugin(self, plugin: object, name: str) -> None:
        self.failures -= 1
        if self.failures >= 0:
            raise OSError("a worker has died")
        self.done += 1


def test_a_worker_may_die_while_it_gets_the_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.batch.engines.connection._PAUSE", 0)
    client = Moody(3)
    register(client, SimpleNamespace(name="inputs"), 60)
    assert client.done == 1
    for lost_one, patience in ((Moody(99), 0), (Moody(99, "closed"), 60)):
        with pytest.raises(HandoutsError) as refused:
            register(lost_one, SimpleNamespace(name="inputs"), patience)
        assert [one.code for one in refused.value.diagnostics] == ["lost-scheduler"]


class Gone:
    """A future whose result was on a worker that has died."""

    def __init__(self, *answers: object, status: str = "finished") -> None:
        self.answers, self.status = list(answers), status

    def result(self, timeout: float) -> object:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_result_that_went_with_its_worker_is_waited_for() -> None:
    from distributed import KilledWorker

    def outcomes(workers: int, *answers: object, status: str = "finished") -> tuple[Outcome, ...]:
        there = dict.fromkeys(range(workers), 1)
        client = SimpleNamespace(status="running", cluster=None, nthreads=lambda: there)
        dispatch = _Dispatch(client, "n", iter(()), patience=0)
        found = dispatch._outcomes(Gone(*answers, status=status), next(chunks(1, 2)))
        return (*found, *(Outcome(chunk.tasks[0].path, "aside") for chunk in dispatch.aside))

    done = Outcome("0/0.pdf", "written")
    assert outcomes(1, TimeoutError(), TimeoutError(), [done]) == (done,)
    # Its worker died before anybody took it out of the queue, or while it was fetched.
    assert outcomes(1, TimeoutError(), [done], status="lost") == (done,)
    assert outcomes(1, OSError("a connection broke"), [done], status="pending") == (done,)
    killed = KilledWorker("key", SimpleNamespace(address="tcp://w"), 3)
    assert [one.status for one in outcomes(1, TimeoutError(), killed)] == ["aside", "aside"]
    for workers, answer, status, code in (
        (0, TimeoutError(), "finished", "no-workers"),
        (0, TimeoutError(), "lost", "no-workers"),
        (1, RuntimeError("cancelled"), "finished", "lost-scheduler"),
        (1, [done], "cancelled", "lost-scheduler"),
    ):
        with pytest.raises(HandoutsError) as refused:
            outcomes(workers, answer, status=status)
        assert [one.code for one in refused.value.diagnostics] == [code]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_a_scheduler_that_is_not_there(
    address: str, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    engine = ClusterEngine(address, patience=1)
    with held(tmp_path / "out") as store, pytest.raises(HandoutsError) as refused:
        made(engine, real_project, real_world, store, chunks(1, 1))
    assert [one.code for one in refused.value.diagnostics] == ["no-scheduler"]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A certificate that is its own CA, and its key."""
    pytest.importorskip("cryptography", reason="cryptography, which makes keys, is not installed")
    from distributed.security import Security

    made, folder = Security.temporary(), tmp_path_factory.mktemp("tls")
    (folder / "ca.pem").write_text(made.tls_ca_file)
    (folder / "cert.pem").write_text(made.tls_client_cert)
    (folder / "key.pem").write_text(made.tls_client_key)
    return Tls(*(folder / name for name in ("ca.pem", "cert.pem", "key.pem")))


def test_a_cluster_that_speaks_tls(
    certificates: Tls,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")
    ca, cert, key = map(str, (certificates.ca, certificates.certificate, certificates.key))
    mine = ("--tls-ca-file", ca, "--tls-cert", cert, "--tls-key", key)
    processes = Processes(tmp_path, "--protocol", "tls", *mine)
    asked = ["batch", "--language", "en", "--layout", LAYOUT, "--brand", "willow", "--no-report"]
    dask = ["--engine", "dask", "--scheduler", processes.address]
    tls = ["--tls-ca", ca, "--tls-cert", cert, "--tls-key", key]
    try:
        processes.worker()
        assert processes.address.startswith("tls://")
        assert main([*asked, *dask, *tls, "--output", "there"]) == 0, capfd.readouterr().err
        assert main([*asked, *dask, "--output", "nowhere"]) == ExitCode.RESOURCE
        assert "[no-scheduler]" in capfd.readouterr().err
    finally:
        processes.end()
    assert main([*asked, "--processes", "1", "--output", "here"]) == 0
    assert digests(Path("there")) == digests(Path("here")) != {}
    assert digests(Path("nowhere")) == {}


@pytest.mark.parametrize("wrong", ["ca", "certificate", "key"])
def test_certificates_that_cannot_be_used(
    wrong: str, certificates: Tls, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    (tmp_path / "text.pem").write_text("no certificate")
    for path in (tmp_path / "missing.pem", tmp_path / "text.pem"):
        tls = replace(certificates, **{wrong: path})
        engine = ClusterEngine("tls://127.0.0.1:1", tls=tls, patience=1)
        with held(tmp_path / "out") as store, pytest.raises(HandoutsError) as refused:
            made(engine, real_project, real_world, store, chunks(1, 1))
        assert [one.code for one in refused.value.diagnostics] == ["bad-certificate"]
