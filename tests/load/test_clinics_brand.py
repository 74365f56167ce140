"""A row over a brand is the brand a file with the same values would have been."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handouts.compose import compose
from handouts.diagnostics import HandoutsError, Severity
from handouts.load import load
from handouts.load.clinics.brand import branded
from handouts.load.clinics.checks import Checker
from handouts.load.clinics.logos import ClinicLogos, read_logo
from handouts.load.clinics.opening import open_clinics
from handouts.model.brand import Brand
from handouts.model.project import Job, LoadedBrand, Project
from tests.load.scenes import REPOSITORY, project, world

BASE: dict[str, Any] = {
    "name": "Network",
    "tagline": {"en": "Care", "de": "Sorge"},
    "color": {"palette": {"sea": "#31506b"}, "primary": "sea", "accent": "#9c4332"},
    "contact": {"phones": ["1"], "email": "a@b.org", "hours": "9 to 5"},
    "class": {"when": "Tuesdays"},
    "instructor": "Ana",
    "texts": {"en": {"flyer.scan": "Scan"}},
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = project(tmp_path_factory.mktemp("base"), {"brand.yaml": json.dumps(BASE)})
    return load(
        world(folder), project=folder, layouts=["benefits-flyer"], languages=["en", "de", "es"]
    )


def overlaid(folder: Path, base: Project, cells: dict[str, str]) -> tuple[Brand, list[str]]:
    """The brand a row of these cells makes, and the codes of what is said about it."""
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in cells.values())
    (folder / "c.csv").write_text(f"{','.join(cells)}\n{quoted}\n", "utf-8")
    here = world(folder)
    found = open_clinics(
        here, folder / "c.csv", base="brand", brands=("brand",), languages=("en", "de", "es")
    )
    (clinic,) = found.good()
    told = Checker(here, base, found).check(clinic)
    if any(one.severity is Severity.ERROR for one in told):
        return base.brands["brand"].brand, [one.code for one in told]
    logos = {path: read_logo(here, folder, path) for path in found.logo_paths()}
    made = branded(base.brands["brand"], clinic, logos)
    assert made.id == clinic.id
    return made.brand, [one.code for one in told]


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        ({}, {}),
        ({"tagline": "Gentle"}, {"tagline": "Gentle"}),
        ({"tagline [es]": "Suave"}, {"tagline": {**BASE["tagline"], "es": "Suave"}}),
        ({"tagline": "Gentle", "tagline [es]": "S"}, {"tagline": {"en": "Gentle", "es": "S"}}),
        (
            {"brand language": "de", "tagline": "Sanft", "tagline [es]": "S"},
            {"language": "de", "tagline": {"de": "Sanft", "es": "S"}},
        ),
        ({"phone": "2; 3"}, {"contact": {**BASE["contact"], "phones": ["2", "3"]}}),
        ({"web": "x.org"}, {"contact": {**BASE["contact"], "web": "x.org"}}),
        (
            {"hours [de]": "9 bis 5"},
            {"contact": {**BASE["contact"], "hours": {"en": "9 to 5", "de": "9 bis 5"}}},
        ),
        ({"primary": "rgb(1,2,3)"}, {"color": {**BASE["color"], "primary": "#010203"}}),
        ({"accent": "sea"}, {"color": {**BASE["color"], "accent": "sea"}}),
        (
            {"color.palette.sky": "#abcdef", "tint": "sky"},
            {
                "color": {
                    **BASE["color"],
                    "palette": {"sea": "#31506b", "sky": "#abcdef"},
                    "tint": "sky",
                }
            },
        ),
        (
            {"next date": "3.3.2026", "class where": "Room 2"},
            {"class": {**BASE["class"], "next_date": "2026-03-03", "where": "Room 2"}},
        ),
        (
            {"texts.de.flyer.scan": "Scannen"},
            {"texts": {**BASE["texts"], "de": {"flyer.scan": "Scannen"}}},
        ),
        ({"typography.base": "Noto Sans"}, {"typography": {"base": "Noto Sans"}}),
        ({"qr": "x.org", "instructor": "Bo"}, {"qr": "x.org", "instructor": "Bo"}),
    ],
)
def test_a_row_is_what_a_file_would_be(
    tmp_path: Path, base: Project, cells: dict[str, str], change: dict[str, Any]
) -> None:
    made, told = overlaid(tmp_path, base, {"name": "North", "phone ": "", **cells})
    assert told == []
    wanted = Brand.model_validate({**BASE, "name": "North", **change})
    assert made == wanted


def test_names_per_language(tmp_path: Path, base: Project) -> None:
    made, _ = overlaid(tmp_path, base, {"name": "North", "name [de]": "Nord", "phone": "1"})
    assert made.name == {"en": "North", "de": "Nord"}
    made, _ = overlaid(tmp_path, base, {"name [de]": "Nord", "phone": "1"})
    assert made.name == {"en": "Nord", "de": "Nord"}


@pytest.mark.parametrize(
    ("own", "cells", "name"),
    [
        ({"language": "es"}, {"name [de]": "Nord"}, {"es": "Nord", "de": "Nord"}),
        ({"language": "de"}, {"name [de]": "Nord"}, {"de": "Nord"}),
        ({"name": {"en": "A", "es": "B"}}, {"name [de]": "Nord"}, {"en": "Nord", "de": "Nord"}),
        ({}, {"brand language": "es", "name [de]": "Nord"}, {"es": "Nord", "de": "Nord"}),
        (
            {"language": "es"},
            {"name [es]": "Norte", "name [de]": "Nord"},
            {"es": "Norte", "de": "Nord"},
        ),
    ],
)
def test_a_name_of_one_language_is_no_other_clinics_in_the_rest(
    tmp_path: Path, own: dict[str, Any], cells: dict[str, str], name: dict[str, str]
) -> None:
    folder = project(tmp_path, {"brand.yaml": json.dumps({**BASE, **own})})
    beneath = load(
        world(folder), project=folder, layouts=["benefits-flyer"], languages=["en", "de", "es"]
    )
    made, told = overlaid(tmp_path, beneath, {**cells, "phone": "1"})
    assert told == []
    assert made.name == name
    beneath = replace(beneath, brands={"brand": LoadedBrand("brand", made, None)})
    for tag in ("en", "de", "es"):
        job = Job("benefits-flyer", tag, "brand", "A4", "instructor")
        author = compose(beneath, job, date="2026-03-01T00:00:00+00:00").identity.author
        assert author in name.values(), tag


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"primary": "mud"}, "unknown-colour"),
        ({"primary": "#12"}, "unknown-colour"),
        ({"color.palette.sky": "blue"}, "unknown-colour"),
        ({"web": "not a web"}, "bad-value"),
        ({"email": "nobody"}, "bad-value"),
        ({"qr": "x" * 300}, "qr-too-long"),
        ({"tagline": "a\u202eb"}, "control-character"),
        ({"phone": "1\x07"}, "control-character"),
        ({"logo": "none.svg", "logo alt": "x"}, "no-such-file"),
        ({"logo": "../c.svg", "logo alt": "x"}, "path-outside"),
        ({"logo": "c.csv", "logo alt": "x"}, "image-format"),
        ({"logo alt": "x"}, "missing-key"),
        ({"logo.clear_space": "2"}, "bad-value"),
        ({"texts.en.safety.stop": "x"}, "protected-text"),
        ({"texts.en.flyer.scann": "x"}, "unknown-string"),
        ({"typography.base": "Comic"}, "unknown-font"),
        ({"tagline": "Proven to cure"}, "blocked-word"),
    ],
)
def test_what_a_file_would_be_refused_for(
    tmp_path: Path, base: Project, cells: dict[str, str], code: str
) -> None:
    _, told = overlaid(tmp_path, base, {"name": "North", "when": "", **cells})
    assert told == [code]


def test_a_name_of_two_lines(tmp_path: Path, base: Project) -> None:
    _, told = overlaid(tmp_path, base, {"name": "North\nClinic", "phone": "1"})
    assert told == ["line-break"]


def test_logos(tmp_path: Path, base: Project) -> None:
    willow = REPOSITORY / "handouts" / "brands" / "willow" / "logo.svg"
    (tmp_path / "logos").mkdir()
    shutil.copy(willow, tmp_path / "logos" / "a.svg")
    (tmp_path / "logos" / "bad.svg").write_text("<svg", "utf-8")
    (tmp_path / "c.csv").write_text(
        "name,logo,logo alt\nA,logos\\a.svg,A leaf\nB,logos/a.svg,\nC,logos/bad.svg,x\nD,,\n",
        "utf-8",
    )
    here = world(tmp_path)
    found = open_clinics(here, tmp_path / "c.csv", base="brand", brands=("brand",))
    checker = Checker(here, base, found)
    told = [checker.check(one) for one in found.good()]
    assert [[(d.code, str(d.place)) for d in one] for one in told] == [
        [],
        [("missing-key", "c.csv:3:2")],
        [("svg-syntax", "c.csv:4:2")],
        [],
    ]
    own = read_logo(here, tmp_path, "logos/a.svg")
    logos = ClinicLogos(here, found.folder, found.logo_paths())
    assert branded(base.brands["brand"], next(found.good()), logos).logo == own
    assert sorted(logos) == ["logos/a.svg", "logos/bad.svg"]
    again = pickle.loads(pickle.dumps(logos))
    assert again["logos/a.svg"] == own
    assert "Gentle.svg" not in logos
    with pytest.raises(HandoutsError):
        logos["logos/bad.svg"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("x" * 300 + ".svg", "no-such-file"),
        ("loop.svg", "path-outside"),
        ("passwd.png", "path-outside"),
        ("fifo.png", "no-such-file"),
        ("folder.png", "no-such-file"),
        ("text.png", "not-an-image"),
        ("/etc/passwd", "path-outside"),
        ("..\\..\\a.svg", "path-outside"),
    ],
)
def test_logos_that_are_none(tmp_path: Path, base: Project, written: str, code: str) -> None:
    (tmp_path / "loop.svg").symlink_to("loop.svg")
    (tmp_path / "passwd.png").symlink_to("/etc/passwd")
    (tmp_path / "text.png").write_text("no image", "utf-8")
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "fifo.png")
    _, told = overlaid(tmp_path, base, {"name": "A", "logo": written, "logo alt": "x"})
    assert told == [code]


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("b\u00e9b\u00e9.svg", "be\u0301be\u0301.svg"),
        ("be\u0301be\u0301.svg", "b\u00e9b\u00e9.svg"),
    ],
)
def test_logos_with_accents_written_in_another_way(
    tmp_path: Path, base: Project, cell: str, there: str
) -> None:
    """macOS writes an accent as a sign of its own."""
    willow = REPOSITORY / "handouts" / "brands" / "willow" / "logo.svg"
    shutil.copy(willow, tmp_path / there)
    made, told = overlaid(tmp_path, base, {"name": "A", "logo": cell, "logo alt": "x"})
    assert told == []
    assert made.logo is not None
    _, told = overlaid(tmp_path, base, {"name": "A", "logo": f"{cell}x.svg", "logo alt": "x"})
    assert told == ["no-such-file"]


def test_paths_lead_from_the_job_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "c.csv").write_text("name,logo\nA,a.svg\n", "utf-8")
    found = open_clinics(world(tmp_path), tmp_path / "data" / "c.csv", folder=tmp_path)
    assert list(found.logo_paths()) == ["data/a.svg"]
