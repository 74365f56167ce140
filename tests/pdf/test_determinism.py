"""Same input, same bytes: in one process, in another, and whatever the hash seed."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from handouts.model.colour import Colour
from handouts.pdf import render
from tests.pdf import samples
from tests.pdf.builder import IDENTITY, PALETTE
from tests.pdf.spelled import spelled

ROOT = Path(__file__).parents[2]
PROGRAM = """
import hashlib, sys
from handouts.pdf import render
from tests.pdf import samples
if sys.argv[1] == "after others":
    render(samples.small()); render(samples.long())
print(hashlib.sha256(render(samples.full())).hexdigest())
"""


def _elsewhere(seed: str, order: str) -> str:
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", PROGRAM, order]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_same_bytes_in_other_processes() -> None:
    here = hashlib.sha256(render(samples.full())).hexdigest()
    assert {_elsewhere("0", "alone"), _elsewhere("4242", "after others")} == {here}


def test_identifier_follows_content() -> None:
    found = {
        re.findall(rb"/ID\[<(\w{32})><(\w{32})>\]", render(samples.small(word)))[0]
        for word in ("Hello", "Hallo")
    }
    assert len(found) == 2
    assert all(first == second for first, second in found)


def test_dates_come_from_the_identity() -> None:
    data = spelled(render(samples.small()))
    assert b"/CreationDate(D:20260504123000+02'00')" in data
    assert b"<xmp:ModifyDate>2026-05-04T12:30:00+02:00</xmp:ModifyDate>" in data
    other = replace(samples.small(), identity=replace(IDENTITY, date="2027-01-01T00:00:00"))
    assert b"/ModDate(D:20270101000000Z)" in spelled(render(other))


def test_nothing_is_registered_process_wide() -> None:
    fonts, settings = set(pdfmetrics.getRegisteredFontNames()), dict(vars(rl_config))
    render(samples.full())
    assert set(pdfmetrics.getRegisteredFontNames()) == fonts
    assert dict(vars(rl_config)) == settings


def test_settings_of_reportlab_change_nothing(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    expected = render(samples.full())
    for name, value in (("useA85", 1), ("pdfMultiLine", 1), ("pageCompression", 0)):
        monkeypatch.setattr(rl_config, name, value)
    assert render(samples.full()) == expected


def _streams(data: bytes) -> list[bytes]:
    return re.findall(rb"<</Filter/FlateDecode/Length \d+>>stream\n.*?\r\nendstream", data, re.S)


def test_brands_share_content_streams() -> None:
    pages = samples.full()
    one = render(pages)
    other = render(replace(pages, palette=PALETTE | {"primary": Colour(200, 0, 80)}))
    assert one != other
    assert _streams(one) == _streams(other)
    assert len(_streams(one)) >= len(pages.pages)
    assert b"/Primary[/Indexed/DeviceRGB 0<c80050>]" in spelled(other)
