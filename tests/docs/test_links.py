"""Links of the pages lead somewhere, and pictures are small enough to load fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links

IMAGES = ROOT / "docs" / "images"
MOST = 250_000


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links(page: Path) -> None:
    for link in links(page):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_is_reached() -> None:
    """Whoever starts at the README finds every page."""
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.exists() and target not in seen:
                ahead.append(target)
    assert set(PAGES) <= seen


def test_pictures() -> None:
    shown = {(ROOT / link).resolve() for link in links(ROOT / "README.md")}
    pictures = sorted(IMAGES.glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < MOST, picture.name
        assert picture in shown, f"{picture.name} is not used"
