"""Files that go to object storage, with a real S3 server on loopback; and to slower places."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch import coordinate, prune, remote_home
from handouts.batch.engines.cluster import ClusterEngine
from handouts.batch.engines.local import LocalEngine
from handouts.batch.events import Options, Source, Summary
from handouts.batch.manifest import Manifest
from handouts.batch.objects import Objects
from handouts.batch.remote import Remote
from handouts.batch.remote_home import COPY, LOCK, home_of, is_url, opened, signed
from handouts.batch.run import execute, prepare
from handouts.batch.store import Stamp, Store, Superseded
from handouts.batch.worker import Payload, Worker
from handouts.diagnostics import HandoutsError
from handouts.load import load
from handouts.model.batch import Clinic, Task
from handouts.model.project import Project
from handouts.world import World
from tests.batch.clusters import ROOT, chunks, local, task, wait_until

pytest.importorskip("s3fs", reason="the extra 'cluster' is not installed")
pytest.importorskip("moto", reason="moto, which plays S3, is not installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 server of its own, and keys for it in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("s3") / "log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream)
    patch = pytest.MonkeyPatch()
    patch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{port}")
    patch.setenv("AWS_ACCESS_KEY_ID", "anybody")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "anything")
    patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    try:
        wait_until(lambda: _answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        patch.undo()


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    """A prefix in a bucket of its own."""
    import fsspec

    name = "b" + hashlib.sha256(request.node.name.encode()).hexdigest()[:20]
    fsspec.filesystem("s3").mkdir(name)
    return f"s3://{name}/out"


@pytest.fixture(scope="module")
def project(real_world: World) -> Project:
    return load(
        real_world,
        project=None,
        brands=("default", "willow"),
        languages=["es"],
        layouts=["benefits-flyer"],
    )


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def at(world: World, folder: Path) -> World:
    """The same world, at home in another folder."""
    folder.mkdir(exist_ok=True)
    return replace(world, cwd=folder)


def batch(
    project: Project,
    world: World,
    store: Store,
    tasks: Iterable[Task],
    *,
    engine: LocalEngine | ClusterEngine | None = None,
    force: bool = False,
    prune: bool = False,
) -> Summary:
    wanted = list(tasks)

    def asked(_: Iterable[Clinic]) -> Iterable[Task]:
        return wanted

    options = Options(force=force, prune=prune)
    with prepare(Source(project, world, asked), store, options) as prepared:
        return execute(prepared, engine or LocalEngine(processes=1))


def tasks(count: int = 4) -> list[Task]:
    return [
        task(f"{brand}/{n}.pdf", "es", brand)
        for brand in ("default", "willow")
        for n in range(count)
    ]


def contents(url: str) -> dict[str, str]:
    """All files in the store, and digests of them."""
    store = Remote(url, Path("/nowhere"))
    names = [one.name for one in store.objects.listing() if not one.name.startswith(".handouts/")]
    return {name: hashlib.sha256(store.read(name)).hexdigest() for name in names}


def test_what_is_a_url() -> None:
    assert is_url("s3://bucket/prefix")
    assert not any(is_url(one) for one in ("out", "/out", "C:\\out", "./s3:", "C:/out"))


def test_a_home_is_a_places_own(real_world: World) -> None:
    homes = {home_of(url, real_world) for url in ("s3://a/b", "s3://a-b", "s3://a/b/c")}
    assert len(homes) == 3
    assert home_of("s3://a/b/", real_world) == home_of("s3://a/b", real_world)
    secret = home_of("sftp://me:secret@host/x", real_world)
    assert "secret" not in str(secret)
    assert "secret" not in Remote("sftp://me:secret@host/x", secret).shown()


def test_nothing_is_seen_before_it_is_committed(url: str, tmp_path: Path) -> None:
    store = Remote(url, tmp_path)
    store.stage("a/1.pdf", b"one")
    store.stage("a/2.pdf", b"two, and more")
    assert contents(url) == {}
    stamps = store.commit()
    assert {name: store.look(name) for name in ("a/1.pdf", "a/2.pdf")} == stamps
    assert store.read("a/2.pdf") == b"two, and more"
    assert store.look("a") is None
    assert store.look("a/3.pdf") is None
    store.stage("a/3.pdf", b"three")
    store.discard()
    assert store.commit() == {}
    assert set(contents(url)) == {"a/1.pdf", "a/2.pdf"}
    store.remove("a/1.pdf")
    store.remove("a/1.pdf")
    assert set(contents(url)) == {"a/2.pdf"}


def test_more_than_memory_should_hold_is_staged_on_disk(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.remote._IN_MEMORY", 100)
    store = Remote(url, tmp_path)
    for number in range(9):
        store.stage(f"{number}.pdf", bytes([number]) * 40)
    assert len(store.commit()) == 9
    assert store.read("8.pdf") == bytes([8]) * 40


def test_one_listing_answers_for_all(url: str, tmp_path: Path) -> None:
    writer = Remote(url, tmp_path)
    for number in range(7):
        writer.stage(f"{number}.pdf", b"x" * number)
    stamps = writer.commit()
    reader = Remote(url, tmp_path)
    reader.survey()
    reader.objects.look = None  # type: ignore[assignment,method-assign]
    assert {name: reader.look(name) for name in stamps} == stamps
    assert reader.look("8.pdf") is None
    reader.close()


def test_pages_of_a_listing(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Remote(url, tmp_path)
    for number in range(5):
        store.stage(f"{number}.pdf", b"x")
    store.commit()
    objects, asked = store.objects, []
    whole = objects._page

    def small(count: int, token: str) -> object:
        asked.append(token)
        return whole(2, token)

    monkeypatch.setattr(objects, "_page", small)
    assert [one.name for one in objects.listing()] == [f"{n}.pdf" for n in range(5)]
    assert len(asked) == 3


def test_more_objects_than_one_page_holds(url: str, tmp_path: Path) -> None:
    store = Remote(url, tmp_path)
    stamps = store.objects.put([(f"{number % 7}/{number:04}.pdf", b"x") for number in range(1003)])
    store.survey()
    store.objects.look = None  # type: ignore[assignment,method-assign]
    found = [store.look(f"{number % 7}/{number:04}.pdf") for number in range(1003)]
    assert found == stamps
    assert store.look("0/1004.pdf") is None
    store.close()


def test_the_service_knows_the_digest_of_what_it_has(url: str, tmp_path: Path) -> None:
    store = Remote(url, tmp_path)
    store.stage("1.pdf", b"one")
    store.commit()
    assert store.objects.sha256("1.pdf") == hashlib.sha256(b"one").hexdigest()
    import fsspec

    fsspec.filesystem("s3").pipe_file(f"{url}/1.pdf", b"changed")
    assert store.objects.sha256("1.pdf") == ""
    assert store.digest("1.pdf") == hashlib.sha256(b"changed").hexdigest()


def test_written_unchanged_changed_by_hand(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    import fsspec

    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        first = batch(project, world, store, tasks())
    assert (first.written, first.failed) == (8, 0)
    wanted = contents(url)
    assert set(wanted) == {one.path for one in tasks()}
    fsspec.filesystem("s3").pipe_file(f"{url}/default/0.pdf", b"my own")
    fsspec.filesystem("s3").rm_file(f"{url}/willow/1.pdf")
    with opened(url, world) as store:
        second = batch(project, world, store, tasks())
    assert second.counts.unchanged == 6
    assert second.counts.refused == 1
    assert dict(second.counts.causes) == {"file is missing": 1}
    assert second.written == 1
    assert Remote(url, tmp_path).read("default/0.pdf") == b"my own"
    with opened(url, world) as store:
        third = batch(project, world, store, tasks(), force=True)
    assert third.written == 1
    assert contents(url) == wanted
    with opened(url, world) as store:
        fourth = batch(project, world, store, tasks(2), prune=True)
    assert (fourth.counts.orphans, fourth.pruned, fourth.written) == (4, 4, 0)
    assert set(contents(url)) == {one.path for one in tasks(2)}


def test_what_was_changed_while_the_batch_ran_is_not_pruned(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    import fsspec

    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        batch(project, world, store, tasks(3))
    left = tasks(2)
    with opened(url, world) as store:
        asked = Source(project, world, lambda _: left)
        with prepare(asked, store, Options(prune=True)) as prepared:
            fsspec.filesystem("s3").pipe_file(f"{url}/willow/2.pdf", b"my own")
            done = execute(prepared, LocalEngine(processes=1))
    assert (done.pruned, done.kept_orphans) == (1, 1)
    assert set(contents(url)) == {*(one.path for one in left), "willow/2.pdf"}


def test_a_bucket_that_was_copied_is_recognised_by_the_services_digests(
    url: str,
    project: Project,
    real_world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        batch(project, world, store, tasks(1))
    with closing(sqlite3.connect(home_of(url, world) / "manifest.sqlite")) as manifest, manifest:
        manifest.execute("UPDATE output SET mark = '\"another-7\"'")
    manifest.close()
    with opened(url, world) as store:
        read: list[str] = []
        real = store.objects.get

        def get(name: str) -> bytes:
            read.append(name)
            return real(name)

        monkeypatch.setattr(store.objects, "get", get)
        again = batch(project, world, store, tasks(1))
        assert [name for name in read if name.endswith(".pdf")] == []
    assert (again.counts.unchanged, again.counts.refused) == (2, 0)


def test_another_machine_goes_on_with_the_manifest(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    with opened(url, here) as store:
        batch(project, here, store, tasks(2))
    with opened(url, there) as store:
        second = batch(project, there, store, tasks(3))
    assert (second.counts.unchanged, second.written) == (4, 2)
    with opened(url, here) as store:
        third = batch(project, here, store, tasks(3))
    assert (third.counts.unchanged, third.written, third.counts.refused) == (6, 0, 0)


def test_two_machines_at_once(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    with opened(url, here) as store:
        mine = store.owned("mine")
        with pytest.raises(HandoutsError) as refused, opened(url, there):
            pass
        assert [one.code for one in refused.value.diagnostics] == ["batch-running"]
        late = Remote(url, home_of(url, there))
        with pytest.raises(HandoutsError):
            late.owned("theirs")
        with mine.turn():
            pass
    assert signed(Remote(url, tmp_path).objects) == {}
    with pytest.raises(Superseded), mine.turn():
        pass
    with opened(url, there) as store:
        assert batch(project, there, store, tasks(1)).written == 2


def test_who_only_prunes_has_the_place_to_himself_too(
    url: str, project: Project, real_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    with opened(url, here) as store:
        batch(project, here, store, tasks(2))
    meanwhile = []

    def pruned(manifest: Manifest, store: Store) -> Iterator[tuple[str, bool]]:
        with pytest.raises(HandoutsError) as refused, opened(url, there):
            pass
        meanwhile.append(refused.value.diagnostics[0].code)
        return prune.pruned(manifest, store)

    monkeypatch.setattr(coordinate, "pruned", pruned)
    with opened(url, here) as store:
        summary = batch(project, here, store, tasks(1), prune=True)
    assert (summary.written, summary.pruned, meanwhile) == (0, 2, ["batch-running"])
    # Others know what is gone.
    with opened(url, there) as store:
        later = batch(project, there, store, tasks(1))
    assert (later.counts.unchanged, later.counts.orphans) == (2, 0)


def test_a_lock_this_machine_left_is_taken_over(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    world = at(real_world, tmp_path)
    dead = Remote(url, home_of(url, world)).owned("dead")
    with opened(url, world) as store:
        assert batch(project, world, store, tasks(1)).written == 2
    with pytest.raises(Superseded), dead.turn():
        pass
    worker = Worker(Payload(project, world, dead, {}))
    said = [one.diagnostics[0].code for one in worker.run(next(chunks(1, 2)))]
    assert said == ["superseded", "superseded"]


def test_a_lock_this_machine_left_is_taken_away_when_there_is_nothing_to_do(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    here, there = at(real_world, tmp_path), at(real_world, tmp_path / "other")
    with opened(url, here) as store:
        assert batch(project, here, store, tasks(1)).written == 2
    Remote(url, home_of(url, here)).owned("dead")  # Killed after its last file was written.
    objects = Remote(url, tmp_path).objects
    dead = {**signed(objects), "pid": 1}
    objects.put([(LOCK, json.dumps(dead).encode())])
    options = Options(dry=True)
    with (
        opened(url, here) as store,
        prepare(Source(project, here, lambda _: tasks(1)), store, options) as prepared,
    ):
        assert execute(prepared, LocalEngine(processes=1)).counts.unchanged == 2
    assert signed(objects) == dead
    with pytest.raises(HandoutsError), opened(url, there):
        pass
    with opened(url, here) as store:
        assert batch(project, here, store, tasks(1)).counts.unchanged == 2
    assert signed(objects) == {}
    with opened(url, there) as store:
        assert batch(project, there, store, tasks(1)).counts.unchanged == 2


def test_a_lock_that_cannot_be_taken_away_is_told(
    url: str, project: Project, real_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Objects, name: str) -> None:
        raise PermissionError(errno.EACCES, "Access Denied")

    world, told = at(real_world, tmp_path), []
    with monkeypatch.context() as patch:
        patch.setattr(Objects, "remove", refused)
        with opened(url, world, told.append) as store:
            assert batch(project, world, store, tasks(1)).written == 2
    assert [one.code for one in told] == ["lock-stays"]
    assert f"{url}/{LOCK} could not be removed (Access Denied)" in told[0].message
    with opened(url, world, told.append) as store:
        assert batch(project, world, store, tasks(1)).counts.unchanged == 2
    assert len(told) == 1
    assert signed(Remote(url, tmp_path).objects) == {}


def test_another_folder_of_the_same_name_is_another(
    url: str, real_world: World, tmp_path: Path
) -> None:
    world = at(real_world, tmp_path)
    home = home_of(url, world)
    running = Remote(url, home).owned("mine")
    (home / "name").unlink()  # As in a second container made from the same image.
    with pytest.raises(HandoutsError) as refused, opened(url, world):
        pass
    assert [one.code for one in refused.value.diagnostics] == ["batch-running"]
    with running.turn():
        pass


def test_killed_in_the_middle_it_goes_on(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    program = textwrap.dedent(
        f"""
        import sys; sys.path.insert(0, {str(ROOT)!r})
        from dataclasses import replace
        from datetime import date
        from pathlib import Path
        from tests.batch.test_remote import batch, load, opened, tasks
        from handouts.world import World
        world = World(Path({str(tmp_path)!r}), date(2026, 3, 2), {{}})
        project = load(world, project=None, brands=("default", "willow"), languages=["es"],
                       layouts=["benefits-flyer"])
        with opened({url!r}, world) as store:
            batch(project, world, store, tasks(60))
        """
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    looking = Remote(url, tmp_path)
    wait_until(lambda: any(one.name.endswith(".pdf") for one in looking.objects.listing()))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = contents(url)
    assert 0 < len(before) < 120
    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        rest = batch(project, world, store, tasks(60))
    assert rest.counts.refused == 0
    assert rest.failed == 0
    found = contents(url)
    assert found == {**found, **before}
    assert set(found) == {one.path for one in tasks(60)}
    assert len(set(found.values())) == 2, "the same sheet has the same bytes"
    assert Remote(url, tmp_path).objects.look(COPY) is not None
    assert Remote(url, tmp_path).objects.look(LOCK) is None


def test_a_cluster_writes_there_too(
    url: str, real_project: Project, real_world: World, tmp_path: Path
) -> None:
    work = [one for chunk in chunks(4, 3) for one in chunk.tasks]
    wanted = local(real_project, real_world, tmp_path / "here", chunks(4, 3))
    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        engine = ClusterEngine(processes=1)
        done = batch(real_project, world, store, work, engine=engine)
    assert (done.written, done.failed) == (12, 0)
    assert contents(url) == wanted
    with opened(url, world) as store:
        assert batch(real_project, world, store, work).counts.unchanged == 12


def test_a_slower_place_gets_a_hidden_name_first(tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    store = Remote("memory://slow/place", tmp_path, "token")
    store.stage("a/1.pdf", b"one")
    store.stage("2.pdf", b"two")
    stamps = store.commit()
    assert set(memory.find("/slow")) == {"/slow/place/a/1.pdf", "/slow/place/2.pdf"}
    assert {name: store.look(name) for name in stamps} == stamps
    memory.pipe_file("/slow/place/a/.handouts-0123.part", b"of a killed worker")
    assert store.sweep(["2.pdf"]) == 0
    assert store.sweep(["2.pdf", "a/1.pdf"]) == 1
    store.survey()
    assert store.look("a/1.pdf") == stamps["a/1.pdf"]
    memory.pipe_file("/slow/place/a/1.pdf", b"one")
    assert Remote(store.url, tmp_path).look("a/1.pdf") != stamps["a/1.pdf"]
    store.remove("a/1.pdf")
    assert not memory.exists("/slow/place/a")
    assert store.digest("2.pdf") == hashlib.sha256(b"two").hexdigest()
    store.close()


def test_a_folder_behind_a_url(project: Project, real_world: World, tmp_path: Path) -> None:
    world, place = at(real_world, tmp_path / "here"), tmp_path / "place"
    url = place.as_uri()
    with opened(url, world) as store:
        assert batch(project, world, store, tasks(1)).written == 2
        assert signed(store.objects)["host"]
    assert signed(Remote(url, tmp_path).objects) == {}
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert found == {"default/0.pdf", "willow/0.pdf", COPY}
    with opened(url, world) as store:
        again = batch(project, world, store, tasks(1))
    assert (again.counts.unchanged, again.written, again.failed) == (2, 0, 0)
    there = at(real_world, tmp_path / "there")
    with opened(url, world) as store:
        store.owned("mine")
        with pytest.raises(HandoutsError) as refused, opened(url, there):
            pass
    assert [one.code for one in refused.value.diagnostics] == ["batch-running"]
    with opened(url, there) as store:
        pruned = batch(project, there, store, tasks(1)[:1], prune=True)
    assert (pruned.counts.unchanged, pruned.pruned) == (1, 1)
    assert not (place / "willow").exists()


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "empty", "nothing inside"])
def test_a_damaged_copy_of_the_manifest_is_put_aside(
    damage: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    url = (tmp_path / "place").as_uri()
    with opened(url, here) as store:
        batch(project, here, store, tasks(1))
    copy = tmp_path / "place" / COPY
    data = copy.read_bytes()
    flipped = data[:20] + bytes(255 - one for one in data[20:40]) + data[40:]
    copy.write_bytes(
        {
            "cut": data[:100],
            "flipped": flipped,
            "text": b"not gzip",
            "empty": b"",
            "nothing inside": gzip.compress(b""),
        }[damage]
    )
    wanted = Source(project, there, lambda _: tasks(1))
    with opened(url, there) as store:
        with prepare(wanted, store, Options()) as prepared:
            assert [one.code for one in prepared.diagnostics] == ["manifest-damaged"]
            done = execute(prepared, LocalEngine(processes=1))
        assert len(list(store.home.glob("manifest-damaged-*"))) == 1
    assert (done.written, done.counts.refused) == (2, 0)
    with opened(url, here) as store:
        again = batch(project, here, store, tasks(1))
    assert (again.counts.unchanged, again.counts.refused) == (2, 0)


def test_a_manifest_that_cannot_be_taken_along_is_nobody_elses_old_one(
    url: str, project: Project, real_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    third = at(real_world, tmp_path / "third")
    for world in (here, there):
        with opened(url, world) as store:
            batch(project, world, store, tasks(1))

    def full(home: Path) -> bytes:
        raise sqlite3.OperationalError("database or disk is full")

    # Files are written that only the manifest of this machine knows.
    import fsspec

    fsspec.filesystem("s3").rm_file(f"{url}/willow/0.pdf")
    with monkeypatch.context() as patch, opened(url, here) as store:
        patch.setattr(remote_home, "_snapshot", full)
        assert batch(project, here, store, tasks(2)).written == 3
    assert signed(Remote(url, tmp_path).objects) == {}
    assert Remote(url, tmp_path).objects.look(COPY) is None
    with opened(url, here) as store:
        own = batch(project, here, store, [])
        assert (own.counts.orphans, own.counts.refused) == (4, 0)
        mine = batch(project, here, store, tasks(2))
    assert (mine.counts.unchanged, mine.counts.refused) == (4, 0)
    # The other one had a manifest from before, and nobody one to begin with.
    for world, unchanged in ((there, 0), (third, 4), (here, 4), (there, 4)):
        with opened(url, world) as store:
            other = batch(project, world, store, tasks(2))
        assert (other.counts.unchanged, other.counts.refused) == (unchanged, 0)


def test_whoever_looked_before_a_copy_was_removed_begins_anew(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    here, there = at(real_world, tmp_path / "here"), at(real_world, tmp_path / "there")
    for world in (here, there):
        with opened(url, world) as store:
            batch(project, world, store, tasks(1 + (world is there)))
    with opened(url, there) as late:
        remote_home._withdraw(Remote(url, home_of(url, here)))
        with pytest.raises(HandoutsError) as refused:
            late.owned("late")
    assert [one.code for one in refused.value.diagnostics] == ["batch-running"]
    assert signed(Remote(url, tmp_path).objects) == {}


def test_killed_between_the_copy_and_the_note_of_it_it_goes_on(
    url: str, project: Project, real_world: World, tmp_path: Path
) -> None:
    world = at(real_world, tmp_path)
    with opened(url, world) as store:
        batch(project, world, store, tasks(1))
    left = Remote(url, home_of(url, world)).owned("dead")
    left.objects.put([(COPY, b"the copy, of which nobody noted here that it came to be there")])
    with opened(url, world) as store:
        assert batch(project, world, store, tasks(2)).written == 2


def test_a_place_can_be_looked_at_afresh(url: str, tmp_path: Path) -> None:
    store = Remote(url, tmp_path)
    store.survey()
    worker = Remote(url, tmp_path)
    worker.stage("1.pdf", b"one")
    stamps = worker.commit()
    assert store.look("1.pdf") is None
    assert store.look_now("1.pdf") == stamps["1.pdf"]
    assert store.look_now("2.pdf") is None
    store.close()


def test_where_nothing_can_be_written(server: str, real_world: World, tmp_path: Path) -> None:
    world = at(real_world, tmp_path)
    for url, code in (
        ("s3://no-such-bucket-here/out", "no-such-store"),
        ("nonsense://host/out", "unknown-store"),
        ("sftp://host/out", "missing-library"),
    ):
        with pytest.raises(HandoutsError) as refused, opened(url, world):
            pass
        assert [one.code for one in refused.value.diagnostics] == [code]


def test_a_server_that_does_not_answer(
    server: str, real_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    import s3fs  # type: ignore[import-untyped]

    s3fs.S3FileSystem.clear_instance_cache()
    try:
        with pytest.raises(HandoutsError) as refused, opened("s3://b/x", at(real_world, tmp_path)):
            pass
    finally:
        s3fs.S3FileSystem.clear_instance_cache()
    assert [one.code for one in refused.value.diagnostics] == ["store-unreachable"]


def test_a_write_that_fails_is_that_files_own(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Remote(url, tmp_path)
    fs = store.objects._fs
    real = fs._pipe_file

    async def moody(path: str, data: bytes, **more: object) -> object:
        if path.endswith("2.pdf"):
            raise RuntimeError("the service is in a mood")
        return await real(path, data, **more)

    monkeypatch.setattr(fs, "_pipe_file", moody)
    store.stage("1.pdf", b"one")
    store.stage("2.pdf", b"two")
    done = store.commit()
    assert isinstance(done["1.pdf"], Stamp)
    assert isinstance(done["2.pdf"], OSError)
    assert "in a mood" in str(done["2.pdf"])
    store.stage("2.pdf", b"two")
    with pytest.raises(OSError, match="in a mood"):
        store.commit()
