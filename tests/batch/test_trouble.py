"""Disks that fill up, manifests that are damaged, folders that are none, and two at once."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from handouts.batch import folder as folder_module
from handouts.batch.events import Cause
from handouts.batch.folder import HIDDEN, Folder
from handouts.batch.intact import is_intact
from handouts.batch.lock import acquire, turn
from handouts.batch.manifest import FILE
from handouts.batch.store import Superseded
from handouts.batch.trouble import file_trouble
from handouts.diagnostics import ExitCode, HandoutsError
from tests.batch.scenes import LAYOUT, batch, clinics, files, leftovers, planned, source

ROOT = Path(__file__).parents[2]
FIRST = f"clinic-001/{LAYOUT}-en-A4.pdf"


def code(error: pytest.ExceptionInfo[HandoutsError]) -> str:
    (one,) = error.value.diagnostics
    assert one.hint
    return one.code


def whole(folder: Path) -> bool:
    return all(is_intact((folder / path).read_bytes()) for path in files(folder))


@pytest.mark.parametrize(("number", "said"), [(errno.EIO, "disk"), (errno.EACCES, "who may")])
def test_what_to_look_after_when_nothing_can_be_reached(number: int, said: str) -> None:
    found = file_trouble(OSError(number, os.strerror(number)), "out", everywhere=True)
    assert found.code == "disk-error"
    assert said in found.hint


def test_a_full_disk_stops_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(tmp_path / "good", source(clinics(20)))
    room = [13]
    write = folder_module._write_all

    def limited(*args: object) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(folder_module, "_write_all", limited)
    summary, _ = batch(tmp_path / "cut", source(clinics(20)))
    assert summary.stopped is not None
    assert (summary.stopped.code, summary.exit_code) == ("disk-full", ExitCode.FILE)
    written = len(files(tmp_path / "cut"))
    assert 0 < written <= 13
    assert (summary.written, summary.failed, summary.skipped) == (written, 0, 40 - written)
    assert whole(tmp_path / "cut")
    assert leftovers(tmp_path) == []
    monkeypatch.undo()
    summary, _ = batch(tmp_path / "cut", source(clinics(20)))
    assert dict(summary.by_cause) == {Cause.INTERRUPTED: 40 - written}
    assert files(tmp_path / "cut") == files(tmp_path / "good")


LIMITED = f"""
import resource, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.batch.scenes import batch, clinics, source, project
if __name__ == "__main__":
    project()
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    summary, _ = batch(Path(sys.argv[1]), source(clinics(2)), processes=int(sys.argv[2]))
    print(summary.stopped.code, summary.written, int(summary.exit_code))
"""


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_limit_of_the_system_leaves_nothing_half(tmp_path: Path, processes: str) -> None:
    script = tmp_path / "limited.py"
    script.write_text(LIMITED)
    done = subprocess.run(
        [sys.executable, script, tmp_path / "out", processes],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["disk-full", "0", "4"], done.stderr
    assert files(tmp_path / "out") == {}
    assert leftovers(tmp_path / "out") == []
    summary, _ = batch(tmp_path / "out", source(clinics(2)))
    assert (summary.written, summary.exit_code) == (4, ExitCode.OK)


def test_a_manifest_that_cannot_grow_stops_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(tmp_path, source(clinics(1)))
    with planned(tmp_path, source(clinics(300), ("en",))) as prepared:
        from handouts.batch.engines.local import LocalEngine
        from handouts.batch.run import execute

        (pages,) = prepared.manifest.db.execute("PRAGMA page_count").fetchone()
        prepared.manifest.db.execute(f"PRAGMA max_page_count={pages}")
        summary = execute(prepared, LocalEngine(1))
    assert summary.stopped is not None
    assert (summary.stopped.code, summary.written) == ("disk-full", 0)
    assert len(files(tmp_path)) == 2


DAMAGES = ("cut", "text", "empty", "header", "tables", "middle")
VALUES = (
    "UPDATE used SET value = CAST(x'5b22ff225d' AS TEXT) WHERE id = 1",
    "UPDATE used SET value = substr(value, 2)",
    "UPDATE used SET value = '[7]' WHERE id = 1",
    "UPDATE output SET said = '[{}]' WHERE rowid_ = 1",
    "UPDATE output SET size = 'many'",
    "UPDATE output SET claims = CAST(x'ff' AS TEXT)",
    "UPDATE output SET sha256 = 'no bytes'",
    "UPDATE batch SET date = x'00'",
)
"""Pages of the file that are whole, but do not say what we wrote."""


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_manifest_is_put_aside(tmp_path: Path, how: str) -> None:
    batch(tmp_path, source(clinics(3)))
    good = files(tmp_path)
    edited = tmp_path / FIRST
    edited.write_bytes(edited.read_bytes()[:-1])
    manifest = tmp_path / HIDDEN / FILE
    data = manifest.read_bytes()
    if how == "tables":
        with closing(sqlite3.connect(manifest)) as connection, connection:
            connection.execute("DROP TABLE used")
    else:
        damaged = {
            "cut": data[: len(data) // 2],
            "text": b"not a database\n" * 500,
            "empty": b"",
            "header": b"SQLite format 4\0" + data[16:],
            "middle": data[:5000] + b"\xff" * (len(data) - 6000) + data[-1000:],
        }
        manifest.write_bytes(damaged[how])
    with planned(tmp_path, source(clinics(3))) as prepared:
        told = [one.code for one in prepared.diagnostics]
        assert told == (["changed-by-hand"] if how == "empty" else ["manifest-damaged", told[-1]])
        assert prepared.counts.causes == {Cause.UNKNOWN: 5}
        assert prepared.counts.refused == 1
    aside = list((tmp_path / HIDDEN).glob("manifest-damaged-*"))
    assert len(aside) == (0 if how == "empty" else 1)
    summary, _ = batch(tmp_path, source(clinics(3)), force=True)
    assert (summary.written, files(tmp_path)) == (6, good)


@pytest.mark.parametrize("damage", VALUES)
def test_a_manifest_with_damaged_values_is_put_aside(tmp_path: Path, damage: str) -> None:
    batch(tmp_path, source(clinics(2)))
    good = files(tmp_path)
    with closing(sqlite3.connect(tmp_path / HIDDEN / FILE)) as connection, connection:
        connection.execute(damage.replace("rowid_ = 1", "brand = 'clinic-001'"))
    with planned(tmp_path, source(clinics(2))) as prepared:
        assert [one.code for one in prepared.diagnostics] == ["manifest-damaged"]
        assert prepared.counts.causes == {Cause.UNKNOWN: 4}
    summary, _ = batch(tmp_path, source(clinics(2)))
    assert (summary.written, files(tmp_path)) == (4, good)


def test_a_place_that_cannot_be_looked_at_costs_its_own_files(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(2)))
    (tmp_path / FIRST).unlink()
    (tmp_path / FIRST).symlink_to(Path(FIRST).name)
    with planned(tmp_path, source(clinics(3)), dry=True) as prepared:
        assert sum(prepared.counts.causes.values()) == 3
    summary, _ = batch(tmp_path, source(clinics(3)))
    assert (summary.written, dict(summary.failures)) == (2, {"link-in-the-way": 1})
    assert summary.first[0][0] == FIRST
    # And when nobody asks for it any more, it is none of ours.
    with planned(tmp_path, source(clinics(3)[1:]), prune=True) as prepared:
        assert (prepared.counts.orphans, prepared.counts.changed_orphans) == (2, 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_clinics_folder_of_somebody_else_costs_its_own_files(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(2)))
    (tmp_path / "clinic-001").chmod(0)
    try:
        summary, _ = batch(tmp_path, source(clinics(3)))
    finally:
        (tmp_path / "clinic-001").chmod(0o755)
    assert (summary.written, dict(summary.failures)) == (2, {"not-writable": 2})


def test_a_newer_manifest_is_refused(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(1)))
    with closing(sqlite3.connect(tmp_path / HIDDEN / FILE)) as connection, connection:
        connection.execute("PRAGMA user_version = 7")
    with pytest.raises(HandoutsError) as error:
        planned(tmp_path, source(clinics(1)))
    assert code(error) == "newer-manifest"
    assert (tmp_path / HIDDEN / FILE).exists()


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for path in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(HandoutsError) as error:
            planned(path, source(clinics(1)))
        assert code(error) == "file-in-the-way"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_nobody_may_write(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    for path in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(HandoutsError) as error:
            planned(path, source(clinics(1)))
        assert code(error) == "not-writable"


def test_one_target_in_the_way_fails_alone(tmp_path: Path) -> None:
    with planned(tmp_path, source(clinics(2))) as prepared:
        from handouts.batch.engines.local import LocalEngine
        from handouts.batch.run import execute

        (tmp_path / "clinic-001").write_text("a file where a folder should be")
        summary = execute(prepared, LocalEngine(1))
    assert dict(summary.failures) == {"file-in-the-way": 2}
    assert (summary.written, summary.exit_code) == (2, ExitCode.FILE)


def test_a_folder_in_a_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / FIRST).mkdir(parents=True)
    summary, _ = batch(tmp_path, source(clinics(1)))
    assert (summary.written, summary.counts.refused) == (1, 1)


def test_a_second_batch_is_refused_with_who_is_at_work(tmp_path: Path) -> None:
    with planned(tmp_path, source(clinics(1))):
        with pytest.raises(HandoutsError) as error:
            planned(tmp_path, source(clinics(1)))
        assert code(error) == "batch-running"
        assert f"process {os.getpid()} on " in str(error.value)
        with pytest.raises(HandoutsError):
            planned(tmp_path, source(clinics(1)), wait=0.3)
    with planned(tmp_path, source(clinics(1))) as prepared:
        assert prepared.counts.to_write == 2


def test_a_worker_of_a_batch_that_was_taken_over_does_nothing(tmp_path: Path) -> None:
    old = acquire(tmp_path / HIDDEN, "out")
    with turn(tmp_path / HIDDEN, old.token):
        pass
    old.release()
    new = acquire(tmp_path / HIDDEN, "out")
    with pytest.raises(Superseded), turn(tmp_path / HIDDEN, old.token):
        pass
    new.release()


def test_a_new_batch_waits_for_the_last_chunk_of_a_dead_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.lock._LAST_CHUNKS", 0.3)
    old = acquire(tmp_path / HIDDEN, "out")
    with turn(tmp_path / HIDDEN, old.token):
        old.release()  # The coordinator is dead, its worker is not.
        with pytest.raises(HandoutsError) as error:
            acquire(tmp_path / HIDDEN, "out")
        assert code(error) == "batch-running"
    acquire(tmp_path / HIDDEN, "out").release()


def test_without_syncfs_files_and_folders_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    drives: list[int] = []
    fsync = folder_module._fsync

    def noted(path: object, flags: int, *sync: Callable[[int], object]) -> None:
        if not sync:
            synced.append(str(path))
        fsync(str(path), flags, *sync)

    monkeypatch.setattr(folder_module, "_SYNCFS", None)
    monkeypatch.setattr(folder_module, "_FULLFSYNC", drives.append)
    monkeypatch.setattr(folder_module, "_fsync", noted)
    store = Folder(tmp_path)
    store.stage("a/b/one.pdf", b"1")
    store.stage("two.pdf", b"2")
    assert set(store.commit()) == {"a/b/one.pdf", "two.pdf"}
    assert sum(name.endswith(".part") for name in synced) == 2
    folders = {name for name in synced if not name.endswith(".part")}
    assert folders == {str(tmp_path / one) for one in ("", "a", "a/b")}
    assert store.read("a/b/one.pdf") == b"1"
    # And the drive, on macOS: for each folder of the group, before it has its names and after.
    assert len(drives) == 4


def test_a_link_that_leads_nowhere_is_left_alone(tmp_path: Path) -> None:
    out, away = tmp_path / "out", tmp_path / "away" / "deep" / "x.pdf"
    (out / "clinic-001").mkdir(parents=True)
    (out / FIRST).symlink_to(away)
    summary, _ = batch(out, source(clinics(1)))
    assert (summary.written, dict(summary.failures)) == (1, {"link-in-the-way": 1})
    assert summary.exit_code == ExitCode.FILE
    assert (out / FIRST).is_symlink()
    assert not (tmp_path / "away").exists()


def test_links_modes_and_leftovers(tmp_path: Path) -> None:
    store = Folder(tmp_path / "out")
    real = tmp_path / "elsewhere.pdf"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link.pdf").symlink_to(real)
    store.stage("link.pdf", b"new")
    store.commit()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "out" / "link.pdf").is_symlink()
    (tmp_path / "out" / "a").mkdir()
    draft = tmp_path / "out" / "a" / ".handouts-0123.part"
    draft.write_bytes(b"half")
    (tmp_path / "out" / "a" / "kept.part").write_bytes(b"not ours")
    assert store.sweep(["a/x.pdf", "a/y.pdf", "nowhere/z.pdf"]) == 1
    assert [one.name for one in (tmp_path / "out" / "a").iterdir()] == ["kept.part"]
