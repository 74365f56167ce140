"""Text back from the file: each script, drawn by three engines and read by four readers.

Run ``python benchmarks/extraction/run.py``; see ../README.md for what is measured.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import corpus  # noqa: E402
import engines  # noqa: E402
import look  # noqa: E402
import readers  # noqa: E402
import report  # noqa: E402
import score  # noqa: E402

from handouts.world import World  # noqa: E402
from tests.typeset.paragraphs import Sample  # noqa: E402

UNSPACED = ("Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt")
"""Scripts in which white space does not part words."""


def main() -> int:
    """Draw, read, score, print; 1 when a cell of ours is worse than the limit allows."""
    options = _options()
    samples = [s for s in corpus.samples() if not options.only or s.name in options.only]
    with tempfile.TemporaryDirectory(prefix="handouts-extraction-") as folder:
        kept = options.look or Path(folder)
        result = run(samples, kept)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.look:
        look.sheets(options.look, [sample.name for sample in samples], list(result["engines"]))
    print(report.markdown(result))
    if options.write:
        report.write(options.write, result)
    return 1 if report.worse(result) else 0


def run(samples: list[Sample], folder: Path) -> dict[str, Any]:
    """Everything that is measured, as data; the files stay in the folder."""
    drawers, drawn_by, no_engine = engines.found()
    reading, read_by, no_reader = readers.found()
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for engine, draw in drawers.items():
        files = _draw(samples, folder / engine, draw)
        texts[engine] = {reader: read(files) for reader, read in reading.items()}
    return {
        "date": World.system().today.isoformat(),
        "python": platform.python_version(),
        "engines": drawn_by,
        "readers": read_by,
        "skipped": no_engine | no_reader,
        "texts": {sample.name: _scores(sample, texts) for sample in samples},
    }


def _draw(samples: list[Sample], folder: Path, draw: engines.Engine) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for sample in samples:
        files[sample.name] = folder / f"{sample.name}.pdf"
        files[sample.name].write_bytes(draw(sample))
    return files


def _scores(sample: Sample, texts: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, Any]:
    script = sample.facts.script
    scores: dict[str, Any] = {"lang": sample.lang, "script": script, "source": sample.text}
    scores["similarity"] = {
        engine: {
            reader: round(score.similarity(sample.text, got[sample.name]), 1)
            for reader, got in read.items()
        }
        for engine, read in texts.items()
    }
    if script not in UNSPACED:
        scores["words"] = {
            engine: {
                reader: round(score.whole_words(sample.text, got[sample.name]), 1)
                for reader, got in read.items()
            }
            for engine, read in texts.items()
        }
    scores["got"] = {
        engine: {reader: got[sample.name] for reader, got in read.items()}
        for engine, read in texts.items()
    }
    return scores


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="file for the scores and what was read")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these texts alone")
    parser.add_argument("--write", type=Path, help="page whose table is to be put up to date")
    parser.add_argument("--look", type=Path, help="folder for the PDFs and for pictures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
