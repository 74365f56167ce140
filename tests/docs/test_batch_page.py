"""docs/batch.md and its examples are read as the program reads job files and spreadsheets."""

from __future__ import annotations

import re

import click
import pytest

from handouts.batch.matrix import Matrix, source
from handouts.cli.batch import batch
from handouts.cli.batch_order import BY_HAND
from handouts.load.clinics.words import meant
from handouts.load.jobs import load_batch, read_jobs
from handouts.load.validate import validate
from handouts.load.yaml import parse
from handouts.model import jobs
from tests.docs.pages import ROOT, Snippet, prose, snippets, table_rows
from tests.docs.test_keys import own, section, tables
from tests.load.scenes import world

PAGE = ROOT / "docs" / "batch.md"
EXAMPLE = ROOT / "docs" / "examples" / "batch"
SNIPPETS = [one for one in snippets("yaml") if one.info == "yaml jobs"]


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[one.name for one in SNIPPETS])
def test_snippets(snippet: Snippet) -> None:
    assert validate(jobs.JobsFile, parse(snippet.body.encode(), snippet.name))


def test_there_are_snippets() -> None:
    assert len(SNIPPETS) > 2


def test_keys() -> None:
    first, second = tables(section(PAGE.read_text("utf-8"), "The job file"))
    assert first == own(jobs.JobsFile)
    assert second == own(jobs.Match)
    found = tables(section(PAGE.read_text("utf-8"), "Clinics from a spreadsheet"))[0]
    assert found == own(jobs.ClinicsEntry)


def test_headings() -> None:
    text = section(PAGE.read_text("utf-8"), "Columns")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.M)[2:]
    said = [one.strip() for cell in cells for one in cell.split(",")]
    assert len(said) > 30
    assert [one for one in said if "[" not in one and "(" not in one and not meant(one)] == []


def test_the_example() -> None:
    here = world(EXAMPLE)
    loaded = load_batch(here, read_jobs(here, EXAMPLE / "jobs.yaml"), project=None)
    assert loaded.warnings == ()
    checked = list(source(here, loaded).rows)
    assert [one.diagnostics for one in checked] == [(), ()]
    matrix = Matrix(loaded)
    clinics = [one.clinic for one in checked if one.clinic]
    paths = [task.path for task in matrix.tasks(clinics)]
    assert matrix.check(clinics) == len(paths) > 8
    assert "north/benefits-flyer-es+en-A4.pdf" in paths
    assert "south/benefits-flyer-es-A4.pdf" not in paths
    assert "brands/marisol/class-handout-week-1-es.pdf" in paths


def test_options() -> None:
    """All stand here or on the page of clusters; those of a matrix by hand say how often."""
    options = [one for one in batch.params if isinstance(one, click.Option)]
    called = {name for one in options for name in (*one.opts, *one.secondary_opts)}
    long = {name for name in called if name.startswith("--")}
    assert len(long) > 25
    page = PAGE.read_text("utf-8")
    said = re.findall(r"--[a-z][a-z-]+", page + (PAGE.parent / "scale.md").read_text("utf-8"))
    assert long - set(said) == set()
    listed = table_rows(section(page, "Matrix by hand"))
    once = {name.split()[0].strip("`"): "once" in text for name, text in listed}
    assert once == {one.opts[0]: not one.multiple for one in options if one.name in BY_HAND}


def test_fields_of_file_names() -> None:
    from handouts.batch.names import FIELDS

    said = re.findall(r"`\{(\w+)\}`", prose(PAGE))
    assert set(FIELDS) <= set(said)
