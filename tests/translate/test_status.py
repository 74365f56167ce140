"""How far languages are, and the archive of earlier English that shows what changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.diagnostics import HandoutsError
from handouts.model.locale import Translation, source_hash
from handouts.translate.archive import added, archive_path, archived
from handouts.translate.language import open_language, same_language, tags
from handouts.translate.status import GATES, standing
from handouts.world import World
from tests.translate.scenes import ENGLISH, GERMAN, TITLE, WORLD, filed, language, translation

BEFORE = "Come to class"


def test_every_string_counts_once() -> None:
    strings = {
        TITLE: translation(GERMAN, BEFORE, by="AB"),
        "flyer.scan": translation("Scannen", "Scan to visit us", status="machine"),
        "contact.web": translation("Website", "Website", status="reviewed", by="MK"),
    }
    found = standing(language(filed(strings)), {source_hash(BEFORE): BEFORE})
    counts = found.counts
    assert counts["stale"] == counts["machine"] == counts["reviewed"] == 1
    assert sum(counts.values()) == found.total == counts["missing"] + 3
    assert found.up_to_date == 2
    (stale,) = found.stale
    assert (stale.before, stale.after, stale.text, stale.by) == (BEFORE, ENGLISH, GERMAN, "AB")
    assert [(p.kind, p.text.strip()) for p in stale.pieces][1:] == [
        ("added", "a"),
        ("same", "class"),
    ]
    assert {gate: len(found.failing(gate)) for gate in GATES} == {
        "missing": counts["missing"],
        "stale": 1,
        "machine": 1,
        "unreviewed": 1,
        "unapproved": 2,
    }


def test_the_archive_knows_what_built_in_languages_were_made_from() -> None:
    """Every hash in a built-in language is English as it is, or in the archive."""
    known, seen = archived(WORLD, None), 0
    for tag in tags(WORLD, None):
        of = open_language(WORLD, None, tag)
        current = {source_hash(text) for text in of.english.values()}
        for name, entry in of.file.strings.items():
            assert isinstance(entry, Translation)
            seen += 1
            hashes = {entry.source, *(step.source for step in entry.history)}
            assert hashes <= current | set(known), f"{tag}: {name}"
    assert seen > 1000


def test_the_archive_has_todays_english() -> None:
    """A text has to be in it before it can change."""
    known = archived(WORLD, None)
    english = open_language(WORLD, None, "de").english
    lacking = {name for name, text in english.items() if source_hash(text) not in known}
    assert lacking == set(), "add the lines to catalogue/sources.yaml"


def test_a_projects_archive_only_grows(tmp_path: Path) -> None:
    world = World(tmp_path, date(2026, 3, 2), {})
    first = added(world, tmp_path, {source_hash("a"): "a"})
    assert first is not None
    path, content = first
    assert path == archive_path(world, tmp_path) == tmp_path / "sources.yaml"
    path.write_bytes(content)
    assert added(world, tmp_path, {source_hash("a"): "a"}) is None
    more = added(world, tmp_path, {source_hash("a"): "a", source_hash('b "x"'): 'b "x"'})
    assert more is not None
    assert more[1].startswith(content)
    path.write_bytes(more[1])
    known = archived(world, tmp_path)
    assert known[source_hash('b "x"')] == 'b "x"'
    # What was changed by hand is no earlier English.
    path.write_bytes(content.replace(b'"a"', b'"b"'))
    assert source_hash("a") not in archived(world, tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("de", "de-DE", True),
        ("zh-Hans", "zh-CN", True),
        ("zh-Hans", "zh-TW", False),
        ("zh-Hans", "zh-Hant", False),
        ("pt-BR", "pt-PT", False),
        ("de", "fr", False),
    ],
)
def test_tags_that_may_be_one_language(one: str, other: str, same: bool) -> None:
    assert same_language(one, other) is same


@pytest.mark.parametrize("tag", ["en", "xx-nothing", "../../etc/passwd", "", "DE", "deutsch"])
def test_no_language(tag: str) -> None:
    with pytest.raises(HandoutsError):
        open_language(WORLD, None, tag)
