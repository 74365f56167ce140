"""Outputs nobody asks for any more: which of them there are, and which may go."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch.events import Finished, Source, Told
from handouts.batch.folder import Folder
from handouts.batch.trouble import file_trouble
from handouts.diagnostics import ExitCode
from handouts.model.batch import Task
from tests.batch.scenes import LAYOUT, batch, clinic, clinics, files, planned, source, tasks_of


def under(folder: str, count: int) -> Source:
    """The clinics' files in another folder."""
    rows = clinics(count)
    tasks = [Task(f"{folder}/{one.path}", one.job) for one in tasks_of(rows, ("en",))]
    return source(rows, ("en",), tasks=lambda good: iter(tasks))


@pytest.mark.parametrize("at_once", [True, False])
def test_a_file_that_is_asked_for_by_another_name_is_not_pruned(
    tmp_path: Path, at_once: bool
) -> None:
    """As on a disk that takes capitals for small letters, or where a folder became a link."""
    batch(tmp_path, under("Flyers", 2))
    (tmp_path / "Flyers").rename(tmp_path / "flyers")
    (tmp_path / "Flyers").symlink_to("flyers")
    if not at_once:
        batch(tmp_path, under("flyers", 2))
    made, _ = batch(tmp_path, under("flyers", 2), prune=True)
    assert (made.pruned, made.kept_orphans, made.counts.orphans) == (0, 0, 0)
    names = {name for name in files(tmp_path / "flyers") if name.endswith(".pdf")}
    assert names == {f"clinic-00{n}/{LAYOUT}-en-A4.pdf" for n in (1, 2)}
    with planned(tmp_path, under("flyers", 2)) as prepared:
        assert (prepared.counts.unchanged, prepared.counts.orphans) == (2, 0)


def test_what_somebody_removed_is_no_longer_counted(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(3)))
    for path in (tmp_path / "clinic-003").iterdir():
        path.unlink()
    with planned(tmp_path, source(clinics(1)), dry=True) as prepared:
        assert prepared.counts.orphans == 2
    summary, _ = batch(tmp_path, source(clinics(1)), prune=True)
    assert summary.pruned == 2
    with planned(tmp_path, source(clinics(3))) as prepared:
        assert prepared.counts.causes == {"never written": 4}


def test_what_failed_and_is_not_asked_for_now_is_nobodys_problem(tmp_path: Path) -> None:
    long = clinic(2, **{"contact.email": "x" * 3000 + "@example"})
    first, _ = batch(tmp_path, source([clinic(1), long]))
    assert first.failed == 2
    with planned(tmp_path, source(clinics(1))) as prepared:
        assert prepared.counts.orphans == 0
        assert not any(one.diagnostics for one in prepared.listed())
    # The same for one that was there before it failed.
    batch(tmp_path, source(clinics(2)))
    assert batch(tmp_path, source([clinic(1), long]))[0].failed == 2
    with planned(tmp_path, source(clinics(1))) as prepared:
        listed = list(prepared.listed())
    assert [one.status for one in listed] == ["unchanged"] * 2 + ["orphan"] * 2
    assert not any(one.diagnostics for one in listed)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_begun_when_one_failed_is_counted_and_listed(
    tmp_path: Path, processes: int
) -> None:
    rows = clinics(200)
    rows[5] = clinic(6, **{"contact.email": "x" * 3000 + "@example"})
    with planned(tmp_path, source(rows), fail_fast=True) as prepared:
        from handouts.batch.engines.local import LocalEngine
        from handouts.batch.run import execute

        events: list[object] = []
        summary = execute(prepared, LocalEngine(processes), events.append)
        listed = [one.status for one in prepared.listed()]
    there = len(files(tmp_path))
    assert summary.stopped is not None
    assert summary.skipped > 0
    assert summary.written == listed.count("written") == there
    finished = [one.outcome.status for one in events if isinstance(one, Finished)]
    assert finished.count("written") == there
    again, _ = batch(tmp_path, source(clinics(200)))
    assert again.written == 400 - there


def test_a_name_too_long_is_not_the_disks_fault(tmp_path: Path) -> None:
    trouble = file_trouble(OSError(errno.ENAMETOOLONG, "File name too long"), "o", everywhere=True)
    assert trouble.code == "name-too-long"


def test_two_names_of_one_file(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    (tmp_path / "a").touch()
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    (tmp_path / "c").touch()
    assert store.same("a", "b")
    assert not store.same("a", "c")
    assert not store.same("a", "gone")
    assert replace(store).same("a", "a")


def test_what_may_not_be_removed_does_not_keep_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(tmp_path, source(clinics(3)))
    remove = Folder.remove

    def guarded(self: Folder, path: str) -> None:
        if path.startswith("clinic-002/"):
            raise PermissionError(errno.EPERM, "Operation not permitted")
        remove(self, path)

    monkeypatch.setattr(Folder, "remove", guarded)
    for pruned in (2, 0):
        summary, events = batch(tmp_path, source(clinics(1)), prune=True)
        assert (summary.pruned, summary.kept_orphans, summary.stopped) == (pruned, 2, None)
        told = [one.diagnostic for one in events if isinstance(one, Told)]
        assert [one.code for one in told] == ["not-writable"] * 2
        assert "clinic-002/" in told[0].message
        assert summary.exit_code == ExitCode.FILE
    monkeypatch.setattr(Folder, "remove", remove)
    assert batch(tmp_path, source(clinics(1)), prune=True)[0].pruned == 2
