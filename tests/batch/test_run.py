"""What a second run does: only what changed, and why; nothing that is not ours is touched."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from handouts.batch.engines import Payload, Report
from handouts.batch.events import Cause, Event, Finished, Row, Told
from handouts.batch.folder import HIDDEN
from handouts.batch.manifest import FILE
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.model.batch import Chunk
from handouts.model.locale import LocaleString
from handouts.model.project import Project, ProjectFile
from tests.batch.scenes import (
    LAYOUT,
    batch,
    clinic,
    clinics,
    files,
    leftovers,
    planned,
    project,
    source,
    tasks_of,
)

FIRST = f"clinic-001/{LAYOUT}-en-A4.pdf"


def codes(error: pytest.ExceptionInfo[HandoutsError]) -> list[str]:
    return [one.code for one in error.value.diagnostics]


def changed(**changes: object) -> Project:
    return replace(project(), **changes)  # type: ignore[arg-type]


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    summary, events = batch(tmp_path, source(clinics(3)))
    assert (summary.written, summary.failed, summary.exit_code) == (6, 0, ExitCode.OK)
    assert dict(summary.by_cause) == {Cause.NEW: 6}
    assert len(files(tmp_path)) == 6
    assert {one.outcome.path for one in events if isinstance(one, Finished)} == set(files(tmp_path))
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in files(tmp_path)}
    summary, events = batch(tmp_path, source(clinics(3), day=date(2027, 1, 1)))
    assert (summary.written, summary.counts.unchanged, events) == (0, 6, [])
    assert before == {path: (tmp_path / path).stat().st_mtime_ns for path in files(tmp_path)}
    assert leftovers(tmp_path) == []


def test_each_change_is_told_and_only_it_is_made(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(3)))
    rows = clinics(3)
    rows[1] = clinic(2, **{"contact.web": "clinic2.example"})
    summary, events = batch(tmp_path, source(rows))
    told = {str(one.reason) for one in events if isinstance(one, Finished)}
    assert (summary.written, told) == (2, {"brand changed: clinic-002"})
    (tmp_path / FIRST).unlink()
    summary, _ = batch(tmp_path, source(rows))
    assert dict(summary.by_cause) == {Cause.MISSING: 1}
    summary, _ = batch(tmp_path, source([*rows, clinic(4)]))
    assert dict(summary.by_cause) == {Cause.NEW: 2}


def test_a_text_concerns_only_the_sheets_that_show_it(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(2)))
    german = project().locales["de"]
    shown = next(one for one in _strings(tmp_path) if one[0] == "de")[1]
    other = next(name for name in german.strings if ("de", name) not in _strings(tmp_path))
    for name, count in ((other, 0), (shown, 2)):
        text = replace(german.strings[name], text=german.strings[name].text + ".")
        locales = {
            **project().locales,
            "de": replace(german, strings={**german.strings, name: text}),
        }
        asked = source(clinics(2), project=changed(locales=locales))
        with planned(tmp_path, asked) as prepared:
            assert prepared.counts.to_write == count
            assert set(prepared.counts.causes) <= {Cause.STRINGS}
            reasons = {one.reason for one in prepared.listed() if one.reason}
            assert reasons == ({"texts changed: de"} if count else set())


def _strings(folder: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(folder / HIDDEN / FILE)) as connection, connection:
        values = connection.execute("SELECT value FROM used").fetchall()
    import json

    return {tuple(one) for (text,) in values for one in json.loads(text) if isinstance(one, list)}


def with_class(**values: str) -> ProjectFile:
    settings = project().settings
    return settings.model_copy(update={"class_": settings.class_.model_copy(update=dict(values))})


def test_what_only_says_which_sheets_there_are_changes_none(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(1)))
    others = {"output": "elsewhere", "languages": ("en", "de"), "paper": "A4", "brand": "base"}
    settings = project().settings.model_copy(update=others)
    with planned(tmp_path, source(clinics(1), project=changed(settings=settings))) as prepared:
        assert prepared.counts.unchanged == 2


def test_layout_catalogue_program_and_options_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(tmp_path, source(clinics(1)))
    layout = project().layouts[LAYOUT]
    gap = layout.model_copy(update={"max_pages": 2})
    changes: list[tuple[Project, Cause]] = [
        (changed(layouts={LAYOUT: gap}), Cause.LAYOUT),
        (changed(catalogue=replace(project().catalogue, edition="another")), Cause.CATALOGUE),
        (changed(settings=with_class(bring="A towel")), Cause.OPTIONS),
    ]
    for other, cause in changes:
        with planned(tmp_path, source(clinics(1), project=other)) as prepared:
            assert prepared.counts.causes == {cause: 2}
    monkeypatch.setattr("handouts.batch.inputs.program", lambda: (("handouts", "99"),))
    with planned(tmp_path, source(clinics(1))) as prepared:
        assert prepared.counts.causes == {Cause.PROGRAM: 2}


def test_a_state_of_a_translation_counts(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(1)))
    german = project().locales["de"]
    name = next(one for one in _strings(tmp_path) if one[0] == "de")[1]
    before = german.strings[name]
    assert isinstance(before, LocaleString)
    status = replace(before, stale=not before.stale)
    locales = {**project().locales, "de": replace(german, strings={**german.strings, name: status})}
    with planned(tmp_path, source(clinics(1), project=changed(locales=locales))) as prepared:
        assert prepared.counts.causes == {Cause.STRINGS: 1}


def test_orphans_are_listed_and_removed_when_asked(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(3)))
    edited = tmp_path / f"clinic-003/{LAYOUT}-de-A4.pdf"
    edited.write_bytes(edited.read_bytes() + b"\n% a note")
    with planned(tmp_path, source(clinics(1))) as prepared:
        assert (prepared.counts.orphans, prepared.counts.changed_orphans) == (4, 1)
        listed = list(prepared.listed())
    assert [one.status for one in listed] == ["unchanged"] * 2 + ["orphan"] * 4
    assert {one.path for one in listed[2:]} == set(files(tmp_path)) - _of(1)
    assert [one.path for one in listed if one.reason == "changed by hand"] == [
        edited.relative_to(tmp_path).as_posix()
    ]
    summary, _ = batch(tmp_path, source(clinics(1)))
    assert summary.pruned == 0
    assert len(files(tmp_path)) == 6
    summary, events = batch(tmp_path, source(clinics(1)), prune=True)
    assert (summary.pruned, summary.kept_orphans) == (3, 1)
    assert [one.diagnostic.code for one in events if isinstance(one, Told)] == ["orphan-changed"]
    assert set(files(tmp_path)) == _of(1) | {edited.relative_to(tmp_path).as_posix()}
    assert not (tmp_path / "clinic-002").exists()


def _of(count: int) -> set[str]:
    return {one.path for one in tasks_of(clinics(count))}


def test_what_a_first_run_left_when_it_was_cut_off_can_be_pruned(tmp_path: Path) -> None:
    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    def enough(event: object) -> None:
        raise KeyboardInterrupt

    with planned(tmp_path, source(clinics(12))) as prepared:
        execute(prepared, LocalEngine(1), enough)
    there = set(files(tmp_path)) - _of(1)
    assert there
    with planned(tmp_path, source(clinics(1))) as prepared:
        # Those that were never reached are nobody's concern.
        assert prepared.counts.orphans == len(there)
    summary, _ = batch(tmp_path, source(clinics(1)), prune=True)
    assert summary.pruned == len(there)
    assert set(files(tmp_path)) == _of(1)


def test_nothing_is_pruned_while_a_row_is_bad(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(2)))
    bad = Row(None, (Diagnostic("bad-colour", "no colour"),))
    asked = replace(source(()), rows=(Row(clinic(1)), bad))
    summary, events = batch(tmp_path, asked, prune=True)
    assert [one.diagnostic.code for one in events if isinstance(one, Told)] == ["not-pruned"]
    assert (summary.pruned, summary.counts.bad_rows, len(files(tmp_path))) == (0, 1, 4)
    assert summary.exit_code == ExitCode.CONTENT
    with pytest.raises(HandoutsError) as error:
        planned(tmp_path, asked, fail_fast=True)
    assert codes(error) == ["bad-colour"]


def test_a_file_changed_by_hand_stays_unless_forced(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(2)))
    good = files(tmp_path)
    target = tmp_path / FIRST
    data = bytearray(target.read_bytes())
    data[1000] ^= 1
    target.write_bytes(data)
    mine = files(tmp_path)
    rows = [clinic(1, **{"contact.web": "x.example"}), clinic(2)]
    summary, _ = batch(tmp_path, source(rows))
    assert (summary.written, summary.counts.refused) == (1, 1)
    assert summary.exit_code == ExitCode.FILE
    assert files(tmp_path)[FIRST] == mine[FIRST]
    with planned(tmp_path, source(clinics(2))) as prepared:
        assert [one.code for one in prepared.diagnostics] == ["changed-by-hand"]
        assert next(prepared.listed()).status == "refused"
    with pytest.raises(HandoutsError) as error:
        planned(tmp_path, source(clinics(2)), fail_fast=True)
    assert codes(error) == ["changed-by-hand"]
    summary, events = batch(tmp_path, source(clinics(2)), force=True)
    assert summary.by_cause[Cause.FORCED] == 1
    assert any(one.overwrote for one in events if isinstance(one, Finished))
    assert files(tmp_path) == good


def test_a_file_of_somebody_else_stays_too(tmp_path: Path) -> None:
    target = tmp_path / FIRST
    target.parent.mkdir()
    target.write_bytes(b"%PDF-1.7 mine")
    summary, _ = batch(tmp_path, source(clinics(1)))
    assert (summary.written, summary.counts.refused) == (1, 1)
    assert target.read_bytes() == b"%PDF-1.7 mine"


def test_a_file_that_changes_while_the_batch_runs_stays(tmp_path: Path) -> None:
    batch(tmp_path, source(clinics(1)))
    rows = [clinic(1, **{"contact.web": "x.example"})]
    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    with planned(tmp_path, source(rows)) as prepared:
        (tmp_path / FIRST).write_bytes(b"edited just now")
        summary = execute(prepared, LocalEngine(1))
    assert (summary.written, summary.exit_code) == (1, ExitCode.FILE)
    assert (summary.counts.refused, summary.skipped) == (1, 0)
    assert (tmp_path / FIRST).read_bytes() == b"edited just now"
    with planned(tmp_path, source(rows)) as prepared:
        assert (prepared.counts.refused, prepared.resumed) == (1, False)


def test_copied_and_moved_folders_are_known_again(tmp_path: Path) -> None:
    batch(tmp_path / "a", source(clinics(2)))
    shutil.copytree(tmp_path / "a", tmp_path / "b", copy_function=shutil.copyfile)
    for name in ("b", "c"):
        if name == "c":
            (tmp_path / "b").rename(tmp_path / "c")
        summary, _ = batch(tmp_path / name, source(clinics(2)))
        assert (summary.written, summary.counts.unchanged) == (0, 4)
    with planned(tmp_path / "c", source(clinics(2))) as prepared:
        rows = prepared.manifest.db.execute("SELECT count(*) FROM plan WHERE again").fetchone()
        assert rows == (0,)  # The new times were noted: nothing has to be read again.


def test_a_failing_document_fails_alone_and_is_tried_again(tmp_path: Path) -> None:
    rows = [clinic(1), clinic(2, **{"contact.email": "x" * 3000 + "@example"}), clinic(3)]
    summary, events = batch(tmp_path, source(rows))
    assert (summary.written, summary.failed) == (4, 2)
    assert sum(summary.failures.values()) == 2
    assert summary.exit_code == max(one.exit_code for _, one in summary.first) != ExitCode.OK
    failed = [one for one in events if isinstance(one, Finished) and one.outcome.diagnostics]
    assert {one.task.job.brand for one in failed} == {"clinic-002"}
    with planned(tmp_path, source(rows)) as prepared:
        assert prepared.counts.causes == {Cause.FAILED: 2}
    summary, _ = batch(tmp_path, source(clinics(3)))
    assert (summary.written, summary.counts.unchanged) == (2, 4)


def test_fail_fast_stops_at_the_first_failure(tmp_path: Path) -> None:
    rows = [clinic(1, **{"contact.email": "x" * 3000 + "@example"}), *clinics(30)[1:]]
    summary, _ = batch(tmp_path, source(rows), fail_fast=True)
    assert summary.stopped is not None
    assert summary.skipped > 0
    assert summary.exit_code != ExitCode.OK
    summary, _ = batch(tmp_path, source(clinics(30)))
    assert summary.exit_code == ExitCode.OK
    assert len(files(tmp_path)) == 60


def test_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    with planned(tmp_path / "new", source(clinics(2)), dry=True) as prepared:
        assert prepared.counts.causes == {Cause.NEW: 4}
        assert [one.status for one in prepared.listed()] == ["waiting"] * 4
    assert not (tmp_path / "new").exists()
    batch(tmp_path, source(clinics(1)))
    before = every_file(tmp_path)
    summary, _ = batch(tmp_path, source(clinics(2)), dry=True)
    assert (summary.written, summary.counts.to_write) == (0, 2)
    assert every_file(tmp_path) == before
    # Nor does a damaged manifest move, and a batch that is at work is no hindrance.
    with planned(tmp_path, source(clinics(1))):
        assert batch(tmp_path, source(clinics(2)), dry=True)[0].counts.unchanged == 2
    (tmp_path / HIDDEN / FILE).write_bytes(b"noise" * 1000)
    before = every_file(tmp_path)
    with planned(tmp_path, source(clinics(1)), dry=True) as prepared:
        assert [one.code for one in prepared.diagnostics] == ["manifest-damaged"]
        assert prepared.counts.to_write == 2
    assert every_file(tmp_path) == before


def every_file(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_plan_does_not_tell_what_was_wrong_the_last_time(tmp_path: Path) -> None:
    long = clinic(1, **{"contact.address": "Street of very many words " * 400})
    summary, _ = batch(tmp_path, source([long], ("en",)))
    assert summary.failed == 1
    with planned(tmp_path, source(clinics(1), ("en",)), dry=True) as prepared:
        (listed,) = prepared.listed()
    assert (listed.status, listed.reason, listed.diagnostics) == ("waiting", "failed last time", ())


def test_two_tasks_with_one_path_are_refused(tmp_path: Path) -> None:
    asked = source(clinics(1), tasks=lambda good: [*tasks_of(good), *tasks_of(good)])
    with pytest.raises(HandoutsError) as error:
        planned(tmp_path, asked)
    assert codes(error) == ["same-file"]
    assert FIRST in str(error.value)


def test_a_sampled_document_is_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts.press import Press

    summary, _ = batch(tmp_path / "a", source(clinics(2)), verify=1)
    assert (summary.written, summary.failed) == (4, 0)
    anew = Press.anew
    monkeypatch.setattr(Press, "anew", lambda *a: replace(anew(*a), data=anew(*a).data + b"other"))
    summary, _ = batch(tmp_path / "b", source(clinics(40)), verify=3)
    assert dict(summary.failures) == {"verify-failed": 80 // 3}
    assert len(files(tmp_path / "b")) == 80 - 80 // 3


def test_samples_are_counted_over_all_workers(tmp_path: Path) -> None:
    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    sampled: list[list[bool]] = []

    class Noting(LocalEngine):
        def run(self, payload: Payload, chunks: Iterator[Chunk]) -> Generator[Report, None, None]:
            return super().run(payload, map(self.noted, chunks))

        def noted(self, chunk: Chunk) -> Chunk:
            sampled.append([task.verify for task in chunk.tasks])
            return chunk

    with planned(tmp_path, source(clinics(40)), verify=30) as prepared:
        assert execute(prepared, Noting(processes=2)).written == 80
    assert len(sampled) > 4
    assert [at for at, one in enumerate(chain.from_iterable(sampled)) if one] == [29, 59]


def test_output_that_cannot_be_written_is_not_the_stores_trouble(tmp_path: Path) -> None:
    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    def full(event: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with (
        planned(tmp_path, source(clinics(12))) as prepared,
        pytest.raises(OSError, match="No space left"),
    ):
        execute(prepared, LocalEngine(1), full)
    with planned(tmp_path, source(clinics(12))) as prepared:
        assert prepared.resumed
        assert execute(prepared, LocalEngine(1)).exit_code == ExitCode.OK
    assert len(files(tmp_path)) == 24
    assert leftovers(tmp_path) == []


def test_what_got_its_place_when_a_batch_was_interrupted_is_told_of(tmp_path: Path) -> None:
    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    undisturbed, told = batch(tmp_path / "whole", source(clinics(12)))
    facts = {one.task.path: one.outcome for one in told if isinstance(one, Finished)}
    events: list[Finished] = []

    def once(event: Event) -> None:
        assert isinstance(event, Finished)
        events.append(event)
        if len(events) == 1:
            raise KeyboardInterrupt

    with planned(tmp_path / "cut", source(clinics(12))) as prepared:
        summary = execute(prepared, LocalEngine(1), once)
        listed = [one for one in prepared.listed() if one.status == "written"]
    assert summary.interrupted
    assert len(events) == summary.written == len(listed) > 1
    assert sum(one.outcome.pages for one in events) == summary.pages
    for event in events:
        was = facts[event.task.path]
        here = event.outcome
        assert (here.pages, here.size, here.sha256) == (was.pages, was.size, was.sha256)
        assert event.reason.cause is Cause.NEW
    assert all((one.pages, one.size) == (1, facts[one.path].size) for one in listed)
    assert undisturbed.written == len(facts)


def test_an_interrupted_batch_keeps_its_date(tmp_path: Path) -> None:
    first, later = date(2026, 3, 2), date(2026, 4, 1)
    batch(tmp_path / "undisturbed", source(clinics(12), day=first))

    class Impatient(Exception):
        pass

    from handouts.batch.engines.local import LocalEngine
    from handouts.batch.run import execute

    def enough(event: object) -> None:
        raise KeyboardInterrupt

    with planned(tmp_path / "cut", source(clinics(12), day=first)) as prepared:
        summary = execute(prepared, LocalEngine(1), enough)
    assert summary.interrupted
    assert summary.exit_code == ExitCode.INTERRUPTED
    # One was told; those that got their place with it are there for a person, too.
    assert 1 < summary.written == len(files(tmp_path / "cut")) == 24 - summary.skipped
    with planned(tmp_path / "cut", source(clinics(12), day=later)) as prepared:
        assert prepared.resumed
        assert prepared.counts.causes[Cause.INTERRUPTED] > 12
        summary = execute(prepared, LocalEngine(1))
    assert not summary.interrupted
    assert files(tmp_path / "cut") == files(tmp_path / "undisturbed")
    with planned(tmp_path / "cut", source(clinics(13), day=later)) as prepared:
        assert not prepared.resumed
        assert prepared.world.date.startswith("2026-04-01")
