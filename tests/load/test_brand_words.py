"""What a brand says about itself is printable, and its addresses can be opened and scanned."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.load.brand_words import MAX_QR_BYTES
from tests.load.scenes import errors, project

BRAND = 'name: Clinic\ncolor: {primary: "#1f5e5b"}\n'


def said(folder: Path, text: str) -> list[tuple[str, int]]:
    """Codes and lines of what is wrong with a brand file."""
    made = project(folder, {"brand.yaml": text})
    return [(d.code, d.place.line if d.place else 0) for d in errors(made)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ('""', "empty-value"),
        ('"  "', "empty-value"),
        ('{en: ""}', "empty-value"),
        (r'"A\nB"', "line-break"),
        (r'"Bell\x07"', "control-character"),
        (r'"a\u202Eb"', "control-character"),
        (r'"a\uFFFEb"', "control-character"),
    ],
)
def test_names_that_cannot_be_printed(name: str, code: str, tmp_path: Path) -> None:
    assert said(tmp_path, BRAND.replace("Clinic", name)) == [(code, 1)]


def test_a_block_of_one_line_is_one_line(tmp_path: Path) -> None:
    assert said(tmp_path, BRAND.replace("Clinic", "|\n  Clinic")) == []


@pytest.mark.parametrize(
    "web",
    [
        "example.org",
        "www.example.org/ana.massage",
        "https://example.org:8080/a?b=c#d",
        "http://münchen.de",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_web_addresses(web: str, tmp_path: Path) -> None:
    assert said(tmp_path, f'{BRAND}contact:\n  web: "{web}"\n') == []


@pytest.mark.parametrize(
    "web", ["my site", "example", "javascript:alert(1)", "file:///etc/passwd", "a@example.org", ""]
)
def test_what_is_no_web_address(web: str, tmp_path: Path) -> None:
    assert said(tmp_path, f'{BRAND}contact:\n  web: "{web}"\n') == [("bad-value", 4)]


@pytest.mark.parametrize("email", ["ana", "a@b", "a b@example.org", "a@example.org?cc=b@c.d"])
def test_what_is_no_email_address(email: str, tmp_path: Path) -> None:
    assert said(tmp_path, f'{BRAND}contact:\n  email: "{email}"\n') == [("bad-value", 4)]


def test_email_address(tmp_path: Path) -> None:
    assert said(tmp_path, f"{BRAND}contact:\n  email: ana.núñez@example.org\n") == []


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("x" * MAX_QR_BYTES, []),
        ("x" * (MAX_QR_BYTES + 1), [("qr-too-long", 3)]),
        ("é" * (MAX_QR_BYTES // 2 + 1), [("qr-too-long", 3)]),
        ("", [("empty-value", 3)]),
    ],
)
def test_codes_can_be_scanned(target: str, found: list[tuple[str, int]], tmp_path: Path) -> None:
    assert said(tmp_path, f'{BRAND}qr: "{target}"\n') == found


def test_own_texts_are_not_empty(tmp_path: Path) -> None:
    text = BRAND + 'texts:\n  en:\n    flyer.title: " "\n'
    assert said(tmp_path, text) == [("empty-value", 5)]


def test_the_palette_is_named(tmp_path: Path) -> None:
    text = 'name: Clinic\ncolor:\n  primary: plum\n  palette: {teal: "#008080"}\n'
    found = errors(project(tmp_path, {"brand.yaml": text}))
    assert [d.hint for d in found] == ["in the palette: teal"]
