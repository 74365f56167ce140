"""What translators' programs are given, readable: two strings as PO, XLIFF and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.translate.formats import write
from tests.translate.scenes import table, unit

GOLDEN = Path(__file__).parent / "golden"
UNITS = (
    unit(
        "sheet.made_by",
        "**Made** by {name}",
        "**Gemacht** von {name}",
        state="stale",
        by="MK",
        on="2026-02-28",
        previous="From {name}",
        note="{name} is the clinic.",
        prints="topic-sheet: text",
        references=(("topic-sheet", 2),),
        room=40,
    ),
    unit("safety.gentle", "Keep touch gentle.", "", must=True),
)


@pytest.mark.parametrize(
    ("form", "name"), [("po", "two.po"), ("xliff", "two.xlf"), ("csv", "two.csv")]
)
def test_golden(form: str, name: str, request: pytest.FixtureRequest) -> None:
    made, path = write(form, table(*UNITS)), GOLDEN / name
    if request.config.getoption("--update-golden"):
        path.write_bytes(made)
    assert made == path.read_bytes()
