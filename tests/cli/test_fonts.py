"""``fonts``: listing, checking and adding."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import uharfbuzz as hb

from handouts.diagnostics import ExitCode
from tests.cli.conftest import Run

FONTS = Path(__file__).parents[2] / "fonts"
HEBREW = [FONTS / "noto-sans-hebrew" / f"NotoSansHebrew-{one}.ttf" for one in ("Regular", "Bold")]
PROJECT = "languages: [en]\n"


@pytest.fixture
def here(run: Run) -> Path:
    """A project in the folder the command runs in."""
    Path("handouts.yaml").write_text(PROJECT)
    for file in HEBREW:
        shutil.copy(file, file.name)
    return Path()


def names() -> list[str]:
    return [file.name for file in HEBREW]


def test_the_group_shows_help(run: Run) -> None:
    out = run("fonts").out
    assert out.startswith("Examples:\n  ")
    for verb in ("list", "check", "add"):
        assert f"\n  {verb} " in out


def test_list(run: Run) -> None:
    rows = {row["family"]: row for row in json.loads(run("fonts", "list", "--json").out)["fonts"]}
    assert set(rows["Noto Sans"]) == {
        "family",
        "faces",
        "licence",
        "scripts",
        "bytes",
        "builtin",
        "languages",
    }
    assert {"en", "de", "es"} <= set(rows["Noto Sans"]["languages"])
    assert "ar" in rows["Noto Sans Arabic"]["languages"]
    assert "en" not in rows["Noto Sans Arabic"]["languages"]
    assert rows["Noto Sans Arabic"]["licence"] == "OFL-1.1"
    assert rows["Noto Sans"]["bytes"] > 1_000_000
    line = next(one for one in run("fonts", "list").out.splitlines() if "Noto Sans Thai" in one)
    assert "400, 700" in line


def test_check_languages(run: Run) -> None:
    document = json.loads(run("fonts", "check", "ar", "--json").out)
    (row,) = document["languages"]
    assert (row["language"], row["script"], row["missing"]) == ("ar", "Arab", [])
    assert row["characters"] > 50
    assert row["families"][0] == "Noto Sans Arabic"
    done = run("fonts", "check", "en", "ar")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == ["en", "ar"]


@pytest.mark.parametrize("tag", ["en-XA", "ar-XB", "en-GB"])
def test_check_languages_without_a_whole_file(run: Run, tag: str) -> None:
    """One that is made from English, one that holds what differs."""
    done = run("fonts", "check", tag)
    assert (done.code, done.err) == (0, "")
    assert tag in done.out


def test_check_a_text(run: Run) -> None:
    done = run("fonts", "check", "--text", "Ọjọ́ Ж")
    assert done.code == 0
    assert done.out.splitlines()[0].split() == ["Noto", "Sans", "has", "it", "all"]
    Path("names.txt").write_text("Ẹ̀kọ́ ᚠ", "utf-8")
    done = run("fonts", "check", "--file", "names.txt")
    assert done.code == ExitCode.RESOURCE
    assert "U+16A0 RUNIC LETTER FEHU FEOH FE F (ᚠ)" in done.err


def test_check_a_text_with_the_fonts_of_a_language(run: Run) -> None:
    document = json.loads(run("fonts", "check", "ar", "--text", "سلام 漢", "--json").out)
    (row,) = document["languages"]
    (other,) = row["borrowed"]
    assert other["family"].startswith("Noto Sans ")
    assert [one["character"] for one in other["characters"]] == ["漢"]


def test_check_a_brand(run: Run) -> None:
    Path("brand.yaml").write_text('name: "Rune ᚠ"\ncolor: {primary: "#1f5e5b"}\n', "utf-8")
    done = run("fonts", "check", "en", "--brand", "brand.yaml")
    assert done.code == ExitCode.RESOURCE
    assert "brand.yaml:1:7" in done.err
    assert "U+16A0" in done.err
    assert ": name" in done.err
    assert "1 missing" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--text", "a", "--file", "b"), ExitCode.USAGE, "contradict"),
        (("--file", "none.txt"), ExitCode.FILE, "no-such-file"),
        (("--file", "latin1.txt"), ExitCode.FILE, "byte 2 is no UTF-8"),
        (("xx",), ExitCode.USAGE, "unknown-language"),
    ],
)
def test_check_mistakes(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    Path("latin1.txt").write_bytes(b"a\xe9 b")
    done = run("fonts", "check", *arguments)
    assert done.code == code
    assert said in done.err


def test_add(run: Run, here: Path) -> None:
    Path("OFL.txt").write_text("SIL OPEN FONT LICENSE")
    done = run("fonts", "add", *names(), "--family", "Büro: 1", "--licence-file", "OFL.txt")
    assert (done.code, done.err.splitlines()[0]) == (0, "Next: for every sheet, in brand.yaml")
    assert done.out.splitlines() == [
        "fonts/buro-1/NotoSansHebrew-Regular.ttf",
        "fonts/buro-1/NotoSansHebrew-Bold.ttf",
        "fonts/buro-1/OFL.txt",
        "fonts/fonts.yaml",
    ]
    assert Path("fonts/buro-1/NotoSansHebrew-Bold.ttf").read_bytes() == HEBREW[1].read_bytes()
    text = Path("fonts/fonts.yaml").read_text("utf-8")
    assert 'name: "Büro: 1"' in text
    assert "licence: OFL-1.1" in text
    assert "scripts: [Hebr]" in text
    assert "$schema=../.schema/fonts.json" in text
    assert "properties" in json.loads(Path(".schema/fonts.json").read_text())
    assert run("fonts", "check", "en").code == 0


def test_add_leaves_the_rest_of_the_manifest_alone(run: Run, here: Path) -> None:
    Path("fonts").mkdir()
    old = "# Ours\nscripts: {Hebr: {size: 1.2}}  # larger\nfamilies: []  # none yet\n"
    Path("fonts/fonts.yaml").write_text(old)
    document = json.loads(run("fonts", "add", names()[0], "--family", "One", "--json").out)
    assert document["faces"] == [
        {"file": "NotoSansHebrew-Regular.ttf", "weight": 400, "italic": False}
    ]
    assert run("fonts", "add", names()[1], "--family", "Two", "--script", "Hebr").code == 0
    text = Path("fonts/fonts.yaml").read_text()
    assert text.startswith("# Ours\nscripts: {Hebr: {size: 1.2}}  # larger\nfamilies: # none yet\n")
    assert text.count("  - name:") == 2
    again = run("fonts", "add", names()[0], "--family", "One")
    assert again.code == ExitCode.FILE
    assert "in fonts/fonts.yaml already" in again.err


def test_add_warns_when_it_hides_a_built_in_family(run: Run, here: Path) -> None:
    done = run("fonts", "add", names()[0])
    assert done.code == 0
    assert "hides the built-in family" in done.err


def forbidden(data: bytes) -> bytes:
    """The font with the bit that forbids embedding."""
    content = bytearray(data)
    records = [content[12 + 16 * n : 28 + 16 * n] for n in range(content[5])]
    start = next(int.from_bytes(r[8:12], "big") for r in records if r[:4] == b"OS/2")
    content[start + 9] = 2
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bad-font"),
        (b"wOF2" + b"\0" * 60, "bad-font"),
        (forbidden(HEBREW[0].read_bytes()), "font-licence"),
    ],
)
def test_add_refuses(run: Run, here: Path, content: bytes, code: str) -> None:
    Path("bad.ttf").write_bytes(content)
    done = run("fonts", "add", "bad.ttf", "none.ttf", names()[0])
    assert done.code == max(ExitCode.RESOURCE, ExitCode.FILE)
    assert f"[{code}]" in done.err
    assert "[no-such-file]" in done.err
    assert not Path("fonts").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("NotoSansHebrew-Bold.ttf", "--script", "hebrew"), "bad-value"),
        (("NotoSansHebrew-Bold.ttf", "copy.ttf"), "same-face"),
        (("NotoSansHebrew-Bold.ttf", "thai.ttf"), "several-families"),
    ],
)
def test_add_mistakes(run: Run, here: Path, arguments: tuple[str, ...], code: str) -> None:
    shutil.copy(HEBREW[1], "copy.ttf")
    shutil.copy(FONTS / "noto-sans-thai" / "NotoSansThai-Regular.ttf", "thai.ttf")
    done = run("fonts", "add", *arguments)
    assert done.code == ExitCode.USAGE
    assert f"[{code}]" in done.err
    assert not Path("fonts").exists()


def test_add_outside_a_project(run: Run) -> None:
    done = run("fonts", "add", str(HEBREW[0]))
    assert done.code == ExitCode.USAGE
    assert "[no-project]" in done.err


def collection(*fonts: bytes) -> bytes:
    """A TTC of whole fonts, each with its table offsets moved to where it now stands."""
    head = b"ttcf\0\1\0\0" + len(fonts).to_bytes(4, "big")
    at = len(head) + 4 * len(fonts)
    offsets, body = b"", b""
    for font in fonts:
        start = at + len(body)
        offsets += start.to_bytes(4, "big")
        moved = bytearray(font)
        for n in range(font[5]):
            place = 12 + 16 * n + 8
            old = int.from_bytes(font[place : place + 4], "big")
            moved[place : place + 4] = (old + start).to_bytes(4, "big")
        body += bytes(moved) + b"\0" * (-len(moved) % 4)
    return head + offsets + body


def test_add_from_a_collection(run: Run, here: Path) -> None:
    Path("all.ttc").write_bytes(collection(*(file.read_bytes() for file in HEBREW)))
    done = run("fonts", "add", "all.ttc", "--family", "Both")
    assert done.code == ExitCode.RESOURCE
    assert (
        "say which with --index: 0 Noto Sans Hebrew, 1 Noto Sans Hebrew Bold"
        in done.err.replace("Hebrew Regular", "Hebrew")
    )
    assert run("fonts", "add", "all.ttc", "--index", "1", "--family", "Both").code == 0
    made = hb.Face(hb.Blob(Path("fonts/both/NotoSansHebrew-Bold.ttf").read_bytes()))
    assert made.get_name(6) == "NotoSansHebrew-Bold"
    assert "weight: 700" in Path("fonts/fonts.yaml").read_text()
