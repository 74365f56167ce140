"""Every sample passes every gate, and every gate can fail."""

from __future__ import annotations

import pytest

from handouts.pdf import render
from tests.pdf import samples
from tests.validators import mutants, pagecheck, treecheck, vera

SAMPLES = {"full": samples.full, "small": samples.small, "long": samples.long}


@pytest.fixture(scope="module")
def good() -> bytes:
    return render(samples.full())


@pytest.mark.parametrize("name", SAMPLES)
def test_passes_page_validation(name: str) -> None:
    assert pagecheck.problems(render(SAMPLES[name]())) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_tree_and_content_hang_together(name: str) -> None:
    assert treecheck.problems(render(SAMPLES[name]())) == []


def test_is_heard_in_reading_order(good: bytes) -> None:
    assert treecheck.transcript(good) == samples.TRANSCRIPT


def test_pikepdf_alone_breaks_nothing(good: bytes) -> None:
    untouched = mutants.broken(good, lambda pdf: None)
    assert pagecheck.problems(untouched) == []
    assert treecheck.problems(untouched) == []


@pytest.mark.parametrize("change", mutants.MUTANTS, ids=lambda change: change.__name__)
def test_broken_file_is_caught(good: bytes, change: mutants.Break) -> None:
    bad = mutants.broken(good, change)
    assert pagecheck.problems(bad) or treecheck.problems(bad)


@pytest.mark.parametrize("change", mutants.MISHEARD, ids=lambda change: change.__name__)
def test_only_the_transcript_hears_it(good: bytes, change: mutants.Break) -> None:
    bad = mutants.broken(good, change)
    assert pagecheck.problems(bad) == []
    assert treecheck.problems(bad) == []
    assert treecheck.transcript(bad) != samples.TRANSCRIPT


@pytest.mark.skipif(bool(vera.missing()), reason=vera.missing() or "-")
def test_vera_passes_samples_and_catches_mutants(good: bytes) -> None:
    caught = [mutants.figure_without_alt, mutants.font_not_embedded, mutants.wrong_widths]
    files = {name: render(make()) for name, make in SAMPLES.items()}
    files |= {change.__name__: mutants.broken(good, change) for change in caught}
    found = vera.problems(files)
    assert {name: found[name] for name in SAMPLES} == {name: [] for name in SAMPLES}
    assert all(found[change.__name__] for change in caught)
