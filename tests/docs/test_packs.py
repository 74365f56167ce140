"""docs/packs.md names every key of a pack file, and its examples can be read."""

from __future__ import annotations

import pytest

from handouts.load.yaml import parse
from handouts.model import pack
from tests.docs.pages import ROOT, Snippet, snippets
from tests.docs.test_keys import own, section, tables

PAGE = ROOT / "docs" / "packs.md"
EXAMPLES = [one for one in snippets("yaml") if one.info == "yaml pack"]


@pytest.mark.parametrize(
    ("heading", "number", "model"),
    [
        ("In a file", 0, pack.PackFile),
        ("In a file", 1, pack.PackEntry),
        ("Pages of your own", 0, pack.PackInsert),
    ],
)
def test_tables(heading: str, number: int, model: type) -> None:
    assert tables(section(PAGE.read_text("utf-8"), heading))[number] == own(model)


@pytest.mark.parametrize("snippet", EXAMPLES, ids=[one.name for one in EXAMPLES])
def test_examples(snippet: Snippet) -> None:
    data = parse(snippet.body.encode(), snippet.name).data
    assert pack.PackFile.model_validate(data).parts
