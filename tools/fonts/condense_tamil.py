"""Make the Tamil family from the variable Noto Sans Tamil: condensed, in two weights.

Stands before the flow: it makes the files in `fonts/noto-sans-tamil-condensed/`. Set at the
same size, Noto Sans Tamil runs half as wide again as Latin text of the same content; at width
75 it takes the room that other scripts take, and its letters stay as tall as they were.

    python tools/fonts/condense_tamil.py noto-sans-tamil-tamil-standard-normal.woff2 \
        --out fonts/noto-sans-tamil-condensed

Needs fontTools with brotli. The licence reserves no font name.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Noto Sans Tamil Condensed"
WIDTH = 75
STYLES = {400: "Regular", 700: "Bold"}


def condensed(source: Path, weight: int) -> TTFont:
    """The face of a weight, named by its family and style."""
    font = TTFont(source, recalcTimestamp=False)
    instantiateVariableFont(font, {"wdth": WIDTH, "wght": weight}, inplace=True)
    style = STYLES[weight]
    full, script = f"{FAMILY} {style}", f"{FAMILY.replace(' ', '')}-{style}"
    for number, text in ((1, FAMILY), (2, style), (4, full), (6, script)):
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].usWidthClass = 3
    return font


def main() -> None:
    """Writes a file for each weight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for weight, style in STYLES.items():
        font = condensed(options.source, weight)
        font.flavor = None
        font.save(options.out / f"{FAMILY.replace(' ', '')}-{style}.ttf")


if __name__ == "__main__":
    main()
