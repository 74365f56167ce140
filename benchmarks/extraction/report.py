"""The scores as Markdown: a summary, a table by text, and where another engine does better."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIMIT = 1.0
"""Points by which ours may be less before a cell is named."""


def markdown(result: dict[str, Any]) -> str:
    """The whole report."""
    return "\n".join(
        [*_versions(result), "", *_summary(result), "", *_table(result), *_list(result)]
    )


def write(page: Path, result: dict[str, Any]) -> None:
    """Puts the report between the two marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{markdown(result)}\n{END}{after}", encoding="utf-8")


def worse(result: dict[str, Any]) -> list[tuple[str, str, str, float, float]]:
    """Text, reader, engine, our score and theirs, wherever theirs is better by the limit."""
    found = []
    for name, text in result["texts"].items():
        scores = text["similarity"]
        for engine in scores:
            for reader, theirs in scores[engine].items():
                mine = scores["ours"][reader]
                if theirs - mine > LIMIT:
                    found.append((name, reader, engine, mine, theirs))
    return found


def _versions(result: dict[str, Any]) -> Iterator[str]:
    kinds = [
        ", ".join(f"{name} {version}" for name, version in result[kind].items())
        for kind in ("engines", "readers")
    ]
    yield f"{result['date']}. Drawn by {kinds[0]}; read by {kinds[1]}."
    for name, why in result["skipped"].items():
        yield f"Skipped {name}: {why}."


def _summary(result: dict[str, Any]) -> Iterator[str]:
    """For each engine and reader: mean similarity, texts that are exact, whole words."""
    yield "Mean similarity · texts that are exact · whole words in scripts with spaces:"
    yield ""
    yield "| drawn by | " + " | ".join(result["readers"]) + " |"
    yield "|---|" + "---|" * len(result["readers"])
    for engine in result["engines"]:
        cells = (_overall(result, engine, reader) for reader in result["readers"])
        yield f"| {engine} | " + " | ".join(cells) + " |"


def _overall(result: dict[str, Any], engine: str, reader: str) -> str:
    texts = result["texts"].values()
    scores = [text["similarity"][engine][reader] for text in texts]
    words = [text["words"][engine][reader] for text in texts if "words" in text]
    exact = sum(one == 100 for one in scores)
    return f"{_mean(scores):.1f} · {exact}/{len(scores)} · {_mean(words):.0f} %"


def _table(result: dict[str, Any]) -> Iterator[str]:
    engines = " / ".join(result["engines"])
    yield f"By text: {engines}; 100 is exact, bold is where another does better by more than one."
    yield ""
    yield "| text | script | " + " | ".join(result["readers"]) + " |"
    yield "|---|---|" + "---|" * len(result["readers"])
    named = {(name, reader) for name, reader, *_ in worse(result)}
    for name, text in result["texts"].items():
        cells = []
        for reader in result["readers"]:
            # Rounded down: 100 is exact.
            scores = [int(text["similarity"][engine][reader]) for engine in result["engines"]]
            cell = " / ".join(map(str, scores))
            cells.append(f"**{cell}**" if (name, reader) in named else cell)
        yield f"| {name} | {text['script']} | " + " | ".join(cells) + " |"


def _list(result: dict[str, Any]) -> Iterator[str]:
    yield ""
    for name, reader, engine, mine, theirs in worse(result):
        yield f"- {name} in {reader}: {mine:.1f}, {engine} {theirs:.1f}"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
