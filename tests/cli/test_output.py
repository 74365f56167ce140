from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from handouts.cli import output
from handouts.cli.output import explain, judge, write

PDF = b"%PDF-1.7 new"


def test_write_makes_folders_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "c.pdf"
    write(target, PDF)
    assert target.read_bytes() == PDF
    assert [path.name for path in target.parent.iterdir()] == ["c.pdf"]


def test_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    write(tmp_path / "a.pdf", PDF)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "usual").stat().st_mode
    )


def test_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write(target, PDF)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "away" / "x.pdf")
    verdict = judge(tmp_path / "link.pdf", force=True)
    assert verdict.action == "refuse"
    assert verdict.why is not None
    assert verdict.why.code == "link-in-the-way"


def test_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.pdf"
    real.write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(real)
    write(tmp_path / "link.pdf", PDF)
    assert (tmp_path / "link.pdf").is_symlink()
    assert real.read_bytes() == PDF


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    "failure", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt(), OSError(errno.EIO, "")]
)
def test_old_file_survives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: BaseException
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def fail(*_: Any) -> None:
        raise failure

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(failure)):
        write(target, PDF)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_disk_that_is_really_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    real = Path.open

    def full(self: Path, mode: str) -> Any:
        return real(Path("/dev/full"), "wb") if mode == "xb" else real(self, mode)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="space"):
        write(target, PDF)
    assert target.read_bytes() == b"old"


def test_judge_new_file(tmp_path: Path) -> None:
    assert judge(tmp_path / "x" / "a.pdf", force=False).action == "write"
    assert list(tmp_path.iterdir()) == []


def test_judge_stranger(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"%PDF-1.7 of somebody else")
    refused = judge(target, force=False)
    assert refused.action == "refuse"
    assert refused.why is not None
    assert refused.why.code == "not-ours"
    assert "--force" in refused.why.hint
    assert judge(target, force=True).action == "overwrite"


def test_judge_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.finish.is_ours", lambda path: True)
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert judge(tmp_path / "a.pdf", force=False).action == "overwrite"


def _code(target: Path) -> str:
    verdict = judge(target, force=True)
    assert verdict.action == "refuse"
    assert verdict.why is not None
    assert verdict.why.exit_code == 4
    return verdict.why.code


def test_judge_folder_in_the_way(tmp_path: Path) -> None:
    assert _code(tmp_path) == "folder-in-the-way"


def test_judge_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    assert _code(tmp_path / "output" / "default" / "a.pdf") == "file-in-the-way"


def test_judge_device() -> None:
    assert _code(Path(os.devnull)) == "not-a-file"


def test_judge_long_names(tmp_path: Path) -> None:
    assert judge(tmp_path / ("n" * 200 + ".pdf"), force=False).action == "write"
    assert _code(tmp_path / ("n" * 300 + ".pdf")) == "name-too-long"


def test_write_a_name_of_255_bytes(tmp_path: Path) -> None:
    write(tmp_path / ("n" * 251 + ".pdf"), PDF)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_judge_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert _code(tmp_path / "a.pdf") == "not-writable"
    finally:
        tmp_path.chmod(0o700)


def test_judge_asks_the_system_about_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output.os, "access", lambda path, mode: False)
    assert _code(tmp_path / "a.pdf") == "not-writable"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "not-writable"),
        (errno.EACCES, "not-writable"),
        (errno.EPERM, "not-writable"),
        (errno.EISDIR, "folder-in-the-way"),
        (errno.ENOTDIR, "file-in-the-way"),
        (errno.EIO, "file"),
    ],
)
def test_explain(number: int, code: str) -> None:
    found = explain(OSError(number, os.strerror(number)), Path("out/a.pdf"))
    assert (found.code, found.exit_code) == (code, 4)
    assert "out" in found.message
    assert found.hint
    assert "\n" not in found.message
