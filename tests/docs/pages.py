"""The Markdown pages as data: code blocks, tables, links, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), *(ROOT / n for n in ("README.md", "CONTRIBUTING.md"))]
)

_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n]*)\n(?P<body>.*?)^ *```$", re.M | re.S)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A code block: where it stands, what it says it is, and its text."""

    page: Path
    line: int
    info: str
    body: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def snippets(language: str) -> list[Snippet]:
    """All code blocks whose info string begins with a language."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in _FENCE.finditer(text):
            if match["info"].split(" ")[0] == language:
                line = text.count("\n", 0, match.start()) + 1
                found.append(Snippet(page, line, match["info"], dedent(match["body"])))
    return found


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return _FENCE.sub("", page.read_text("utf-8"))


def inline_code(page: Path) -> list[str]:
    """What stands between single backticks."""
    return _INLINE.findall(prose(page))


def links(page: Path) -> list[str]:
    """Targets of links and pictures."""
    return [a or b for a, b in _LINK.findall(_INLINE.sub("", prose(page)))]


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#{1,6} (.+)$", prose(page), re.M)
    kept = (re.sub(r"[^\w\- ]", "", title.strip().lower()) for title in titles)
    return {title.replace(" ", "-") for title in kept}


def table_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Cells of every table row whose first cell is code; a run of other text ends a table."""
    for line in text.splitlines():
        if line.startswith("| `"):
            yield tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
